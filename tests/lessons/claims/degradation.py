"""The results that "Degradation" states in prose."""

import torch

from mnist_sr_helpers import FACTORS, KERNELS, downsample, psnr, quantise, wrap

from .measuring import Claim, quality, share_read, small_digits, test_digits, trip


def footprint(factor: int, kernel: str) -> int:
    """How many old pixels count in one new pixel in the middle, without antialiasing."""
    unit = torch.eye(28 * 28).view(-1, 1, 28, 28)
    middle = 14 // factor
    return (downsample(unit, factor, kernel, antialias=False)[:, 0, middle, middle].abs() > 1e-6).sum().item()


def weak_over_strong() -> float:
    """At x4 without antialiasing: bicubic's fifth largest weight, in size, over its fourth largest."""
    unit = torch.eye(28 * 28).view(-1, 1, 28, 28)
    sizes = downsample(unit, 4, "bicubic", antialias=False)[:, 0, 3, 3].abs().sort(descending=True).values
    return (sizes[4] / sizes[3]).item()


def outside(factor: int) -> float:
    """Share of the low resolution's values that a file clips."""
    low = small_digits(factor)
    return ((low < 0) | (low > 1)).float().mean().item()


def off(factor: int) -> float:
    """By how many grey levels a file changes the low resolution (RMS)."""
    return 255 * (quantise(small_digits(factor)) - small_digits(factor)).square().mean().sqrt().item()


def way_up_alone() -> float:
    """At x7, by how many dB bicubic leads over nearest on the way up from the same pixels."""
    x = test_digits().images
    assert downsample(x, 7, "nearest").equal(downsample(x, 7, "bicubic", antialias=False))
    return quality(trip(7, "bicubic", False)) - quality(trip(7, "nearest"))


CLAIMS = {
    "degradation.below-zero": Claim(lambda: (trip(2)[0] * 255 <= -1).float().mean(), 0.15, 0.25),
    "degradation.wrap": Claim(lambda: wrap(torch.tensor(-0.02)) * 255, 250.99, 251.01),
    # Clipping alone takes the round trip of the lesson's digit from unrecognisable to merely blurred.
    "degradation.patches": Claim(
        lambda: (
            psnr(trip(2)[:1].clamp(0, 1), test_digits().images[:1]) - psnr(wrap(trip(2)[:1]), test_digits().images[:1])
        ),
        10,
        16,
    ),
    "degradation.readable-x2": Claim(
        lambda: min(share_read(trip(2, kernel, a)) for kernel in KERNELS for a in (True, False)), 0.9, 1
    ),
    "degradation.antialias-x2": Claim(lambda: quality(trip(2, antialias=False)) - quality(trip(2)), 0.9, 1.5),
    "degradation.antialias-x4": Claim(lambda: quality(trip(4)) - quality(trip(4, antialias=False)), 0.3, 1.5),
    "degradation.antialias-x7": Claim(lambda: quality(trip(7)) - quality(trip(7, antialias=False)), 1, 2),
    "degradation.bilinear-x4": Claim(
        lambda: quality(trip(4, "bilinear", False)) - quality(trip(4, "bilinear")), 0.2, 1
    ),
    "degradation.bilinear-x7": Claim(
        lambda: quality(trip(7, "bilinear")) - quality(trip(7, "bilinear", False)), 0.4, 2
    ),
    "degradation.footprint-x4": Claim(lambda: footprint(4, "bilinear"), 4, 4),
    "degradation.footprint-x7": Claim(
        lambda: max(footprint(7, "bicubic"), footprint(7, "bilinear"), footprint(7, "nearest")), 1, 1
    ),
    "degradation.weights-x4": Claim(weak_over_strong, 0.1, 1 / 6),
    "degradation.nearest-lowest": Claim(
        lambda: min(
            quality(trip(factor, kernel, a)) - quality(trip(factor, "nearest"))
            for factor in FACTORS[1:]
            for kernel in KERNELS[1:]
            for a in (True, False)
        ),
        0.1,
        9,
    ),
    # Rounding alone changes a value by 1 / sqrt(12) grey levels.
    "degradation.outside-least": Claim(lambda: min(outside(f) for f in (2, 4, 7)), 0.23, 0.28),
    "degradation.outside-most": Claim(lambda: max(outside(f) for f in (2, 4, 7)), 0.36, 0.41),
    "degradation.off-least": Claim(lambda: min(off(f) for f in (2, 4, 7)), 1.9, 3),
    "degradation.off-most": Claim(lambda: max(off(f) for f in (2, 4, 7)), 2.9, 3.2),
    "degradation.way-up-x7": Claim(way_up_alone, 0.85, 1),
    "degradation.case": Claim(lambda: quality(trip(2)) - quality(wrap(trip(2))), 12.5, 13.5),
}

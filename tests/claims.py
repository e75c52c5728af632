"""Every result that the lessons state in prose, as a measurement and the interval in which it must lie.

A Markdown cell that states a result names its claims in its metadata: `# %% [markdown] claims=["00-grey"]`.
"""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import torch

import mnist_sr_helpers as helpers
from mnist_sr_helpers import (
    FACTORS,
    KERNELS,
    case_entries,
    downsample,
    fit,
    load_digits,
    load_model,
    psnr,
    read_digits,
    restore,
    round_trip,
    ssim,
    upsample,
    wrap,
)


class Claim(NamedTuple):
    """`measure()` must lie between `low` and `high`."""

    measure: Callable[[], float]
    low: float
    high: float


@cache
def test_digits():
    return load_digits(split="test")


def quality(estimate: torch.Tensor) -> float:
    """Mean PSNR over the sample's test digits, clipped."""
    return psnr(estimate.clamp(0, 1), test_digits().images).mean().item()


def trip(factor: int, kernel: str = "bicubic", antialias: bool = True) -> torch.Tensor:
    return round_trip(test_digits().images, factor, kernel, antialias)


@cache
def shipped(name: str, factor: int) -> torch.Tensor:
    low = downsample(test_digits().images, factor)
    return upsample(low, factor) if name == "bicubic" else restore(load_model(name, factor), low)


def share_read(estimate: torch.Tensor) -> float:
    return (read_digits(estimate) == test_digits().labels).float().mean().item()


@cache
def trained(name: str, seed: int = 0) -> tuple:
    """A network trained as in lesson 02: (mean PSNR, losses)."""
    torch.manual_seed(seed)
    model = getattr(helpers, name)(2)
    history = fit(model, load_digits().images, 2, seed=seed)
    return quality(restore(model, downsample(test_digits().images, 2))), history.losses


def footprint(factor: int, kernel: str) -> int:
    """How many old pixels count in one new pixel in the middle, without antialiasing."""
    unit = torch.eye(28 * 28).view(-1, 1, 28, 28)
    middle = 14 // factor
    return (downsample(unit, factor, kernel, antialias=False)[:, 0, middle, middle].abs() > 1e-6).sum().item()


def ink() -> torch.Tensor:
    levels = (test_digits().images * 255).round()
    return levels[levels > 0]


def step_below_bicubic(name: str) -> int:
    """First step from which ten steps in a row average below bicubic's loss."""
    x = load_digits().images
    bicubic = (round_trip(x, 2) - x).square().mean()
    means = torch.tensor(trained(name)[1]).unfold(0, 10, 1).mean(1)
    return (means < bicubic).nonzero()[0].item()


def gain(name: str, seed: int = 0) -> float:
    return trained(name, seed)[0] - quality(trip(2))


def case_step(factor: int, position: int) -> float:
    entries = case_entries(factor, "03")
    return entries[position].decibels - entries[position - 1].decibels


def edge_amount() -> torch.Tensor:
    x = test_digits().images
    return x.diff(dim=3).abs().mean((1, 2, 3)) + x.diff(dim=2).abs().mean((1, 2, 3))


def error_on_edges() -> float:
    """Mean absolute error on edge pixels over that on all others."""
    x = test_digits().images
    largest = torch.nn.functional.max_pool2d(x, 3, 1, 1)
    edge = largest + torch.nn.functional.max_pool2d(-x, 3, 1, 1) > 0.5
    error = (shipped("enlarge_first", 2).clamp(0, 1) - x).abs()
    return (error[edge].mean() / error[~edge].mean()).item()


def first_scores() -> torch.Tensor:
    return psnr(shipped("enlarge_first", 2).clamp(0, 1), test_digits().images)


@cache
def similarity(damage: str) -> float:
    """Mean SSIM of the test digits, damaged to the PSNR of bicubic at x4."""
    x = test_digits().images
    blurred = trip(4).clamp(0, 1)
    mse = (blurred - x).square().mean((1, 2, 3), keepdim=True)
    noise = torch.randn(x.shape, generator=torch.Generator().manual_seed(0))
    damaged = {
        "blurred": lambda: blurred,
        "paler": lambda: x * (1 - (mse / x.square().mean((1, 2, 3), keepdim=True)).sqrt()),
        "brighter": lambda: x + mse.sqrt(),
        "noisy": lambda: x + noise * (mse / noise.square().mean((1, 2, 3), keepdim=True)).sqrt(),
    }[damage]()
    assert torch.allclose(psnr(damaged, x), psnr(blurred, x), atol=1e-3)
    return ssim(damaged, x).mean().item()


CLAIMS = {
    # Of 100 ink pixels 60 are clearly grey; four of five pixels are background; all levels occur.
    "00-grey": Claim(lambda: (ink() < 249).float().mean(), 0.58, 0.62),
    "00-background": Claim(lambda: (test_digits().images == 0).float().mean(), 0.78, 0.82),
    "00-levels": Claim(lambda: ink().unique().numel(), 255, 255),
    "00-peak": Claim(lambda: (ink() > 248).float().mean(), 0.37, 0.43),
    "00-class": Claim(
        lambda: share_read(test_digits().images) - share_read((test_digits().images > 0.5).float()), 0, 0.01
    ),
    "01-below-zero": Claim(lambda: (trip(2)[0] * 255 <= -1).float().mean(), 0.15, 0.25),
    "01-wrap": Claim(lambda: wrap(torch.tensor(-0.02)) * 255, 250.99, 251.01),
    # Clipping alone takes the round trip of the lesson's digit from unrecognisable to merely blurred.
    "01-patches": Claim(
        lambda: (
            psnr(trip(2)[:1].clamp(0, 1), test_digits().images[:1]) - psnr(wrap(trip(2)[:1]), test_digits().images[:1])
        ),
        10,
        16,
    ),
    "01-readable-x2": Claim(
        lambda: min(share_read(trip(2, kernel, a)) for kernel in KERNELS for a in (True, False)), 0.9, 1
    ),
    "01-antialias-x2": Claim(lambda: quality(trip(2, antialias=False)) - quality(trip(2)), 0.9, 1.5),
    "01-antialias-x4": Claim(lambda: quality(trip(4)) - quality(trip(4, antialias=False)), 0.3, 1.5),
    "01-antialias-x7": Claim(lambda: quality(trip(7)) - quality(trip(7, antialias=False)), 1, 2),
    "01-bilinear-x4": Claim(lambda: quality(trip(4, "bilinear", False)) - quality(trip(4, "bilinear")), 0.2, 1),
    "01-bilinear-x7": Claim(lambda: quality(trip(7, "bilinear")) - quality(trip(7, "bilinear", False)), 0.4, 2),
    "01-footprint-x4": Claim(lambda: footprint(4, "bilinear"), 4, 4),
    "01-footprint-x7": Claim(
        lambda: max(footprint(7, "bicubic"), footprint(7, "bilinear"), footprint(7, "nearest")), 1, 1
    ),
    "01-nearest-lowest": Claim(
        lambda: min(
            quality(trip(factor, kernel, a)) - quality(trip(factor, "nearest"))
            for factor in FACTORS[1:]
            for kernel in KERNELS[1:]
            for a in (True, False)
        ),
        0.1,
        9,
    ),
    "01-case": Claim(lambda: case_step(2, 1), 12.5, 13.5),
    "02-cross": Claim(lambda: max(map(step_below_bicubic, ("EnlargeFirst", "EnlargeLast"))), 5, 100),
    "02-first-gain": Claim(lambda: gain("EnlargeFirst"), 3, 5),
    "02-last-gain": Claim(lambda: gain("EnlargeLast"), 3, 5.5),
    "02-seeds": Claim(
        lambda: max(
            max(gain(name, s) for s in range(3)) - min(gain(name, s) for s in range(3))
            for name in ("EnlargeFirst", "EnlargeLast", "EnlargeFirstResidual")
        ),
        0.3,
        1.3,
    ),
    "02-first-or-last": Claim(lambda: min(gain("EnlargeLast", s) - gain("EnlargeFirst", s) for s in range(3)), -1, 0.1),
    "02-residual-best": Claim(
        lambda: min(gain("EnlargeFirstResidual", s) - gain("EnlargeFirst", s) for s in range(3)), 0.1, 3
    ),
    "02-case-x2": Claim(lambda: case_step(2, 2) - case_step(2, 3), 2, 5),
    "02-case-x7": Claim(lambda: case_step(7, 3) - case_step(7, 2), 0.5, 2),
    "03-half-white": Claim(lambda: downsample(test_digits().images, 7).amax((1, 2, 3)).median(), 0.4, 0.55),
    "03-edges": Claim(error_on_edges, 3, 30),
    "03-ones": Claim(lambda: (test_digits().labels[first_scores().argsort()[-50:]] == 1).sum(), 40, 50),
    "03-edge-correlation": Claim(
        lambda: torch.corrcoef(torch.stack([first_scores(), edge_amount()]))[0, 1], -0.8, -0.5
    ),
    "03-range": Claim(lambda: first_scores().max() - first_scores().min(), 10, 20),
    "03-ssim-blur-last": Claim(
        lambda: min(similarity(d) for d in ("paler", "brighter", "noisy")) - similarity("blurred"), 0.1, 0.5
    ),
    "03-ssim-paler": Claim(lambda: similarity("noisy") - similarity("paler"), 0.02, 0.3),
    "03-read-true": Claim(lambda: share_read(test_digits().images), 0.99, 1),
    "03-read-x2": Claim(lambda: min(share_read(shipped(m, 2)) for m in helpers.MODELS), 0.98, 1),
    "03-read-x4": Claim(lambda: min(share_read(shipped(m, 4)) for m in helpers.TRAINED), 0.9, 1),
    "03-read-x7": Claim(
        lambda: (
            share_read(shipped("enlarge_last", 7))
            / max(share_read(shipped(m, 7)) for m in ("bicubic", "enlarge_first", "residual"))
        ),
        1.7,
        2.6,
    ),
    "03-read-x14": Claim(lambda: max(share_read(shipped(m, 14)) for m in helpers.MODELS), 0.05, 0.25),
    "03-sharpen": Claim(
        lambda: min(quality(shipped(m, f)) - quality(shipped("bicubic", f)) for m in helpers.TRAINED for f in (2, 4)),
        1.5,
        7,
    ),
    "03-case-x7": Claim(lambda: case_step(7, 2) + case_step(7, 3), 2, 3),
}

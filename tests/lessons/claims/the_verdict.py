"""The results that "The verdict" states in prose."""

from functools import cache

import torch

from mnist_sr_helpers import (
    SEEDS,
    bootstrap_interval,
    case_entries,
    downsample,
    load_digits,
    load_experiment,
    load_photographs,
    null_part,
    psnr,
    restore,
    rung,
)

from .measuring import Claim, quality, test_digits


@cache
def estimate(name: str, factor: int) -> torch.Tensor:
    return rung(name, factor)(downsample(test_digits().images, factor)).clamp(0, 1)


def entropy(pictures: torch.Tensor) -> float:
    """Bits for each pixel, from the shares of the 256 grey levels."""
    levels = (pictures * 255).round().long().flatten()
    shares = levels.bincount(minlength=256).double() / len(levels)
    shares = shares[shares > 0]
    return -(shares * shares.log2()).sum().item()


def brought_back(name: str, factor: int) -> float:
    """Share of the deleted energy that an estimate has again."""
    truth = null_part(test_digits().images, factor)
    missed = null_part(estimate(name, factor), factor) - truth
    return 1 - (missed.square().sum() / truth.square().sum()).item()


@cache
def everything() -> tuple[torch.Tensor, torch.Tensor]:
    """All 6,000 digits of the sample and their labels."""
    train, test = load_digits(), test_digits()
    return torch.cat([train.images, test.images]), torch.cat([train.labels, test.labels])


def closest_twins(factor: int) -> float:
    """Distance in grey levels of the closest two digits of different classes, small."""
    images, labels = everything()
    small = downsample(images, factor).flatten(1)
    distance = torch.cdist(small, small)
    distance[labels[:, None] == labels] = torch.inf
    return 255 * distance.min().item() / small.shape[1] ** 0.5


def identified(factor: int) -> float:
    """Share of test digits whose small picture with noise of one grey level is nearest to its own."""
    images, _ = everything()
    low = downsample(test_digits().images, factor)
    noisy = low + torch.randn(low.shape, generator=torch.Generator().manual_seed(0)) / 255
    found = torch.cdist(noisy.flatten(1), downsample(images, factor).flatten(1)).argmin(1)
    return (found == torch.arange(5000, 6000)).float().mean().item()


def lost(patches: torch.Tensor, factor: int = 2) -> float:
    """Share of the energy about each patch's own mean that downsampling deletes."""
    centred = patches - patches.mean((2, 3), keepdim=True)
    return (null_part(centred, factor).square().sum() / centred.square().sum()).item()


@cache
def by_loss(loss: str, power: int) -> list[float]:
    """Mean error to `power` of the networks trained with a loss, for each seed."""
    x = test_digits().images
    networks = [load_experiment("losses", f"{loss}_{seed}") for seed in SEEDS]
    low = downsample(x, 7)
    return [(restore(network, low).clamp(0, 1) - x).abs().pow(power).mean().item() for network in networks]


@cache
def augmented(kind: str) -> torch.Tensor:
    """PSNR of each test digit at x7, averaged over three networks."""
    x = test_digits().images
    networks = [load_experiment("augmentation", f"{kind}_{seed}") for seed in SEEDS]
    return torch.stack([psnr(restore(n, downsample(x, 7)).clamp(0, 1), x) for n in networks]).mean(0)


def gain_end(kind: str, end: int, few: str = "") -> float:
    """Lower (0) or upper (1) end of the interval of an augmentation's gain."""
    return bootstrap_interval(augmented(few + kind) - augmented(few + "none"))[end]


def few_gain(kind: str) -> float:
    return (augmented(f"few_{kind}") - augmented("few_none")).mean().item()


def own_correlation(name: str, factor: int) -> float:
    """Correlation of what differs from the class's mean, in digit and estimate, mean over digits."""
    train, test = load_digits(), test_digits()
    means = torch.stack([train.images[train.labels == label].mean(0) for label in range(10)])[test.labels]
    a, b = (test.images - means).flatten(1), (estimate(name, factor) - means).flatten(1)
    return torch.cosine_similarity(a, b).mean().item()


def bound_of_simplesr(factor: int) -> float:
    """EDSR-like's squared error as a share of that of SimpleSR's best form."""
    x, forms = test_digits().images, ("enlarge first", "enlarge last", "residual")
    best = min((estimate(f"SimpleSR, {form}", factor) - x).square().mean() for form in forms)
    return ((estimate("EDSR-like", factor) - x).square().mean() / best).item()


def gain_of_srcnn(factor: int) -> float:
    return quality(estimate("SRCNN", factor)) - quality(estimate("bicubic", factor))


def last_step(factor: int) -> float:
    entries = case_entries(factor, "model_or_information")
    return entries[-1].decibels - entries[-2].decibels


CLAIMS = {
    "the_verdict.entropy-digits": Claim(lambda: entropy(test_digits().images), 1.9, 2),
    "the_verdict.entropy-photographs": Claim(lambda: min(map(entropy, load_photographs().values())), 6, 8),
    "the_verdict.back-x2": Claim(lambda: brought_back("EDSR-like", 2), 0.935, 0.95),
    "the_verdict.back-x4": Claim(lambda: brought_back("EDSR-like", 4), 0.905, 0.925),
    "the_verdict.back-x7": Claim(lambda: brought_back("EDSR-like", 7), 0.79, 0.82),
    "the_verdict.back-bicubic": Claim(lambda: max(brought_back("bicubic", factor) for factor in (2, 4, 7)), 0, 0.1),
    "the_verdict.back-bicubic-x7": Claim(lambda: brought_back("bicubic", 7), -0.06, -0.01),
    "the_verdict.twins-x2": Claim(lambda: closest_twins(2), 17, 19),
    "the_verdict.twins-x4": Claim(lambda: closest_twins(4), 8.5, 9.2),
    "the_verdict.twins-x7": Claim(lambda: closest_twins(7), 2, 3),
    "the_verdict.twins-x14": Claim(lambda: closest_twins(14), 0, 1),
    "the_verdict.l2-wins": Claim(lambda: min(by_loss("l1", 2)) / max(by_loss("l2", 2)), 1.02, 2),
    "the_verdict.l1-wins": Claim(lambda: min(by_loss("l2", 1)) / max(by_loss("l1", 1)), 1.01, 2),
    "the_verdict.e-gain-x2": Claim(
        lambda: quality(estimate("SimpleSR, enlarge first", 2)) - quality(estimate("bicubic", 2)), 4.4, 5
    ),
    "the_verdict.bound-simple-x2": Claim(lambda: bound_of_simplesr(2), 0.145, 0.16),
    "the_verdict.bound-simple-x4": Claim(lambda: bound_of_simplesr(4), 0.16, 0.175),
    "the_verdict.bound-simple-x7": Claim(lambda: bound_of_simplesr(7), 0.29, 0.31),
    # All upper ends below zero; with few digits two intervals above zero, one below, one across it.
    "the_verdict.augment-many": Claim(
        lambda: max(gain_end(kind, 1) for kind in ("shift", "rotate", "deform", "flip")), -0.5, -0.01
    ),
    "the_verdict.augment-few": Claim(lambda: few_gain("shift"), 0.1, 0.2),
    "the_verdict.augment-few-rotate": Claim(lambda: few_gain("rotate"), 0.1, 0.2),
    "the_verdict.augment-few-sure": Claim(
        lambda: min(gain_end(kind, 0, "few_") for kind in ("shift", "rotate")), 0.01, 0.2
    ),
    "the_verdict.augment-few-deform": Claim(lambda: gain_end("deform", 1, "few_"), -0.2, -0.01),
    "the_verdict.augment-few-flip": Claim(
        lambda: gain_end("flip", 0, "few_") * gain_end("flip", 1, "few_"), -0.01, -1e-4
    ),
    "the_verdict.photos-digits": Claim(lambda: lost(test_digits().images), 0.08, 0.09),
    "the_verdict.photos-coffee": Claim(lambda: lost(load_photographs()["coffee"]), 0.035, 0.045),
    "the_verdict.photos-grass": Claim(lambda: lost(load_photographs()["grass"]), 0.16, 0.18),
    "the_verdict.identify": Claim(lambda: min(identified(factor) for factor in (2, 4, 7)), 1, 1),
    "the_verdict.identify-x14": Claim(lambda: identified(14), 0.65, 0.75),
    "the_verdict.own-x2": Claim(lambda: own_correlation("SimpleSR, enlarge first", 2), 0.95, 0.97),
    "the_verdict.own-x7": Claim(lambda: own_correlation("SimpleSR, enlarge first", 7), 0.25, 0.29),
    "the_verdict.own-bicubic-x7": Claim(lambda: own_correlation("bicubic", 7), 0.14, 0.16),
    "the_verdict.own-over-bicubic": Claim(
        lambda: min(own_correlation("SimpleSR, enlarge first", f) - own_correlation("bicubic", f) for f in (2, 4, 7)),
        0.03,
        0.3,
    ),
    "the_verdict.own-edsr-x7": Claim(lambda: own_correlation("EDSR-like", 7), 0.88, 0.905),
    "the_verdict.own-edsr-x14": Claim(lambda: own_correlation("EDSR-like", 14), 0.3, 0.34),
    "the_verdict.srcnn-x2": Claim(lambda: gain_of_srcnn(2), 7.6, 8),
    "the_verdict.srcnn-x4": Claim(lambda: gain_of_srcnn(4), 5.7, 6.1),
    "the_verdict.case": Claim(lambda: last_step(7), 5, 7),
}

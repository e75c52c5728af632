"""The results that "Model or information?" states in prose."""

from functools import cache

import torch

from mnist_sr_helpers import (
    RUNGS,
    SIZES,
    downsample,
    linear_mmse,
    load_digits,
    load_low_reader,
    load_model,
    load_results,
    observe,
    posterior_mean,
    posterior_weights,
    restore,
    within_class_variance,
)
from mnist_sr_helpers.ladder import doublings
from mnist_sr_helpers.pictures.case_file import case_entries

from .measuring import (
    Claim,
    at_x7,
    case_step,
    doubled,
    quality,
    read,
    score,
    shipped,
    small_digits,
    squared_error,
    test_digits,
)

FACTORS = (2, 4, 7)
SIGMA = 0.05
PASSES = {"wide": (64, 64, 64), "narrow": (128, 32, 64), "residual": (64, 4, 4)}  # at these factors


def bound(factor: int) -> float:
    """The best rung's squared error as a share of bicubic's."""
    return squared_error(shipped("edsr", factor)) / squared_error(shipped("bicubic", factor))


def of_variance(factor: int) -> float:
    """The best rung's squared error as a share of the variance within the class."""
    x, labels = test_digits()
    return squared_error(shipped("edsr", factor)) / within_class_variance(x, labels)


def full(label: str) -> float:
    """A mean squared error of the full run."""
    return load_results("trial")["parts"]["irreducible"][label]["error"]


@cache
def each_seed(name: str, factor: int) -> list[float]:
    """The PSNR in dB of each of a network's three trainings, 1,000 test digits."""
    networks = (load_model(name, factor, seed=seed) for seed in range(3))
    return [quality(restore(network, small_digits(factor))) for network in networks]


def of_seeds(name: str, factor: int) -> float:
    """The mean of a network's three trainings, in dB."""
    return sum(each_seed(name, factor)) / 3


def neighbours(factor: int, digits: int, k: int) -> float:
    return full(f"x{factor}, {digits} digits, k = {k}")


@cache
def curve(name: str) -> list[float]:
    """Squared error on the test digits of a network of the learning curves, for each size."""
    return [squared_error(at_x7("sizes", f"{name}_{size}")) for size in SIZES]


@cache
def linear_parts(digits: int) -> tuple[float, float, float]:
    """Irreducible, approximation and estimation error of linear estimators fitted to some digits of the known world."""
    world = load_digits().images

    def expected(linear):
        without_noise = (linear(downsample(world, 7)) - world).square().mean().item()
        return without_noise + SIGMA**2 * linear.weight.square().sum().item() / 784

    weights = posterior_weights(observe(world, 7, SIGMA), world, 7, SIGMA)
    least = (posterior_mean(weights, world) - world).square().mean().item()
    low = downsample(world, 7)
    best = expected(linear_mmse(world, low, ridge=SIGMA**2))
    generator = torch.Generator().manual_seed(0)
    chosen = [torch.randperm(len(world), generator=generator)[:digits] for _ in range(5)]
    trials = [expected(linear_mmse(world[some], low[some], ridge=SIGMA**2)) for some in chosen]
    return least, best - least, sum(trials) / len(trials) - best


def estimation_share(digits: int) -> float:
    return linear_parts(digits)[2] / sum(linear_parts(digits))


@torch.no_grad()
def read_small(factor: int) -> float:
    """Share of digits that a reader of small digits reads."""
    return (load_low_reader(factor)(small_digits(factor)).argmax(1) == test_digits().labels).float().mean().item()


def step_of(cause: str) -> float:
    """What the case file's step with this cause gains at x7."""
    lesson = "model_or_information"
    return case_step(7, [cause in method for method, *_ in case_entries(7, lesson)].index(True), lesson)


CLAIMS = {
    "model_or_information.edsr-x2": Claim(lambda: score("edsr", 2), 34.5, 35.5),
    "model_or_information.edsr-x4": Claim(lambda: score("edsr", 4), 26.2, 27.2),
    "model_or_information.edsr-x7": Claim(lambda: score("edsr", 7), 19.8, 21),
    "model_or_information.gain-x2": Claim(lambda: score("edsr", 2) - score("bicubic", 2), 14.5, 15.5),
    "model_or_information.gain-x4": Claim(lambda: score("edsr", 4) - score("bicubic", 4), 11.5, 12.5),
    "model_or_information.gain-x7": Claim(lambda: score("edsr", 7) - score("bicubic", 7), 7.7, 8.5),
    "model_or_information.edsr-read-x7": Claim(lambda: read("edsr", 7), 0.95, 0.975),
    "model_or_information.bicubic-read-x7": Claim(lambda: read("bicubic", 7), 0.25, 0.35),
    # Better methods help at every factor, but less and less.
    "model_or_information.order": Claim(
        lambda: min(
            score("edsr", a) - score("bicubic", a) - score("edsr", b) + score("bicubic", b) for a, b in ((2, 4), (4, 7))
        ),
        1,
        5,
    ),
    "model_or_information.x14": Claim(lambda: max(read(name, 14) for name in RUNGS), 0.3, 0.5),
    "model_or_information.narrow-over-wide": Claim(
        lambda: min(of_seeds("narrow", f) - of_seeds("wide", f) for f in (4, 7)), 0.7, 0.8
    ),
    "model_or_information.control-x2": Claim(lambda: min(each_seed("narrow", 2)) - max(each_seed("wide", 2)), -0.4, 0),
    "model_or_information.passes": Claim(
        lambda: sum(
            doublings(key, factor)[-1][0] != passes
            for key, of_factors in PASSES.items()
            for factor, passes in zip(FACTORS, of_factors, strict=True)
        ),
        0,
        0,
    ),
    "model_or_information.wide-gain": Claim(
        lambda: min(of_seeds("wide", f) - of_seeds("residual", f) for f in FACTORS), 1.5, 1.8
    ),
    "model_or_information.wide-gain-x4": Claim(lambda: of_seeds("wide", 4) - of_seeds("residual", 4), 2.6, 2.7),
    "model_or_information.narrow-seeds-x4": Claim(lambda: of_seeds("narrow", 4) - of_seeds("residual", 4), 3.35, 3.45),
    "model_or_information.srcnn-twice-x2": Claim(lambda: doubled("srcnn", 2), 0.7, 0.8),
    "model_or_information.espcn-twice-x2": Claim(lambda: doubled("espcn", 2), 0.35, 0.4),
    "model_or_information.split-approximation": Claim(lambda: linear_parts(30)[1] / linear_parts(30)[0], 1.3, 1.9),
    "model_or_information.split-estimation-30": Claim(lambda: estimation_share(30), 0.2, 0.3),
    "model_or_information.split-estimation-1000": Claim(lambda: estimation_share(1000), 0, 0.02),
    "model_or_information.curve-simplesr": Claim(lambda: max(curve("simplesr")) / min(curve("simplesr")), 1, 1.03),
    "model_or_information.curve-middle": Claim(lambda: 1 - curve("middle")[2] / curve("middle")[0], 0.26, 0.3),
    "model_or_information.bound-x2": Claim(lambda: bound(2), 0.03, 0.05),
    "model_or_information.bound-x7": Claim(lambda: bound(7), 0.16, 0.185),
    "model_or_information.within-x7": Claim(lambda: of_variance(7), 0.15, 0.22),
    "model_or_information.within-x14": Claim(lambda: of_variance(14), 0.93, 0.99),
    "model_or_information.neighbours-x14": Claim(lambda: neighbours(14, 60000, 4), 0.0497, 0.0511),
    "model_or_information.neighbours-edsr": Claim(
        lambda: full("x14, EDSR-like") / neighbours(14, 60000, 4), 0.985, 1.015
    ),
    "model_or_information.neighbours-share": Claim(
        lambda: neighbours(14, 60000, 4) / full("x14, bicubic"), 0.52, 0.535
    ),
    "model_or_information.neighbours-flat": Claim(
        lambda: neighbours(7, 60000, 4) / neighbours(7, 60000, 1), 0.98, 1.02
    ),
    "model_or_information.neighbours-x7": Claim(lambda: neighbours(7, 60000, 4) / full("x7, EDSR-like"), 1.6, 2),
    "model_or_information.neighbours-falls": Claim(
        lambda: min(1 - neighbours(7, 10 * n, 1) / neighbours(7, n, 1) for n in (600, 6000)), 0.15, 0.21
    ),
    "model_or_information.neighbours-slows": Claim(
        lambda: 1 - neighbours(14, 60000, 1) / neighbours(14, 6000, 1), 0.0145, 0.016
    ),
    "model_or_information.neighbours-levels": Claim(
        lambda: max(1 - neighbours(14, 10 * n, 1) / neighbours(14, n, 1) for n in (600, 6000)), 0.0215, 0.0235
    ),
    "model_or_information.small-reader": Claim(
        lambda: min(read_small(f) - read("edsr", f) for f in FACTORS), -0.02, 0.005
    ),
    "model_or_information.case": Claim(lambda: step_of("EDSR-like"), 4.7, 5.5),
}

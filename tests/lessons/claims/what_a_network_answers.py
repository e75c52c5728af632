"""The results that "What a network answers" states in prose."""

import math
from functools import cache
from itertools import pairwise

import torch

from mnist_sr_helpers import (
    SEEDS,
    bootstrap_interval,
    critic_gain,
    downsample,
    fit_critic,
    frechet_distance,
    linear_mmse,
    load_digits,
    load_experiment,
    load_model,
    load_results,
    look_alikes,
    observe,
    posterior_mean,
    posterior_weights,
    read_digits,
    restore,
    rung,
    upsample,
)

from .measuring import Claim, mse, quality, shipped, small_digits, test_digits

LOSSES = ("l2", "l1")


# Similar, and incorrect


def variance(pictures: torch.Tensor) -> float:
    return (pictures - pictures.mean(0)).square().mean().item()


def similar(name: str, factor: int) -> float:
    """Variance of the outputs over that of the truths."""
    return variance(shipped(name, factor)) / variance(test_digits().images)


def nearest_to_its_own(name: str, factor: int) -> float:
    """Share of the outputs whose nearest of 6,000 true digits is their own."""
    digits = torch.cat([test_digits().images, load_digits().images]).flatten(1)
    nearest = torch.cdist(shipped(name, factor).clamp(0, 1).flatten(1), digits).argmin(1)
    return (nearest == torch.arange(len(nearest))).float().mean().item()


# The mean?


def lacking(name: str) -> float:
    """The variance that an estimate at x7 lacks over its mean squared error: 1 for a posterior mean."""
    truth = test_digits().images
    return (variance(truth) - variance(shipped(name, 7))) / mse(shipped(name, 7), truth)


def slope(name: str) -> float:
    """Of the line of least squares for the truth's pixels, given the estimate's."""
    estimate = shipped(name, 7)
    return ((estimate - estimate.mean(0)) * test_digits().images).mean().item() / variance(estimate)


@cache
def convicted(name: str) -> tuple[float, float, float]:
    """What the lesson's critic takes off the squared error at x7, as a share of it, and the interval's ends."""
    world, sigma = load_digits().images, 0.05

    def drawn(count: int, seed: int) -> tuple[torch.Tensor, torch.Tensor]:
        truth = world[torch.randint(len(world), (count,), generator=torch.Generator().manual_seed(seed))]
        return truth, observe(truth, 7, sigma, seed)

    def exact(y: torch.Tensor) -> torch.Tensor:
        return posterior_mean(posterior_weights(y, world, 7, sigma), world)

    def clipped(y: torch.Tensor) -> torch.Tensor:
        return rung(name, 7)(y).clamp(0, 1)

    if name in ("exact", "linear"):
        estimator = exact if name == "exact" else linear_mmse(world, downsample(world, 7), ridge=sigma**2)
        pairs = drawn(5000, 1), drawn(1000, 2)
    else:
        estimator = clipped
        pairs = (world, downsample(world, 7)), (test_digits().images, small_digits(7))
    (learnt, seen), (judged, new) = [(truth - estimator(y), y) for truth, y in pairs]
    gain = critic_gain(judged, fit_critic(learnt, seen, 7, epochs=5)(new))
    low, high = bootstrap_interval(gain, block=50)
    error = judged.square().mean().item()
    return gain.mean().item() / error, low / error, high / error


def convicted_on_all(label: str) -> float:
    """The same with the full MNIST, as it was measured beforehand."""
    found = load_results("trial")["parts"]["mean"][label]
    return found["gain"] / found["error"]


# The loss


@cache
def by_loss(loss: str, factor: int) -> list[torch.Tensor]:
    """What the networks that were trained with `loss` make of the test digits, for each seed, clipped."""
    networks = [load_experiment("losses", f"{loss}_x{factor}_{seed}") for seed in SEEDS]
    return [restore(network, small_digits(factor)).clamp(0, 1) for network in networks]


MEASURES = {
    "mse": lambda x: mse(x, test_digits().images),
    "mae": lambda x: (x - test_digits().images).abs().mean().item(),
    "sharpness": lambda x: x.diff(dim=3).abs().flatten(1).topk(20).values.mean().item(),
    "read": lambda x: (read_digits(x) == test_digits().labels).float().mean().item(),
}


def scored(measure: str, loss: str, factor: int) -> list[float]:
    return [MEASURES[measure](estimate) for estimate in by_loss(loss, factor)]


def mean_score(measure: str, loss: str, factor: int) -> float:
    return sum(scored(measure, loss, factor)) / len(SEEDS)


def wins_with_every_seed(measure: str, winner: str, loser: str) -> float:
    """The least factor, at x4 and x7, between the loser's least error and the winner's largest."""
    return min(min(scored(measure, loser, f)) / max(scored(measure, winner, f)) for f in (4, 7))


def sharpness_apart() -> float:
    """By what share the two losses differ in sharpness, at most."""
    return max(abs(mean_score("sharpness", "l1", f) / mean_score("sharpness", "l2", f) - 1) for f in (4, 7))


def read_more_with_l1() -> float:
    return max(mean_score("read", "l1", f) - mean_score("read", "l2", f) for f in (4, 7))


def decibels(loss: str, factor: int, run: str) -> float:
    """Mean PSNR of one training, clipped."""
    return quality(restore(load_experiment("losses", f"{loss}_x{factor}_{run}"), small_digits(factor)))


def gained(loss: str, factor: int) -> float:
    """What twice the passes gained, with seed 0, in dB."""
    return decibels(loss, factor, "twice") - decibels(loss, factor, "0")


def twice_apart() -> float:
    """How much the gap between the losses changes by twice the passes, at most, in dB."""
    return max(abs(gained("l1", factor) - gained("l2", factor)) for factor in (4, 7))


def least_gap() -> float:
    """By how much L2 leads with seed 0, at the factor where it does so least, in dB."""
    return min(decibels("l2", factor, run) - decibels("l1", factor, run) for factor in (4, 7) for run in ("0", "twice"))


def sharpness_of_truth() -> float:
    return MEASURES["sharpness"](test_digits().images)


# The class


def within(pictures: torch.Tensor) -> torch.Tensor:
    """Differences from the mean of the class, flat."""
    labels = test_digits().labels
    means = torch.stack([pictures[labels == label].mean(0) for label in range(10)])
    return (pictures - means[labels]).flatten()


def within_share(pictures: torch.Tensor) -> float:
    return within(pictures).square().mean().item() / variance(pictures)


def follows(name: str, factor: int) -> float:
    """Correlation of what outputs and true digits have of their own."""
    own, rest = within(test_digits().images), within(shipped(name, factor).clamp(0, 1))
    return torch.cosine_similarity(own, rest, dim=0).item()


def first_row_that_changes() -> int:
    one, other = upsample(small_digits(7)[:2], 7).split(1)
    mixed = torch.cat([one[:, :, :14], other[:, :, 14:]], dim=2)
    body = load_model("enlarge_first", 7).body
    with torch.no_grad():
        change = (body(mixed) - body(one)).abs().amax((0, 1, 3))
    return (change > 1e-6).nonzero()[0].item()


# Accuracy and realism


@cache
def scales(name: str) -> tuple[float, float]:
    """Mean squared error at x7 and Fréchet distance to 1,000 other real digits."""
    real, pool = load_digits().images.split([1000, 4000])
    truth = test_digits().images
    if name == "truth":
        estimate = truth
    elif name == "look-alike":
        estimate = pool[look_alikes(small_digits(7), pool, 7, k=1)[:, 0]]
    else:
        estimate = by_loss(name, 7)[0] if name in ("l1", "l2") else shipped(name, 7).clamp(0, 1)
    return mse(estimate, truth), frechet_distance(estimate, real)


def behind(name: str) -> float:
    """By how many dB the mean squared error is larger than EDSR-like's."""
    return 10 * math.log10(scales(name)[0] / scales("edsr")[0])


def both_improve() -> float:
    """The least factor by which either scale improves from one method to the next."""
    path = [scales(name) for name in ("bicubic", "article_first", "linear MMSE", "l2", "edsr")]
    return min(min(a[0] / b[0], a[1] / b[1]) for a, b in pairwise(path))


def error_cut(factor: int) -> float:
    truth = test_digits().images
    return mse(shipped("bicubic", factor).clamp(0, 1), truth) / mse(shipped("edsr", factor).clamp(0, 1), truth)


CLAIMS = {
    f"what_a_network_answers.{key}": claim
    for key, claim in {
        "similar-x2": Claim(lambda: similar("article_first", 2), 0.945, 0.958),
        "similar-last-x2": Claim(lambda: similar("article_last", 2), 0.958, 0.968),
        "similar-x7": Claim(lambda: similar("article_first", 7), 0.215, 0.235),
        "similar-last-x7": Claim(lambda: similar("article_last", 7), 0.395, 0.415),
        "similar-edsr-x7": Claim(lambda: similar("edsr", 7), 0.84, 0.89),
        "own-x2": Claim(lambda: min(nearest_to_its_own(f"article_{form}", 2) for form in ("first", "last")), 0.998, 1),
        "own-x7": Claim(lambda: nearest_to_its_own("article_first", 7), 0.037, 0.047),
        "own-last-x7": Claim(lambda: nearest_to_its_own("article_last", 7), 0.23, 0.255),
        "own-edsr-x7": Claim(lambda: nearest_to_its_own("edsr", 7), 0.97, 0.99),
        "error-edsr-x7": Claim(lambda: 255 * mse(shipped("edsr", 7), test_digits().images) ** 0.5, 26, 28.5),
        "checks-linear": Claim(lambda: lacking("linear MMSE"), 0.98, 1.03),
        "checks-linear-slope": Claim(lambda: slope("linear MMSE"), 0.985, 1.015),
        "checks-slope": Claim(lambda: 1 - slope("edsr"), 0.015, 0.03),
        "checks-edsr": Claim(lambda: 1 - lacking("edsr"), 0.19, 0.23),
        "linear-worse": Claim(lambda: 10 ** (0.1 * behind("linear MMSE")), 3, 3.8),
        "critic-linear": Claim(lambda: convicted("linear MMSE")[0], 0.25, 0.31),
        "critic-known-linear": Claim(lambda: convicted("linear")[0], 0.06, 0.11),
        "critic-exact": Claim(lambda: convicted("exact")[2], -0.01, 0.0005),
        "critic-edsr": Claim(lambda: convicted("EDSR-like")[0], 0.0068, 0.0078),
        "full-linear": Claim(lambda: convicted_on_all("x7, linear MMSE, 55000 digits seen"), 0.4, 0.6),
        "full-exact": Claim(lambda: convicted_on_all("x7, known world, posterior mean, 15000 digits"), -0.01, 0.0005),
        "full-edsr": Claim(
            lambda: max(convicted_on_all(f"x{factor}, EDSR-like, 55000 digits seen") for factor in (4, 7, 14)),
            0.0115,
            0.0135,
        ),
        "full-edsr-x4": Claim(lambda: convicted_on_all("x4, EDSR-like, 55000 digits seen"), 0.0052, 0.0058),
        "full-edsr-x14": Claim(lambda: convicted_on_all("x14, EDSR-like, 55000 digits seen"), 0.00006, 0.00015),
        "l2-mse": Claim(lambda: wins_with_every_seed("mse", "l2", "l1"), 1, 1.5),
        "l1-mae": Claim(lambda: wins_with_every_seed("mae", "l1", "l2"), 1, 1.5),
        "losses-apart": Claim(sharpness_apart, 0, 0.12),
        "twice-x4": Claim(lambda: (gained("l1", 4) + gained("l2", 4)) / 2, 0.18, 0.22),
        "twice-x7-l2": Claim(lambda: gained("l2", 7), 0.13, 0.145),
        "twice-x7-l1": Claim(lambda: gained("l1", 7), -0.02, 0.03),
        "twice-gap": Claim(least_gap, 0.65, 0.75),
        "twice-apart": Claim(twice_apart, 0.125, 0.135),
        "losses-soft": Claim(
            lambda: max(mean_score("sharpness", loss, 7) for loss in LOSSES) / sharpness_of_truth(), 0.68, 0.74
        ),
        "sharp-l2": Claim(lambda: mean_score("sharpness", "l2", 7), 0.505, 0.52),
        "sharp-l1": Claim(lambda: mean_score("sharpness", "l1", 7), 0.555, 0.57),
        "sharp-true": Claim(sharpness_of_truth, 0.79, 0.81),
        "l1-read": Claim(read_more_with_l1, -0.1, 0.005),
        "useful-x2": Claim(lambda: error_cut(2), 24.5, 26.5),
        "within-x7": Claim(lambda: within_share(shipped("article_first", 7).clamp(0, 1)), 0.685, 0.705),
        "within-last-x7": Claim(lambda: within_share(shipped("article_last", 7).clamp(0, 1)), 0.645, 0.665),
        "within-truth": Claim(lambda: within_share(test_digits().images), 0.765, 0.78),
        "follows-x2": Claim(lambda: follows("article_first", 2), 0.97, 0.985),
        "follows-x7": Claim(lambda: follows("article_first", 7), 0.51, 0.53),
        "follows-last-x7": Claim(lambda: follows("article_last", 7), 0.59, 0.61),
        "follows-bicubic-x7": Claim(lambda: follows("bicubic", 7), 0.38, 0.4),
        "follows-edsr-x7": Claim(lambda: follows("edsr", 7), 0.87, 0.91),
        "window": Claim(first_row_that_changes, 12, 12),
        "both-improve": Claim(both_improve, 1.02, 3),
        "look-alike-real": Claim(lambda: scales("look-alike")[1] / scales("truth")[1], 1, 1.8),
        "look-alike-costs": Claim(lambda: behind("look-alike"), 6.5, 7.2),
        "edsr-farther": Claim(lambda: scales("edsr")[1] / scales("look-alike")[1], 2, 4),
    }.items()
}

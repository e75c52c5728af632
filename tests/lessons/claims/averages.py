"""The results that "Averages" states in prose."""

import math
from functools import cache

import torch

from mnist_sr_helpers import (
    downsample,
    load_digits,
    look_alikes,
    observe,
    pooled_psnr,
    posterior_median,
    posterior_weights,
)
from mnist_sr_helpers.explorers.hedge import SIGMA, STEPS, errors, known_world, measured, predicted

from .measuring import Claim, mse, test_digits

FEW = 200  # of the known world's pictures, as in the lesson: the median takes its time


# Digits that fit


@cache
def fitting() -> torch.Tensor:
    """The ten look-alikes of the lesson's test digit."""
    return look_alikes(downsample(test_digits().images[38:39], 7), load_digits().images, 7)[0]


def apart(factor: int) -> torch.Tensor:
    """Their distance from that digit, both downsampled, in grey levels."""
    found, digit = load_digits().images[fitting()], test_digits().images[38:39]
    return (downsample(found, factor) - downsample(digit, factor)).square().mean((1, 2, 3)).sqrt() * 255


def best_bets() -> tuple[float, float]:
    """The answers of least squared and of least absolute error for a pixel that is 0, 0 or 1."""
    answers = torch.linspace(0, 1, 301)[:, None]
    pixel = torch.tensor([0.0, 0.0, 1.0])
    squared, absolute = (answers - pixel).square().mean(1), (answers - pixel).abs().mean(1)
    return answers[squared.argmin()].item(), answers[absolute.argmin()].item()


# The known world


def least_apart() -> float:
    """The least distance of two digits of the world at x7, in grey levels (RMS)."""
    small = downsample(load_digits().images, 7).flatten(1).double()
    return torch.cdist(small, small).fill_diagonal_(math.inf).min().item() / 4 * 255


@cache
def weights(factor: int) -> torch.Tensor:
    world = load_digits().images
    return posterior_weights(observe(known_world().truth, factor, 0.05, seed=1), world, factor, 0.05)


def nearest_is_the_truth(sigma: float) -> float:
    """Share of the pictures at x7 whose nearest digit of the world is their truth."""
    world, truth = load_digits().images, known_world().truth
    seen, small = observe(truth, 7, sigma, seed=1).flatten(1), downsample(world, 7).flatten(1)
    return (world[torch.cdist(seen, small).argmin(1)] == truth).flatten(1).all(1).float().mean().item()


def certain(factor: int) -> float:
    return (weights(factor).amax(1) > 0.99).double().mean().item()


@cache
def answers() -> dict[str, torch.Tensor]:
    """The four answers for the first FEW pictures."""
    world, few = load_digits().images, weights(7)[:FEW]
    return {
        "most probable": world[few.argmax(1)],
        "sample": known_world().samples[0, :FEW],
        "mean": known_world().mean[:FEW],
        "median": posterior_median(few, world),
    }


def squared_error(name: str) -> float:
    return mse(answers()[name], known_world().truth[:FEW])


def absolute_error(name: str) -> float:
    return (answers()[name] - known_world().truth[:FEW]).abs().mean().item()


def split_fails() -> float:
    """By what share the MSE differs, at most, from the mean's MSE plus the distance from the mean."""
    mean = answers()["mean"]
    return max(
        abs(squared_error("mean") + mse(answer, mean) - squared_error(name)) / squared_error(name)
        for name, answer in answers().items()
    )


def wrong_samples() -> float:
    """Share of the samples that are not the truth, where no digit has half of the probability."""
    doubtful = weights(7).amax(1) < 0.5
    wrong = (known_world().samples != known_world().truth).any(-1).any(-1).any(-1)
    return wrong[:, doubtful].double().mean().item()


@cache
def costs() -> tuple[float, float, float]:
    """The price of a sample in dB, and its bootstrap interval."""
    known = known_world()
    of_sample = (known.samples[0] - known.truth).square().mean((1, 2, 3))
    of_mean = (known.mean - known.truth).square().mean((1, 2, 3))
    picks = torch.randint(len(of_mean), (1000, len(of_mean)), generator=torch.Generator().manual_seed(0))
    drawn = 10 * torch.log10(of_sample[picks].mean(1) / of_mean[picks].mean(1))
    least, most = drawn.quantile(torch.tensor([0.025, 0.975])).tolist()
    return 10 * math.log10(of_sample.mean() / of_mean.mean()), least, most


CLAIMS = {
    "averages.fit-small": Claim(lambda: apart(7).max(), 11, 12),
    "averages.fit-near": Claim(lambda: apart(1).min(), 57.5, 58.5),
    "averages.fit-far": Claim(lambda: apart(1).max(), 85.5, 86.5),
    "averages.fit-classes": Claim(lambda: load_digits().labels[fitting()].unique().numel(), 5, 5),
    "averages.bet-mean": Claim(lambda: best_bets()[0], 0.33, 0.34),
    "averages.bet-median": Claim(lambda: best_bets()[1], 0, 0),
    "averages.no-two": Claim(least_apart, 1, 2),
    "averages.sigma": Claim(lambda: SIGMA * 255, 12.5, 13.5),
    "averages.nearest-one": Claim(lambda: nearest_is_the_truth(1 / 255), 0.998, 1),
    "averages.nearest": Claim(lambda: nearest_is_the_truth(0.05), 0.545, 0.56),
    "averages.doubt": Claim(lambda: weights(7)[18].amax() / 0.2, 0.8, 0.99),
    "averages.certain-x2": Claim(lambda: certain(2), 0.999, 1),
    "averages.certain-x4": Claim(lambda: certain(4), 0.94, 0.96),
    "averages.certain-x7": Claim(lambda: certain(7), 0.11, 0.135),
    "averages.perplexity": Claim(lambda: torch.exp(torch.special.entr(weights(7)).sum(1)).mean(), 12.5, 14.4),
    "averages.sample-wrong": Claim(wrong_samples, 0.6, 0.9),
    "averages.mean-wins": Claim(
        lambda: min(squared_error(n) for n in answers() if n != "mean") / squared_error("mean"), 1.1, 1.6
    ),
    "averages.median-wins": Claim(
        lambda: min(absolute_error(n) for n in answers() if n != "median") / absolute_error("median"), 1.04, 1.3
    ),
    "averages.mean-loses": Claim(lambda: absolute_error("mean") / absolute_error("median"), 1.1, 1.6),
    "averages.probable-worse": Claim(lambda: squared_error("most probable") / squared_error("median"), 1.05, 1.5),
    # Half more than the mean, where a sample costs double: here and with all 2,000 pictures.
    "averages.probable-half": Claim(lambda: squared_error("most probable") / squared_error("mean"), 1.4, 1.6),
    "averages.known-psnr": Claim(lambda: pooled_psnr(answers()["mean"], known_world().truth[:FEW]), 17.5, 18.1),
    "averages.split": Claim(split_fails, 0, 0.06),
    "averages.twice": Claim(lambda: costs()[0], 2.85, 3.15),
    "averages.cost": Claim(lambda: costs()[0], 3.05, 3.15),
    "averages.twice-interval": Claim(lambda: costs()[1] < 3.01 < costs()[2], 1, 1),
    "averages.hedge-law": Claim(
        lambda: max(abs(measured(t, sample) / predicted(t) - 1) for t in STEPS for sample in range(3)), 0, 0.035
    ),
    "averages.hedge-half": Claim(lambda: measured(0.5, 0) / measured(0, 0), 1.22, 1.28),
    "averages.hedge-unlucky": Claim(
        lambda: min(errors(4, 1, sample)[0] for sample in (0, 2)) / errors(4, 0, 0)[0], 3, 4.5
    ),
    "averages.hedge-lucky": Claim(lambda: errors(4, 1, 1)[0], 0, 1e-6),
    # The mean is the best against a random truth, in every state of the explorer.
    "averages.hedge-mean": Claim(
        lambda: min(
            errors(query, t, sample)[1] / errors(query, 0, 0)[1]
            for query in range(10)
            for t in STEPS[1:]
            for sample in range(3)
        ),
        1.0001,
        1.1,
    ),
}

"""What the claims share: the claim itself, and what more than one of them measures, each measured once."""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import torch

from mnist_sr_helpers import (
    SEEDS,
    downsample,
    load_digits,
    load_experiment,
    load_photographs,
    null_part,
    psnr,
    read_digits,
    restore,
    round_trip,
    rung,
    within_class_variance,
)
from mnist_sr_helpers.ladder import NETWORKS, doublings
from mnist_sr_helpers.pictures.case_file import case_entries

NAMES = {network.key: name for name, network in NETWORKS.items()}


class Claim(NamedTuple):
    """`measure()` must lie between `low` and `high`, and so must the number that the prose gives."""

    measure: Callable[[], float]
    low: float
    high: float


# Digits


@cache
def test_digits():
    return load_digits(split="test")


@cache
def all_digits() -> tuple[torch.Tensor, torch.Tensor]:
    """All 6,000 digits of the sample and their labels, the test digits last."""
    train, test = load_digits(), test_digits()
    return torch.cat([train.images, test.images]), torch.cat([train.labels, test.labels])


@cache
def small_digits(factor: int) -> torch.Tensor:
    return downsample(test_digits().images, factor)


@cache
def trip(factor: int, kernel: str = "bicubic", antialias: bool = True) -> torch.Tensor:
    return round_trip(test_digits().images, factor, kernel, antialias)


# Estimates of the test digits


@cache
def shipped(name: str, factor: int) -> torch.Tensor:
    """What a rung of the ladder, by its name or its network's key, makes of the small digits, not clipped."""
    return rung(NAMES.get(name, name), factor)(small_digits(factor))


@cache
def at_x7(experiment: str, network: str) -> torch.Tensor:
    """What an experiment's network makes of the test digits at x7, clipped."""
    return restore(load_experiment(experiment, network), small_digits(7)).clamp(0, 1)


def by_seed(experiment: str, kind: str) -> list[torch.Tensor]:
    """The same by the networks of each seed."""
    return [at_x7(experiment, f"{kind}_{seed}") for seed in SEEDS]


# Scores


def quality(estimate: torch.Tensor) -> float:
    """Mean PSNR over the sample's test digits, clipped."""
    return psnr(estimate.clamp(0, 1), test_digits().images).mean().item()


def mse(a: torch.Tensor, b: torch.Tensor) -> float:
    return (a - b).square().mean().item()


def squared_error(estimate: torch.Tensor) -> float:
    """Mean squared error over the sample's test digits, clipped."""
    return mse(estimate.clamp(0, 1), test_digits().images)


def share_read(estimate: torch.Tensor) -> float:
    return (read_digits(estimate) == test_digits().labels).float().mean().item()


@cache
def score(name: str, factor: int) -> float:
    return quality(shipped(name, factor))


@cache
def read(name: str, factor: int) -> float:
    """The share of a rung's estimates that the classifier reads."""
    return share_read(shipped(name, factor))


def doubled(name: str, factor: int) -> float:
    """What the last doubling of a network's training gained on held-out digits, in dB."""
    *_, (_, before, _), (_, after, _) = doublings(name, factor)
    return after - before


def case_step(factor: int, position: int, lesson: str = "simplesr") -> float:
    """What a step of the case file, as it stands after a lesson, gains; -1: the last."""
    decibels = [decibels for _, decibels, _ in case_entries(factor, lesson)]
    position %= len(decibels)
    return decibels[position] - decibels[position - 1]


@cache
def left(name: str, factor: int) -> float:
    """A rung's squared error as a share of the variance within the classes."""
    return squared_error(shipped(name, factor)) / within_class_variance(*test_digits())


# What is lost


def energy(x: torch.Tensor) -> float:
    return x.double().square().sum().item()


@cache
def brought_back(name: str, factor: int) -> float:
    """Share of the deleted energy that a rung's estimate has again."""
    lost = null_part(test_digits().images, factor)
    return brought_back_by(shipped(name, factor), lost, factor)


def brought_back_by(estimate: torch.Tensor, lost: torch.Tensor, factor: int) -> float:
    return 1 - energy(null_part(estimate.clamp(0, 1), factor) - lost) / energy(lost)


@cache
def subjects() -> dict[str, torch.Tensor]:
    return {"digits": test_digits().images, **load_photographs()}


CENTRINGS = {
    "own": lambda x: x - x.mean((1, 2, 3), keepdim=True),
    "mean": lambda x: x - x.mean(0, keepdim=True),
    "nothing": lambda x: x,
}


@cache
def lost_share(subject: str, factor: int, centring: str = "own") -> float:
    """Share of the energy about a centre that downsampling deletes."""
    detail = CENTRINGS[centring](subjects()[subject])
    return energy(null_part(detail, factor)) / energy(detail)


@cache
def closest_pair(factor: int) -> tuple[float, int, int]:
    """Distance (RMS, grey levels) and positions of the closest two digits of different classes, small."""
    images, labels = all_digits()
    flat = downsample(images, factor).flatten(1).double()
    best = (torch.inf, 0, 0)
    for position, part in zip(range(0, len(flat), 1000), flat.split(1000), strict=True):
        distances = torch.cdist(part, flat)
        distances[labels[position : position + 1000, None] == labels] = torch.inf
        i, j = divmod(distances.argmin().item(), len(flat))
        best = min(best, (distances[i, j].item(), position + i, j))
    return 255 * best[0] / flat.shape[1] ** 0.5, best[1], best[2]


@cache
def identified(factor: int) -> float:
    """Share of test digits whose small picture with noise of one grey level is nearest to its own."""
    suspects = downsample(all_digits()[0], factor).flatten(1).double()
    noise = torch.randn(1000, suspects.shape[1], generator=torch.Generator().manual_seed(0)) / 255
    nearest = torch.cdist(suspects[5000:] + noise, suspects).argmin(1)
    return (nearest == torch.arange(5000, 6000)).double().mean().item()

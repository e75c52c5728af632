"""What the claims of several lessons share: the claim itself, the digits, and how estimates are scored."""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import torch

from mnist_sr_helpers import (
    case_entries,
    downsample,
    load_digits,
    load_model,
    psnr,
    read_digits,
    restore,
    round_trip,
    upsample,
)


class Claim(NamedTuple):
    """`measure()` must lie between `low` and `high`, and so must the number that the prose gives."""

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


def case_step(factor: int, position: int) -> float:
    entries = case_entries(factor, "simplesr")
    return entries[position].decibels - entries[position - 1].decibels

"""The results that "Samples" states in prose; those of all of MNIST come from `python -m benchmarks.sampling`."""

import math
from functools import cache

import torch

from mnist_sr_helpers import downsample, load_digits, load_results, look_alikes, read_digits, sample
from mnist_sr_helpers.calibration import ranks
from mnist_sr_helpers.digits import ten_digits
from mnist_sr_helpers.sampling import TEMPERATURES

from .measuring import Claim, small_digits


def known(label: str, what: str) -> float:
    return load_results("sampling")["parts"]["known"][label][what]


def calibration(factor: int, what: str) -> float:
    return load_results("sampling")["parts"]["calibration"][f"x{factor}"][what]


def realism(label: str, what: str) -> float:
    return load_results("sampling")["parts"]["realism"][label][what]


def coverage_if_exact() -> float:
    """How often a number lies between the 2nd and the 18th of 19 others of its kind."""
    truth, *others = torch.randn(20, 20_000, generator=torch.Generator().manual_seed(0))
    place = ranks(truth, torch.stack(others))
    return ((place >= 2) & (place < 18)).double().mean().item()


@cache
def classes_apart() -> tuple[float, float]:
    """Total variation between the classes of samples and of neighbours at x14, and of two sets of neighbours."""

    def shares(labels):
        return torch.nn.functional.one_hot(labels, 10).float().mean(0)

    some, train = small_digits(14)[:20], load_digits()
    many = shares(torch.stack([read_digits(sample(some, 14, seed=seed)) for seed in range(32)]))
    near = train.labels[look_alikes(some, train.images, 14, k=64).T]
    halves = shares(near[::2]), shares(near[1::2])
    return tuple(((one - halves[0]).abs().sum(1) / 2).mean().item() for one in (many, halves[1]))


def agreement(factor: int) -> float:
    """How often two of six seeds are read as the same digit, over the ten digits of the explorer."""
    low = downsample(ten_digits(), factor)
    read = torch.stack([read_digits(sample(low, factor, seed=seed)) for seed in range(6)])
    return torch.stack([(read[i] == read[j]).float().mean() for i in range(6) for j in range(i)]).mean().item()


CLAIMS: dict[str, Claim] = {
    "samples.known-ratio": Claim(lambda: known("flow, exact guess, 30 steps", "ratio"), 1.9, 2.1),
    "samples.known-spread": Claim(lambda: known("flow, exact guess, 30 steps", "spread"), 0.95, 1.05),
    "samples.guided": Claim(lambda: known("guidance by the misfit's gradient, 30 steps", "ratio"), 4.9, 5.3),
    "samples.agree-x7": Claim(lambda: agreement(7), 0.8, 1),
    "samples.agree-x14": Claim(lambda: agreement(14), 0.15, 0.45),
    "samples.wider-x14": Claim(lambda: TEMPERATURES[14] - 1, 0.09, 0.11),
    "samples.eighty": Claim(coverage_if_exact, 0.79, 0.81),
    "samples.ratio-x7": Claim(lambda: calibration(7, "ratio"), 1.6, 1.75),
    "samples.within-x7": Claim(lambda: calibration(7, "within"), 0.66, 0.72),
    "samples.mean-32-x7": Claim(
        lambda: realism("x7, mean of 32 samples", "mse") / realism("x7, guess at t = 0", "mse"), 0.97, 1.01
    ),
    "samples.mean-8-x7": Claim(
        lambda: realism("x7, mean of 8 samples", "mse") / realism("x7, EDSR-like", "mse"), 0.93, 0.98
    ),
    "samples.ink-x7": Claim(lambda: calibration(7, "ink"), 0.73, 0.77),
    "samples.slant-x7": Claim(lambda: calibration(7, "slant"), 0.88, 0.91),
    "samples.ratio-x14": Claim(lambda: calibration(14, "ratio"), 1.82, 1.94),
    "samples.ink-x14": Claim(lambda: calibration(14, "ink"), 0.775, 0.815),
    "samples.slant-x14": Claim(lambda: calibration(14, "slant"), 0.85, 0.885),
    "samples.ratio-decibels": Claim(lambda: 10 * math.log10(calibration(7, "ratio")), 2.1, 2.35),
    "samples.width-x14": Claim(lambda: calibration(14, "width"), 0.71, 0.75),
    "samples.frechet-mean-x14": Claim(lambda: realism("x14, guess at t = 0", "frechet"), 1100, 1260),
    "samples.frechet-one-x14": Claim(lambda: realism("x14, one sample", "frechet"), 255, 290),
    "samples.frechet-one": Claim(lambda: realism("x7, one sample", "frechet"), 19, 22),
    "samples.frechet-four": Claim(lambda: realism("x7, mean of 4 samples", "frechet"), 15, 18),
    "samples.frechet-edsr": Claim(lambda: realism("x7, EDSR-like", "frechet"), 36, 40),
    "samples.floor": Claim(lambda: realism("floor: real digits", "frechet"), 7.4, 7.7),
    "samples.behind": Claim(
        lambda: realism("x7, guess at t = 0", "psnr") - realism("x7, one sample", "psnr"), 2.4, 2.8
    ),
    "samples.mean-psnr": Claim(lambda: realism("x7, guess at t = 0", "psnr"), 21.2, 21.8),
    "samples.edsr-psnr": Claim(lambda: realism("x7, EDSR-like", "psnr"), 20.2, 20.8),
    "samples.classes": Claim(lambda: classes_apart()[0], 0.26, 0.32),
    "samples.classes-floor": Claim(lambda: classes_apart()[1], 0.21, 0.25),
}

"""The results that "Samples" states in prose; those of all of MNIST come from `python -m benchmarks.sampling`."""

from functools import cache

import torch

from mnist_sr_helpers import load_digits, load_results, look_alikes, read_digits, sample

from .measuring import Claim, small_digits


def known(label: str, what: str) -> float:
    return load_results("sampling")["parts"]["known"][label][what]


def calibration(factor: int, what: str) -> float:
    return load_results("sampling")["parts"]["calibration"][f"x{factor}"][what]


def realism(label: str, what: str) -> float:
    return load_results("sampling")["parts"]["realism"][label][what]


@cache
def classes_apart() -> tuple[float, float]:
    """Total variation between the classes of samples and of neighbours at x14, and of two sets of neighbours."""

    def shares(labels):
        return torch.nn.functional.one_hot(labels, 10).float().mean(0)

    some, train = small_digits(14)[:40], load_digits()
    many = shares(torch.stack([read_digits(sample(some, 14, seed=seed)) for seed in range(32)]))
    near = train.labels[look_alikes(some, train.images, 14, k=64).T]
    halves = shares(near[::2]), shares(near[1::2])
    return tuple(((one - halves[0]).abs().sum(1) / 2).mean().item() for one in (many, halves[1]))


CLAIMS: dict[str, Claim] = {
    "samples.known-ratio": Claim(lambda: known("flow, exact guess, 30 steps", "ratio"), 1.9, 2.1),
    "samples.known-spread": Claim(lambda: known("flow, exact guess, 30 steps", "spread"), 0.95, 1.05),
    "samples.classes": Claim(lambda: classes_apart()[0], 0.15, 0.25),
    "samples.classes-floor": Claim(lambda: classes_apart()[1], 0.15, 0.25),
}

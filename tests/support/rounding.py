"""How far two float32 results may lie apart by rounding alone: what a test's tolerance is derived from."""

import torch

EPS = torch.finfo(torch.float32).eps


def rounding(terms: int, size: float = 1.0) -> float:
    """Room for the rounding of float32 sums of `terms` terms, whose absolute values add up to `size`.

    4 sqrt(terms) eps size: rounding errors add up as a random walk does (Higham and Mary 2019: above lambda sqrt(terms)
    eps / 2 with probability 2 exp(-lambda**2 / 2), here lambda = 8), in any order of summation, on any processor.
    """
    return 4 * terms**0.5 * EPS * size


PICTURE = rounding(28 * 28)
"""For each pixel of what a matrix makes of digits in [0, 1], 784 terms a pixel."""

"""A known world, where the posterior can be computed exactly.

The truth is one of N digits, each as likely as any other; what is seen is y = A x + noise, with A the antialiased
bicubic downsampling and Gaussian noise of known standard deviation sigma. Given y, Bayes' rule weighs each of the N
digits by how well its low resolution fits: w_i proportional to exp(-|y - A x_i|^2 / (2 sigma^2)).
"""

import torch

from ._arguments import SIDE, check_count, check_floats, check_images, check_positive
from .degradation import check_low, downsample

NEGLIGIBLE = 1e-9  # digits of less weight are left out of the median: together they can move it at an exact tie only


def observe(x: torch.Tensor, factor: int, sigma: float, seed: int = 0) -> torch.Tensor:
    """What is seen of the digits `x` in the known world: A x + noise, (N, 1, 28 / factor, 28 / factor).

    `x` (N, 1, 28, 28) in [0, 1]; `sigma` in units of the grey scale [0, 1]. Raises TypeError or ValueError for a
    wrong argument. Taught in "Averages".
    """
    check_images("x", x, side=SIDE)
    check_positive("sigma", sigma)
    seed = check_count("seed", seed, least=0)
    y = downsample(x, factor)
    return y + sigma * torch.randn(y.shape, generator=torch.Generator().manual_seed(seed))


def posterior_weights(y: torch.Tensor, digits: torch.Tensor, factor: int, sigma: float) -> torch.Tensor:
    """The probability of each of the world's `digits`, given each `y`: (Q, N) float64, rows sum to 1.

    `y` (Q, 1, h, w) as from `observe`, `digits` (N, 1, 28, 28). softmax(-|y - A x_i|^2 / (2 sigma^2)), exact if the
    truth is one of `digits` and only then. Raises TypeError or ValueError for a wrong argument. Taught in "Averages".
    """
    check_images("digits", digits, side=SIDE)
    check_low("y", y, factor)
    check_positive("sigma", sigma)
    known = downsample(digits, factor).flatten(1).double()
    return torch.softmax(-(torch.cdist(y.flatten(1).double(), known) / sigma).square() / 2, dim=1)


def posterior_mean(weights: torch.Tensor, digits: torch.Tensor) -> torch.Tensor:
    """The mean of the digits under `weights`: the estimate of least mean squared error, (Q, 1, 28, 28).

    `weights` (Q, N) as from `posterior_weights`, `digits` (N, 1, 28, 28). Raises TypeError or ValueError for a wrong
    argument. Taught in "Averages".
    """
    check_weights(weights, digits)
    return (weights.double() @ digits.flatten(1).double()).float().view(-1, 1, SIDE, SIDE)


def posterior_median(weights: torch.Tensor, digits: torch.Tensor) -> torch.Tensor:
    """The weighted median of each pixel: the estimate of least mean absolute error, (Q, 1, 28, 28).

    The least value at which half of the weight is reached; some 10 ms for each row. Arguments and errors as in
    `posterior_mean`. Taught in "Averages".
    """
    check_weights(weights, digits)
    flat, medians = digits.flatten(1), []
    for row in weights:
        keep = row > NEGLIGIBLE
        # Each pixel's values in one stretch of memory: they sort several times as fast.
        values, order = flat[keep].T.contiguous().sort(dim=1)
        below = row[keep][order].cumsum(1)
        first = (below < 0.5 * below[:, -1:]).sum(1, keepdim=True)  # the first digit at which half is reached
        medians.append(values.gather(1, first))
    return torch.stack(medians).view(-1, 1, SIDE, SIDE)


def posterior_sample(weights: torch.Tensor, digits: torch.Tensor, seed: int = 1) -> torch.Tensor:
    """One digit for each row of `weights`, drawn with these probabilities: (Q, 1, 28, 28).

    Given y, it is distributed as the truth is, if `seed` is another than that of `observe`. Arguments
    and errors as in `posterior_mean`. Taught in "Averages".
    """
    check_weights(weights, digits)
    seed = check_count("seed", seed, least=0)
    # By inversion, not torch.multinomial, whose draws differ from one release of PyTorch to another.
    below = weights.double().cumsum(1)
    level = torch.rand((len(weights), 1), generator=torch.Generator().manual_seed(seed)) * below[:, -1:]
    return digits[torch.searchsorted(below, level, right=True)[:, 0]]


def check_weights(weights: torch.Tensor, digits: torch.Tensor) -> None:
    """Refuse weights that are not one probability for each digit in each row."""
    check_images("digits", digits, low=0, high=1, side=SIDE)
    check_floats("weights", weights, "Q", "N", way_on="posterior_weights makes them.")
    if weights.shape[1] != len(digits):
        raise ValueError(f"weights must have a column for each of the {len(digits)} digits, got {weights.shape[1]}.")
    sums = weights.sum(1)
    if not torch.allclose(sums, torch.ones_like(sums), atol=1e-4) or weights.min() < 0:
        raise ValueError("weights must be probabilities: at least 0, and each row must add up to 1.")

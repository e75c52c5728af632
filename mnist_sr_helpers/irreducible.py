"""The error that nobody can avoid: where neighbours are samples of the posterior, and who is still not the mean.

Two digits with nearly the same low resolution are, seen from there, two draws of what the truth could be. A draw has
twice the squared error of the posterior mean, the mean of k independent draws 1 + 1/k times. So nearest neighbours
estimate the error of the posterior mean, where they are near enough; whether they are, only more digits can tell.
"""

import torch

from ._arguments import SIDE, check_classes, check_images, what_came
from .degradation import downsample
from .digits import Digits
from .estimators import mean_of_look_alikes


def neighbour_error(x: torch.Tensor, images: torch.Tensor, factor: int, k: int = 1) -> torch.Tensor:
    """The irreducible squared error of each digit as its `k` nearest neighbours estimate it, per pixel: (N,) float64.

    `x` (N, 1, 28, 28) are the digits to judge by, none of them among `images` (M, 1, 28, 28), of which the k nearest
    in low resolution at `factor` are averaged: the squared error of that mean over 1 + 1/k. Unbiased if these are
    independent samples of the posterior; too high where they are farther away, by how much their distance adds. So
    look at it against M: a value that still falls is an upper bound of nothing but itself.
    Raises TypeError or ValueError for a wrong argument. Taught in "Model or information?".
    """
    check_images("x", x, side=SIDE)
    error = mean_of_look_alikes(downsample(x, factor), images, factor, k) - x
    return error.flatten(1).double().square().mean(1) / (1 + 1 / k)


def nearest_apart(of: Digits, among: Digits, factor: int, *, across: bool = False) -> torch.Tensor:
    """How far each digit's nearest neighbour in low resolution is: (N,), RMS over pixels, in grey levels of 256.

    `of` and `among`: digits with labels, none of the first among the second. `across`: the nearest of another class.
    A minimum falls with the number searched: say how many `among` holds.
    Raises TypeError or ValueError for a wrong argument. Taught in "Twins and forgeries".
    """
    for name, digits in {"of": of, "among": among}.items():
        if not isinstance(digits, Digits):
            raise TypeError(f"{name} must be Digits, as load_digits returns them, got {what_came(digits)}.")
        check_images(f"{name}.images", digits.images, side=SIDE)
        check_classes(f"{name}.labels", digits.labels, len(digits.images))
    known, found = downsample(among.images, factor).flatten(1).double(), []
    for y, labels in zip(downsample(of.images, factor).flatten(1).split(500), of.labels.split(500), strict=True):
        distances = torch.cdist(y.double(), known)  # in float32 the nearest ones would be rounding
        if across:
            distances[labels[:, None] == among.labels] = torch.inf
        found.append(distances.amin(1))
        if found[-1].isinf().any():
            raise ValueError("among must hold a digit of another class for each of `of`, or leave across at False.")
    return torch.cat(found).float() * 255 / known.shape[1] ** 0.5


def within_class_variance(x: torch.Tensor, labels: torch.Tensor) -> float:
    """The mean squared distance per pixel of the digits `x` from the mean of their class.

    What tells one instance from the others of its class. (N, 1, 28, 28), labels (N,). Taught in "Twins and forgeries".
    """
    check_images("x", x)
    check_classes("labels", labels, len(x))
    classes = (x[labels == label].double() for label in labels.unique())
    return sum((same - same.mean(0)).square().sum().item() for same in classes) / x.numel()

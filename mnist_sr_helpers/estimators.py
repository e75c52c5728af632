"""Estimators in closed form and by example, and the linear algebra of degradation: y = A x.

`A` is downsampling as a matrix, one row for each low-resolution pixel. What it keeps of a picture is the part in its
range, what it loses the part in its null space.
"""

from functools import cache
from typing import NamedTuple

import torch

from ._arguments import SIDE, check_classes, check_count, check_equally_many, check_images, check_positive
from .degradation import check_degradation, check_low, downsample


def degradation_matrix(factor: int, kernel: str = "bicubic", antialias: bool = True) -> torch.Tensor:
    """The matrix A of `downsample` on 28 x 28 pictures: float64 ((28 / factor)**2, 784), A x.flatten() = y.flatten().

    Raises TypeError or ValueError for a wrong argument. Taught in "What is lost".
    """
    return cached_matrix(*check_degradation(factor, kernel, antialias)).clone()


def least_norm(y: torch.Tensor, factor: int, kernel: str = "bicubic", antialias: bool = True) -> torch.Tensor:
    """A+ y: of all pictures with the low resolution `y` the one with the least squared sum, (N, 1, 28, 28).

    `y` (N, 1, 28 / factor, 28 / factor) float32. Not clipped. Taught in "What is lost".
    """
    degradation = check_degradation(factor, kernel, antialias)
    check_low("y", y, factor)
    return as_pictures(y.flatten(1).double() @ cached_pseudo_inverse(*degradation).T)


def project(
    x: torch.Tensor, y: torch.Tensor, factor: int, kernel: str = "bicubic", antialias: bool = True
) -> torch.Tensor:
    """The picture nearest to `x` whose low resolution is `y`: x + A+ (y - A x), (N, 1, 28, 28).

    Raises TypeError or ValueError for a wrong argument. Sonderby et al. 2017. Taught in "What is lost".
    """
    degradation = check_degradation(factor, kernel, antialias)
    check_images("x", x, side=SIDE)
    check_low("y", y, factor)
    check_equally_many(x=x, y=y)
    a, inverse = cached_matrix(*degradation), cached_pseudo_inverse(*degradation)
    flat = x.flatten(1).double()
    return as_pictures(flat + (y.flatten(1).double() - flat @ a.T) @ inverse.T)


def forge(start: torch.Tensor, y: torch.Tensor, factor: int, steps: int = 200, kernel: str = "bicubic") -> torch.Tensor:
    """A picture in [0, 1] that begins as `start` and ends with the low resolution `y`, or near it: (N, 1, 28, 28).

    Alternates two projections, `steps` times: onto the pictures whose low resolution is `y`, then onto those with
    values in [0, 1] (von Neumann; Bregman 1965, for convex sets). |A+ (y - A x)|, how far x is from fitting, never
    grows from step to step, and falls to zero if any picture in [0, 1] has the low resolution `y`. In float32: a
    slider waits. `start` and `y` in [-1, 2]; raises TypeError or ValueError for a wrong argument. Taught in "Twins and
    forgeries".
    """
    degradation = check_degradation(factor, kernel)
    check_images("start", start, low=-1, high=2, side=SIDE)
    check_low("y", y, factor, low=-1, high=2)
    check_count("steps", steps)
    check_equally_many(start=start, y=y)
    a, inverse = cached_matrix(*degradation).float(), cached_pseudo_inverse(*degradation).float()
    x, target = start.flatten(1).clamp(0, 1), y.flatten(1)
    for _ in range(steps):
        x = (x + (target - x @ a.T) @ inverse.T).clamp(0, 1)
    return as_pictures(x)


def nearest_of_class(
    y: torch.Tensor, wanted: torch.Tensor, images: torch.Tensor, labels: torch.Tensor, factor: int
) -> torch.Tensor:
    """For each low resolution in `y` the digit of the class `wanted` that comes nearest to it: positions (N,).

    `y` (N, 1, h, w), `wanted` int64 (N,); searches `images` (M, 1, 28, 28) with int64 `labels` (M,). Where a forger
    begins. Raises TypeError or ValueError for a wrong argument. Taught in "Twins and forgeries".
    """
    check_low("y", y, factor)
    check_images("images", images, side=SIDE)
    check_classes("wanted", wanted, len(y))
    check_classes("labels", labels, len(images))
    if missing := set(wanted.tolist()) - set(labels.tolist()):
        raise ValueError(f"wanted names the classes {sorted(missing)}, of which labels has none.")
    distances = torch.cdist(y.flatten(1).double(), downsample(images, factor).flatten(1).double())
    distances[labels != wanted[:, None]] = torch.inf
    return distances.argmin(1)


def null_part(x: torch.Tensor, factor: int, kernel: str = "bicubic", antialias: bool = True) -> torch.Tensor:
    """What downsampling loses of `x`: x - A+ A x, the picture nearest to it that downsamples to zero, (N, 1, 28, 28).

    Taught in "What is lost".
    """
    check_images("x", x, side=SIDE)
    black = torch.zeros_like(downsample(x, factor, kernel, antialias))
    return project(x, black, factor, kernel, antialias)


class LinearEstimator(NamedTuple):
    """An affine map from low resolution to pictures: x = weight y + bias. See `linear_mmse`."""

    weight: torch.Tensor
    bias: torch.Tensor

    def __call__(self, y: torch.Tensor) -> torch.Tensor:
        """Estimates (N, 1, 28, 28) for `y` (N, 1, h, h), not clipped."""
        check_images("y", y, side=round(self.weight.shape[1] ** 0.5), why=" for this estimator")
        return as_pictures(y.flatten(1).double() @ self.weight.T + self.bias)


def linear_mmse(images: torch.Tensor, y: torch.Tensor, ridge: float = 1e-4) -> LinearEstimator:
    """The affine map of least mean squared error from `y` to `images`, in closed form: C_xy (C_yy + ridge I)^-1.

    `images` (N, 1, 28, 28) in [0, 1]; `y` (N, 1, h, h), their low resolutions. `ridge` keeps the inverse stable with
    few digits; with noise of variance `ridge` in y it is exact. Raises TypeError or ValueError for a wrong argument.
    Taught in "Model or information?".
    """
    check_images("images", images, low=0, high=1, side=SIDE)
    check_images("y", y)
    check_equally_many(images=images, y=y)
    check_positive("ridge", ridge)
    x, y = images.flatten(1).double(), y.flatten(1).double()
    mean_x, mean_y = x.mean(0), y.mean(0)
    cross = (x - mean_x).T @ (y - mean_y) / len(x)
    own = (y - mean_y).T @ (y - mean_y) / len(x)
    weight = torch.linalg.solve(own + ridge * torch.eye(len(own), dtype=own.dtype), cross.T).T
    return LinearEstimator(weight, mean_x - weight @ mean_y)


def look_alikes(y: torch.Tensor, images: torch.Tensor, factor: int, k: int = 10) -> torch.Tensor:
    """Positions (N, k) of the `k` digits of `images` whose low resolution is nearest to each of `y`, nearest first.

    They look alike when small; they are not samples of what the truth could be. Taught in "Averages".
    """
    check_images("images", images, side=SIDE)
    check_low("y", y, factor)
    check_count("k", k, most=len(images))
    known = downsample(images, factor).flatten(1)
    return torch.cat([torch.cdist(part, known).topk(k, largest=False).indices for part in y.flatten(1).split(500)])


def mean_of_look_alikes(y: torch.Tensor, images: torch.Tensor, factor: int, k: int = 10) -> torch.Tensor:
    """The mean of the `look_alikes` at full resolution: (N, 1, 28, 28)."""
    positions = look_alikes(y, images, factor, k)
    return torch.cat([images[part].mean(1) for part in positions.split(500)])


def as_pictures(flat: torch.Tensor) -> torch.Tensor:
    """(N, 784) to (N, 1, 28, 28) float32."""
    return flat.float().reshape(-1, 1, SIDE, SIDE)


@cache
def cached_matrix(factor: int, kernel: str, antialias: bool) -> torch.Tensor:
    """A, found by downsampling each picture with a single white pixel."""
    unit = torch.eye(SIDE**2).view(-1, 1, SIDE, SIDE)
    return downsample(unit, factor, kernel, antialias).flatten(1).T.double()


@cache
def cached_pseudo_inverse(factor: int, kernel: str, antialias: bool) -> torch.Tensor:
    """A+, computed once."""
    return torch.linalg.pinv(cached_matrix(factor, kernel, antialias))

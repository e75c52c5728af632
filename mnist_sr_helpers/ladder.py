"""The ladder of estimators, from bicubic to an EDSR-like network; each rung turns low resolution into digits."""

from collections.abc import Callable
from functools import cache, partial

import torch

from ._arguments import check_choice
from .degradation import FACTORS, upsample
from .digits import load_digits
from .estimators import least_norm, linear_mmse, mean_of_look_alikes
from .training import restore
from .weights import cached_model

NETWORKS = {
    "SimpleSR, enlarge first": "enlarge_first",
    "SimpleSR, enlarge last": "enlarge_last",
    "SimpleSR, residual": "residual",
    "wide": "wide",
    "narrow": "narrow",
    "SRCNN": "srcnn",
    "residual MLP": "mlp",
    "ESPCN": "espcn",
    "EDSR-like": "edsr",
}
"""The rungs that are networks, and the names of their checkpoints."""

RUNGS = ("bicubic", "pseudo-inverse", "linear MMSE", "mean of 10 look-alikes", *NETWORKS)
"""All rungs, the simplest first."""


def rung(name: str, factor: int) -> Callable[[torch.Tensor], torch.Tensor]:
    """The rung `name`, one of RUNGS, as a function from `y` (N, 1, h, h) to estimates (N, 1, 28, 28), not clipped.

    `factor` 2, 4, 7 or 14. Linear MMSE and look-alikes know the 5,000 training digits of the bundled sample, as the
    SimpleSR networks, wide and narrow do; the other networks learnt from 55,000. Raises TypeError or ValueError for a
    wrong argument. Taught in "Model or information?".
    """
    check_choice("name", name, RUNGS)
    check_choice("factor", factor, FACTORS[1:])
    if name == "bicubic":
        return partial(upsample, factor=factor)
    if name == "pseudo-inverse":
        return partial(least_norm, factor=factor)
    if name == "linear MMSE":
        return fitted_linear(factor)
    if name == "mean of 10 look-alikes":
        return partial(mean_of_look_alikes, images=load_digits().images, factor=factor)
    return partial(restore, cached_model(NETWORKS[name], factor))


@cache
def fitted_linear(factor: int):
    """The linear estimator, fitted once."""
    return linear_mmse(load_digits().images, factor)

"""The ladder of estimators, from bicubic to an EDSR-like network: one table of its rungs, and what each makes of y."""

import copy
from collections.abc import Callable, Mapping
from functools import cache, partial
from types import MappingProxyType
from typing import Any, NamedTuple

import torch
from torch import nn

from . import models
from ._arguments import check_choice
from .degradation import FACTORS, upsample
from .digits import FULL, SAMPLE, load_digits
from .estimators import LinearEstimator, least_norm, linear_mmse, mean_of_look_alikes
from .training import restore
from .weights import checkpoint, read_weights


class Estimator(NamedTuple):
    """How an estimator is built for a factor, from how many digits it learnt and, of a network, how it was trained."""

    build: Callable[[int], Any]  # a network, or another function from low resolution to estimates
    digits: int = 0
    key: str = ""  # of its checkpoints
    epochs: Mapping[int, int] = MappingProxyType({})  # for each factor
    batch: int = 0
    rate: float = 0.0  # the peak of the one-cycle schedule
    source: str = "sample"  # of the digits; "split": the full set without those held out
    seed: int = 0
    loss: str = "L2"
    degradation: str = "bicubic, antialiased"
    augmentation: str = "none"

    def steps(self, factor: int) -> int:
        """How many batches its training took."""
        return self.epochs[factor] * -(-self.digits // self.batch)


@cache
def fitted_linear(factor: int) -> LinearEstimator:
    """The linear estimator, fitted once."""
    return linear_mmse(load_digits().images, factor)


def ten_look_alikes(factor: int) -> Callable[[torch.Tensor], torch.Tensor]:
    """The mean of look-alikes among the sample's training digits."""
    return partial(mean_of_look_alikes, images=load_digits().images, factor=factor)


def small_edsr(factor: int) -> models.EDSRLike:
    """EDSRLike as it ships: 48 channels; 40 at x14, where the last layer is large, so that it stays below 1 MB."""
    return models.EDSRLike(factor, channels=40 if factor == 14 else 48)


small = partial(Estimator, digits=SAMPLE, epochs=dict.fromkeys(FACTORS[1:], 5), batch=32, rate=1e-2)
large = partial(Estimator, digits=FULL, source="split", batch=128, rate=2e-3)
LADDER = {
    "bicubic": Estimator(lambda factor: partial(upsample, factor=factor)),
    "pseudo-inverse": Estimator(lambda factor: partial(least_norm, factor=factor)),
    "linear MMSE": Estimator(fitted_linear, SAMPLE),
    "mean of 10 look-alikes": Estimator(ten_look_alikes, SAMPLE),
    "SimpleSR, enlarge first": small(models.EnlargeFirst, key="enlarge_first"),
    "SimpleSR, enlarge last": small(models.EnlargeLast, key="enlarge_last"),
    "SimpleSR, residual": small(models.EnlargeFirstResidual, key="residual"),
    "wide": small(models.Wide, key="wide"),
    "narrow": small(models.Narrow, key="narrow"),
    "SRCNN": large(models.SRCNN, key="srcnn", epochs={2: 2, 4: 2, 7: 2, 14: 1}, rate=1e-3),
    "residual MLP": large(models.ResidualMLP, key="mlp", epochs={2: 30, 4: 30, 7: 30, 14: 30}),
    "ESPCN": large(models.ESPCN, key="espcn", epochs={2: 16, 4: 30, 7: 40, 14: 40}),
    "EDSR-like": large(small_edsr, key="edsr", epochs={2: 16, 4: 20, 7: 30, 14: 30}),
}
"""The table of rungs, the simplest first."""

RUNGS = tuple(LADDER)
NETWORKS = {name: rung for name, rung in LADDER.items() if rung.key}
"""The rungs that are networks."""

BY_KEY = {rung.key: rung for rung in NETWORKS.values()}
TRAINED = tuple(rung.key for name, rung in NETWORKS.items() if name.startswith("SimpleSR"))
"""The keys of the article's network in its repaired forms."""


def rung(name: str, factor: int) -> Callable[[torch.Tensor], torch.Tensor]:
    """The rung `name`, one of RUNGS, as a function from `y` (N, 1, h, h) to estimates (N, 1, 28, 28), not clipped.

    `factor` 2, 4, 7 or 14. Linear MMSE and look-alikes know the 5,000 training digits of the bundled sample, as the
    SimpleSR networks, wide and narrow do; the other networks learnt from 55,000. Raises TypeError or ValueError for a
    wrong argument. Taught in "Model or information?".
    """
    found = LADDER[check_choice("name", name, RUNGS)]
    check_choice("factor", factor, FACTORS[1:])
    return partial(restore, cached_model(found.key, factor)) if found.key else found.build(factor)


def load_model(name: str, factor: int) -> nn.Module:
    """A trained network that restores digits from their bicubic low resolution at `factor`.

    `name` is a key of a rung: enlarge_first, enlarge_last, residual, wide, narrow, srcnn, mlp, espcn or edsr. The
    model comes in evaluation mode, a copy of your own to train further.
    Raises TypeError or ValueError for a wrong argument, RuntimeError for a damaged checkpoint.
    Made by `python -m tools.train`. Taught in "Seeing the failure".
    """
    check_choice("name", name, tuple(BY_KEY))
    check_choice("factor", factor, FACTORS[1:])
    return copy.deepcopy(cached_model(name, factor))


@cache
def cached_model(key: str, factor: int) -> nn.Module:
    """The shared original behind `load_model` and `rung`, read once."""
    return read_weights(BY_KEY[key].build(factor), checkpoint(key, factor))

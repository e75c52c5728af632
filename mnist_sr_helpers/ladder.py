"""The ladder of estimators, from bicubic to an EDSR-like network: one table of its rungs, and what each makes of y."""

import copy
import json
from collections.abc import Callable, Mapping
from functools import cache, partial
from types import MappingProxyType
from typing import Any, NamedTuple

import torch
from torch import nn

from . import models
from ._arguments import check_choice
from .degradation import FACTORS, SCORED, check_low, upsample
from .digits import FULL, SAMPLE, load_digits
from .estimators import LinearEstimator, least_norm, mean_of_look_alikes
from .training import restore
from .weights import checkpoint, parts_of, read_weights

BICUBIC = "bicubic, antialiased"
FILE = f"{BICUBIC}, 8 bit"
LINEAR, LOOK_ALIKES = "linear", "mean of 10 look-alikes"  # the key of linear MMSE's checkpoints; a rung's name


class Recipe(NamedTuple):
    """How an estimator is made for a factor, from how many digits it learnt and, of a network, how it was trained."""

    build: Callable[[int], Any]  # a network, or another function from low resolution to estimates
    digits: int = 0
    key: str = ""  # of its checkpoints
    epochs: Mapping[int, int] = MappingProxyType({})  # for each factor; of "split" the first, to be doubled
    batch: int = 0
    rate: float = 0.0  # the peak of the one-cycle schedule, or the constant rate
    one_cycle: bool = True
    clip: Mapping[int, float] = MappingProxyType({})  # the norm that gradients are cut to, at the factors that need it
    source: str = "sample"  # of the digits; "split": the full set without those held out
    seed: int = 0
    seeds: int = 1  # how many networks ship, with this seed and the next
    loss: str = "L2"
    degradation: str = BICUBIC
    augmentation: str = "none"

    @property
    def factors(self) -> tuple[int, ...]:
        """Those that it is made for."""
        return tuple(self.epochs) or FACTORS[1:]


@cache
def fitted_linear(factor: int, file: bool = False) -> LinearEstimator:
    """The linear estimator of least error, as it was fitted to 55,000 digits, read once."""
    parts = parts_of(checkpoint(f"{LINEAR}_file" if file else LINEAR, factor))[0]
    return LinearEstimator(parts["weight"].double(), parts["bias"].double())


def every(epochs: int) -> dict[int, int]:
    """As many epochs at each factor."""
    return dict.fromkeys(FACTORS[1:], epochs)


article = partial(Recipe, digits=60_000, source="full", epochs=every(5), batch=32, rate=1e-3, one_cycle=False, seeds=3)
small = partial(Recipe, digits=FULL, source="split", batch=64, rate=1e-2, seeds=3)
large = partial(Recipe, digits=FULL, source="split", batch=128, rate=2e-3)
LADDER = {
    "bicubic": Recipe(lambda factor: partial(upsample, factor=factor)),
    "pseudo-inverse": Recipe(lambda factor: partial(least_norm, factor=factor)),
    "linear MMSE": Recipe(fitted_linear, FULL),
    LOOK_ALIKES: Recipe(
        lambda factor: partial(mean_of_look_alikes, images=load_digits().images, factor=factor), SAMPLE
    ),
    "article, enlarge first": article(partial(models.Signed, repair=models.EnlargeFirst), key="article_first"),
    "article, enlarge last": article(partial(models.Signed, repair=models.EnlargeLast), key="article_last"),
    "SimpleSR, enlarge first": small(models.EnlargeFirst, key="enlarge_first", epochs=every(2)),
    "SimpleSR, enlarge last": small(models.EnlargeLast, key="enlarge_last", epochs=every(4)),
    "SimpleSR, residual": small(models.EnlargeFirstResidual, key="residual", epochs=every(2)),
    "wide": small(models.Wide, key="wide", epochs=every(1), clip={2: 0.02}),  # or it goes astray in 4 epochs
    "narrow": small(models.Narrow, key="narrow", epochs=every(2), clip={7: 0.02}),  # or it goes astray in 32 epochs
    "SRCNN": large(models.SRCNN, key="srcnn", epochs={2: 2, 4: 2, 7: 2, 14: 1}, rate=1e-3),
    "residual MLP": large(models.ResidualMLP, key="mlp", epochs=every(30)),
    "ESPCN": large(models.ESPCN, key="espcn", epochs={2: 16, 4: 30, 7: 40, 14: 40}),
    "EDSR-like": large(  # 40 channels at x14, where the last layer is large, so that the file stays below 1 MB
        lambda factor: models.EDSRLike(factor, 40 if factor == 14 else 48),
        key="edsr",
        epochs={2: 16, 4: 20, 7: 30, 14: 30},
        clip={2: 0.02},  # or a training of 32 epochs goes astray in its eighth
    ),
}
"""The table of rungs, the simplest first."""

ON_FILES = {
    "bicubic": LADDER["bicubic"],
    "linear MMSE": Recipe(partial(fitted_linear, file=True), FULL),
    **{
        name: LADDER[name]._replace(key=f"{LADDER[name].key}_file", epochs=dict.fromkeys(SCORED, 5), degradation=FILE)
        for name in ("article, enlarge first", "article, enlarge last")
    },
    "EDSR-like": LADDER["EDSR-like"]._replace(key="edsr_file", epochs={2: 16, 4: 20, 7: 30}, degradation=FILE),
}
"""The rungs that were made for low resolution as a file holds it, too: `quantise`."""

RUNGS = tuple(LADDER)
NETWORKS = {name: rung for name, rung in LADDER.items() if rung.key}  # the rungs that are networks

BY_KEY = {rung.key: rung for rung in (*NETWORKS.values(), *ON_FILES.values()) if rung.key}


def rung(name: str, factor: int, *, file: bool = False, seed: int = 0) -> Callable[[torch.Tensor], torch.Tensor]:
    """The rung `name`, one of RUNGS, as a function from `y` (N, 1, h, h) to estimates (N, 1, 28, 28), not clipped.

    `factor` 2, 4, 7 or 14. Networks and linear MMSE learnt from 55,000 digits (the article's: 60,000), look-alikes are
    searched among the 5,000 of the bundled sample. `file`: made for low resolution as a file holds it, clipped and in
    8 bit: bicubic, linear MMSE and, up to x7, the article's networks and EDSR-like. `seed` as in `load_model`.
    Raises TypeError or ValueError for a wrong argument. Taught in "Model or information?".
    """
    table = ON_FILES if check_choice("file", file, (True, False)) else LADDER
    found = table[check_choice("name", name, tuple(table))]
    check_choice("factor", factor, found.factors)
    check_choice("seed", seed, tuple(range(len(names(found, factor)))))
    estimate = partial(restore, cached_model(found.key, factor, seed)) if found.key else found.build(factor)

    def estimates(y: torch.Tensor) -> torch.Tensor:
        check_low("y", y, factor)
        return estimate(y)

    return estimates


def load_model(name: str, factor: int, *, seed: int = 0) -> nn.Module:
    """A trained network that restores digits from their bicubic low resolution at `factor`.

    `name` is a key of a rung: article_first, article_last, enlarge_first, enlarge_last, residual, wide, narrow, srcnn,
    mlp, espcn or edsr, or, for low resolution as files hold it, article_first_file, article_last_file or edsr_file.
    `seed` 0, 1 or 2 tells apart three trainings of the small ones, at x2, x4 and x7. The model comes in evaluation
    mode, a copy of your own.
    Raises TypeError or ValueError for a wrong argument, RuntimeError for a damaged checkpoint.
    Made by `python -m tools.train`. Taught in "Seeing the failure".
    """
    check_choice("name", name, tuple(BY_KEY))
    check_choice("factor", factor, tuple(BY_KEY[name].epochs))
    check_choice("seed", seed, tuple(range(len(names(BY_KEY[name], factor)))))
    return copy.deepcopy(cached_model(name, factor, seed))


def names(how: Recipe, factor: int) -> tuple[str, ...]:
    """What a rung's networks are called in its checkpoint, by seed; of a rung with one seed it has no name."""
    return tuple(map(str, range(how.seeds if factor in SCORED else 1))) if how.seeds > 1 else ("",)


@cache
def cached_model(key: str, factor: int, seed: int) -> nn.Module:
    """The shared original behind `load_model` and `rung`, read once."""
    how = BY_KEY[key]
    return read_weights(how.build(factor), checkpoint(key, factor), names(how, factor)[seed])


def doublings(key: str, factor: int, seed: int = 0) -> list[tuple[int, float, int]]:
    """How the network `key` was trained: epochs, PSNR on held-out digits in dB, and CPU seconds, of each training.

    Each took twice the epochs of the one before, from the start; the last ships. Empty for the article's networks,
    which held nothing out. Raises RuntimeError for a damaged checkpoint.
    """
    words = parts_of(checkpoint(key, factor), names(BY_KEY[key], factor)[seed])[1]
    return [tuple(one) for one in json.loads(words.get("doublings", "[]"))]

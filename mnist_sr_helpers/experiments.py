"""The experiments of the lessons: what is varied, and the trained networks that came of it.

Made by `python -m tools.train_experiments`; the lessons load them, and train one again by choice.
"""

from functools import partial
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

from ._arguments import check_choice
from .augmentation import deform, flip, rotate, shift
from .degradation import downsample
from .models import EnlargeFirstResidual, middle_network
from .weights import CHECKPOINTS, read_weights

SEEDS = (0, 1, 2)

LOSSES = {"l2": F.mse_loss, "l1": F.l1_loss}
"""Lesson 05: mean squared and mean absolute error."""

SIZES = (500, 1500, 5000, 15000, 55000)
"""Lesson 06: numbers of training digits."""

DEGRADATIONS = {
    "nearest": partial(downsample, factor=4, kernel="nearest"),
    "bilinear": partial(downsample, factor=4, kernel="bilinear"),
    "bilinear, aliased": partial(downsample, factor=4, kernel="bilinear", antialias=False),
    "bicubic": partial(downsample, factor=4, kernel="bicubic"),
    "bicubic, aliased": partial(downsample, factor=4, kernel="bicubic", antialias=False),
    "area": partial(downsample, factor=4, kernel="area"),
}
"""Lesson 07: ways to downsample by 4; aliased: without antialiasing."""

AUGMENTATIONS = {"none": None, "shift": shift, "rotate": rotate, "deform": deform, "flip": flip}
"""Lesson 07: changes to the training digits."""


def degrade_mixed(x: torch.Tensor) -> torch.Tensor:
    """Each of `x` (N, 1, 28, 28) downsampled by 4 in one of the DEGRADATIONS, in turn.

    Taught in "Changing the training".
    """
    ways = list(DEGRADATIONS.values())
    low = torch.stack([way(x) for way in ways])
    return low[torch.arange(len(x)) % len(ways), torch.arange(len(x))]


def experiment_path(experiment: str, name: str) -> Path:
    """Where the checkpoint `name` of an experiment lies."""
    return CHECKPOINTS / f"{experiment}-{name.replace(', ', '_')}.safetensors"


def load_experiment(experiment: str, name: str) -> nn.Module:
    """A network that was trained for an experiment, in evaluation mode.

    `experiment` is losses, sizes, degradations or augmentation; `name` one of its variants: "l1_0" (loss and seed),
    "middle_500" or "simplesr_500" (network and digits), "area" or "mixed", "shift_0" (augmentation and seed; 5,000
    digits) or "few_shift_0" (500 digits).
    Raises ValueError or TypeError for a wrong argument, RuntimeError for a missing or damaged checkpoint. Taught in
    "Averages", "Model or information?", "Changing the training".
    """
    variants = {
        "losses": [f"{loss}_{seed}" for loss in LOSSES for seed in SEEDS],
        "sizes": [f"{network}_{size}" for network in ("middle", "simplesr") for size in SIZES],
        "degradations": [*DEGRADATIONS, "mixed"],
        "augmentation": [f"{few}{kind}_{seed}" for few in ("", "few_") for kind in AUGMENTATIONS for seed in SEEDS],
    }
    check_choice("experiment", experiment, tuple(variants))
    check_choice("name", name, tuple(variants[experiment]))
    factor = 4 if experiment == "degradations" else 7
    build = EnlargeFirstResidual if name.startswith("simplesr") else middle_network
    return read_weights(build(factor), experiment_path(experiment, name))

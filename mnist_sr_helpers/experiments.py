"""The experiments of the lessons: what is varied, and the trained networks that came of it.

Made by `python -m tools.train`; the lessons load them, and train one again by choice.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

from ._arguments import check_choice
from .augmentation import deform, flip, rotate, shift
from .degradation import downsample, quantise
from .digits import FULL, SAMPLE
from .ladder import Recipe
from .models import EnlargeFirstResidual, middle_network
from .posterior import observe
from .weights import CHECKPOINTS, read_weights

SEEDS = (0, 1, 2)

LOSSES = {"l2": F.mse_loss, "l1": F.l1_loss}  # mean squared and mean absolute error

SIZES = (500, 1500, 5000, 15000, FULL)
"""Numbers of training digits."""

NOISY = partial(observe, factor=4, sigma=5 / 255)
DEGRADATIONS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "nearest": partial(downsample, factor=4, kernel="nearest"),
    "bilinear": partial(downsample, factor=4, kernel="bilinear"),
    "bilinear, aliased": partial(downsample, factor=4, kernel="bilinear", antialias=False),
    "bicubic": partial(downsample, factor=4, kernel="bicubic"),
    "bicubic, aliased": partial(downsample, factor=4, kernel="bicubic", antialias=False),
    "area": partial(downsample, factor=4, kernel="area"),
    "bicubic, 8 bit": lambda x: quantise(downsample(x, 4)),
    "bicubic, noisy": partial(NOISY, seed=1),
}
"""Ways to make small pictures, x4. Aliased: without antialiasing; 8 bit: as in a file; noisy: by 5 grey levels.

The noise is that of tests: those networks that learnt with noise saw another seed's, 0.
"""

AUGMENTATIONS = {"none": None, "shift": shift, "rotate": rotate, "deform": deform, "flip": flip}
"""Changes to the training digits."""


middle = partial(Recipe, middle_network, batch=64, rate=2e-3)
simplesr = partial(Recipe, EnlargeFirstResidual, batch=64, rate=1e-2)
EXPERIMENTS = {
    "losses": {
        f"{loss}_x{factor}_{run}": middle(FULL, epochs={factor: epochs}, seed=seed, loss=loss.upper(), source="split")
        for factor, passes in ((7, 80), (4, 96))
        for run, seed, epochs in (*((seed, seed, passes) for seed in SEEDS), ("twice", 0, 2 * passes))
        for loss in LOSSES
    },
    "sizes": {  # whole epochs, nearest to 3,000 steps: 2,580 to 3,072
        f"{name}_{size}": network(size, epochs={7: round(3000 * 64 / size)}, source="split")
        for name, network in (("middle", middle), ("simplesr", simplesr))
        for size in SIZES
    },
    # "mixed": each digit in one of the DEGRADATIONS, in turn
    "degradations": {name: middle(SAMPLE, epochs={4: 10}, degradation=name) for name in (*DEGRADATIONS, "mixed")},
    "augmentation": {
        f"{few}{kind}_{seed}": middle(digits, epochs={7: epochs}, seed=seed, augmentation=kind)
        for few, digits, epochs in (("", SAMPLE, 20), ("few_", 500, 100))
        for kind in AUGMENTATIONS
        for seed in SEEDS
    },
}
"""How the variants of each experiment were trained, by name."""

IN_A_FILE = 4  # networks, so that a file stays below 1 MB


def experiment_path(experiment: str, name: str) -> Path:
    """The file that holds the variant `name` of an experiment, with some of the others."""
    number = list(EXPERIMENTS[experiment]).index(name) // IN_A_FILE
    return CHECKPOINTS / f"{experiment}_{number + 1}.safetensors"


def load_experiment(experiment: str, name: str) -> nn.Module:
    """A network that was trained for an experiment, in evaluation mode.

    `experiment` is losses, sizes, degradations or augmentation; `name` one of its variants: "l1_x7_0" (loss, factor,
    seed; "twice": seed 0, twice the passes), "middle_500" or "simplesr_500" (network and digits), "area" or "mixed",
    "shift_0" (augmentation and seed; 5,000 digits) or "few_shift_0" (500 digits). Raises ValueError or TypeError for a
    wrong argument, RuntimeError for a missing or damaged checkpoint. Taught in "What a network answers", "Model or
    information?", "Changing the training".
    """
    variants = EXPERIMENTS[check_choice("experiment", experiment, tuple(EXPERIMENTS))]
    variant = variants[check_choice("name", name, tuple(variants))]
    return read_weights(variant.build(*variant.epochs), experiment_path(experiment, name), name)

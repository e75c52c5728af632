"""Trained weights: safetensors in the package, written whole or not at all, loaded into the models."""

import copy
from functools import cache
from pathlib import Path

from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import nn

from ._arguments import check_choice
from ._files import write_whole
from .degradation import FACTORS
from .models import (
    ESPCN,
    SRCNN,
    EDSRLike,
    EnlargeFirst,
    EnlargeFirstResidual,
    EnlargeLast,
    LowReader,
    Narrow,
    Reader,
    ResidualMLP,
    Wide,
)

CHECKPOINTS = Path(__file__).parent / "data" / "checkpoints"
TRAINED = {
    "enlarge_first": EnlargeFirst,
    "enlarge_last": EnlargeLast,
    "residual": EnlargeFirstResidual,
}
"""The article's network in its repaired forms, by the name of their checkpoints; factors 2, 4, 7 and 14."""

CONTROLS = {"wide": Wide, "narrow": Narrow}
"""The two control rungs, trained as the networks of TRAINED: on the bundled sample."""


def small_edsr(factor: int) -> EDSRLike:
    """EDSRLike as it ships: 48 channels; 40 at x14, where the last layer is large, so that it stays below 1 MB."""
    return EDSRLike(factor, channels=40 if factor == 14 else 48)


LADDER = {**TRAINED, **CONTROLS, "srcnn": SRCNN, "mlp": ResidualMLP, "espcn": ESPCN, "edsr": small_edsr}
"""All networks that ship trained, by name; factors 2, 4, 7 and 14. The last four learnt from 55,000 digits."""


def load_model(name: str, factor: int) -> nn.Module:
    """A trained network that restores digits from their bicubic low resolution at `factor`.

    `name` is a key of LADDER: enlarge_first, enlarge_last, residual, wide, narrow, srcnn, mlp, espcn or edsr. The
    model comes in evaluation mode, a copy of your own to train further.
    Raises TypeError or ValueError for a wrong argument, RuntimeError for a damaged checkpoint.
    Made by `python -m tools.train_simplesr` and `tools.train_ladder`. Taught in "Seeing the failure".
    """
    check_choice("name", name, tuple(LADDER))
    check_choice("factor", factor, FACTORS[1:])
    return copy.deepcopy(cached_model(name, factor))


@cache
def cached_model(name: str, factor: int) -> nn.Module:
    """The shared original behind `load_model`, read once."""
    return read_weights(LADDER[name](factor), CHECKPOINTS / f"{name}_x{factor}.safetensors")


def load_reader() -> nn.Module:
    """The digit classifier in evaluation mode. Made by `python -m tools.train_reader`.

    Taught in "Seeing the failure".
    """
    return copy.deepcopy(cached_reader())


@cache
def cached_reader() -> nn.Module:
    """The shared original behind `load_reader`, read once."""
    return read_weights(Reader(), CHECKPOINTS / "reader.safetensors")


def load_low_reader(factor: int) -> nn.Module:
    """A classifier that learnt from digits in low resolution, x2, x4 or x7, in evaluation mode.

    Takes what `downsample` gives, (N, 1, 28/factor, 28/factor): a reference for what can be read without restoration.
    Raises TypeError or ValueError for another factor. Made by `python -m tools.train_low_readers`. Taught in "Model or
    information?".
    """
    check_choice("factor", factor, FACTORS[1:4])
    return read_weights(LowReader(factor), CHECKPOINTS / f"low_reader_x{factor}.safetensors")


def read_weights(model: nn.Module, path: Path) -> nn.Module:
    """Load the file at `path` into `model` and set it to evaluate; RuntimeError, naming the file, if it won't."""
    way_on = "Restore it from the course's own copy, for example with git checkout."
    try:
        with safe_open(path, framework="pt") as file:
            weights = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118, not a dict
        model.load_state_dict(weights)
    except FileNotFoundError:
        raise RuntimeError(f"{path} is missing. {way_on}") from None
    except (SafetensorError, OSError, RuntimeError) as error:
        reason = " ".join(str(error).split())[:200]
        raise RuntimeError(f"{path} is damaged or is not a {type(model).__name__} ({reason}) {way_on}") from None
    return model.eval()


def write_weights(model: nn.Module, path: Path, settings: dict[str, str]) -> None:
    """Write `model` to `path` with the settings it was trained with."""
    weights = {key: value.detach().contiguous() for key, value in model.state_dict().items()}
    write_whole(path, save(weights, metadata=settings))


def read_settings(path: Path) -> dict[str, str]:
    """The settings written beside the weights at `path`."""
    with safe_open(path, framework="pt") as file:
        return dict(file.metadata() or {})

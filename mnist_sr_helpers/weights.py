"""Trained weights: safetensors in the package, as `tools.train` wrote them, loaded into the models."""

from functools import cache
from pathlib import Path
from typing import TypeVar

import torch
from safetensors import SafetensorError, safe_open
from torch import nn

from ._arguments import check_choice
from .degradation import SCORED
from .digits import RESTORE
from .models import LowReader, Reader

Model = TypeVar("Model", bound=nn.Module)
CHECKPOINTS = Path(__file__).parent / "data" / "checkpoints"


@cache
def cached_reader() -> Reader:
    """The digit classifier in evaluation mode, read once and shared. Made by `python -m tools.train reader`."""
    return read_weights(Reader(), checkpoint("reader"))


def load_low_reader(factor: int) -> nn.Module:
    """A classifier that learnt from digits in low resolution, x2, x4 or x7, in evaluation mode.

    Takes what `downsample` gives, (N, 1, 28/factor, 28/factor): a reference for what can be read without restoration.
    TypeError or ValueError for another factor. Made by `python -m tools.train low_reader`.
    Taught in "Model or information?".
    """
    check_choice("factor", factor, SCORED)
    return read_weights(LowReader(factor), checkpoint("low_reader", factor))


def checkpoint(key: str, factor: int = 1) -> Path:
    """Where the network `key` lies, trained for `factor`; 1: for no factor."""
    return CHECKPOINTS / (f"{key}.safetensors" if factor == 1 else f"{key}_x{factor}.safetensors")


def read_weights(model: Model, path: Path, name: str = "") -> Model:
    """Load the file at `path`, or the network `name` of several in it, into `model` and set it to evaluate.

    RuntimeError, naming the file, if it won't.
    """
    weights = parts_of(path, name)[0]
    try:
        model.load_state_dict(weights)
    except RuntimeError as error:
        reason = " ".join(str(error).split())[:200]
        raise RuntimeError(f"{path} is not a {type(model).__name__} ({reason}). {RESTORE}") from None
    return model.eval().to(memory_format=torch.channels_last)  # as in training: faster, by half on some networks


def parts_of(path: Path, name: str = "", way_on: str = RESTORE) -> tuple[dict[str, torch.Tensor], dict[str, str]]:
    """Weights and settings in the file at `path`, or of the network `name` in it, whose keys begin with `name/`.

    RuntimeError, naming the file and the `way_on`, if it is missing or damaged.
    """
    prefix = name and f"{name}/"
    try:
        with safe_open(path, framework="pt") as file:
            wanted = [key for key in file.keys() if key.startswith(prefix)]  # noqa: SIM118, not a dict
            weights = {key.removeprefix(prefix): file.get_tensor(key) for key in wanted}
            settings = {k.removeprefix(prefix): v for k, v in (file.metadata() or {}).items() if k.startswith(prefix)}
    except FileNotFoundError:
        raise RuntimeError(f"{path} is missing. {way_on}") from None
    except (SafetensorError, OSError) as error:
        raise RuntimeError(f"{path} is damaged ({error}). {way_on}") from None
    return weights, settings

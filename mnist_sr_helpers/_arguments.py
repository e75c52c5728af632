"""Checks of arguments, shared by all public functions: each error says what came, what is wanted, the way on."""

import math
import reprlib
import sys
from collections.abc import Sequence
from numbers import Integral, Real

import numpy as np
import torch

SIDE = 28  # pixels on each side of a digit
HAIR = 1e-5  # what rounding may put beyond a limit, as in a mean of many white pixels


def check_images(
    name: str, value, *, low: float = -math.inf, high: float = math.inf, side: int | None = None, why: str = ""
) -> torch.Tensor:
    """Return `value` if it is a non-empty, finite float32 tensor (N, 1, H, W) in [low, high]; raise otherwise.

    With `side` it must be that many pixels wide and high, and `why` says in the message where this comes from.
    """
    if not isinstance(value, torch.Tensor):
        way_on = "Convert it first, for example with torch.as_tensor."
        if hasattr(value, "images"):
            way_on = "Pass its .images."
        raise TypeError(f"{name} must be a torch tensor of shape (N, 1, H, W), got {type(value).__name__}. {way_on}")
    if value.dtype != torch.float32:
        raise TypeError(f"{name} must be float32, got {value.dtype}. Use {name}.float(), and divide 0-255 data by 255.")
    if value.ndim != 4 or value.shape[1] != 1:
        raise ValueError(
            f"{name} must have shape (N, 1, H, W), got {tuple(value.shape)}. "
            f"One picture of shape (H, W) becomes a batch with picture[None, None]."
        )
    check_values(name, value, low, high)
    height, width = value.shape[-2:]
    if side is not None and (height, width) != (side, side):
        raise ValueError(
            f"{name} must be {side} x {side} pixels{why}, got {height} x {width}. "
            "downsample and upsample change a picture's size."
        )
    return value


def check_floats(name: str, value, *shape: str, low=-math.inf, high=math.inf, way_on: str = "") -> None:
    """Refuse anything but a non-empty, finite float tensor in [low, high], with a dimension for each name in `shape`.

    Without names it may have any shape.
    """
    is_floats = isinstance(value, torch.Tensor) and value.is_floating_point()
    if not is_floats or (shape and value.ndim != len(shape)):
        wanted = f"a float tensor of shape {shape}".replace("'", "") if shape else "a float tensor"
        message = f"{name} must be {wanted}, got {what_came(value)}. {way_on}".rstrip()
        raise ValueError(message) if is_floats else TypeError(message)
    check_values(name, value, low, high)


def check_values(name: str, value: torch.Tensor, low: float, high: float) -> None:
    """Refuse no values, NaN, and values outside [low, high]: another range would give a silent wrong result."""
    if value.numel() == 0:
        raise ValueError(f"{name} is empty, shape {tuple(value.shape)}. Pass at least one.")
    if not torch.isfinite(value).all():
        raise ValueError(f"{name} holds NaN or infinite values. Find where they arise before going on.")
    least, most = value.min().item(), value.max().item()
    if least < low - HAIR or most > high + HAIR:
        raise ValueError(
            f"{name} must lie in [{low}, {high}], got values from {least:.6g} to {most:.6g}. "
            f"Digits in this course are in [0, 1]: divide 0-255 data by 255, map [-1, 1] with (x + 1) / 2."
        )


def check_equally_many(**pictures: torch.Tensor) -> None:
    """Refuse two batches, given by their names, of which one holds more than the other."""
    first, second = map(len, pictures.values())
    if first != second:
        raise ValueError(f"{' and '.join(pictures)} must be equally many pictures, got {first} and {second}.")


def check_classes(name: str, value, count: int) -> None:
    """Refuse anything but a tensor of `count` classes as whole numbers."""
    if not isinstance(value, torch.Tensor) or value.is_floating_point() or value.dtype == torch.bool:
        raise TypeError(f"{name} must be a tensor of classes as whole numbers, got {what_came(value)}.")
    if tuple(value.shape) != (count,):
        raise ValueError(f"{name} must have shape ({count},), one class for each picture, got {tuple(value.shape)}.")


def check_texts(name: str, value, count: int) -> None:
    """Refuse anything but `count` texts, or none at all."""
    if not isinstance(value, Sequence) or isinstance(value, str) or not all(isinstance(text, str) for text in value):
        raise TypeError(f"{name} must be a list of texts, got {what_came(value)}.")
    if value and len(value) != count:
        raise ValueError(f"{name} must be {count} texts, got {len(value)}.")


def check_choice(name: str, value, choices: tuple):
    """Return `value` if it is one of `choices`; raise otherwise."""
    if isinstance(value, np.bool_):
        value = bool(value)
    kinds = {type(choice) for choice in choices}
    if type(value) not in kinds and not (int in kinds and is_number(value, Integral)):
        wanted = " or ".join(sorted(kind.__name__ for kind in kinds))
        raise TypeError(f"{name} must be {wanted}, got {what_came(value)}. Choose from {choices}.")
    if value not in choices:
        raise ValueError(f"{name} must be one of {choices}, got {value!r}.")
    return value


def check_count(name: str, value, *, least: int = 1, most: int = 2**63 - 1) -> int:
    """Return `value` if it is a whole number from `least` to `most`; raise otherwise."""
    check_number(name, value, least=least, most=most, kind=Integral)
    return int(value)


def check_positive(name: str, value, *, most: float = math.inf) -> None:
    """Refuse anything but a finite number above zero and at most `most`."""
    if is_number(value) and not 0 < value <= sys.float_info.max:
        raise ValueError(f"{name} must be a finite number above 0, got {value}.")
    check_number(name, value, most=most)


def check_number(name: str, value, *, least: float = -math.inf, most: float = math.inf, kind: type = Real) -> None:
    """Refuse anything but a number of this kind from `least` to `most`."""
    if not is_number(value, kind):
        raise TypeError(f"{name} must be a {'whole ' if kind is Integral else ''}number, got {what_came(value)}.")
    if not value >= least:  # NaN is not
        raise ValueError(f"{name} must be at least {least}, got {value}.")
    if value > most:
        raise ValueError(f"{name} must be at most {most}, got {value}.")


def is_number(value, kind: type = Real) -> bool:
    """True for numbers of this kind, NumPy's too, not for bool: True is not a factor."""
    return isinstance(value, kind) and not isinstance(value, bool)


def what_came(value) -> str:
    """What came instead of what is wanted: a tensor's type and shape, of all else the type and the start."""
    if isinstance(value, torch.Tensor):
        return f"{value.dtype} of shape {tuple(value.shape)}"
    return f"{type(value).__name__} {reprlib.repr(value):.200}"

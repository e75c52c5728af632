"""Checks of arguments, shared by all public functions: each error says what came, what is wanted, the way on."""

import math
import sys
from numbers import Integral, Real

import torch


def check_images(name: str, value, *, low: float = -math.inf, high: float = math.inf) -> torch.Tensor:
    """Return `value` if it is a non-empty, finite float32 tensor (N, 1, H, W) in [low, high]; raise otherwise."""
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
    if value.numel() == 0:
        raise ValueError(f"{name} is empty, shape {tuple(value.shape)}. Pass at least one picture.")
    if not torch.isfinite(value).all():
        raise ValueError(f"{name} holds NaN or infinite values. Find where they arise before going on.")
    check_range(name, value, low, high)
    return value


def check_range(name: str, value: torch.Tensor, low: float, high: float) -> None:
    """Refuse values outside [low, high]: of another range than [0, 1], they would give a silent wrong result."""
    least, most = value.min().item(), value.max().item()
    if least < low or most > high:
        raise ValueError(
            f"{name} must lie in [{low}, {high}], got values from {least:.3g} to {most:.3g}. "
            f"Digits in this course are in [0, 1]: divide 0-255 data by 255, map [-1, 1] with (x + 1) / 2."
        )


def check_choice(name: str, value, choices: tuple):
    """Return `value` if it is one of `choices`; raise otherwise."""
    kinds = {type(choice) for choice in choices}
    if type(value) not in kinds and not (kinds == {int} and is_whole(value)):
        wanted = " or ".join(sorted(kind.__name__ for kind in kinds))
        raise TypeError(f"{name} must be {wanted}, got {type(value).__name__} {value!r}. Choose from {choices}.")
    if value not in choices:
        raise ValueError(f"{name} must be one of {choices}, got {value!r}.")
    return value


def check_count(name: str, value, *, least: int = 1, most: int = 2**63 - 1) -> int:
    """Return `value` if it is a whole number from `least` to `most`; raise otherwise."""
    if not is_whole(value):
        raise TypeError(f"{name} must be a whole number, got {type(value).__name__} {value!r}.")
    if value < least:
        raise ValueError(f"{name} must be at least {least}, got {value}.")
    if value > most:
        raise ValueError(f"{name} must be at most {most}, got {value}.")
    return int(value)


def check_flag(name: str, value) -> bool:
    """Return `value` if it is True or False; raise otherwise."""
    if not isinstance(value, bool):
        raise TypeError(f"{name} must be True or False, got {type(value).__name__} {value!r}.")
    return value


def check_positive(name: str, value, *, most: float = sys.float_info.max) -> float:
    """Return `value` if it is a finite number above zero and at most `most`; raise otherwise."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{name} must be a number, got {type(value).__name__} {value!r}.")
    if not 0 < value <= sys.float_info.max:
        raise ValueError(f"{name} must be a finite number above 0, got {value}.")
    if value > most:
        raise ValueError(f"{name} must be at most {most}, got {value}.")
    return float(value)


def is_whole(value) -> bool:
    """True for int and NumPy integers, not for bool: True is not a factor."""
    return isinstance(value, Integral) and not isinstance(value, bool)

"""Checks of arguments, shared by all public functions: each error says what came, what is wanted, the way on."""

import math
from numbers import Integral, Real

import torch


def check_images(name: str, value, *, channels: int = 1) -> torch.Tensor:
    """Return `value` if it is a non-empty, finite float32 tensor (N, 1, H, W); raise otherwise."""
    if not isinstance(value, torch.Tensor):
        raise TypeError(
            f"{name} must be a torch tensor of shape (N, {channels}, H, W), got {type(value).__name__}. "
            f"Convert it first, for example with torch.as_tensor."
        )
    if value.dtype != torch.float32:
        raise TypeError(
            f"{name} must be float32, got {value.dtype}. Use {name}.float(), and divide 0-255 data by 255."
        )
    if value.ndim != 4 or value.shape[1] != channels:
        raise ValueError(
            f"{name} must have shape (N, {channels}, H, W), got {tuple(value.shape)}. "
            f"One picture of shape (H, W) becomes a batch with picture[None, None]."
        )
    if value.numel() == 0:
        raise ValueError(f"{name} is empty, shape {tuple(value.shape)}. Pass at least one picture.")
    if not torch.isfinite(value).all():
        raise ValueError(f"{name} holds NaN or infinite values. Find where they arise before going on.")
    return value


def check_choice(name: str, value, choices: tuple):
    """Return `value` if it is one of `choices`; raise otherwise."""
    kinds = {type(choice) for choice in choices}
    if type(value) not in kinds and not (kinds == {int} and is_whole(value)):
        wanted = " or ".join(sorted(kind.__name__ for kind in kinds))
        raise TypeError(f"{name} must be {wanted}, got {type(value).__name__} {value!r}. Choose from {choices}.")
    if value not in choices:
        raise ValueError(f"{name} must be one of {choices}, got {value!r}.")
    return value


def check_count(name: str, value, *, least: int = 1) -> int:
    """Return `value` if it is a whole number of at least `least`; raise otherwise."""
    if not is_whole(value):
        raise TypeError(f"{name} must be a whole number, got {type(value).__name__} {value!r}.")
    if value < least:
        raise ValueError(f"{name} must be at least {least}, got {value}.")
    return int(value)


def check_flag(name: str, value) -> bool:
    """Return `value` if it is True or False; raise otherwise."""
    if not isinstance(value, bool):
        raise TypeError(f"{name} must be True or False, got {type(value).__name__} {value!r}.")
    return value


def check_positive(name: str, value) -> float:
    """Return `value` if it is a finite number above zero; raise otherwise."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{name} must be a number, got {type(value).__name__} {value!r}.")
    if not math.isfinite(value) or value <= 0:
        raise ValueError(f"{name} must be a finite number above 0, got {value}.")
    return float(value)


def is_whole(value) -> bool:
    """True for int and NumPy integers, not for bool: True is not a factor."""
    return isinstance(value, Integral) and not isinstance(value, bool)

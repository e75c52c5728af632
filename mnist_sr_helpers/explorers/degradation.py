"""The explorer of degradation: factor x kernel x digit, with and without antialiasing."""

from ..degradation import FACTORS, KERNELS, downsample, round_trip
from ..digits import sample_digit
from ..pictures.grid import Picture
from ..pictures.table import Table
from .comparison import Restoration, View, compare, contact_sheet


def degradation_view(digit: int, factor: int, kernel: str, antialias: bool) -> View:
    """The explorer of "Degradation": factor x kernel x digit, with and without antialiasing."""
    return compare(degraded(digit, factor, kernel, antialias), f"x{factor}, {setting_name(kernel, antialias)}")


def degradation_sheet(digit: int) -> tuple[Picture, Table]:
    """Every state of "Degradation"'s explorer for one digit: a picture, and its numbers."""
    settings = [(kernel, True) for kernel in KERNELS] + [("bilinear", False), ("bicubic", False)]
    rows = {setting_name(*setting): [degraded(digit, f, *setting) for f in FACTORS] for setting in settings}
    return contact_sheet(rows, FACTORS)


def degraded(digit: int, factor: int, kernel: str, antialias: bool) -> Restoration:
    """The digit `digit` (0-9) downsampled and enlarged again with `kernel`."""
    original = sample_digit(digit)
    low = downsample(original, factor, kernel, antialias)
    return Restoration(original, low, round_trip(original, factor, kernel, antialias), digit)


def setting_name(kernel: str, antialias: bool) -> str:
    """The kernel, and what is unusual about it."""
    return kernel if antialias or kernel in ("nearest", "area") else f"{kernel}, not antialiased"

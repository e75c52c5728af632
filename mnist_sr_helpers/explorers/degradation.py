"""The explorer of degradation: factor x kernel x digit, with and without antialiasing."""

from .._arguments import check_choice
from ..degradation import FACTORS, KERNELS, downsample, round_trip
from ..digits import ten_digits
from ..pictures.grid import Picture
from .comparison import Restoration, View, compare, contact_sheet


def degradation_view(digit: int, factor: int, kernel: str, antialias: bool) -> View:
    """The explorer of "Degradation": factor x kernel x digit, with and without antialiasing."""
    return compare(degraded_digit(digit, factor, kernel, antialias))


def degradation_sheet(digit: int) -> tuple[Picture, str]:
    """Every state of "Degradation"'s explorer for one digit: a picture, and its numbers as a text table."""
    settings = [(kernel, True) for kernel in KERNELS] + [("bilinear", False), ("bicubic", False)]
    return contact_sheet([[degraded_digit(digit, f, *setting) for f in FACTORS] for setting in settings])


def degraded_digit(digit: int, factor: int, kernel: str, antialias: bool) -> Restoration:
    """The digit `digit` (0-9) downsampled and enlarged again with `kernel`."""
    original = ten_digits()[check_choice("digit", digit, tuple(range(10)))][None]
    low = downsample(original, factor, kernel, antialias)
    method = kernel if antialias or kernel in ("nearest", "area") else f"{kernel}, not antialiased"
    return Restoration(digit, factor, method, original, low, round_trip(original, factor, kernel, antialias))

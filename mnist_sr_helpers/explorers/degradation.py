"""The explorer of degradation: factor x kernel x digit, with and without antialiasing."""

from .._arguments import check_choice
from ..degradation import FACTORS, KERNELS, downsample, quantise, upsample
from ..digits import sample_digit
from ..pictures.grid import Picture
from ..pictures.table import Table
from .comparison import Restoration, View, compare, contact_sheet


def degradation_view(digit: int, factor: int, kernel: str, antialias: bool, file: bool = False) -> View:
    """The explorer of "Degradation": factor x kernel x digit, with and without antialiasing, as floats or as a file."""
    setting = f"x{factor}, {setting_name(kernel, antialias)}" + (", from a file" if file else "")
    return compare(degraded(digit, factor, kernel, antialias, file), setting)


def degradation_sheet(digit: int) -> tuple[Picture, Table]:
    """Every state of "Degradation"'s explorer for one digit: a picture, and its numbers."""
    settings = [(kernel, True) for kernel in KERNELS] + [("bilinear", False), ("bicubic", False)]
    rows = {setting_name(*setting): [degraded(digit, f, *setting) for f in FACTORS] for setting in settings}
    return contact_sheet(rows, FACTORS)


def degraded(digit: int, factor: int, kernel: str, antialias: bool, file: bool = False) -> Restoration:
    """The digit `digit` (0-9) downsampled and enlarged again with `kernel`, with `file` by way of 8 bit."""
    original = sample_digit(digit)
    low = downsample(original, factor, kernel, antialias)
    low = quantise(low) if check_choice("file", file, (True, False)) else low
    return Restoration(original, low, upsample(low, factor, kernel), digit)


def setting_name(kernel: str, antialias: bool) -> str:
    """The kernel, and what is unusual about it."""
    return kernel if antialias or kernel in ("nearest", "area") else f"{kernel}, not antialiased"

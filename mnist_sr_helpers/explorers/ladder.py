"""The explorer of the ladder: one digit, restored by each of its rungs."""

from .._arguments import check_choice
from ..degradation import FACTORS, downsample
from ..digits import ten_digits
from ..ladder import rung
from ..pictures.grid import Picture
from .comparison import Restoration, View, compare, contact_sheet

SHOWN = ("bicubic", "linear MMSE", "SimpleSR, enlarge last", "residual MLP", "ESPCN", "EDSR-like")
"""The rungs of "Model or information?"'s explorer."""


def ladder_view(digit: int, factor: int, rung: str) -> View:
    """The explorer of "Model or information?": rung x factor x digit."""
    return compare(on_rung(digit, factor, rung))


def ladder_sheet(digit: int) -> tuple[Picture, str]:
    """Every state of "Model or information?"'s explorer for one digit: a picture, and its numbers as a text table."""
    return contact_sheet([[on_rung(digit, factor, name) for factor in FACTORS[1:]] for name in SHOWN])


def on_rung(digit: int, factor: int, name: str) -> Restoration:
    """The digit `digit` (0-9) restored by the rung `name` from its bicubic low resolution."""
    original = ten_digits()[check_choice("digit", digit, tuple(range(10)))][None]
    low = downsample(original, factor)
    return Restoration(digit, factor, name, original, low, rung(name, factor)(low))

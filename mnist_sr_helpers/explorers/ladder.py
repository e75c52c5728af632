"""The explorer of the ladder: one digit, restored by each of its rungs."""

from ..degradation import FACTORS, downsample
from ..digits import sample_digit
from ..ladder import rung
from ..pictures.grid import Picture
from ..pictures.table import Table
from .comparison import Restoration, View, compare, contact_sheet

SHOWN = ("bicubic", "linear MMSE", "SimpleSR, enlarge last", "residual MLP", "ESPCN", "EDSR-like")
"""The rungs of "Model or information?"'s explorer."""


def ladder_view(digit: int, factor: int, rung: str) -> View:
    """The explorer of "Model or information?": rung x factor x digit."""
    return compare(on_rung(digit, factor, rung), f"x{factor}, {rung}")


def ladder_sheet(digit: int) -> tuple[Picture, Table]:
    """Every state of "Model or information?"'s explorer for one digit: a picture, and its numbers."""
    return contact_sheet({name: [on_rung(digit, f, name) for f in FACTORS[1:]] for name in SHOWN}, FACTORS[1:])


def on_rung(digit: int, factor: int, name: str) -> Restoration:
    """The digit `digit` (0-9) restored by the rung `name` from its bicubic low resolution."""
    original = sample_digit(digit)
    low = downsample(original, factor)
    return Restoration(original, low, rung(name, factor)(low), digit)

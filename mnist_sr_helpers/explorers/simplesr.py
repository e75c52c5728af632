"""The explorer of SimpleSR: factor x digit x bicubic or one of the article's networks, repaired."""

from .._arguments import check_choice
from ..degradation import FACTORS, downsample, upsample
from ..digits import sample_digit
from ..ladder import rung
from ..pictures.grid import Picture
from ..pictures.table import Table
from .comparison import Restoration, View, compare, contact_sheet

MODELS = ("bicubic", "article, enlarge first", "article, enlarge last", "SimpleSR, residual")
"""The rungs that "Seeing the failure" compares: bicubic, the article's network in both repairs, and its better form."""


def model_view(digit: int, factor: int, model: str) -> View:
    """The explorer of "Seeing the failure": factor x model x digit."""
    return compare(restored_digit(digit, factor, model), f"x{factor}, {model}")


def model_sheet(digit: int) -> tuple[Picture, Table]:
    """Every state of "Seeing the failure"'s explorer for one digit: a picture, and its numbers."""
    rows = {model: [restored_digit(digit, f, model) for f in FACTORS] for model in MODELS}
    return contact_sheet(rows, FACTORS)


def restored_digit(digit: int, factor: int, model: str) -> Restoration:
    """The digit `digit` (0-9) restored by `model` (one of MODELS) from its bicubic low resolution."""
    original = sample_digit(digit)
    check_choice("model", model, MODELS)
    low = downsample(original, factor)
    estimate = upsample(low, 1) if factor == 1 else rung(model, factor)(low)
    return Restoration(original, low, estimate, digit)

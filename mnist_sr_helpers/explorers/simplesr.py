"""The explorer of SimpleSR: factor x digit x bicubic or one of the article's networks, repaired."""

from .._arguments import check_choice
from ..degradation import FACTORS, downsample, upsample
from ..digits import sample_digit
from ..ladder import TRAINED, load_model
from ..pictures.grid import Picture
from ..pictures.table import Table
from ..training import restore
from .comparison import Restoration, View, compare, contact_sheet

MODELS = ("bicubic", *TRAINED)
"""What "Seeing the failure" compares: bicubic enlargement and the trained networks."""


def model_view(digit: int, factor: int, model: str) -> View:
    """The explorer of "Seeing the failure": factor x model x digit."""
    return compare(restored_digit(digit, factor, model), f"x{factor}, {model.replace('_', ' ')}")


def model_sheet(digit: int) -> tuple[Picture, Table]:
    """Every state of "Seeing the failure"'s explorer for one digit: a picture, and its numbers."""
    rows = {model.replace("_", " "): [restored_digit(digit, f, model) for f in FACTORS] for model in MODELS}
    return contact_sheet(rows, FACTORS)


def restored_digit(digit: int, factor: int, model: str) -> Restoration:
    """The digit `digit` (0-9) restored by `model` (one of MODELS) from its bicubic low resolution."""
    original = sample_digit(digit)
    check_choice("model", model, MODELS)
    low = downsample(original, factor)
    if model == "bicubic" or factor == 1:
        estimate = upsample(low, factor)
    else:
        estimate = restore(load_model(model, factor), low)
    return Restoration(original, low, estimate, digit)

"""The explorer of SimpleSR: factor x digit x bicubic or one of the article's networks, repaired."""

from .._arguments import check_choice
from ..degradation import FACTORS, downsample, upsample
from ..digits import ten_digits
from ..pictures.grid import Picture
from ..training import restore
from ..weights import TRAINED, load_model
from .comparison import Restoration, View, compare, contact_sheet

MODELS = ("bicubic", *TRAINED)
"""What "Seeing the failure" compares: bicubic enlargement and the trained networks."""


def model_view(digit: int, factor: int, model: str) -> View:
    """The explorer of "Seeing the failure": factor x model x digit."""
    return compare(restored_digit(digit, factor, model))


def model_sheet(digit: int) -> tuple[Picture, str]:
    """Every state of "Seeing the failure"'s explorer for one digit: a picture, and its numbers as a text table."""
    return contact_sheet([[restored_digit(digit, factor, model) for factor in FACTORS] for model in MODELS])


def restored_digit(digit: int, factor: int, model: str) -> Restoration:
    """The digit `digit` (0-9) restored by `model` (one of MODELS) from its bicubic low resolution."""
    original = ten_digits()[check_choice("digit", digit, tuple(range(10)))][None]
    check_choice("model", model, MODELS)
    low = downsample(original, factor)
    if model == "bicubic" or factor == 1:
        estimate = upsample(low, factor)
    else:
        estimate = restore(load_model(model, factor), low)
    return Restoration(digit, factor, model.replace("_", " "), original, low, estimate)

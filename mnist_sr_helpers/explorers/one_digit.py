"""Three explorers of one digit at every factor: its degradation, SimpleSR's networks, and the rungs of the ladder."""

from functools import partial

from .._arguments import check_choice
from ..degradation import FACTORS, KERNELS, downsample, quantise, upsample
from ..digits import sample_digit
from ..ladder import rung
from ..pictures.grid import Picture
from ..pictures.table import Table
from .comparison import COMPARABLE, Restoration, View, at_factor, contact_sheet

MODELS = ("bicubic", "article, enlarge first", "article, enlarge last", "SimpleSR, residual")
"""The rungs that "Seeing the failure" compares: bicubic, the article's network in both repairs, and its better form."""

SHOWN = ("bicubic", "linear MMSE", "SimpleSR, enlarge last", "residual MLP", "ESPCN", "EDSR-like")
"""The rungs of "Model or information?"'s explorer."""


def degradation_view(digit: int, factor: int | str, kernel: str, antialias: bool, file: bool = False) -> View:
    """The explorer of "Degradation": factor x kernel x digit, with and without antialiasing, as floats or as a file."""
    restore = partial(degraded, digit, kernel=kernel, antialias=antialias, file=file)
    return at_factor(restore, factor, setting_name(kernel, antialias) + (", from a file" if file else ""))


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


def model_view(digit: int, factor: int | str, model: str) -> View:
    """The explorer of "Seeing the failure": factor x model x digit."""
    return at_factor(partial(by_model, digit, model=model), factor, model)


def model_sheet(digit: int) -> tuple[Picture, Table]:
    """Every state of "Seeing the failure"'s explorer for one digit: a picture, and its numbers."""
    return contact_sheet({model: [by_model(digit, f, model) for f in FACTORS] for model in MODELS}, FACTORS)


def by_model(digit: int, factor: int, model: str) -> Restoration:
    """The digit `digit` (0-9) restored by `model` (one of MODELS) from its bicubic low resolution."""
    check_choice("model", model, MODELS)
    return degraded(digit, factor, "bicubic", antialias=True) if factor == 1 else by_rung(digit, factor, model)


def ladder_view(digit: int, factor: int | str, rung: str) -> View:
    """The explorer of "Model or information?": rung x factor x digit."""
    return at_factor(partial(by_rung, digit, name=rung), factor, rung)


def ladder_sheet(digit: int) -> tuple[Picture, Table]:
    """Every state of "Model or information?"'s explorer for one digit: a picture, and its numbers."""
    return contact_sheet({name: [by_rung(digit, f, name) for f in FACTORS[1:]] for name in SHOWN}, FACTORS[1:])


def by_rung(digit: int, factor: int, name: str) -> Restoration:
    """The digit `digit` (0-9) restored by the rung `name` from its bicubic low resolution."""
    original = sample_digit(digit)
    low = downsample(original, factor)
    return Restoration(original, low, rung(name, factor)(low), digit)


COMPARABLE.update((degradation_view, model_view, ladder_view))

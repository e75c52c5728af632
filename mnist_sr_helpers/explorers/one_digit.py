"""Four explorers of one digit, restored: its degradation, SimpleSR's networks, the ladder, and mismatched trainings."""

from functools import cache, partial

from .._arguments import check_choice
from ..degradation import FACTORS, KERNELS, downsample, quantise, upsample
from ..digits import sample_digit
from ..experiments import DEGRADATIONS, load_experiment
from ..ladder import RUNGS, rung
from ..metrics import psnr, read_digits
from ..pictures.grid import Picture, grid, read_out
from ..pictures.table import Table, table
from ..training import restore
from .comparison import Restoration, View, at_factor, compare, contact_sheet, in_words

MODELS = ("bicubic", "article, enlarge first", "article, enlarge last", "SimpleSR, residual")
"""The rungs that "Seeing the failure" compares: bicubic, both repairs of the article's network, its residual form."""

SHOWN = ("bicubic", "linear MMSE", "SimpleSR, enlarge last", "residual MLP", "ESPCN", "EDSR-like")
"""The rungs of "Model or information?"'s explorer."""

TRAININGS = (*DEGRADATIONS, "mixed")
"""What the networks of "Changing the training" were trained on: one degradation each, or all of them mixed."""

network_trained_on = cache(partial(load_experiment, "degradations"))
"""The network that learnt from one of TRAININGS, read once."""


def degradation_view(digit: int, factor: int | str, kernel: str, antialias: bool, file: bool = False) -> View:
    """The explorer of "Degradation": factor x kernel x digit, with and without antialiasing, as floats or as a file."""
    check_choice("kernel", kernel, KERNELS)
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
    return at_factor(partial(by_rung, digit, name=check_choice("model", model, MODELS)), factor, model)


def model_sheet(digit: int) -> tuple[Picture, Table]:
    """Every state of "Seeing the failure"'s explorer for one digit: a picture, and its numbers."""
    return contact_sheet({model: [by_rung(digit, f, model) for f in FACTORS] for model in MODELS}, FACTORS)


def ladder_view(digit: int, factor: int | str, rung: str) -> View:
    """The explorer of "Model or information?": rung x factor x digit."""
    return at_factor(partial(by_rung, digit, name=check_choice("rung", rung, RUNGS)), factor, rung)


def ladder_sheet(digit: int) -> tuple[Picture, Table]:
    """Every state of "Model or information?"'s explorer for one digit: a picture, and its numbers."""
    return contact_sheet({name: [by_rung(digit, f, name) for f in FACTORS[1:]] for name in SHOWN}, FACTORS[1:])


def by_rung(digit: int, factor: int, name: str) -> Restoration:
    """The digit `digit` (0-9) restored by the rung `name` from its bicubic low resolution; at x1 itself."""
    original = sample_digit(digit)
    low = downsample(original, factor)
    return Restoration(original, low, low if factor == 1 else rung(name, factor)(low), digit)


def mismatched(digit: int, train: str, test: str) -> Restoration:
    """The digit `digit` (0-9) downsampled by `test`, restored by the network that learnt from `train`."""
    original = sample_digit(digit)
    check_choice("train", train, TRAININGS)
    low = DEGRADATIONS[check_choice("test", test, tuple(DEGRADATIONS))](original)
    return Restoration(original, low, restore(network_trained_on(train), low), digit)


def mismatch_view(digit: int, train: str, test: str) -> View:
    """A digit downsampled by `test`, restored by a network that learnt on `train`; of "Changing the training"."""
    restoration = mismatched(digit, train, test)
    bicubic = in_words(psnr(upsample(restoration.low, 4).clamp(0, 1), restoration.original).item())
    rows = ("PSNR of bicubic enlargement", bicubic), ("Downsampled as in training", fit_of(restoration, train))
    return compare(restoration, f"trained on {train}, tested on {test}", *rows)


def fit_of(restoration: Restoration, train: str) -> str:
    """How far the estimate, downsampled as the network's training digits were, is from the network's input."""
    if train in ("mixed", "bicubic, noisy"):
        return f"{'many ways' if train == 'mixed' else 'noise at random'}: no single answer"
    off = (DEGRADATIONS[train](restoration.estimate) - restoration.low).square().mean().sqrt().item() * 255
    return f"{off:.1f} grey levels from the input (RMS)"


def mismatch_sheet(digit: int) -> tuple[Picture, Table]:
    """Every state of "Changing the training"'s explorer for one digit: a picture, and PSNR and readings.

    One column a test; the picture's first row is what the networks get, the others one training each.
    """
    tests = list(DEGRADATIONS)
    rows = {train: [mismatched(digit, train, test) for test in tests] for train in TRAININGS}
    cells = [[one.low[0, 0] for one in rows["mixed"]], *([one.shown[0, 0] for one in row] for row in rows.values())]
    names = ["low resolution", *TRAININGS]
    picture = grid(cells, f"A digit {digit}. {read_out(names, tests)}", side=112, columns=tests, rows=names)
    numbers = {}
    for train, row in rows.items():
        numbers[train] = [number for one in row for number in (psnr(one.shown, one.original), read_digits(one.shown))]
    caption = f"A digit {digit}, trained on (rows), tested on (columns): PSNR in dB, what the classifier reads"
    columns = [(test, what) for test in tests for what in ("PSNR", "reads")]
    form, best = [".1f", "d"] * len(tests), ["high", ""] * len(tests)
    return picture, table(numbers, columns, caption=caption, form=form, best=best)

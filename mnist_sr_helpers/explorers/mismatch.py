"""The explorer of "Changing the training": a network trained on one degradation, tested on another."""

from functools import cache, partial

from .._arguments import check_choice
from ..degradation import upsample
from ..digits import sample_digit
from ..experiments import DEGRADATIONS, load_experiment
from ..metrics import psnr, read_digits
from ..pictures.grid import Picture, grid
from ..pictures.table import Table, table
from ..training import restore
from .comparison import Restoration, View, compare, in_words

TRAININGS = (*DEGRADATIONS, "mixed")
"""What the networks of "Changing the training" were trained on: one degradation each, or all of them mixed."""

network_trained_on = cache(partial(load_experiment, "degradations"))
"""The network that learnt from one of TRAININGS, read once."""


def mismatched(digit: int, train: str, test: str) -> Restoration:
    """The digit `digit` (0-9) downsampled by `test`, restored by the network that learnt from `train`."""
    original = sample_digit(digit)
    check_choice("train", train, TRAININGS)
    low = DEGRADATIONS[check_choice("test", test, tuple(DEGRADATIONS))](original)
    return Restoration(original, low, restore(network_trained_on(train), low), digit)


def mismatch_view(digit: int, train: str, test: str) -> View:
    """A digit downsampled by `test`, restored by a network that learnt on `train`; of "Changing the training"."""
    restoration = mismatched(digit, train, test)
    enlarged = upsample(restoration.low, 4).clamp(0, 1)
    return compare(
        restoration,
        f"trained on {train}, tested on {test}",
        ("PSNR of bicubic enlargement", in_words(psnr(enlarged, restoration.original).item())),
        ("Downsampled as in training", fit_of(restoration, train)),
    )


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
    cells = [[one.low[0, 0] for one in rows["mixed"]]]
    cells += [[one.shown[0, 0] for one in row] for row in rows.values()]
    picture = grid(cells, side=112, columns=tests, rows=["low resolution", *TRAININGS])
    numbers = table(
        {
            train: [number for one in row for number in (psnr(one.shown, one.original), read_digits(one.shown))]
            for train, row in rows.items()
        },
        [(test, what) for test in tests for what in ("PSNR", "reads")],
        caption=f"A digit {digit}, trained on (rows), tested on (columns): PSNR in dB, what the classifier reads",
        form=[".1f", "d"] * len(tests),
        best=["high", ""] * len(tests),
    )
    return picture, numbers

"""The Forger, explorer of "Twins and forgeries": a digit turns into another and keeps its low resolution."""

from functools import cache

import torch

from .._arguments import check_choice
from ..degradation import FACTORS, downsample
from ..digits import CLASSES, load_digits, sample_digit, ten_digits
from ..estimators import forge, nearest_of_class
from ..metrics import read_digits
from ..pictures.grid import Picture, grid, read_out
from ..pictures.table import Table, table
from .comparison import ALL, PANEL, Restoration, View, compare_all, draw_view, in_pixels


@cache
def starts(factor: int) -> torch.Tensor:
    """Where the forger begins, (100, 1, 28, 28): for digit d and lie k, at 10 d + k, the nearest training digit."""
    images, labels = load_digits()
    low = downsample(ten_digits(), factor).repeat_interleave(10, dim=0)
    return images[nearest_of_class(low, torch.tensor(CLASSES).repeat(10), images, labels, factor)]


@cache
def forgeries(digit: int, factor: int) -> list[Restoration]:
    """The lies about the digit `digit` (0-9), one for each class, forged at once: ten take hardly longer than one."""
    original = sample_digit(digit)
    low = downsample(original, factor)
    forged = forge(starts(factor)[10 * digit : 10 * digit + 10], low.repeat(10, 1, 1, 1), factor)
    return [Restoration(original, low, one, digit) for one in forged.split(1)]


def deviation(forgery: Restoration, factor: int) -> float:
    """The largest deviation of a forgery's low resolution from the digit's, in grey levels."""
    return 255 * (downsample(forgery.estimate, factor) - forgery.low).abs().max().item()


def forger_view(digit: int, lie: int, factor: int | str) -> View:
    """The explorer of "Twins and forgeries": the test digit `digit` forged into the class `lie` (both 0-9) at `factor`.

    The forger starts from the training digit of the class `lie` whose low resolution is nearest, and takes the 200
    steps of `forge`. Raises TypeError or ValueError for a wrong argument.
    """
    check_choice("digit", digit, CLASSES)
    check_choice("lie", lie, CLASSES)
    check_choice("factor", factor, (ALL,) if isinstance(factor, str) else FACTORS[1:])
    if factor == ALL:
        return compare_all([forgeries(digit, each)[lie] for each in FACTORS[1:]], f"forged into a {lie}")
    original, low, forged, _ = forgery = forgeries(digit, int(factor))[lie]
    verdict = outcome(digit, lie, int(read_digits(forged)))
    apart = 255 * (forged - original).square().mean().sqrt()
    rows = [
        ("The low resolutions differ by at most", f"{deviation(forgery, int(factor)):.1f} grey levels"),
        ("The digits differ by (RMS)", f"{apart:.0f} grey levels"),
    ]
    panels = [x[0, 0] for x in (original, low, forged, downsample(forged, int(factor)))]
    names = ["the truth", "its low resolution", "the forgery", "its low resolution"]
    what = f"A digit {digit}, x{factor}, forged into a {lie}:"
    captions = [[f"a {digit}", in_pixels(low), verdict, ""]]
    return draw_view([panels], what, rows, side=PANEL, columns=names, captions=captions)


def outcome(digit: int, lie: int, read: int) -> str:
    """What the classifier reads in a forgery, and what this says of the lie."""
    says = "begun at another" if lie == digit else "the lie succeeds" if read == lie else "neither"
    return f"reads {read}: {'the truth shows' if read == digit != lie else says}"


def forger_sheet(digit: int) -> tuple[Picture, Table]:
    """Every state of the Forger for one digit: its forgeries as a picture, and their numbers.

    Raises TypeError or ValueError for a wrong argument. Taught in "Twins and forgeries".
    """
    check_choice("digit", digit, CLASSES)
    told = {factor: forgeries(digit, factor) for factor in FACTORS[1:]}
    cells = [[one.estimate[0, 0] for one in lies] for lies in told.values()]
    numbers = {}
    for lie in CLASSES:
        at = [(forged[lie], factor) for factor, forged in told.items()]
        numbers[f"as {lie}"] = [n for one, factor in at for n in (read_digits(one.estimate), deviation(one, factor))]
    factors, lies = [f"x{factor}" for factor in told], list(numbers)
    alt = f"Forgeries of a digit {digit}. {read_out(factors, lies)}"
    picture = grid(cells, alt, side=84, columns=lies, rows=factors)
    caption = f"Forgeries of a {digit}: what the classifier reads, how far the low resolution is off (grey levels)"
    columns = [(factor, what) for factor in factors for what in ("reads", "off")]
    return picture, table(numbers, columns, caption=caption, form=["d", ".1f"] * len(factors))

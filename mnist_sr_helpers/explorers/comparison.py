"""What explorers show: a picture with its alt text, and numbers. It needs no widget: tests render every state."""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import torch

from ..degradation import FACTORS
from ..metrics import psnr, read_digits, ssim
from ..pictures.grid import Picture, grid, read_out, signed
from ..pictures.table import Table, table

ALL = "all"  # the choice of a slider called factor that shows every factor at once
PANEL, SMALL_PANEL = 140, 112  # pixels of a panel that stands in one row of four or five, and of one in two rows


class View(NamedTuple):
    """One state of an explorer: `picture` (with alt text) and `rows`, its numbers as (name, text).

    `drawing` is a further HTML fragment beside the picture, which must say nothing that alt text and rows leave out.
    Taught in "Start here".
    """

    picture: Picture
    rows: list[tuple[str, str]]
    drawing: str = ""


class Restoration(NamedTuple):
    """One digit on its way: `original` and `estimate` (1, 1, 28, 28), `low` (1, 1, h, h), unclipped."""

    original: torch.Tensor
    low: torch.Tensor
    estimate: torch.Tensor
    label: int

    @property
    def shown(self) -> torch.Tensor:
        """The estimate as it is shown and scored: clipped."""
        return self.estimate.clamp(0, 1)


def draw_view(cells: list[list[torch.Tensor]], what: str, rows: list[tuple[str, str]], drawing="", **labels) -> View:
    """The pictures `cells`, laid out and labelled by `grid`, with the numbers `rows`.

    The alt text says `what` is seen, then reads out each picture's heading with its caption, and the rows.
    """
    heads = labels["columns"]
    captions = labels.get("captions") or [[""] * len(heads)]
    said = [", ".join(filter(None, pair)) for line in captions for pair in zip(heads, line, strict=True)]
    return View(grid(cells, f"{what} {'; '.join([*said, *map(': '.join, rows)])}.", **labels), rows, drawing)


def compare(restoration: Restoration, how: str, *others: tuple[str, str]) -> View:
    """Original, low resolution, estimate and error side by side, with the numbers below.

    `how` says in the alt text how it was restored; `others` are rows of numbers to show instead of SSIM. PSNR and the
    classifier's reading stand beneath the estimate.
    """
    original, low, estimate, label = restoration
    shown = restoration.shown
    rows = [
        *(others or [("SSIM", f"{ssim(shown, original).item():.3f}")]),
        ("Values before clipping", f"{estimate.min():.2f} to {estimate.max():.2f}"),
    ]
    cells = [[*(x[0, 0] for x in (original, low, shown)), signed((shown - original)[0, 0])]]
    columns = ["original", "low resolution", "estimate", "error"]
    captions = [[f"a {label}", in_pixels(low), score(restoration), ""]]
    return draw_view(cells, f"A digit {label}, {how}:", rows, side=PANEL, columns=columns, captions=captions)


def score(restoration: Restoration) -> str:
    """PSNR and the classifier's reading, as they stand beneath an estimate."""
    decibels = in_words(psnr(restoration.shown, restoration.original).item())
    return f"{decibels}, reads {read_digits(restoration.shown).item()}"


def compare_all(restorations: Sequence[Restoration], how: str) -> View:
    """One digit's low resolutions at every factor but 1, and below each the estimate, with the scores beneath."""
    original, label = restorations[0].original, restorations[0].label
    lows, shown = [original, *(one.low for one in restorations)], [original, *(one.shown for one in restorations)]
    cells = [[x[0, 0] for x in row] for row in (lows, shown)]
    columns = ["original", *(f"x{factor}" for factor in FACTORS[1:])]
    captions = [list(map(in_pixels, lows)), [f"a {label}", *map(score, restorations)]]
    what = f"A digit {label}, {how}, at every factor, first the low resolutions, then what is made of them:"
    return draw_view(cells, what, [], side=SMALL_PANEL, columns=columns, captions=captions)


def at_factor(restore: Callable[..., Restoration], factor: int | str, how: str) -> View:
    """`compare` at one factor, or `compare_all` at ALL."""
    if factor == ALL:
        return compare_all([restore(each) for each in FACTORS[1:]], how)
    return compare(restore(factor), f"x{factor}, {how}")


def in_pixels(x: torch.Tensor) -> str:
    """The size of a picture (..., H, W) as text."""
    return f"{x.shape[-2]} x {x.shape[-1]}"


def in_words(decibels: float) -> str:
    """A PSNR as text; identical pictures have no finite one."""
    return "identical" if math.isinf(decibels) else f"{decibels:.2f} dB"


def contact_sheet(restored: dict[str, list[Restoration]], factors: tuple[int, ...]) -> tuple[Picture, Table]:
    """One digit `restored` at each of `factors` by each method: the estimates in one picture, and their numbers."""
    names, label = [f"x{factor}" for factor in factors], next(iter(restored.values()))[0].label
    cells = [[one.shown[0, 0] for one in row] for row in restored.values()]
    numbers = {}
    for method, row in restored.items():
        original, shown = (torch.cat(x) for x in zip(*((one.original, one.shown) for one in row), strict=True))
        numbers[method] = [*psnr(shown, original), *ssim(shown, original), *read_digits(shown)]
    columns = [(measure, name) for measure in ("PSNR in dB", "SSIM", "classifier reads") for name in names]
    forms, best = ([each for each in of for _ in factors] for of in ((".1f", ".2f", "d"), ("high", "high", "")))
    caption = f"A digit {label}, restored" + " (\u221e: identical)" * (1 in factors)
    alt = f"A digit {label}, restored. {read_out(list(restored), names)}"
    picture = grid(cells, alt, side=112, columns=names, rows=list(restored))
    return picture, table(numbers, columns, caption=caption, form=forms, best=best)

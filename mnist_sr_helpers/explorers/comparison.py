"""What explorers show: a picture with its alt text, and numbers. It needs no widget: tests render every state."""

import math
from typing import NamedTuple

import torch

from ..metrics import psnr, read_digits, ssim
from ..pictures.grid import Picture, grid
from ..pictures.table import Table, table

MEASURES = {
    "PSNR in dB": (psnr, ".1f"),
    "SSIM": (ssim, ".2f"),
    "classifier reads": (lambda shown, _: read_digits(shown), "d"),
}
"""What a table of estimates can tell: from the clipped estimates and their originals, and how it is written."""


class View(NamedTuple):
    """One state of an explorer: `picture` (with alt text) and `rows`, its numbers as (name, text).

    Taught in "Start here".
    """

    picture: Picture
    rows: list[tuple[str, str]]


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


def draw_view(cells: list[list[torch.Tensor]], alt: str, rows: list[tuple[str, str]], **labels) -> View:
    """The pictures `cells`, laid out and labelled by `grid`, with the numbers `rows`, which end the alt text, too."""
    return View(grid(cells, f"{alt} {'; '.join(': '.join(row) for row in rows)}", **labels), rows)


def compare(restoration: Restoration, how: str, *others: tuple[str, str]) -> View:
    """Original, low resolution, estimate and absolute error side by side, with the numbers below.

    `how` says in the alt text how it was restored; `others` are rows of numbers to show instead of SSIM.
    """
    original, low, estimate, label = restoration
    shown, read, size = restoration.shown, read_digits(restoration.shown).item(), in_pixels(low)
    rows = [
        ("PSNR", in_words(psnr(shown, original).item())),
        *(others or [("SSIM", f"{ssim(shown, original).item():.3f}")]),
        ("Values before clipping", f"{estimate.min():.2f} to {estimate.max():.2f}"),
        ("Classifier reads", f"{read} ({'right' if read == label else f'wrong, it is {label}'})"),
    ]
    alt = (
        f"Four pictures of a digit {label}, {how}: the original; the low resolution, {size} pixels; the estimate; the "
        "absolute error, black for none."
    )
    cells = [[x[0, 0] for x in (original, low, shown, (shown - original).abs())]]
    columns = ["original", f"low resolution, {size}", "estimate", "absolute error"]
    return draw_view(cells, alt, rows, columns=columns)


def in_pixels(x: torch.Tensor) -> str:
    """The size of a picture (..., H, W) as text."""
    return f"{x.shape[-2]} x {x.shape[-1]}"


def in_words(decibels: float) -> str:
    """A PSNR as text; identical pictures have no finite one."""
    return "identical" if math.isinf(decibels) else f"{decibels:.2f} dB"


def contact_sheet(restored: dict[str, list[Restoration]], factors: tuple[int, ...]) -> tuple[Picture, Table]:
    """One digit `restored` at each of `factors` by each method: the estimates in one picture, and their numbers."""
    columns, label = [f"x{factor}" for factor in factors], next(iter(restored.values()))[0].label
    alt = (
        f"A table of pictures: a digit {label} restored by {', '.join(restored)} (rows) at factors "
        f"{', '.join(columns)} (columns). The numbers stand in the table below."
    )
    cells = [[restoration.shown[0, 0] for restoration in row] for row in restored.values()]
    return grid(cells, alt, side=112, columns=columns, rows=list(restored)), measure(restored, columns)


def measure(restored: dict[str, list[Restoration]], columns: list[str], measures=tuple(MEASURES)) -> Table:
    """The numbers of one digit `restored`: a group of columns for each of `measures`, the keys of MEASURES."""
    rows = {}
    for name, row in restored.items():
        original, shown = (torch.cat(x) for x in zip(*((one.original, one.shown) for one in row), strict=True))
        rows[name] = [number for what in measures for number in MEASURES[what][0](shown, original)]
    return table(
        rows,
        [(what, column) for what in measures for column in columns],
        caption=f"A digit {row[0].label}, restored (\u221e: identical)",
        form=[MEASURES[what][1] for what in measures for _ in columns],
        best=["" if what == "classifier reads" else "high" for what in measures for _ in columns],
    )

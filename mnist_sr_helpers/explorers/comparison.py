"""What explorers show: a picture with its alt text, and numbers. It needs no widget: tests render every state."""

import math
from typing import NamedTuple

import torch

from ..metrics import psnr, read_digits, ssim
from ..pictures.grid import Picture, grid
from ..pictures.table import Table, table


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
    names, label = [f"x{factor}" for factor in factors], next(iter(restored.values()))[0].label
    alt = (
        f"A table of pictures: a digit {label} restored by {', '.join(restored)} (rows) at factors "
        f"{', '.join(names)} (columns). The numbers stand in the table below."
    )
    cells = [[one.shown[0, 0] for one in row] for row in restored.values()]
    numbers = {}
    for method, row in restored.items():
        original, shown = (torch.cat(x) for x in zip(*((one.original, one.shown) for one in row), strict=True))
        numbers[method] = [*psnr(shown, original), *ssim(shown, original), *read_digits(shown)]
    measures = {"PSNR in dB": (".1f", "high"), "SSIM": (".2f", "high"), "classifier reads": ("d", "")}
    forms, best = zip(*(measure for measure in measures.values() for _ in factors), strict=True)
    columns = [(measure, name) for measure in measures for name in names]
    caption = f"A digit {label}, restored (\u221e: identical)"
    picture = grid(cells, alt, side=112, columns=names, rows=list(restored))
    return picture, table(numbers, columns, caption=caption, form=forms, best=best)

"""One digit on its way, compared with itself: the picture, the alt text and the numbers that explorers show.

No widget and no pyplot here, so that a test can render every state.
"""

import math
from typing import NamedTuple

import torch

from ..metrics import psnr, read_digits, ssim
from ..pictures.grid import Picture, grid


class View(NamedTuple):
    """One state of an explorer: `picture` (with alt text) and `rows`, its numbers as (name, text).

    Taught in "Start here".
    """

    picture: Picture
    rows: list[tuple[str, str]]


class Restoration(NamedTuple):
    """One digit on its way: `original` and `estimate` (1, 1, 28, 28), `low` (1, 1, h, h), unclipped."""

    label: int
    factor: int
    method: str
    original: torch.Tensor
    low: torch.Tensor
    estimate: torch.Tensor


def compare(restoration: Restoration) -> View:
    """Original, low resolution, estimate and absolute error side by side, with the numbers below."""
    label, factor, method, original, low, estimate = restoration
    side = low.shape[-1]
    shown = estimate.clamp(0, 1)
    read = read_digits(estimate).item()
    rows = [
        ("PSNR", in_words(psnr(shown, original).item())),
        ("SSIM", f"{ssim(shown, original).item():.3f}"),
        ("Values before clipping", f"{estimate.min():.2f} to {estimate.max():.2f}"),
        ("Classifier reads", f"{read} ({'right' if read == label else f'wrong, it is {label}'})"),
    ]
    alt = (
        f"Four pictures of a digit {label}, x{factor}, {method}: the original; the low resolution, "
        f"{side} x {side} pixels; the estimate; the absolute error, black for none. "
        + "; ".join(": ".join(row) for row in rows)
    )
    error = (shown - original).abs()
    picture = grid(
        [[x[0, 0] for x in (original, low, shown, error)]],
        alt,
        columns=["original", f"low resolution, {side} x {side}", "estimate", "absolute error"],
    )
    return View(picture, rows)


def in_words(decibels: float) -> str:
    """A PSNR as text; identical pictures have no finite one."""
    return "identical" if math.isinf(decibels) else f"{decibels:.2f} dB"


def contact_sheet(table: list[list[Restoration]]) -> tuple[Picture, str]:
    """The estimates of a table of restorations in one picture, one row a method, one column a factor.

    Returns the picture and, as a text table, PSNR in dB, SSIM and the classifier's reading of each.
    """
    factors = [f"x{restoration.factor}" for restoration in table[0]]
    methods = [row[0].method for row in table]
    numbers = [[short_numbers(restoration) for restoration in row] for row in table]
    wide = max(len(method) for method in methods)
    lines = [" " * wide + "".join(f"{factor:>14}" for factor in factors)]
    lines += [
        method.ljust(wide) + "".join(f"{cell:>14}" for cell in row)
        for method, row in zip(methods, numbers, strict=True)
    ]
    identical = " (= for identical)" if any(cell.startswith("=") for row in numbers for cell in row) else ""
    text = f"PSNR in dB, SSIM, what the classifier reads{identical}\n" + "\n".join(lines)
    label = table[0][0].label
    alt = (
        f"A table of pictures: a digit {label} restored by {', '.join(methods)} (rows) at factors "
        f"{', '.join(factors)} (columns). The numbers stand in the text table below."
    )
    cells = [[restoration.estimate[0, 0] for restoration in row] for row in table]
    return grid(cells, alt, side=112, columns=factors, rows=methods), text


def short_numbers(restoration: Restoration) -> str:
    """PSNR, SSIM and reading of one restoration, for a table's cell."""
    original, estimate = restoration.original, restoration.estimate.clamp(0, 1)
    decibels = psnr(estimate, original).item()
    first = "=" if math.isinf(decibels) else f"{decibels:.1f}"
    return f"{first} {ssim(estimate, original).item():5.2f} {read_digits(estimate).item()}"

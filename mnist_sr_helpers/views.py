"""What the explorers show: pure functions from a state to a picture, its alt text and its numbers.

No widget and no pyplot here, so that a test can render every state.
"""

import math
from functools import cache
from typing import NamedTuple

import torch

from ._arguments import check_choice
from .degradation import FACTORS, KERNELS, downsample, round_trip, upsample
from .digits import load_digits
from .metrics import psnr, read_digits, ssim
from .pictures import Picture, grid
from .training import restore
from .weights import TRAINED, load_model

MODELS = ("bicubic", *TRAINED)
"""What lesson 03 compares: bicubic enlargement and the trained networks."""


class View(NamedTuple):
    """One state of an explorer: `picture` (with alt text) and `rows`, its numbers as (name, text). Lesson 00."""

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


@cache
def ten_digits() -> torch.Tensor:
    """The first test digit of each class in the bundled sample, (10, 1, 28, 28); position = label."""
    images, labels = load_digits(split="test")
    return torch.cat([images[labels == label][:1] for label in range(10)])


def degraded_digit(digit: int, factor: int, kernel: str, antialias: bool) -> Restoration:
    """The digit `digit` (0-9) downsampled and enlarged again with `kernel`."""
    original = ten_digits()[check_choice("digit", digit, tuple(range(10)))][None]
    low = downsample(original, factor, kernel, antialias)
    method = kernel if antialias or kernel in ("nearest", "area") else f"{kernel}, not antialiased"
    return Restoration(digit, factor, method, original, low, round_trip(original, factor, kernel, antialias))


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


def degradation_view(digit: int, factor: int, kernel: str, antialias: bool) -> View:
    """The explorer of lesson 01: factor x kernel x digit, with and without antialiasing."""
    return compare(degraded_digit(digit, factor, kernel, antialias))


def model_view(digit: int, factor: int, model: str) -> View:
    """The explorer of lesson 03: factor x model x digit."""
    return compare(restored_digit(digit, factor, model))


def degradation_sheet(digit: int) -> tuple[Picture, str]:
    """Every state of lesson 01's explorer for one digit: a picture, and its numbers as a text table."""
    settings = [(kernel, True) for kernel in KERNELS] + [("bilinear", False), ("bicubic", False)]
    return contact_sheet([[degraded_digit(digit, f, *setting) for f in FACTORS] for setting in settings])


def model_sheet(digit: int) -> tuple[Picture, str]:
    """Every state of lesson 03's explorer for one digit: a picture, and its numbers as a text table."""
    return contact_sheet([[restored_digit(digit, factor, model) for factor in FACTORS] for model in MODELS])


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

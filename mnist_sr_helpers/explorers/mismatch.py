"""Lesson 07's explorer: a network trained on one degradation, tested on another. No widget and no pyplot here."""

from functools import cache

import torch
from torch import nn

from .._arguments import check_choice
from ..degradation import upsample
from ..digits import ten_digits
from ..experiments import DEGRADATIONS, load_experiment
from ..metrics import psnr, read_digits
from ..pictures.grid import Picture, grid
from ..training import restore
from .comparison import View

TRAININGS = (*DEGRADATIONS, "mixed")
"""What the networks of "Changing the training" were trained on: one degradation each, or all of them mixed."""


@cache
def network_trained_on(train: str) -> nn.Module:
    """The network that learnt from `train` (one of TRAININGS), read once."""
    return load_experiment("degradations", train)


def mismatched(digit: int, train: str, test: str) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The digit `digit` (0-9), its low resolution by `test`, and the estimate of the network that learnt on `train`.

    Shapes (1, 1, 28, 28), (1, 1, 7, 7) and (1, 1, 28, 28), not clipped.
    """
    original = ten_digits()[check_choice("digit", digit, tuple(range(10)))][None]
    check_choice("train", train, TRAININGS)
    low = DEGRADATIONS[check_choice("test", test, tuple(DEGRADATIONS))](original)
    return original, low, restore(network_trained_on(train), low)


def mismatch_view(digit: int, train: str, test: str) -> View:
    """A digit downsampled by `test`, restored by a network that learnt on `train`; of "Changing the training"."""
    original, low, estimate = mismatched(digit, train, test)
    shown = estimate.clamp(0, 1)
    enlarged = upsample(low, 4).clamp(0, 1)
    read = read_digits(shown).item()
    rows = [
        ("PSNR", f"{psnr(shown, original).item():.2f} dB"),
        ("PSNR of bicubic enlargement", f"{psnr(enlarged, original).item():.2f} dB"),
        ("Downsampled as in training", again(estimate, low, train)),
        ("Values before clipping", f"{estimate.min():.2f} to {estimate.max():.2f}"),
        ("Classifier reads", f"{read} ({'right' if read == digit else f'wrong, it is {digit}'})"),
    ]
    alt = (
        f"Four pictures of a digit {digit}, trained on {train}, tested on {test}: the original; the low resolution, "
        "7 x 7 pixels; the estimate; the absolute error, black for none. " + "; ".join(": ".join(row) for row in rows)
    )
    error = (shown - original).abs()
    picture = grid(
        [[x[0, 0] for x in (original, low, shown, error)]],
        alt,
        columns=["original", "low resolution, 7 x 7", "estimate", "absolute error"],
    )
    return View(picture, rows)


def again(estimate: torch.Tensor, low: torch.Tensor, train: str) -> str:
    """How far the estimate, downsampled as the network's training digits were, is from the network's input."""
    if train == "mixed":
        return "six ways: no single answer"
    off = (DEGRADATIONS[train](estimate) - low).square().mean().sqrt().item() * 255
    return f"{off:.1f} grey levels from the input (RMS)"


def mismatch_sheet(digit: int) -> tuple[Picture, str]:
    """Every state of `mismatch_view` for one digit: a picture, and PSNR and readings as a text table.

    One column a test; the first row is what the networks get, the others one training each.
    """
    tests = list(DEGRADATIONS)
    states = [[mismatched(digit, train, test) for test in tests] for train in TRAININGS]
    cells = [[low[0, 0] for _, low, _ in states[0]]]
    cells += [[estimate[0, 0].clamp(0, 1) for _, _, estimate in row] for row in states]
    alt = (
        f"A table of pictures of a digit {digit}: its low resolution by {'; '.join(tests)} (columns), and below "
        f"each what the networks trained on {'; '.join(TRAININGS)} (rows) make of it. Bilinear, bicubic and area "
        "are sharp on their own kind and draw bright blots for nearest and the aliased ones; these blur what bilinear, "
        "bicubic and area made. The numbers stand in the text table below."
    )
    picture = grid(cells, alt, side=112, columns=tests, rows=["low resolution", *TRAININGS])
    heads = [test.replace("bilinear", "bilin.").replace("aliased", "al.") for test in tests]
    lines = [" " * 18 + "".join(f"{head:>13}" for head in heads)]
    lines += [
        f"{train:<18}" + "".join(f"{numbers(original, estimate):>13}" for original, _, estimate in row)
        for train, row in zip(TRAININGS, states, strict=True)
    ]
    return picture, "PSNR in dB, what the classifier reads (al.: aliased)\n" + "\n".join(lines)


def numbers(original: torch.Tensor, estimate: torch.Tensor) -> str:
    """PSNR and reading of one estimate, for a table's cell."""
    shown = estimate.clamp(0, 1)
    return f"{psnr(shown, original).item():.1f} {read_digits(shown).item()}"

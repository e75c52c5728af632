"""The flow, explorer of "Samples": from noise to a digit that the small picture could have been made from."""

from functools import cache

import torch

from .._arguments import check_choice
from ..degradation import downsample
from ..digits import CLASSES, sample_digit
from ..pictures.grid import Picture, grid
from ..sampling import SPREADS, STEPS, denoised_mean, learnt_guess, sample_path, times
from .comparison import SMALL_PANEL, Restoration, View, draw_view, in_pixels, score

NOISES = tuple(range(6))  # the seeds that the slider can lead to


@cache
def flow(digit: int, factor: int, seed: int) -> tuple[list[torch.Tensor], list[torch.Tensor]]:
    """Of a sample digit the pictures on the way, and what the network guesses at each; all (1, 1, 28, 28)."""
    low = downsample(sample_digit(digit), factor)
    path = sample_path(low, factor, seed=seed)
    with torch.no_grad():
        z = 2 * torch.cat(path[:-1]) - 1
        guesses = (learnt_guess(low.expand(STEPS, -1, -1, -1), factor)(z, times()[:-1].view(-1, 1, 1, 1)) + 1) / 2
    return path, [*guesses.split(1), path[-1]]


def flow_view(digit: int, factor: int, seed: int, step: int) -> View:
    """The explorer of "Samples": after `step` of ten steps from noise to a sample, what there is, and what is guessed.

    `digit` (0-9), `factor` 7 or 14, `seed` (0-5) of the noise. Raises TypeError or ValueError for a wrong argument.
    Taught in "Samples".
    """
    check_choice("factor", factor, tuple(SPREADS))
    check_choice("seed", seed, NOISES)
    check_choice("step", step, tuple(range(STEPS + 1)))
    original = sample_digit(digit)
    low, (path, guesses) = downsample(original, factor), flow(digit, factor, seed)
    mean, t = denoised_mean(low, factor), times()[step]
    cells = [x[0, 0].clamp(0, 1) for x in (original, low, path[step], guesses[step], mean)]
    columns = ["original", "low resolution", f"t = {t:.2f}", "guess", "mean"]
    beneath = [score(Restoration(original, low, x, digit)) for x in (guesses[step], mean)]
    captions = [f"a {digit}", in_pixels(low), "on the way" if step else "noise", *beneath]
    alt = f"A digit {digit} at x{factor}, step {step} of {STEPS}:"
    return draw_view([cells], alt, [], side=SMALL_PANEL, columns=columns, captions=[captions])


def flow_sheet(factor: int, digit: int = 7) -> Picture:
    """One digit's way from four noises to four samples, in steps. Arguments and errors as in `flow_view`.

    Taught in "Samples".
    """
    check_choice("factor", factor, tuple(SPREADS))
    check_choice("digit", digit, CLASSES)
    steps = (0, 2, 4, 6, 8, 10)
    cells = [[flow(digit, factor, seed)[0][step][0, 0].clamp(0, 1) for step in steps] for seed in NOISES[:4]]
    rows = [f"seed {seed}" for seed in NOISES[:4]]
    return grid(cells, side=84, columns=[f"step {step}" for step in steps], rows=rows)

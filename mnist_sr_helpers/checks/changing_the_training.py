"""The checks of "Changing the training"'s exercises."""

import math

import torch
import torch.nn.functional as F

from .judging import Answer, NotYet, compare, ensure, ensure_shape, judged, raised, random_batch, result, same

WAYS = ((2, 1), (3, 0), (0, 2), (-2, 3), (1, -2), (-1, -3), (0, 0), (11, 0), (-1, 9))
"""How many pixels the pictures are to be moved, to the right and down: every direction, and out of the picture."""


@judged("Moved by whole pixels; black comes in, and your input is as it was.", WAYS)
def check_move(answer: Answer, right: int, down: int):
    """Exercise 1: `answer(x, right, down)` moves pictures by whole pixels; black comes in, nothing wraps."""
    x = random_batch(3, 1, 7, 9) * 0.9 + 0.1  # no black, so that what comes in is seen
    want, where = moved(x, right, down), f"For pictures of 7 x 9, right = {right}, down = {down}"
    try:
        got = result(answer, x, right, down)
    except Exception as error:  # whatever a student's code may raise
        ensure(isinstance(error, (NotYet, NotImplementedError)), f"{where}: {raised(error)}")
        raise
    of_28 = "The result is 28 x 28, the pictures here are 7 x 9: take their size from x.shape."
    ensure(got.shape[-2:] != (28, 28), of_28)
    missing = ": the batch is missing. Move all of its pictures, as in x[..., rows, columns]."
    ending = missing if got.shape[-2:] == (7, 9) else ": cut off what leaves the picture."
    ensure_shape(got, x.shape, ending=ending, verb="stay")
    back, changed, wrapped = moved(x, -right, -down), moved(x, down, right), x.roll((down, right), (2, 3))
    rows, columns = (torch.arange(7) - down).clamp(0, 6), (torch.arange(9) - right).clamp(0, 8)
    near = [(right + i * off, down + j * off) for off in (-1, 1) for i, j in ((1, 0), (0, 1), (1, 1))]
    in_sight = bool(want.any())
    place = "there" if in_sight else "beyond the picture, where all is black"
    faults = {
        "What leaves on one side comes back on the other, as torch.roll does it: black should come in.": wrapped,
        f"{where} it returns only zeros.": torch.zeros_like(x),
        "Only the first picture of the batch is right: move all of them.": same(got[0], want[0]),
        f"{where} nothing moves. (To the left and up are negative numbers.)": x,
        "It moves the other way: a positive right moves the digit to the right, a positive down moves it down.": back,
        "It moves to the left for a positive right. A picture's first column is on the left.": moved(x, -right, down),
        "It moves up for a positive down. A picture's first row is at the top.": moved(x, right, -down),
        "right and down have changed places: the last dimension runs to the right, the one before it down.": changed,
        "The border's pixels are repeated where black (0) should come in.": x[..., rows, :][..., columns],
        "The pictures of the batch have changed places.": want.roll(1, 0),
        "The digit is in its place, but what comes in isn't black (0).": in_sight and same(got * (want > 0), want),
        "It is off by one pixel.": [moved(x, *way) for way in near],
        f"{where} its values differ from the digit moved {place}.": True,
    }
    compare(got, want, faults)


def moved(x: torch.Tensor, right: int, down: int) -> torch.Tensor:
    """Pictures moved by whole pixels; black comes in."""
    height, width = x.shape[-2:]
    wide = F.pad(x, (width, width, height, height))  # so wide that only black wraps
    return wide.roll((down, right), (2, 3))[..., height : 2 * height, width : 2 * width]


@judged("Drawn in pairs: what is hard for both networks falls out of the comparison.")
def check_paired_interval(answer: Answer):
    """Exercise 2: `answer(a, b, generator)` is the 95% bootstrap interval of the mean of a - b, (2,): low, high."""
    generator = torch.Generator()
    generator.seed()
    b = 20 + 1.5 * torch.randn(200, generator=generator)  # some digits are hard for both networks
    a = b + 0.4 + 0.5 * torch.randn(200, generator=generator)
    got, mean, error = result(answer, a, b, generator).double(), (a - b).mean().item(), standard_error(a - b)
    ensure_shape(got, (2,), ending=": lower and upper end.", alone="two are wanted, the lower end and the upper end.")
    middle = got.mean().item()
    pairs = (got, a - b), (interval(answer, FEW, 0), FEW)
    half, few = (ends.diff().item() / 2 / standard_error(gap) for ends, gap in pairs)  # 1.96, or near it
    apart = math.hypot(standard_error(a), standard_error(b)) / error
    single = abs(half / 1.96 / math.sqrt(200) - 1) < 0.3
    faults = {
        "The ends have changed places: the lower one comes first.": half < 0,
        "Both ends are nearly equal. Take a mean for each draw, not one of all (which axis holds the digits?); and "
        "draw with replacement, so that each draw holds other digits (torch.randint, not torch.randperm).": half < 0.1,
        "The sign is wrong: it is a minus b, positive where a is better.": abs(middle + mean) < 0.5 * error,
        "That is an interval of one network's scores; of their differences, a minus b, it is wanted.": middle > 10,
        "It is as wide as the spread of single digits: take the mean of each draw first, then the middle 95%.": single,
        "It draws the digits of a and b apart: then hard digits may fall to one network and easy ones to the other. "
        "Use the same positions for both, or draw from their differences.": abs(half / 1.96 / apart - 1) < 0.25,
        "With other numbers of digits its width is wrong. A draw holds as many digits as there are, len(a), and each "
        "mean runs over the digits of one draw: over that axis, not over the draws.": few < 0.6 * half,
        "It is too narrow: about 68 in 100 of the draws lie in it. Take the middle 95%.": abs(half - 1) < 0.15,
        "It is too wide. Take the middle 95% of the means of 1,000 draws, from the quantile 0.025 to 0.975, and let "
        "each draw hold as many digits as there are.": half > 2.4,
        "It is too narrow: its ends should be the quantiles 0.025 and 0.975 of the means of 1,000 draws, and each "
        "draw should hold as many digits as there are.": half < 1.6,
        f"Its middle is {middle:.3f}; the mean of a minus b is {mean:.3f}.": abs(middle - mean) > 0.8 * error,
    }
    for words, fault in faults.items():
        ensure(not fault, words)
    ensure_draws(answer)


FEW = torch.tensor([-1.31, -0.88, 1.37, -0.43, 0.79, 0.47, -0.17, 0.21]) + 0.4
"""Differences of few digits: the interval's width tells how many digits a draw holds, its spread how many draws."""


def ensure_draws(answer: Answer) -> None:
    """Ensure that the interval comes of 1,000 draws from all digits, by the generator that comes in."""
    for position, name in ((-1, "last"), (0, "first")):
        skewed = random_batch(10) * 0.1
        skewed[position] = 10  # two draws of three hold this digit
        low, high = interval(answer, skewed, 0).tolist()
        ensure(
            low >= -0.01,
            "Its lower end may lie below every single difference, where no draw's mean can be. Make the draws, and "
            "take the quantiles of their means, not 1.96 standard errors to either side.",
        )
        missed = f"The {name} digit is never drawn: torch.randint(N, ...) draws from 0 to N - 1, N itself is left out."
        ensure(high >= 0.5, missed)
    first, again, *others = [interval(answer, FEW, seed) for seed in (0, 0, *range(1, 25))]
    moves = torch.stack(others).var(0).mean().sqrt() / standard_error(FEW)  # 0.075 with 1,000 draws, 0.22 with 100
    differ = "Two generators of the same seed should give the same draws: pass generator=generator to torch.randint."
    ensure(same(first, again, 1e-9), differ)
    agree = "Generators of different seeds give the same draws: pass the generator that comes in, as it is."
    ensure(not same(first, others[0], 1e-9), agree)
    ensure(moves < 0.12, "From seed to seed its ends move too far for 1,000 draws: does it make fewer?")


def interval(answer: Answer, gap: torch.Tensor, seed: int) -> torch.Tensor:
    """The answer for two networks whose scores differ by `gap`."""
    b = torch.full_like(gap, 20)
    return result(answer, b + gap, b, torch.Generator().manual_seed(seed)).double()


def standard_error(values: torch.Tensor) -> float:
    """The standard error of the mean of `values`."""
    return values.std().item() / math.sqrt(len(values))

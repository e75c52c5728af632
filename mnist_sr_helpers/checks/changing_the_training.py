"""The checks of "Changing the training"'s exercises."""

import math

import torch

from .judging import Answer, compare, ensure, ensure_shape, judged, random_batch, random_generator, result, same


@judged("Behind the best of each test, where it is furthest behind: the price of not knowing the test.")
def check_regret(answer: Answer):
    """Exercise 1: `answer(matrix)` is by how much each training stays behind the best of a test at most, (T,)."""
    matrix = MATRIX + 0.4 * random_batch(*MATRIX.shape)
    best = matrix.amax(0)
    want, got = (best - matrix).amax(1), result(answer, matrix)
    alone = "one for each training is wanted, that is for each row of the matrix."
    ensure_shape(got, want.shape, ending=": one number for each training, a row of the matrix.", alone=alone)
    faults = {
        "The sign is wrong: it says how far each training stays behind, so no number is negative.": -want,
        "That is each training's worst result, not how far it is behind the best of that test.": matrix.amin(1),
        "The best of a test is the largest number of its column: which training does it best? It takes that of the "
        "row.": matrix.amax(1) - matrix.amin(1),
        "It compares with the best number of the whole matrix; each test (column) has a best of its own: some kinds "
        "of pictures are harder than others.": matrix.max() - matrix.amin(1),
        "It compares with the diagonal. The best of a test may be another training's: take the largest number of its "
        "column.": (matrix[:3].diagonal() - matrix).amax(1),
        "That is the mean over the tests; the test where it is furthest behind is wanted.": (best - matrix).mean(1),
        "That is the sum over the tests; the test where it is furthest behind is wanted.": (best - matrix).sum(1),
        "That is the test where it is least behind; where it is furthest behind is wanted.": (best - matrix).amin(1),
        "That is where each training is furthest behind, a position; by how much is wanted.": (best - matrix).argmax(1),
        "Its numbers are not those of the best of each column, minus the matrix, at most in each row.": True,
    }
    compare(got, want, faults)


MATRIX = torch.tensor([[20.0, 14.0, 16.0], [15.0, 18.0, 12.0], [19.0, 17.0, 17.0], [13.0, 16.0, 19.0]])
"""Scores of four trainings in three tests; a third training is the best nowhere and has the least regret."""


@judged("Drawn in pairs: what is hard for both networks falls out of the comparison.")
def check_paired_interval(answer: Answer):
    """Exercise 2: `answer(a, b, generator)` is the 95% bootstrap interval of the mean of a - b, (2,): low, high."""
    generator = random_generator()
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
    means = FEW[torch.randint(len(FEW), (20_000, len(FEW)), generator=torch.Generator().manual_seed(0))].mean(1)
    ends = means.double().quantile(torch.tensor([0.025, 0.975]).double())
    off = (torch.stack(others).mean(0) - ends).abs().max()
    ensure(
        off < 0.1 * standard_error(FEW),
        "Its ends should be the quantiles 0.025 and 0.975 of the means: the middle 95%.",
    )


def interval(answer: Answer, gap: torch.Tensor, seed: int) -> torch.Tensor:
    """The answer for two networks whose scores differ by `gap`."""
    b = torch.full_like(gap, 20)
    return result(answer, b + gap, b, torch.Generator().manual_seed(seed)).double()


def standard_error(values: torch.Tensor) -> float:
    """The standard error of the mean of `values`."""
    return values.std().item() / math.sqrt(len(values))

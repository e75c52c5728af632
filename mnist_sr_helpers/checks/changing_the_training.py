"""The checks of "Changing the training"'s exercises."""

import math
from collections.abc import Callable

import torch
import torch.nn.functional as F

from .judging import NotAttempted, NotYet, Verdict, ensure, judge, random_batch, result, same


def check_move(answer: Callable) -> Verdict:
    """Exercise 1: `answer(x, right, down)` moves pictures by whole pixels; black comes in, nothing wraps."""

    def moved(x, right, down):
        height, width = x.shape[-2:]
        wide = F.pad(x, (width, width, height, height))
        right, down = max(-width, min(width, right)), max(-height, min(height, down))
        return wide[..., height - down : 2 * height - down, width - right : 2 * width - right]

    def properties(answer):
        for right, down in ((2, 1), (3, 0), (0, 2), (-2, 3), (1, -2), (-1, -3), (0, 0), (11, 0), (-1, 9)):
            x = random_batch(3, 1, 7, 9) * 0.9 + 0.1  # no black, so that what comes in is seen
            want, where = moved(x, right, down), f"For pictures of 7 x 9, right = {right}, down = {down}"
            try:
                got = result(answer, x, right, down)
            except (NotYet, NotAttempted, NotImplementedError):
                raise
            except Exception as error:  # whatever a student's code may raise
                raise NotYet(f"{where}: Your function raised {type(error).__name__}: {error}") from error
            ensure(
                got.shape == x.shape or got.shape[-2:] != x.shape[-2:],
                f"The shape should stay {tuple(x.shape)}, it is {tuple(got.shape)}: the batch is missing. Move all of "
                "its pictures, as in x[..., rows, columns].",
            )
            ensure(
                got.shape[-2:] != (28, 28),
                "The result is 28 x 28, the pictures here are 7 x 9: take their size from x.shape.",
            )
            ensure(
                got.shape == x.shape,
                f"The shape should stay {tuple(x.shape)}, it is {tuple(got.shape)}: cut off what leaves the picture.",
            )
            if same(got, want):
                continue
            ensure(
                not same(got, x.roll((down, right), (2, 3))),
                "What leaves on one side comes back on the other, as torch.roll does it: black should come in.",
            )
            ensure(not same(got, torch.zeros_like(x)), f"{where} it returns only zeros.")
            ensure(not same(got[0], want[0]), "Only the first picture of the batch is right: move all of them.")
            ensure(
                not same(got, x),
                f"{where} nothing moves. (To the left and up are negative numbers.)",
            )
            ensure(
                not same(got, moved(x, -right, -down)),
                "It moves the other way: a positive right moves the digit to the right, a positive down moves it down.",
            )
            ensure(
                not same(got, moved(x, -right, down)),
                "It moves to the left for a positive right. A picture's first column is on the left.",
            )
            ensure(
                not same(got, moved(x, right, -down)),
                "It moves up for a positive down. A picture's first row is at the top.",
            )
            ensure(
                not same(got, moved(x, down, right)),
                "right and down have changed places: the last dimension runs to the right, the one before it down.",
            )
            rows = (torch.arange(7) - down).clamp(0, 6)
            columns = (torch.arange(9) - right).clamp(0, 8)
            ensure(
                not same(got, x[..., rows, :][..., columns]),
                "The border's pixels are repeated where black (0) should come in.",
            )
            ensure(not same(got, want.roll(1, 0)), "The pictures of the batch have changed places.")
            ensure(
                not same(torch.where(want == 0, want, got), want),
                "The digit is in its place, but what comes in isn't black (0).",
            )
            for off in (-1, 1):
                near = (moved(x, right + off, down), moved(x, right, down + off), moved(x, right + off, down + off))
                ensure(all(not same(got, other) for other in near), "It is off by one pixel.")
            way = "beyond the picture, where all is black" if abs(right) >= 9 or abs(down) >= 7 else "there"
            raise NotYet(f"{where} its values differ from the digit moved {way}.")

    return judge(properties, answer, "Moved by whole pixels; black comes in, and your input is as it was.")


SMALL = torch.tensor([-1.31, -0.88, 1.37, -0.43, 0.79, 0.47, -0.17, 0.21]) + 0.4
"""Differences of few digits: the interval's width tells how many digits a draw holds, its spread how many draws."""

MOVES = 0.133
"""Most standard errors that an end of SMALL's interval may vary by; it is 0.08 with 1,000 draws, 0.23 with 100."""


def check_paired_interval(answer: Callable) -> Verdict:
    """Exercise 2: `answer(a, b, generator)` is the 95% bootstrap interval of the mean of a - b, (2,): low, high."""

    def interval(gap: torch.Tensor, seed: int) -> torch.Tensor:
        """The answer for two networks whose scores differ by `gap`."""
        b = torch.full_like(gap, 20)
        return result(answer, b + gap, b, torch.Generator().manual_seed(seed)).double()

    def properties(answer):
        count = 200
        generator = torch.Generator()
        generator.seed()
        hard = torch.randn(count, generator=generator) * 1.5  # some digits are hard for both networks
        b = 20 + hard
        a = b + 0.4 + 0.5 * torch.randn(count, generator=generator)
        gap = a - b
        single = gap.std().item()
        error = single / math.sqrt(count)
        got = result(answer, a, b, generator).double()
        ensure(got.numel() != 1, "It returns one number; two are wanted, the lower end and the upper end.")
        ensure(got.shape == (2,), f"The shape should be (2,), lower and upper end, it is {tuple(got.shape)}.")
        low, high = got.tolist()
        middle, half = (low + high) / 2, (high - low) / 2
        mean = gap.mean().item()
        ensure(half >= -1e-9, "The ends have changed places: the lower one comes first.")
        ensure(
            half > 0.1 * error,
            "Both ends are nearly equal. Take a mean for each draw, not one of all (which axis holds the digits?); "
            "and draw with replacement, so that each draw holds other digits (torch.randint, not torch.randperm).",
        )
        ensure(
            abs(middle + mean) > 0.5 * error or abs(mean) < error,
            "The sign is wrong: it is a minus b, positive where a is better.",
        )
        ensure(
            min(abs(middle - a.mean()), abs(middle - b.mean())) > 1,
            "That is an interval of one network's scores; of their differences, a minus b, it is wanted.",
        )
        ensure(
            abs(half / (1.96 * single) - 1) > 0.3,
            "It is as wide as the spread of single digits: take the mean of each draw first, then the middle 95%.",
        )
        apart = math.hypot(a.std().item(), b.std().item()) / math.sqrt(count)
        ensure(
            abs(half / (1.96 * apart) - 1) > 0.25,
            "It draws the digits of a and b apart: then hard digits may fall to one network and easy ones to the "
            "other. Use the same positions for both, or draw from their differences.",
        )
        small = interval(SMALL, 0)
        small_error = SMALL.std(correction=0).item() / math.sqrt(len(SMALL))
        ensure(
            (small[1] - small[0]) / 2 / small_error > 0.65 * half / error,
            "With other numbers of digits its width is wrong. A draw holds as many digits as there are, len(a), and "
            "each mean runs over the digits of one draw: over that axis, not over the draws.",
        )
        ensure(
            abs(half / error - 1) > 0.15,
            "It is too narrow: about 68 in 100 of the draws lie in it. Take the middle 95%.",
        )
        ensure(
            half < 2.4 * error,
            "It is too wide. Take the middle 95% of the means of 1,000 draws, from the quantile 0.025 to 0.975, and "
            "let each draw hold as many digits as there are.",
        )
        ensure(
            half > 1.6 * error,
            "It is too narrow: its ends should be the quantiles 0.025 and 0.975 of the means of 1,000 draws, and each "
            "draw should hold as many digits as there are.",
        )
        ensure(
            abs(middle - mean) < 0.8 * error,
            f"Its middle is {middle:.3f}; the mean of a minus b is {mean:.3f}.",
        )
        for position, name in ((-1, "last"), (0, "first")):
            skewed = torch.rand(10, generator=generator) * 0.1
            skewed[position] = 10  # two draws of three hold this digit
            low, high = interval(skewed, 0).tolist()
            ensure(
                low > -0.01,
                "Its lower end may lie below every single difference, where no draw's mean can be. Make the draws, and "
                "take the quantiles of their means, not 1.96 standard errors to either side.",
            )
            ensure(
                high > 0.5,
                f"The {name} digit is never drawn: torch.randint(N, ...) draws from 0 to N - 1, N itself is left out.",
            )
        ensure(
            same(interval(SMALL, 0), small, 1e-9),
            "Two generators of the same seed should give the same draws: pass generator=generator to torch.randint.",
        )
        others = torch.stack([interval(SMALL, seed) for seed in range(1, 17)])
        ensure(
            not same(others[0], small, 1e-9),
            "Generators of different seeds give the same draws: pass the generator that comes in, as it is.",
        )
        ensure(
            others.var(0).mean().sqrt() < MOVES * small_error,
            "From seed to seed its ends move too far for 1,000 draws: does it make fewer?",
        )

    return judge(properties, answer, "Drawn in pairs: what is hard for both networks falls out of the comparison.")

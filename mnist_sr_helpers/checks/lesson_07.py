"""The checks of lesson 07's exercises."""

import math
from collections.abc import Callable

import torch
import torch.nn.functional as F

from .judging import NotYet, Verdict, ensure, judge, random_batch, result, same


def check_move(answer: Callable) -> Verdict:
    """Exercise 7.1: `answer(x, right, down)` moves pictures by whole pixels; black comes in, nothing wraps."""

    def moved(x, right, down):
        height, width = x.shape[-2:]
        wide = F.pad(x, (width, width, height, height))
        right, down = max(-width, min(width, right)), max(-height, min(height, down))
        return wide[..., height - down : 2 * height - down, width - right : 2 * width - right]

    def properties(answer):
        for right, down in ((2, 1), (3, 0), (0, 2), (-2, 3), (1, -2), (-1, -3), (0, 0), (11, 0), (-1, 9)):
            x = random_batch(3, 1, 7, 9) * 0.9 + 0.1  # no black, so that what comes in is seen
            got, want = result(answer, x, right, down), moved(x, right, down)
            where = f"For right = {right}, down = {down}"
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


def check_paired_interval(answer: Callable) -> Verdict:
    """Exercise 7.2: `answer(a, b, generator)` is the 95% bootstrap interval of the mean of a - b, (2,): low, high."""

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
            "Both ends are nearly equal: draw with replacement, so that each draw holds other digits, and some "
            "of them twice (torch.randint, not torch.randperm).",
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
        ensure(
            abs(half / error - 1) > 0.15,
            "It is too narrow: about 68 in 100 of the draws lie in it. Take the middle 95%.",
        )
        ensure(
            half < 2.4 * error,
            "It is too wide: does it end at the smallest and largest draw? Take the middle 95%, "
            "from the quantile 0.025 to 0.975.",
        )
        ensure(
            half > 1.75 * error,
            "It is too narrow: its ends should be the quantiles 0.025 and 0.975 of the draws' means, and each "
            "draw should hold as many digits as there are.",
        )
        ensure(
            abs(middle - mean) < 0.5 * error,
            f"Its middle is {middle:.3f}; the mean of a minus b is {mean:.3f}.",
        )

    return judge(properties, answer, "Drawn in pairs: what is hard for both networks falls out of the comparison.")

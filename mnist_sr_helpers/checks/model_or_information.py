"""The checks of "Model or information?"'s exercises."""

import random
from collections.abc import Callable
from numbers import Integral

import torch

from .judging import NotAttempted, NotYet, Verdict, ensure, judge, random_batch, result, same


def check_window(answer: Callable) -> Verdict:
    """Exercise 1: `answer(kernels, factor)` is the side of the window of stacked convolutions, 28 at most."""

    def properties(answer):
        draw = random.Random()
        # Factor 1 first: what is wrong beyond it is wrong about the factor.
        cases = [([9, 1, 3], 1), ([3, 3], 1), ([3, 3, 3, 3, 3], 1), ([1], 1), ([9, 9, 9, 9], 1)]
        cases += [(draw.choices((1, 3, 5, 7), k=draw.randint(2, 5)), 1) for _ in range(10)]
        cases += [([5, 3, 3], 2), ([3, 1, 3], 4), ([1, 1], 7)]
        cases += [(draw.choices((1, 3, 5, 7), k=draw.randint(2, 5)), draw.choice((2, 4))) for _ in range(10)]
        for kernels, factor in cases:
            given = list(kernels)
            got = answer(given, factor)
            if got is None or got is Ellipsis:
                raise NotAttempted
            ensure(given == kernels, "It changes the list that it is given. Work on a copy: others still need it.")
            if isinstance(got, (float, torch.Tensor)) and float(got).is_integer():
                got = int(got)
            ensure(isinstance(got, Integral), f"It returns {type(got).__name__}; a whole number is wanted.")
            seen = 1 + sum(kernel - 1 for kernel in kernels)
            if got == min(28, seen * factor):
                continue
            words = f"For kernels {kernels} and factor {factor} it gives {got}. "
            ensure(got != seen * factor, words + "A digit has 28 pixels: no window is wider.")
            ensure(got != min(28, seen) or factor == 1, words + "One low-resolution pixel covers factor pixels.")
            ensure(
                got != min(28, (seen - 1) * factor),
                words + "With no layer at all a pixel still sees itself: start at 1.",
            )
            ensure(
                got != min(28, sum(kernels) * factor),
                words + "It adds up the kernels; each layer adds its kernel minus 1, as windows overlap.",
            )
            ensure(
                got != min(28, (1 + sum(kernel // 2 for kernel in kernels)) * factor),
                words + "That is the reach to one side; the window has two.",
            )
            ensure(got != min(28, max(kernels) * factor), words + "That is the largest kernel; the layers add up.")
            ensure(
                factor == 1,
                words
                + "With factor 1 it is right. Every pixel of the convolutions' window covers factor pixels of the "
                "digit, the one that it starts from, too; each counts once.",
            )
            raise NotYet(words + "Each layer widens the window by its kernel minus 1.")

    return judge(properties, answer, "A window can be counted before anything is trained.")


def check_parts(answer: Callable) -> Verdict:
    """Exercise 2: `answer(mse, best, least)` splits errors into irreducible, approximation and estimation."""

    def properties(answer):
        for count in (1, 4):
            least = 0.01 + 0.02 * random_batch(count)
            best = least + 0.01 + 0.02 * random_batch(count)
            mse = best + 0.01 + 0.02 * random_batch(count)
            got = result(answer, mse, best, least)
            want = torch.stack([least, best - least, mse - best])
            ensure(
                got.shape != (count, 3) or count == 3 or not same(got, want.T, 1e-6),
                "It is transposed: a row for each part, a column for each estimator.",
            )
            ensure(
                got.shape == want.shape,
                f"For {count} estimators the shape should be {tuple(want.shape)}, it is {tuple(got.shape)}.",
            )
            if same(got, want, 1e-6):
                continue
            ensure(not same(got, torch.stack([least, best, mse]), 1e-6), "Those are the errors themselves; subtract.")
            ensure(not same(got, want / mse, 1e-6), "Those are shares; the parts themselves are wanted.")
            ensure(
                not same(got, want[[0, 2, 1]], 1e-6),
                "Approximation and estimation are exchanged: the best of its kind has no estimation error left.",
            )
            ensure(not same(got, want.flip(0), 1e-6), "The order is wrong: irreducible, approximation, estimation.")
            ensure(
                not same(got, torch.stack([least, least - best, best - mse]), 1e-6),
                "Two signs are wrong: errors can only grow from the least to the estimator's own.",
            )
            ensure(
                not same(got, torch.stack([least, best - least, mse - least]), 1e-6),
                "The last part still holds the approximation error: subtract the best of its kind.",
            )
            ensure(same(got.sum(0), mse, 1e-6), "The three parts should add up to the estimator's error.")
            raise NotYet("They add up to the error, but are not least, best - least, and mse - best.")

    return judge(properties, answer, "Each part has a cure of its own: none, a larger model, more digits.")

"""The checks of "Model or information?"'s exercises."""

import torch

from .judging import CHANCE, Answer, compare, ensure, judged, number


@judged("A window can be counted before anything is trained.")
def check_window(answer: Answer):
    """Exercise 1: `answer(kernels, factor)` is the side of the window of stacked convolutions, 28 at most."""
    # Factor 1 first: what is wrong beyond it is wrong about the factor.
    cases = [([9, 1, 3], 1), ([3, 3], 1), ([3, 3, 3, 3, 3], 1), ([1], 1), ([9, 9, 9, 9], 1)]
    cases += [(CHANCE.choices((1, 3, 5, 7), k=CHANCE.randint(2, 5)), 1) for _ in range(10)]
    cases += [([5, 3, 3], 2), ([3, 1, 3], 4), ([1, 1], 7)]
    cases += [(CHANCE.choices((1, 3, 5, 7), k=CHANCE.randint(2, 5)), CHANCE.choice((2, 4))) for _ in range(10)]
    for kernels, factor in cases:
        given = list(kernels)
        got = number(answer, given, factor, advice="the side of the window is a whole number.")
        ensure(given == kernels, "It changes the list that it is given. Work on a copy: others still need it.")
        seen, half = 1 + sum(kernel - 1 for kernel in kernels), 1 + sum(kernel // 2 for kernel in kernels)
        added, reach, largest = (got == min(28, side * factor) for side in (sum(kernels), half, max(kernels)))
        faults = {
            "A whole number is wanted.": got != got.round(),
            "A digit has 28 pixels: no window is wider.": got == seen * factor,
            "One low-resolution pixel covers factor pixels.": got == min(28, seen),
            "With no layer at all a pixel still sees itself: start at 1.": got == min(28, (seen - 1) * factor),
            "It adds up the kernels; each layer adds its kernel minus 1, as windows overlap.": added,
            "That is the reach to one side; the window has two.": reach,
            "That is the largest kernel; the layers add up.": largest,
            "With factor 1 it is right. Every pixel of the convolutions' window covers factor pixels of the digit, the "
            "one that it starts from, too; each counts once.": factor > 1,
            "Each layer widens the window by its kernel minus 1.": True,
        }
        said = f"For kernels {kernels} and factor {factor} it gives {got:g}. "
        want = torch.tensor(min(28, seen * factor))
        compare(got, want, {said + words: bool(fault) for words, fault in faults.items()})

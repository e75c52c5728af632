"""The checks of "Averages"'s exercises."""

from collections.abc import Callable

import numpy as np
import torch

from .judging import NotYet, Verdict, ensure, judge, random_batch, result, same


def check_posterior(answer: Callable) -> Verdict:
    """Exercise 1: `answer(squared, sigma)` turns squared distances (Q, N) into probabilities (Q, N)."""

    def properties(answer):
        sigma = 0.3 + 0.3 * random_batch(1).item()
        squared = random_batch(3, 6) * 1.5 + 0.1
        got, want = result(answer, squared, sigma), softmax(squared, 2 * sigma**2)
        ensure(
            got.shape == (3, 6), f"For 3 pictures and 6 digits the shape should be (3, 6), it is {tuple(got.shape)}."
        )
        if not same(got, want):
            name_the_fault(answer, got, want, squared, sigma)
        close = squared * 0.003  # so close that no digit takes all of the probability at sigma 0.05
        for far in (3.0, 300.0):
            bear(
                answer,
                close + far,
                "Where all distances are large",
                "every exponential of a row becomes 0, and 0 / 0 is no number.",
            )
        wide = torch.cat([close, squared + 10], dim=1)
        bear(answer, wide, "Where distances of a row lie far apart", "an exponential grows to infinity.")
        rows = torch.cat([close, close + 10])
        bear(
            answer,
            rows,
            "Where all distances of one row are small and all of another are large, as in [[0, 1], [10, 11]],",
            "the smallest of the whole table is not small for each row.",
        )

    return judge(properties, answer, "Each row is a probability for each digit: the posterior, exact in this world.")


def bear(answer: Callable, table: torch.Tensor, where: str, why: str) -> None:
    """Ensure that the answer is the posterior of a `table` on which exp in float32 fails without care."""
    sigma = 0.05
    remedy = f"{why} Subtract from each row its own smallest distance first: the ratios stay."
    ensure(torch.isfinite(torch.as_tensor(answer(table.clone(), sigma))).all(), f"{where} it gives NaN: {remedy}")
    got, want = result(answer, table, sigma), softmax(table.double(), 2 * sigma**2)
    sums = got.double().sum(1)
    ensure(same(sums, torch.ones_like(sums), 1e-2), f"{where} its rows no longer add up to 1: {remedy}")
    ensure(same(got, want, 1e-2), f"{where} its probabilities are wrong: {remedy}")


def softmax(squared: torch.Tensor, width: float, dim: int = 1) -> torch.Tensor:
    """exp(-squared / width), divided by its sum along `dim`."""
    return torch.softmax(-squared / width, dim=dim)


def name_the_fault(
    answer: Callable, got: torch.Tensor, want: torch.Tensor, squared: torch.Tensor, sigma: float
) -> None:
    """Say in which way `got` is not the posterior `want`."""
    width = 2 * sigma**2
    raw = torch.exp(-squared / width)
    ensure(got.is_floating_point(), f"The result should be float, it is {got.dtype}.")
    ensure(got.abs().max() > 0, "It returns only zeros.")
    ensure(not same(got, want.log()), "Those are logarithms of probabilities: take exp of them.")
    ensure(not same(got, softmax(squared, -width)), "The sign is wrong: the farther a digit, the less probable it is.")
    ensure(not same(got, softmax(squared, sigma**2)), "The 2 is missing: divide by 2 sigma^2.")
    ensure(
        not same(got, softmax(squared, 2 * sigma)) and not same(got, softmax(squared, sigma)),
        "sigma must be squared: divide by 2 sigma^2.",
    )
    ensure(
        not same(got, torch.softmax(-squared / 2 * sigma**2, dim=1)),
        "It multiplies by sigma^2: write squared / (2 * sigma**2), with brackets.",
    )
    ensure(not same(got, softmax(squared.square(), width)), "The distances are squared already: it squares them again.")
    ensure(not same(got, softmax(squared.sqrt(), width)), "It takes the root: the exponent has the squared distance.")
    ensure(
        not same(got, softmax(squared, width, dim=0)),
        "It divides by the sum over the pictures: each row, the digits for one picture, must add up to 1.",
    )
    ensure(
        not same(got, raw / raw.sum()),
        "All values together add up to 1; each row, the digits for one picture, must.",
    )
    nearest = squared.amin(1, keepdim=True)
    ensure(
        not same(got, raw) and not same(got, torch.exp(-(squared - nearest) / width)),
        "Its rows do not add up to 1: divide each by its sum.",
    )
    per_column = torch.exp(-(squared - squared.amin(0)) / width)
    ensure(
        not same(got, per_column / per_column.sum(1, keepdim=True)),
        "It subtracts the smallest distance of each column, which changes the ratios in a row: the same number for a "
        "whole row must be subtracted, its own smallest.",
    )
    close = squared * 0.003  # so close that a small fixed sigma, too, leaves doubt
    near = result(answer, close, sigma)
    ensure(
        not same(got, nearest_takes_all(squared)) or not same(near, nearest_takes_all(close)),
        "It gives all probability to the nearest digit: others that fit nearly as well have their share.",
    )
    ensure(got.std() > 1e-6, "All its values are equal: nearer digits are more probable.")
    ensure(
        not same(got, result(answer, squared, 2 * sigma)) or not same(near, result(answer, close, 2 * sigma)),
        "It ignores sigma: with two values of sigma it gives the same probabilities.",
    )
    sums = got.sum(1)
    ensure(
        same(sums, torch.ones_like(sums), 1e-3),
        f"Its rows add up to {sums[0]:.3g} and so on; each must add up to 1.",
    )
    raise NotYet("Its values differ from exp(-squared / (2 sigma^2)), divided by each row's sum.")


def nearest_takes_all(squared: torch.Tensor) -> torch.Tensor:
    """1 for each row's nearest digit and 0 for the others."""
    return torch.nn.functional.one_hot(squared.argmin(1), squared.shape[1]).float()


def check_weighted_median(answer: Callable) -> Verdict:
    """Exercise 2: `answer(values, weights)` is the least value at which half of the weight is reached."""

    def properties(answer):
        def number(values, weights):
            value = answer(values, weights)
            return torch.tensor(value) if isinstance(value, (int, float, np.generic)) else value

        for _ in range(3):
            values, weights, others = telling_case()
            got, want = result(number, values, weights), weighted_median(values, weights)
            ensure(got.numel() == 1, f"One value is wanted, it returns {got.numel()}: shape {tuple(got.shape)}.")
            got = got.reshape(())
            if same(got, want, 1e-6):
                continue
            for words, other in others.items():
                ensure(not same(got, other, 1e-6), words)
            ensure((values - got).abs().min() < 1e-6, "Its result is none of the values: the median is one of them.")
            raise NotYet("Half of the weight is not reached there first. Sort, add up the weights, stop at one half.")
        # Eighths are exact: no rounding decides whether half is reached.
        tied = torch.tensor([0.5, 0.25, 0.75]), torch.tensor([0.25, 0.5, 0.25])
        got = result(number, *tied)
        ensure(
            same(got.reshape(()), torch.tensor(0.25), 1e-6),
            "Where half of the weight is reached exactly, several values are as good, and the least is wanted. Of "
            f"0.25, 0.5, 0.75 with weights 0.5, 0.25, 0.25 it is 0.25; yours returns {got.item():g}. Does it wait for "
            "more than half, count from the largest value, or choose another of the equally good ones?",
        )

    return judge(properties, answer, "The value on which the weighted majority agrees: the least absolute error.")


def weighted_median(values: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """The least of `values` at which half of the weight is reached."""
    order = values.argsort()
    return values[order][(weights[order].cumsum(0) >= 0.5).nonzero()[0, 0]]


def telling_case() -> tuple[torch.Tensor, torch.Tensor, dict[str, torch.Tensor]]:
    """Eleven values and weights for which each likely wrong answer differs from the right one, with its words."""
    while True:
        values, weights = random_batch(11), random_batch(11).square() + 0.01
        weights = weights / weights.sum()
        want, (ordered, order) = weighted_median(values, weights), values.sort()
        reached = (weights[order].cumsum(0) >= 0.5).nonzero()[0, 0]
        unsorted = (weights.cumsum(0) >= 0.5).nonzero()[0, 0]
        others = {
            "That is the weighted mean; the median is the value at which half of the weight is reached.": (
                (values * weights).sum()
            ),
            "That is the median without weights: a value counts as much as its weight.": values.median(),
            "That is the mean without weights.": values.mean(),
            "That is the most probable value; the median is the one at which half of the weight is reached.": (
                values[weights.argmax()]
            ),
            "It adds up the weights in the order in which the values came: sort the values first.": values[unsorted],
            "It sorts the values but not their weights: order both alike.": ordered[unsorted],
            "That is the value before half of the weight is reached: off by one.": ordered[max(reached - 1, 0)],
            "That is the value after the one at which half is reached: off by one.": ordered[min(reached + 1, 10)],
            "That is the position among the sorted values; the value itself is wanted.": reached.float(),
            "That is a weight; the value that goes with it is wanted.": weights[order][reached],
            "That is the median of the weights.": weights.median(),
        }
        found = torch.stack(list(others.values()))
        apart = (found[:, None] - found[None]).abs() + torch.eye(len(found))
        if 0 < reached < 10 and (found - want).abs().min() > 1e-3 and apart.min() > 1e-3:
            return values, weights, others

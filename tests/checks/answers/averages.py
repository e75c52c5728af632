"""Answers to the exercises of "Averages": right ones, and wrong ones with the words they must hear."""

import numpy as np
import torch

from mnist_sr_helpers import check_posterior, check_weighted_median


def softmax_by_hand(squared, sigma):
    nearest = squared.min(dim=1, keepdim=True).values
    weights = torch.exp(-(squared - nearest) / (2 * sigma**2))
    return weights / weights.sum(dim=1, keepdim=True)


def naive(squared, sigma):
    weights = torch.exp(-squared / (2 * sigma**2))
    return weights / weights.sum(dim=1, keepdim=True)


def with_a_floor(squared, sigma):
    weights = torch.exp(-squared / (2 * sigma**2))
    return weights / (weights.sum(dim=1, keepdim=True) + 1e-12)


def less(squared, sigma, subtracted):
    """The posterior, with `subtracted` taken off the distances first."""
    weights = torch.exp(-(squared - subtracted) / (2 * sigma**2))
    return weights / weights.sum(dim=1, keepdim=True)


def with_a_fixed_sigma(sigma):
    return lambda d, s: softmax_by_hand(d, sigma)


def over_everything(squared, sigma):
    weights = torch.exp(-squared / (2 * sigma**2))
    return weights / weights.sum()


def reached(values, weights):
    order = values.argsort()
    return order, (weights[order].cumsum(0) >= 0.5).nonzero()[0, 0]


def median(values, weights):
    order, position = reached(values, weights)
    return values[order[position]]


def in_a_loop(values, weights):
    total = 0.0
    for value, weight in sorted(zip(values.tolist(), weights.tolist(), strict=True)):
        total += weight
        if total >= 0.5:
            return value
    return value


def unsorted(values, weights):
    return values[(weights.cumsum(0) >= 0.5).nonzero()[0, 0]]


def weights_left_behind(values, weights):
    return values.sort().values[(weights.cumsum(0) >= 0.5).nonzero()[0, 0]]


def strictly_above(values, weights):
    order = values.argsort()
    return values[order][(weights[order].cumsum(0) > 0.5).nonzero()[0, 0]]


def by_searchsorted(values, weights):
    v, w = values.numpy(), weights.numpy()
    order = np.argsort(v)
    return v[order][np.searchsorted(np.cumsum(w[order]), 0.5)]


def from_the_largest(values, weights):
    order = values.argsort(descending=True)
    return values[order][(weights[order].cumsum(0) >= 0.5).nonzero()[0, 0]]


def of_least_cost(values, weights):
    return values[((values[:, None] - values).abs() * weights).sum(1).argmin()]


def sorted_in_place(values, weights):
    values.copy_(values.sort().values)
    return values[0]


RIGHT = {
    check_posterior: [
        softmax_by_hand,
        lambda d, s: torch.softmax(-d / (2 * s**2), dim=1),
        lambda d, s: torch.log_softmax(-d.double() / (2 * s**2), dim=1).exp(),
        lambda d, s: softmax_by_hand(d, s).numpy(),
        lambda d, s: softmax_by_hand(d.double(), s),
    ],
    check_weighted_median: [
        median,
        in_a_loop,
        lambda v, w: median(v, w).reshape(1),
        by_searchsorted,
        lambda v, w: np.float64(median(v, w)),
        lambda v, w: median(v, w).numpy(),
    ],
}

WRONG = {
    check_posterior: [
        (naive, "gives NaN"),
        (lambda d, s: naive(d.double(), s), "gives NaN: every exponential"),
        (lambda d, s: naive(d, s).numpy(), "gives NaN: every exponential"),
        (with_a_floor, "no longer add up to 1"),
        (lambda d, s: less(d, s, d.min()), r"\[10, 11\]\], it gives NaN"),
        (lambda d, s: less(d, s, d.amax(1, True)), "gives NaN: an exponential grows"),
        (lambda d, s: less(d, s, d.mean(1, True)), "gives NaN: an exponential grows"),
        (lambda d, s: less(d, s, d.amin(0)), "the same number for a whole row"),
        (with_a_fixed_sigma(0.05), "ignores sigma"),
        (with_a_fixed_sigma(1.0), "ignores sigma"),
        (lambda d, s: torch.softmax(-d / s**2, dim=1), "2 is missing"),
        (lambda d, s: torch.softmax(-d / (2 * s), dim=1), "sigma must be squared"),
        (lambda d, s: torch.softmax(-d / 2 * s**2, dim=1), "multiplies by sigma"),
        (lambda d, s: torch.softmax(d / (2 * s**2), dim=1), "sign"),
        (lambda d, s: torch.softmax(-d / (2 * s**2), dim=0), "over the pictures"),
        (over_everything, "All values together"),
        (lambda d, s: torch.exp(-d / (2 * s**2)), "divide each by its sum"),
        (lambda d, s: torch.exp(-(d - d.amin(1, True)) / (2 * s**2)), "divide each by its sum"),
        (lambda d, s: torch.softmax(-d.square() / (2 * s**2), dim=1), "squares them again"),
        (lambda d, s: torch.softmax(-d.sqrt() / (2 * s**2), dim=1), "takes the root"),
        (lambda d, s: torch.log_softmax(-d / (2 * s**2), dim=1), "logarithms"),
        (lambda d, s: (d == d.amin(1, True)).float(), "nearest digit"),
        (lambda d, s: torch.full_like(d, 1 / d.shape[1]), "equal"),
        (lambda d, s: torch.zeros_like(d), "only zeros"),
        (lambda d, s: softmax_by_hand(d, s).T, "shape should be"),
        (lambda d, s: softmax_by_hand(d, s)[0], "shape should be"),
        (lambda d, s: 1 / d / (1 / d).sum(1, keepdim=True), "ignores sigma"),
        (lambda d, s: 1 / (d + s) / (1 / (d + s)).sum(1, keepdim=True), "differ from exp"),
        (lambda d, s: 2 * softmax_by_hand(d, s), "must add up to 1"),
    ],
    check_weighted_median: [
        (lambda v, w: (v * w).sum(), "weighted mean"),
        (lambda v, w: v.median(), "without weights: a value"),
        (lambda v, w: v.mean(), "mean without weights"),
        (lambda v, w: v[w.argmax()], "most probable value"),
        (unsorted, "sort the values first"),
        (weights_left_behind, "order both alike"),
        (lambda v, w: v.sort().values[reached(v, w)[1] - 1], "before half"),
        (lambda v, w: v.sort().values[reached(v, w)[1] + 1], "after the one"),
        (lambda v, w: reached(v, w)[1], "position"),
        (lambda v, w: w[reached(v, w)[0]][reached(v, w)[1]], "That is a weight"),
        (lambda v, w: median(v, w) + 0.05, "none of the values|not reached"),
        (lambda v, w: v.sort().values[(w[v.argsort()].cumsum(0) - 0.5).abs().argmin()], "before half"),
        (strictly_above, "wait for more than half"),
        (from_the_largest, "count from the largest"),
        (of_least_cost, "another of the equally good"),
        (lambda v, w: int(reached(v, w)[1]), "position"),
        (lambda v, w: v.sort().values, "One number is wanted"),
        (lambda v, w: torch.zeros(()), "none of the values"),
        (sorted_in_place, "changes the tensor"),
    ],
}

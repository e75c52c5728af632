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


RIGHT = [
    (check_posterior, softmax_by_hand),
    (check_posterior, lambda d, s: torch.softmax(-d / (2 * s**2), dim=1)),
    (check_posterior, lambda d, s: torch.log_softmax(-d.double() / (2 * s**2), dim=1).exp()),
    (check_posterior, lambda d, s: softmax_by_hand(d, s).numpy()),
    (check_posterior, lambda d, s: softmax_by_hand(d.double(), s)),
    (check_weighted_median, median),
    (check_weighted_median, in_a_loop),
    (check_weighted_median, lambda v, w: median(v, w).reshape(1)),
    (check_weighted_median, by_searchsorted),
    (check_weighted_median, lambda v, w: np.float64(median(v, w))),
    (check_weighted_median, lambda v, w: median(v, w).numpy()),
]

WRONG = [
    (check_posterior, naive, "gives NaN"),
    (check_posterior, lambda d, s: naive(d.double(), s), "gives NaN: every exponential"),
    (check_posterior, lambda d, s: naive(d, s).numpy(), "gives NaN: every exponential"),
    (check_posterior, with_a_floor, "no longer add up to 1"),
    (check_posterior, lambda d, s: less(d, s, d.min()), r"\[10, 11\]\], it gives NaN"),
    (check_posterior, lambda d, s: less(d, s, d.amax(1, True)), "gives NaN: an exponential grows"),
    (check_posterior, lambda d, s: less(d, s, d.mean(1, True)), "gives NaN: an exponential grows"),
    (check_posterior, lambda d, s: less(d, s, d.amin(0)), "the same number for a whole row"),
    (check_posterior, with_a_fixed_sigma(0.05), "ignores sigma"),
    (check_posterior, with_a_fixed_sigma(1.0), "ignores sigma"),
    (check_posterior, lambda d, s: torch.softmax(-d / s**2, dim=1), "2 is missing"),
    (check_posterior, lambda d, s: torch.softmax(-d / (2 * s), dim=1), "sigma must be squared"),
    (check_posterior, lambda d, s: torch.softmax(-d / 2 * s**2, dim=1), "multiplies by sigma"),
    (check_posterior, lambda d, s: torch.softmax(d / (2 * s**2), dim=1), "sign"),
    (check_posterior, lambda d, s: torch.softmax(-d / (2 * s**2), dim=0), "over the pictures"),
    (check_posterior, over_everything, "All values together"),
    (check_posterior, lambda d, s: torch.exp(-d / (2 * s**2)), "divide each by its sum"),
    (check_posterior, lambda d, s: torch.exp(-(d - d.amin(1, True)) / (2 * s**2)), "divide each by its sum"),
    (check_posterior, lambda d, s: torch.softmax(-d.square() / (2 * s**2), dim=1), "squares them again"),
    (check_posterior, lambda d, s: torch.softmax(-d.sqrt() / (2 * s**2), dim=1), "takes the root"),
    (check_posterior, lambda d, s: torch.log_softmax(-d / (2 * s**2), dim=1), "logarithms"),
    (check_posterior, lambda d, s: (d == d.amin(1, True)).float(), "nearest digit"),
    (check_posterior, lambda d, s: torch.full_like(d, 1 / d.shape[1]), "equal"),
    (check_posterior, lambda d, s: torch.zeros_like(d), "only zeros"),
    (check_posterior, lambda d, s: softmax_by_hand(d, s).T, "shape should be"),
    (check_posterior, lambda d, s: softmax_by_hand(d, s)[0], "shape should be"),
    (check_posterior, lambda d, s: 1 / d / (1 / d).sum(1, keepdim=True), "ignores sigma"),
    (check_posterior, lambda d, s: 1 / (d + s) / (1 / (d + s)).sum(1, keepdim=True), "differ from exp"),
    (check_posterior, lambda d, s: 2 * softmax_by_hand(d, s), "must add up to 1"),
    (check_weighted_median, lambda v, w: (v * w).sum(), "weighted mean"),
    (check_weighted_median, lambda v, w: v.median(), "without weights: a value"),
    (check_weighted_median, lambda v, w: v.mean(), "mean without weights"),
    (check_weighted_median, lambda v, w: v[w.argmax()], "most probable value"),
    (check_weighted_median, unsorted, "sort the values first"),
    (check_weighted_median, weights_left_behind, "order both alike"),
    (check_weighted_median, lambda v, w: v.sort().values[reached(v, w)[1] - 1], "before half"),
    (check_weighted_median, lambda v, w: v.sort().values[reached(v, w)[1] + 1], "after the one"),
    (check_weighted_median, lambda v, w: reached(v, w)[1], "position"),
    (check_weighted_median, lambda v, w: w[reached(v, w)[0]][reached(v, w)[1]], "That is a weight"),
    (check_weighted_median, lambda v, w: median(v, w) + 0.05, "none of the values|not reached"),
    (check_weighted_median, strictly_above, "wait for more than half"),
    (check_weighted_median, from_the_largest, "count from the largest"),
    (check_weighted_median, of_least_cost, "another of the equally good"),
    (check_weighted_median, lambda v, w: int(reached(v, w)[1]), "position"),
    (check_weighted_median, lambda v, w: v.sort().values, "One value is wanted"),
    (check_weighted_median, lambda v, w: torch.zeros(()), "none of the values"),
    (check_weighted_median, sorted_in_place, "changes the tensor"),
]

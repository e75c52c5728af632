"""Answers to the exercises of "Twins and forgeries": right ones, and wrong ones with the words they must hear."""

import torch

from mnist_sr_helpers import check_share_left, check_share_near


def nearest(small, known):
    """Root of the sum of squared differences to the nearest row."""
    return torch.cdist(small, known).amin(1)


def share(near):
    return near.float().mean()


def rms(x):
    return x.shape[1] ** 0.5


def one_by_one(small, known, limit):
    near = 0
    for row in small:
        near += ((known - row).square().mean(1).sqrt() < limit).any().item()
    return torch.tensor(near / len(small))


def means_of(x, labels):
    means = torch.zeros_like(x)
    for label in labels.unique():
        means[labels == label] = x[labels == label].mean(0)
    return means


def mse(a, b):
    return (a - b).square().mean()


def within(truth, labels):
    return mse(truth, means_of(truth, labels))


def over_ten_classes(estimate, truth, labels):
    total = 0
    for label in range(10):
        if (labels == label).any():
            same = truth[labels == label]
            total += (same - same.mean(0)).square().sum()
    return (estimate - truth).square().sum() / total


def by_class(estimate, truth, labels):
    ratios = []
    for label in labels.unique():
        same = truth[labels == label]
        ratios.append(mse(estimate[labels == label], same) / mse(same, same.mean(0)))
    return torch.stack(ratios).mean()


def one_grey(estimate, truth, labels):
    greys = torch.zeros_like(truth)
    for label in labels.unique():
        greys[labels == label] = truth[labels == label].mean()
    return mse(estimate, truth) / mse(truth, greys)


RIGHT = {
    check_share_near: [
        lambda s, k, limit: share(nearest(s, k) / rms(s) < limit),
        lambda s, k, limit: (nearest(s, k) < limit * rms(s)).sum() / len(s),
        one_by_one,
    ],
    check_share_left: [
        lambda e, t, labels: mse(e, t) / within(t, labels),
        over_ten_classes,
    ],
}

WRONG = {
    check_share_near: [
        (lambda s, k, limit: (nearest(s, k) / rms(s) < limit).sum(), "how many rows"),
        (lambda s, k, limit: share(torch.cdist(s, k, p=1).amin(1) / s.shape[1] < limit), "absolute difference"),
        (lambda s, k, limit: share(torch.cdist(s, k, p=torch.inf).amin(1) < limit), "largest difference"),
        (lambda s, k, limit: share(nearest(s, k) / rms(s) > limit), "without a near one"),
        (lambda s, k, limit: nearest(s, k).mean() / rms(s), "mean distance"),
        (lambda s, k, limit: share(torch.cdist(s, k) / rms(s) < limit), "all pairs"),
        (lambda s, k, limit: share(torch.cdist(s, k).amin(0) / rms(s) < limit), "rows of known"),
        (lambda s, k, limit: share(torch.cdist(s, k).amax(1) / rms(s) < limit), "farthest"),
        (lambda s, k, limit: share(nearest(s, k) < limit), "root of the number of pixels"),
        (lambda s, k, limit: share(nearest(s, k) / s.shape[1] < limit), "that is its root"),
        (lambda s, k, limit: share(nearest(s, k).square() / s.shape[1] < limit), "RMS is the root of them"),
        (lambda s, k, limit: share(nearest(s, k).square() < limit), "root of their mean"),
        (lambda s, k, limit: nearest(s, k) / rms(s) < limit, "One number is wanted"),
        (lambda s, k, limit: (nearest(s, k) < limit).mean(), "raised RuntimeError"),
        (lambda s, k, limit: torch.tensor(0.95), "your share is 0.95"),
    ],
    check_share_left: [
        (lambda e, t, labels: mse(e, t), "squared error alone"),
        (lambda e, t, labels: within(t, labels), "goes below the squared error"),
        (lambda e, t, labels: within(t, labels) / mse(e, t), "upside down"),
        (lambda e, t, labels: 1 - mse(e, t) / within(t, labels), "1 minus"),
        (lambda e, t, labels: (mse(e, t) / within(t, labels)).sqrt(), "ratio of roots"),
        (lambda e, t, labels: (e - t).square().sum() / within(t, labels), "divides a sum by a mean"),
        (lambda e, t, labels: mse(e, t) / mse(t, t.mean(0)), "each class has its own mean"),
        (lambda e, t, labels: mse(e, t) / t.square().mean(), "subtract their class's mean first"),
        (one_grey, "not one grey"),
        (lambda e, t, labels: mse(e, t) / mse(t, means_of(e, labels)), "not of the estimates"),
        (lambda e, t, labels: mse(e, means_of(t, labels)) / within(t, labels), "from the truth is wanted"),
        (
            lambda e, t, labels: (e - t).abs().mean() / (t - means_of(t, labels)).abs().mean(),
            "absolute values",
        ),
        (by_class, "averages the classes' ratios"),
        (lambda e, t, labels: mse(e.clamp(0, 1), t) / within(t, labels), "It clips"),
        (lambda e, t, labels: (e - t).square().mean((1, 2, 3)) / within(t, labels), "One number is wanted"),
        (lambda e, t, labels: torch.tensor(7.0), "It is 7.000"),
    ],
}

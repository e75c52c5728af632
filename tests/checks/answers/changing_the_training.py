"""Answers to the exercises of "Changing the training": right ones, and wrong ones with the words they must hear."""

import math

import torch

from mnist_sr_helpers import check_paired_interval, check_regret

ENDS = torch.tensor([0.025, 0.975])


def regret(matrix):
    return (matrix.amax(0) - matrix).amax(1)


def by_loop(matrix):
    """As one writes it without axes."""
    rows = []
    for row in matrix:
        rows.append(max(max(matrix[:, j]) - row[j] for j in range(len(row))))
    return torch.stack(rows)


def in_place(matrix):
    matrix -= matrix.amax(0)
    return -matrix.amin(1)


def means(values, generator, draws=1000, size=None):
    size = size or len(values)
    return torch.stack([values[torch.randint(len(values), (size,), generator=generator)].mean() for _ in range(draws)])


def paired(a, b, generator):
    return means(a - b, generator).quantile(ENDS)


def same_positions(a, b, generator):
    positions = torch.randint(len(a), (2000, len(a)), generator=generator)
    return (a[positions].mean(1) - b[positions].mean(1)).quantile(ENDS)


def sorted_means(a, b, generator):
    ordered = (a - b)[torch.randint(len(a), (1000, len(a)), generator=generator)].mean(1).sort().values
    return torch.stack([ordered[25], ordered[974]]).numpy()


def apart(a, b, generator):
    return (means(a, generator) - means(b, generator)).quantile(ENDS)


def without_replacement(a, b, generator):
    gap = a - b
    draws = [gap[torch.randperm(len(gap), generator=generator)].mean() for _ in range(1000)]
    return torch.stack(draws).quantile(ENDS)


def standard_error(a, b, generator):
    gap, half = (a - b).mean(), (a - b).std() / math.sqrt(len(a))
    return torch.stack([gap - half, gap + half])


def formula(a, b, generator):
    gap, half = (a - b).mean(), 1.96 * (a - b).std() / math.sqrt(len(a))
    return torch.stack([gap - half, gap + half])


def centred_on_the_mean(a, b, generator):
    middle, half = (a - b).mean(), 1.96 * means(a - b, generator).std()
    return torch.stack([middle - half, middle + half])


def drawn(a, b, generator, least=0, most=None, shape=None, axis=1):
    """The exercise's solution, with its slips to choose from."""
    count = len(a)
    positions = torch.randint(
        least, count if most is None else count + most, shape or (1000, count), generator=generator
    )
    return (a - b)[positions].mean(axis).quantile(ENDS)


RIGHT = {
    check_regret: [
        regret,
        by_loop,
        lambda m: (m.max(dim=0, keepdim=True).values - m).max(dim=1).values,
        lambda m: -(m - m.amax(0)).amin(1),
        lambda m: regret(m).numpy(),
    ],
    check_paired_interval: [
        paired,
        same_positions,
        sorted_means,
        drawn,
        lambda a, b, g: drawn(a, b, g, shape=(len(a), 1000), axis=0),
    ],
}

WRONG = {
    check_regret: [
        (lambda m: (m - m.amax(0)).amin(1), "sign is wrong"),
        (lambda m: m.amin(1), "worst result"),
        (lambda m: (m.amax(1, keepdim=True) - m).amax(1), "that of the row"),
        (lambda m: (m.max() - m).amax(1), "a best of its own"),
        (lambda m: (m[: m.shape[1]].diagonal() - m).amax(1), "with the diagonal"),
        (lambda m: (m.amax(0) - m).mean(1), "the mean over the tests"),
        (lambda m: (m.amax(0) - m).sum(1), "the sum over the tests"),
        (lambda m: (m.amax(0) - m).amin(1), "least behind"),
        (lambda m: (m.amax(0) - m).argmax(1), "a position"),
        (lambda m: (m.amax(0) - m).amax(0), "one number for each training"),
        (lambda m: m.amax(0) - m, "one number for each training"),
        (lambda m: regret(m).min(), "one number; one for each training"),
        (lambda m: regret(m)[:, None], "The shape should be"),
        (lambda m: (m[:8].diagonal()[:3] - m).amax(1), "with the diagonal"),
        (lambda m: regret(m) + 1, "Its numbers are not"),
        (in_place, "changes the tensor"),
        (lambda m: regret(m).tolist(), "returns list"),
    ],
    check_paired_interval: [
        (lambda a, b, g: paired(b, a, g), "sign is wrong"),
        (lambda a, b, g: means(a - b, g).quantile(torch.tensor([0.05, 0.95])), "quantiles? 0.025"),
        (lambda a, b, g: means(a - b, g).quantile(torch.tensor([0.025, 0.95])), "quantiles? 0.025"),
        (lambda a, b, g: means(a - b, g).quantile(torch.tensor([0.0125, 0.9875])), "quantiles? 0.025"),
        (apart, "draws the digits of a and b apart"),
        (without_replacement, "with replacement"),
        (standard_error, "68 in 100"),
        (formula, "below every single difference"),
        (centred_on_the_mean, "below every single difference"),
        (lambda a, b, g: drawn(a, b, g, most=-1), "last digit is never drawn"),
        (lambda a, b, g: drawn(a, b, g, least=1), "first digit is never drawn"),
        (lambda a, b, g: drawn(a, b, None), "pass generator=generator"),
        (lambda a, b, g: drawn(a, b, g.manual_seed(0)), "of different seeds"),
        (lambda a, b, g: drawn(a, b, g, shape=(100, len(a))), "1,000 draws"),
        (lambda a, b, g: drawn(a, b, g, axis=0), "not over the draws"),
        (lambda a, b, g: drawn(a, b, g, axis=(0, 1)), "not one of all"),
        (lambda a, b, g: drawn(a, b, g, shape=(1000, 100)), "as many digits as there are"),
        (lambda a, b, g: drawn(a, b, g, shape=(1000, 1000)), "as many digits as there are"),
        (lambda a, b, g: (a - b).quantile(ENDS), "spread of single digits"),
        (lambda a, b, g: means(a - b, g).quantile(ENDS.flip(0)), "ends have changed places"),
        (lambda a, b, g: means(a - b, g), "shape should be"),
        (lambda a, b, g: means(a - b, g).mean(), "one number"),
        (lambda a, b, g: means(a, g).quantile(ENDS), "one network.s scores"),
        (lambda a, b, g: means(a - b, g).sort().values[[0, -1]], "too wide"),
        (lambda a, b, g: means(a - b, g, size=2 * len(a)).quantile(ENDS), "too narrow"),
        (lambda a, b, g: paired(a, b, g) + 1, "Its middle is"),
        (lambda a, b, g: torch.zeros(2), "nearly equal"),
        (lambda a, b, g: tuple(paired(a, b, g).tolist()), "returns tuple"),
    ],
}

"""Answers to the exercises of "Samples": right ones, and wrong ones with the words they must hear."""

import torch

from mnist_sr_helpers import check_covered, check_step


def covered(truth, samples, low, high):
    ordered = samples.sort(dim=0).values
    return ((ordered[low - 1] <= truth) & (truth <= ordered[high - 1])).float().mean()


def by_ranks(truth, samples, low, high):
    below = (samples < truth).sum(0)
    return ((below >= low) & (below < high)).float().mean()


def of_indices(truth, samples, low, high):
    ordered = samples.sort(dim=0).values
    return ((ordered[low % 19] <= truth) & (truth <= ordered[min(high, 18)])).float().mean()


def unsorted(truth, samples, low, high):
    return ((samples[low - 1] <= truth) & (truth <= samples[high - 1])).float().mean()


def over_digits(truth, samples, low, high):
    ordered = samples.sort(dim=1).values
    return ((ordered[low - 1] <= truth) & (truth <= ordered[high - 1])).float().mean()


def in_place(truth, samples, low, high):
    samples.copy_(samples.sort(dim=0).values)
    return ((samples[low - 1] <= truth) & (truth <= samples[high - 1])).float().mean()


RIGHT = {
    check_step: [
        lambda z, guess, now, then: z + (then - now) * (guess - z) / (1 - now),
        lambda z, guess, now, then: z + (guess - z) * ((then - now) / (1 - now)),
        lambda z, guess, now, then: (1 - (then - now) / (1 - now)) * z + (then - now) / (1 - now) * guess,
    ],
    check_covered: [covered, by_ranks],
}

WRONG = {
    check_step: [
        (lambda z, guess, now, then: z + (then - now) * (guess - z), "divide by 1 - now"),
        (lambda z, guess, now, then: z + (then - now) * (guess - z) / (1 - then), "divide by 1 - now"),
        (lambda z, guess, now, then: (guess - z) / (1 - now), "That is the velocity"),
        (lambda z, guess, now, then: (then - now) * (guess - z) / (1 - now), "add z"),
        (lambda z, guess, now, then: z - (then - now) * (guess - z) / (1 - now), "leads away"),
        (lambda z, guess, now, then: z + then * (guess - z) / (1 - now), "not then - now"),
        (lambda z, guess, now, then: guess.clone(), "jumps to the guess"),
        (lambda z, guess, now, then: z.clone(), "stays where it is"),
        (lambda z, g, now, then: (z + (then - now) * (g - z) / (1 - now)).clamp(-1, 1), "It clips"),
        (lambda z, guess, now, then: z + 0.5 * (guess - z), "it should move by"),
        (lambda z, guess, now, then: z[:, 0], "shape should"),
    ],
    check_covered: [
        (lambda t, s, low, high: 1 - covered(t, s, low, high), "share outside"),
        (lambda t, s, low, high: covered(t, s, low, high) * len(t), "number of digits"),
        (of_indices, "counts from 0"),
        (unsorted, "Sort the samples"),
        (over_digits, "sorts over the digits"),
        (lambda t, s, low, high: (t >= s.sort(dim=0).values[low - 1]).float().mean(), "one end only"),
        (lambda t, s, low, high: (t <= s.sort(dim=0).values[high - 1]).float().mean(), "one end only"),
        (lambda t, s, low, high: torch.tensor((high - low) / 20), "instead of measuring"),
        (lambda t, s, low, high: torch.tensor(0.123), "not that of the truths"),
        (lambda t, s, low, high: t >= s.min(), "One number is wanted"),
        (in_place, "changes the tensor"),
    ],
}

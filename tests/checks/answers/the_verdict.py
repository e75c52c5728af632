"""Answers to the exercises of "The verdict": right ones, and wrong ones with the words they must hear."""

import torch

from mnist_sr_helpers import check_bound, check_verdict


def decide(low, high):
    return "supported" if low > 0 else "refuted" if high < 0 else "open"


def chain(low, high):
    if low > 0:
        return "supported"
    if high < 0:
        return "refuted"
    if low < 0 < high:
        return "open"


RIGHT = {
    check_verdict: [
        decide,
    ],
    check_bound: [
        lambda errors, baseline: errors.amin(0) / baseline,
        lambda errors, baseline: (errors / baseline).min(dim=0).values.numpy(),
    ],
}

WRONG = {
    check_verdict: [
        (lambda low, high: "supported", "every interval"),
        (lambda low, high: "refuted" if low > 0 else "supported" if high < 0 else "open", "exchanged"),
        (lambda low, high: "supported" if low + high > 0 else "refuted", "holds 0"),
        (lambda low, high: "supported" if high > 0 else "refuted", "holds 0"),
        (lambda low, high: "supported" if low > 0 else "refuted", "holds 0"),
        (lambda low, high: "supported" if low > 0 else "open", "which side of 0"),
        (lambda low, high: "supported" if low >= 0 else "refuted" if high <= 0 else "open", "holds 0"),
        (lambda low, high: decide(low - 0.1, high + 0.1), "0.02 to 0.05"),
        (lambda low, high: decide(low - 0.03, high + 0.03), "0.02 to 0.05"),
        (lambda low, high: decide(low + 0.03, high), "-0.02 to 0.05"),
        (chain, "0.00 to 0.50 it returns None"),
        (lambda low, high: "supported" if low > 0 else None, "-0.05 to -0.02 it returns None"),
        (lambda low, high: low > 0, "returns bool"),
        (lambda low, high: "Supported", 'returns "Supported"'),
    ],
    check_bound: [
        (lambda errors, baseline: errors.amin(0), "divide by the baseline"),
        (lambda errors, baseline: 1 - errors.amin(0) / baseline, "removed at least"),
        (lambda errors, baseline: baseline / errors.amin(0), "upside down"),
        (lambda errors, baseline: errors.min(0) / baseline, ".values of it, or amin"),
        (lambda errors, baseline: (errors / baseline).min(0), ".values of it, or amin"),
        (lambda errors, baseline: 100 * errors.amin(0) / baseline, "times 100"),
        (lambda errors, baseline: (100 * errors.amin(0) / baseline).round(), "times 100"),
        (lambda errors, baseline: (errors.amin(0) / baseline).round(decimals=2), "rounded"),
        (lambda errors, baseline: (errors.amin(0) / baseline).round(decimals=4), "rounded"),
        (lambda errors, baseline: (errors.amin(0) / baseline).round(), "rounded"),
        (lambda errors, baseline: (errors.amin(0) / baseline).int(), "whole numbers"),
        (lambda errors, baseline: (baseline - errors.amin(0)) / errors.amin(0), "over the best error"),
        (lambda errors, baseline: (errors.amin(0) / baseline).clamp(max=1), "is above 1"),
        (lambda errors, baseline: torch.minimum(errors.amin(0), baseline) / baseline, "is above 1"),
        (lambda errors, baseline: errors.mean(0) / baseline, "one good method"),
        (lambda errors, baseline: errors.amax(0) / baseline, "worst method"),
        (lambda errors, baseline: errors[-1] / baseline, "last method"),
        (lambda errors, baseline: (errors / baseline).amin(1), "one number for each method"),
        (lambda errors, baseline: (errors / baseline).min(), "one number;"),
        (lambda errors, baseline: baseline - errors.amin(0), "difference"),
        (lambda errors, baseline: torch.zeros_like(baseline), "smallest error"),
    ],
}

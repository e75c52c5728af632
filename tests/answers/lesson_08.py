"""Answers to the exercises of lesson 08: right ones, and wrong ones with the words they must hear."""

import torch

from mnist_sr_helpers import check_bound, check_verdict


def decide(low, high):
    return "supported" if low > 0 else "refuted" if high < 0 else "open"


RIGHT = [
    (check_verdict, decide),
    (check_bound, lambda errors, baseline: errors.amin(0) / baseline),
    (check_bound, lambda errors, baseline: (errors / baseline).min(dim=0).values.numpy()),
]

WRONG = [
    (check_verdict, lambda low, high: "supported", "every interval"),
    (check_verdict, lambda low, high: "refuted" if low > 0 else "supported" if high < 0 else "open", "exchanged"),
    (check_verdict, lambda low, high: "supported" if low + high > 0 else "refuted", "holds 0"),
    (check_verdict, lambda low, high: "supported" if high > 0 else "refuted", "holds 0"),
    (check_verdict, lambda low, high: "supported" if low > 0 else "refuted", "holds 0"),
    (check_verdict, lambda low, high: "supported" if low > 0 else "open", "which side of 0"),
    (check_verdict, lambda low, high: "supported" if low >= 0 else "refuted" if high <= 0 else "open", "holds 0"),
    (check_verdict, lambda low, high: low > 0, "returns bool"),
    (check_verdict, lambda low, high: "Supported", 'returns "Supported"'),
    (check_bound, lambda errors, baseline: errors.amin(0), "divide by the baseline"),
    (check_bound, lambda errors, baseline: 1 - errors.amin(0) / baseline, "removed at least"),
    (check_bound, lambda errors, baseline: baseline / errors.amin(0), "upside down"),
    (check_bound, lambda errors, baseline: errors.mean(0) / baseline, "one good method"),
    (check_bound, lambda errors, baseline: errors.amax(0) / baseline, "worst method"),
    (check_bound, lambda errors, baseline: errors[-1] / baseline, "last method"),
    (check_bound, lambda errors, baseline: (errors / baseline).amin(1), "one number for each method"),
    (check_bound, lambda errors, baseline: (errors / baseline).min(), "one number;"),
    (check_bound, lambda errors, baseline: baseline - errors.amin(0), "difference"),
    (check_bound, lambda errors, baseline: torch.zeros_like(baseline), "smallest error"),
]

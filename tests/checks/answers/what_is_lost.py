"""Answers to the exercises of "What is lost": right ones, and wrong ones with the words they must hear."""

import torch

from mnist_sr_helpers import check_consistent

RIGHT = {
    check_consistent: [
        lambda x, y, a, p: x + (y - x @ a.T) @ p.T,
        lambda x, y, a, p: y @ p.T + x - (p @ a @ x.T).T,
    ],
}

WRONG = {
    check_consistent: [
        (lambda x, y, a, p: x, "as it was"),
        (lambda x, y, a, p: y @ p.T, r"A\+ y alone"),
        (lambda x, y, a, p: (y - x @ a.T) @ p.T, "correction alone"),
        (lambda x, y, a, p: x - (y - x @ a.T) @ p.T, "sign is wrong"),
        (lambda x, y, a, p: x + y @ p.T, "take off first what it has"),
        (lambda x, y, a, p: x - x @ a.T @ p.T, "estimate's null part"),
        (lambda x, y, a, p: x + (y - x @ a.T) @ a, "A transposed"),
        (lambda x, y, a, p: x + 0.5 * (y - x @ a.T) @ p.T, "differs from y by"),
        (lambda x, y, a, p: (x + (y - x @ a.T) @ p.T).clamp(0, 1), "It clips"),
        (lambda x, y, a, p: x + (y - x.clamp(0, 1) @ a.T) @ p.T, "clips the estimate"),
        (lambda x, y, a, p: x.clamp(0, 1) + (y - x.clamp(0, 1) @ a.T) @ p.T, "clips the estimate"),
        (lambda x, y, a, p: x + (y - x @ a) @ p.T, r"One picture a row: .* x @ a\.T"),
        (lambda x, y, a, p: x + (y - x @ a.T) @ p, r"One picture a row: .* x @ a\.T"),
        (lambda x, y, a, p: x + p @ (y - a @ x), r"One picture a row: .* x @ a\.T"),
        (lambda x, y, a, p: torch.zeros_like(x), "differs from y by"),
        (lambda x, y, a, p: y, "shape should stay"),
        (lambda x, y, a, p: y @ p.T + 0.9 * (x - x @ a.T @ p.T), "null part changed, too"),
    ],
}

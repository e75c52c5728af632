"""Answers to the exercises of "Model or information?": right ones, and wrong ones with the words they must hear."""

import torch

from mnist_sr_helpers import check_window


def changing(kernels, factor):
    seen = 1
    while kernels:
        seen += kernels.pop() - 1
    return min(28, seen * factor)


RIGHT = {
    check_window: [
        lambda kernels, factor: min(28, factor * (1 + sum(kernel - 1 for kernel in kernels))),
        lambda kernels, factor: min(28, factor * (sum(kernels) - len(kernels) + 1)),
        lambda kernels, factor: torch.tensor(min(28, factor * (sum(kernels) - len(kernels) + 1))),
    ],
}

WRONG = {
    check_window: [
        (lambda kernels, factor: factor * (1 + sum(kernel - 1 for kernel in kernels)), "no window is wider"),
        (lambda kernels, factor: min(28, 1 + sum(kernel - 1 for kernel in kernels)), "covers factor pixels"),
        (lambda kernels, factor: min(28, factor * sum(kernel - 1 for kernel in kernels)), "sees itself"),
        (lambda kernels, factor: min(28, factor * sum(kernels)), "minus 1"),
        (lambda kernels, factor: min(28, factor * (1 + sum(k // 2 for k in kernels))), "one side"),
        (lambda kernels, factor: min(28, factor * max(kernels)), "largest kernel"),
        (lambda kernels, factor: min(28, 1 + factor * sum(k - 1 for k in kernels)), "starts from, too"),
        (lambda kernels, factor: min(28, (1 + sum(k - 1 for k in kernels)) // factor), "With factor 1 it"),
        (lambda kernels, factor: min(28, (1 + sum(k - 1 for k in kernels)) * factor**2), "counts once"),
        (lambda kernels, factor: min(28, 2 * len(kernels) + 1), "kernel minus 1"),
        (lambda kernels, factor: 5, "gives 5"),
        (lambda kernels, factor: "5 x 5", "returns str"),
        (lambda kernels, factor: torch.tensor([5, 5]), "One number is wanted, it returns 2"),
        (changing, "changes the list"),
    ],
}

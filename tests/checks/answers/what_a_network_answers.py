"""Answers to the exercises of "What a network answers": right ones, and wrong ones with the words they must hear."""

import torch

from mnist_sr_helpers import check_critic_gain


def variance(pictures, centre=None):
    return (pictures - (pictures.mean(0) if centre is None else centre)).square().mean()


def each(pictures):
    return pictures.square().mean((1, 2, 3))


def gain(residual, predicted):
    return each(residual) - each(residual - predicted)


def in_place(residual, predicted):
    residual -= predicted
    return each(residual)


RIGHT = {
    check_critic_gain: [
        gain,
        lambda r, p: gain(r, p).numpy(),
        lambda r, p: (p * (2 * r - p)).mean((1, 2, 3)),
        lambda r, p: torch.stack([variance(a, 0) - variance(a - b, 0) for a, b in zip(r, p, strict=True)]),
    ],
}

WRONG = {
    check_critic_gain: [
        (lambda r, p: -gain(r, p), "sign"),
        (lambda r, p: gain(r, p).clamp(min=0), "negative gains"),
        (lambda r, p: each(r), "squared residual; subtract"),
        (lambda r, p: each(r - p), "what is left; subtract"),
        (lambda r, p: gain(r, p) / each(r), "share"),
        (lambda r, p: each(r) - each(r + p), "take it off"),
        (lambda r, p: each(r) - each(p), "subtract first"),
        (lambda r, p: each(p), "size of the prediction"),
        (lambda r, p: 784 * gain(r, p), "sums over"),
        (lambda r, p: r.mean((1, 2, 3)).square() - (r - p).mean((1, 2, 3)).square(), "before it squares"),
        (lambda r, p: each(r).sqrt() - each(r - p).sqrt(), "roots"),
        (lambda r, p: r.abs().mean((1, 2, 3)) - (r - p).abs().mean((1, 2, 3)), "absolute"),
        (lambda r, p: gain(r, p).mean(), "one for each digit"),
        (lambda r, p: (r.square() - (r - p).square()).mean(0), "shape should be"),
        (in_place, "changes the tensor"),
        (lambda r, p: torch.zeros(len(r)), "differ from"),
    ],
}

"""Answers to the exercises of "What a network answers": right ones, and wrong ones with the words they must hear."""

import torch

from mnist_sr_helpers import check_critic_gain, check_variance_share


def variance(pictures, centre=None):
    return (pictures - (pictures.mean(0) if centre is None else centre)).square().mean()


def share(estimates, truths):
    return variance(estimates) / variance(truths)


def each(pictures):
    return pictures.square().mean((1, 2, 3))


def gain(residual, predicted):
    return each(residual) - each(residual - predicted)


def in_place(residual, predicted):
    residual -= predicted
    return each(residual)


RIGHT = {
    check_variance_share: [
        share,
        lambda e, t: share(e, t).item(),
        lambda e, t: share(e, t).double().numpy(),
        lambda e, t: e.var(0).mean() / t.var(0).mean(),
        lambda e, t: share(e.double(), t.double()).reshape(1),
    ],
    check_critic_gain: [
        gain,
        lambda r, p: gain(r, p).numpy(),
        lambda r, p: (p * (2 * r - p)).mean((1, 2, 3)),
        lambda r, p: torch.stack([variance(a, 0) - variance(a - b, 0) for a, b in zip(r, p, strict=True)]),
    ],
}

WRONG = {
    check_variance_share: [
        (lambda e, t: share(t, e), "upside down"),
        (lambda e, t: variance(e), "a share of the truths'"),
        (lambda e, t: variance(t) - variance(e), "difference"),
        (lambda e, t: 1 - share(e, t), "missing"),
        (lambda e, t: 100 * share(e, t), "percent"),
        (lambda e, t: share(e, t).sqrt(), "root"),
        (lambda e, t: (e - e.mean(0)).abs().mean() / (t - t.mean(0)).abs().mean(), "absolute"),
        (lambda e, t: variance(e, t.mean(0)) / variance(t), "one of its own"),
        (lambda e, t: e.square().mean() / t.square().mean(), "no mean picture"),
        (lambda e, t: e.var((1, 2, 3)).mean() / t.var((1, 2, 3)).mean(), "own mean grey"),
        (lambda e, t: e.var() / t.var(), "one grey value"),
        (lambda e, t: (e.var(0) / t.var(0)).mean(), "averages ratios"),
        (lambda e, t: (e - t).square().mean() / variance(t), "squared errors"),
        (lambda e, t: e.var(0) / t.var(0), "for each pixel"),
        (lambda e, t: (e.var(0) / t.var(0))[0], "for each pixel"),
        (lambda e, t: each(e - e.mean(0)) / each(t - t.mean(0)), "for each digit"),
        (lambda e, t: torch.zeros(()), "differs from"),
        (lambda e, t: torch.zeros(7), "One number"),
    ],
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

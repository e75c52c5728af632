"""Answers to the exercises of lesson 03: right ones, and wrong ones with the words they must hear."""

import torch

from mnist_sr_helpers import check_gain, check_worst, psnr, upsample


def mse(prediction, target):
    return (prediction - target).square().mean((1, 2, 3))


def bicubic(low, f):
    return upsample(low, f).clamp(0, 1)


RIGHT = [
    (check_gain, lambda p, low, t, f: psnr(p.clamp(0, 1), t) - psnr(upsample(low, f).clamp(0, 1), t)),
    (check_worst, lambda p, t, k: psnr(p, t).argsort()[:k]),
    (check_worst, lambda p, t, k: mse(p, t).topk(k).indices),
]

WRONG = [
    (check_gain, lambda p, low, t, f: psnr(bicubic(low, f), t) - psnr(p.clamp(0, 1), t), "sign"),
    (check_gain, lambda p, low, t, f: psnr(p.clamp(0, 1), t), "subtract that of bicubic"),
    (check_gain, lambda p, low, t, f: psnr(bicubic(low, f), t), "subtract it from"),
    (check_gain, lambda p, low, t, f: psnr(p.clamp(0, 1), t) / psnr(bicubic(low, f), t), "ratio"),
    (check_gain, lambda p, low, t, f: psnr(p.clamp(0, 1), t) - psnr(upsample(low, f), t), "Bicubic is not clipped"),
    (check_gain, lambda p, low, t, f: psnr(p, t) - psnr(bicubic(low, f), t), "prediction is not clipped"),
    (check_gain, lambda p, low, t, f: psnr(p, t) - psnr(upsample(low, f), t), "Neither is clipped"),
    (
        check_gain,
        lambda p, low, t, f: psnr(p.clamp(0, 1), t) - psnr(upsample(low, f, "nearest").clamp(0, 1), t),
        "nearest",
    ),
    (check_gain, lambda p, low, t, f: (psnr(p.clamp(0, 1), t) - psnr(bicubic(low, f), t)).mean(), "one number"),
    (check_gain, lambda p, low, t, f: p - bicubic(low, f), "shape should be"),
    (check_worst, lambda p, t, k: psnr(p, t).argsort(descending=True)[:k], "best digits"),
    (check_worst, lambda p, t, k: psnr(p, t).argsort()[-k:], "best digits"),
    (check_worst, lambda p, t, k: psnr(p, t).sort().values[:k], "PSNRs; their positions"),
    (check_worst, lambda p, t, k: psnr(p, t).argsort()[1 : k + 1], "off by one"),
    (check_worst, lambda p, t, k: psnr(p, t).argsort()[:k] + 1, "counts from 1"),
    (check_worst, lambda p, t, k: psnr(p, t).argsort()[:k].flip(0), "worst should come first"),
    (check_worst, lambda p, t, k: psnr(p, t).argsort(), "shape should be"),
    (check_worst, lambda p, t, k: torch.arange(k), "first digits of the batch"),
    (check_worst, lambda p, t, k: psnr(p, t).argsort()[:k].float(), "whole numbers"),
]

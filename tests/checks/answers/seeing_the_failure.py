"""Answers to the exercises of "Seeing the failure": right ones, and wrong ones with the words they must hear."""

import torch
import torch.nn.functional as F

from mnist_sr_helpers import check_gain, check_worst, psnr, round_trip, ssim, upsample


def mse(prediction, target):
    return (prediction - target).square().mean((1, 2, 3))


def bicubic(low, f):
    return upsample(low, f).clamp(0, 1)


ALL_SCORES = -torch.arange(1000)
"""The whole test set's scores, which an answer takes from the notebook."""

RIGHT = {
    check_gain: [
        lambda p, low, t, f: psnr(p.clamp(0, 1), t) - psnr(upsample(low, f).clamp(0, 1), t),
    ],
    check_worst: [
        lambda p, t, k: psnr(p, t).argsort()[:k],
        lambda p, t, k: mse(p, t).topk(k).indices,
        lambda p, t, k: psnr(p.clamp(0, 1), t).argsort()[:k],
    ],
}

WRONG = {
    check_gain: [
        (lambda p, low, t, f: psnr(bicubic(low, f), t) - psnr(p.clamp(0, 1), t), "sign"),
        (lambda p, low, t, f: psnr(p.clamp(0, 1), t), "subtract that of bicubic"),
        (lambda p, low, t, f: psnr(bicubic(low, f), t), "subtract it from"),
        (lambda p, low, t, f: psnr(p.clamp(0, 1), t) / psnr(bicubic(low, f), t), "ratio"),
        (lambda p, low, t, f: psnr(p.clamp(0, 1), t) - psnr(upsample(low, f), t), "Bicubic is not clipped"),
        (lambda p, low, t, f: psnr(p, t) - psnr(bicubic(low, f), t), "prediction is not clipped"),
        (lambda p, low, t, f: psnr(p, t) - psnr(upsample(low, f), t), "Neither is clipped"),
        (lambda p, low, t, f: psnr(p.clamp(0, 1), t) - psnr(upsample(low, f, "nearest").clamp(0, 1), t), "nearest"),
        (lambda p, low, t, f: (psnr(p.clamp(0, 1), t) - psnr(bicubic(low, f), t)).mean(), "one number"),
        (
            lambda p, low, t, f: psnr(p.clamp(0, 1), t) - psnr(bicubic(low, 2), t),
            r"enlarges by 2, whatever the factor: upsample\(low, factor\)",
        ),
        (lambda p, low, t, f: psnr(p.clamp(0, 1), t) - psnr(round_trip(t, f).clamp(0, 1), t), "use low as it is given"),
        (lambda p, low, t, f: psnr(p.clamp(0, 1), t) - psnr(round_trip(t, 2).clamp(0, 1), t), "use low as it is given"),
        (
            lambda p, low, t, f: psnr(p.clamp(0, 1), t) - psnr(F.interpolate(low, None, f, "bicubic").clamp(0, 1), t),
            r"use upsample\(low, factor\)",
        ),
        (
            lambda p, low, t, f: psnr(p.clamp(0, 1), t) - 2 * psnr(bicubic(low, f), t),
            "differ from the clipped prediction's PSNR",
        ),
        (lambda p, low, t, f: psnr(p.clamp(0, 1), t) - psnr(bicubic(low, 4), t), r"enlarges by 4, whatever the factor"),
        (lambda p, low, t, f: p - bicubic(low, f), "shape should be"),
    ],
    check_worst: [
        (lambda p, t, k: psnr(p, t).argsort(descending=True)[:k], "best digits"),
        (lambda p, t, k: psnr(p, t).argsort()[-k:], "best digits"),
        (lambda p, t, k: psnr(p, t).sort().values[:k], "PSNRs; their positions"),
        (lambda p, t, k: psnr(p, t).argsort()[1 : k + 1], "off by one"),
        (lambda p, t, k: psnr(p, t).argsort()[:k] + 1, "counts from 1"),
        (lambda p, t, k: psnr(p, t).argsort()[:k].flip(0), "worst should come first"),
        (lambda p, t, k: psnr(p, t).argsort(), "shape should be"),
        (lambda p, t, k: (p - t).abs().mean((1, 2, 3)).topk(k).indices, "mean absolute error"),
        (lambda p, t, k: (p - t).abs().amax((1, 2, 3)).topk(k).indices, "largest error"),
        (lambda p, t, k: ALL_SCORES.argsort()[:k], "from outside the function"),
        (lambda p, t, k: psnr(p, t).argsort()[3 : k + 3], "from outside the function"),
        (lambda p, t, k: ssim(p, t).argsort()[:k], "11 pixels"),
        (lambda p, t, k: torch.arange(k), "first digits of the batch"),
        (lambda p, t, k: psnr(p, t).argsort()[:k].float(), "whole numbers"),
    ],
}

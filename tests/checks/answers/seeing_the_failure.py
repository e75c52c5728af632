"""Answers to the exercises of "Seeing the failure": right ones, and wrong ones with the words they must hear."""

import torch.nn.functional as F

from mnist_sr_helpers import check_gain, psnr, round_trip, upsample


def bicubic(low, f):
    return upsample(low, f).clamp(0, 1)


RIGHT = {
    check_gain: [
        lambda p, low, t, f: psnr(p.clamp(0, 1), t) - psnr(upsample(low, f).clamp(0, 1), t),
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
}

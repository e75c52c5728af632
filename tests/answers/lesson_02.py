"""Answers to the exercises of lesson 02: right ones, and wrong ones with the words they must hear."""

import torch

from mnist_sr_helpers import check_psnr, check_residual, psnr, upsample


def mse(prediction, target):
    return (prediction - target).square().mean((1, 2, 3))


def bicubic(low, f):
    return upsample(low, f).clamp(0, 1)


RIGHT = [
    (check_psnr, lambda p, t: -10 * torch.log10(mse(p, t))),
    (check_psnr, lambda p, t: 20 * torch.log10(1 / mse(p, t).sqrt())),
    (check_psnr, psnr),
    (check_residual, lambda body, y, f: upsample(y, f) + body(upsample(y, f))),
]

WRONG = [
    (check_psnr, lambda p, t: -10 * torch.log10((p - t).square().mean()), "one number"),
    (check_psnr, lambda p, t: 10 * torch.log10(mse(p, t)), "sign"),
    (check_psnr, mse, "mean squared error; PSNR"),
    (check_psnr, lambda p, t: -10 * torch.log(mse(p, t)), "natural logarithm"),
    (check_psnr, lambda p, t: -20 * torch.log10(mse(p, t)), "20 goes with its root"),
    (check_psnr, lambda p, t: -10 * torch.log10(mse(p, t).sqrt()), "10 goes with the squared"),
    (check_psnr, lambda p, t: 10 * torch.log10(255**2 / mse(p, t)), "not 255"),
    (check_psnr, lambda p, t: -10 * torch.log10((p - t).square().sum((1, 2, 3))), "average"),
    (check_psnr, lambda p, t: -torch.log10(mse(p, t)), "bel"),
    (check_psnr, lambda p, t: torch.zeros(5), "equal"),
    (check_psnr, lambda p, t: -10 * torch.log10((p - t).square()), "shape should be"),
    (check_residual, lambda body, y, f: body(upsample(y, f)), "output alone"),
    (check_residual, lambda body, y, f: upsample(y, f), "enlargement alone"),
    (check_residual, lambda body, y, f: upsample(y, f) - body(upsample(y, f)), "subtracts"),
    (check_residual, lambda body, y, f: (upsample(y, f) + body(upsample(y, f))).clamp(0, 1), "clips"),
    (check_residual, lambda body, y, f: upsample(y + body(y), f), "small picture"),
    (check_residual, lambda body, y, f: y + body(y), "shape should be"),
    (
        check_residual,
        lambda body, y, f: upsample(y, f, "nearest") + body(upsample(y, f, "nearest")),
        "bicubic is wanted",
    ),
]

"""Answers to the exercises of "SimpleSR": right ones, and wrong ones with the words they must hear."""

import torch
import torch.nn.functional as F

from mnist_sr_helpers import check_psnr, check_residual, psnr, upsample


def mse(prediction, target):
    return (prediction - target).square().mean((1, 2, 3))


def bicubic(low, f):
    return upsample(low, f).clamp(0, 1)


def in_place(body, y, f):
    b = upsample(y, f)
    b += body(b)
    return b


def without_gradients(body, y, f):
    with torch.no_grad():
        b = upsample(y, f)
        return b + body(b)


def with_torchs_bicubic(body, y, f):
    b = F.interpolate(y, scale_factor=f, mode="bicubic")
    return b + body(b)


RIGHT = {
    check_psnr: [
        lambda p, t: -10 * torch.log10(mse(p, t)),
        lambda p, t: 20 * torch.log10(1 / mse(p, t).sqrt()),
        psnr,
    ],
    check_residual: [
        lambda body, y, f: upsample(y, f) + body(upsample(y, f)),
        lambda body, y, f: upsample(y, f).add_(body(upsample(y, f))),
    ],
}

WRONG = {
    check_psnr: [
        (lambda p, t: -10 * torch.log10((p - t).square().mean()), "one number"),
        (lambda p, t: 10 * torch.log10(mse(p, t)), "sign"),
        (mse, r"mean squared error; PSNR is 10 log10\(1 / MSE\)"),
        (lambda p, t: -10 * torch.log(mse(p, t)), "natural logarithm"),
        (lambda p, t: -20 * torch.log10(mse(p, t)), "20 goes with its root"),
        (lambda p, t: -10 * torch.log10(mse(p, t).sqrt()), "10 goes with the squared"),
        (lambda p, t: 10 * torch.log10(255**2 / mse(p, t)), "not 255"),
        (lambda p, t: -10 * torch.log10((p - t).square().sum((1, 2, 3))), "average"),
        (lambda p, t: -torch.log10(mse(p, t)), "bel"),
        (lambda p, t: -10 * torch.log10((p - t).abs().mean((1, 2, 3))), "absolute error"),
        (lambda p, t: -20 * torch.log10((p - t).abs().mean((1, 2, 3))), "absolute error"),
        (lambda p, t: -10 * torch.log10((p - t).square()).mean((1, 2, 3)), "PSNR of each pixel"),
        (lambda p, t: -9 * torch.log10(mse(p, t)), r"10 log10\(1 / MSE\)"),
        (lambda p, t: torch.zeros(5), "equal"),
        (lambda p, t: -10 * torch.log10((p - t).square()), "shape should be"),
    ],
    check_residual: [
        (lambda body, y, f: body(upsample(y, f)), "output alone"),
        (lambda body, y, f: upsample(y, f), "enlargement alone"),
        (lambda body, y, f: upsample(y, f) - body(upsample(y, f)), "subtracts"),
        (lambda body, y, f: (upsample(y, f) + body(upsample(y, f))).clamp(0, 1), "clips"),
        (lambda body, y, f: upsample(y + body(y), f), "small picture"),
        (in_place, "in place"),
        (without_gradients, "no gradient reaches the body"),
        (lambda body, y, f: upsample(y, f) + body(upsample(y, f)).detach(), "no gradient reaches the body"),
        (lambda body, y, f: (upsample(y, f) + body(upsample(y, f))).data, "no gradient reaches the body"),
        (with_torchs_bicubic, r"use upsample\(y, factor\)"),
        (lambda body, y, f: upsample(y, f) + body(upsample(y, f), f), "extra argument"),
        (lambda body, y, f: upsample(y, f) + body(upsample(y, f), factor=f), "extra argument"),
        (lambda body, y, f: bicubic(y, f) + body(bicubic(y, f)), "clips the enlargement"),
        (lambda body, y, f: upsample(y, f) + 2 * body(upsample(y, f)), "differ from the bicubic"),
        (lambda body, y, f: y + body(y), "shape should be"),
        (lambda body, y, f: upsample(y, f, "nearest") + body(upsample(y, f, "nearest")), "bicubic is wanted"),
    ],
}

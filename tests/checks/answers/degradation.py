"""Answers to the exercises of "Degradation": right ones, and wrong ones with the words they must hear."""

import torch
import torch.nn.functional as F

from mnist_sr_helpers import check_downsample_area, check_to_bytes


def blocks(x, factor):
    n, channels, height, width = x.shape
    return x.reshape(n, channels, height // factor, factor, width // factor, factor)


def in_place(x, f):
    x *= 1.0
    x += 1
    return F.avg_pool2d(x - 1, f)


def short_blocks(x, f):
    low = torch.zeros(*x.shape[:2], x.shape[2] // f, x.shape[3] // f)
    for i in range(low.shape[2]):
        for j in range(low.shape[3]):
            low[:, :, i, j] = x[:, :, i * f : (i + 1) * f - 1, j * f : (j + 1) * f - 1].mean((2, 3))
    return low


def loop_to_28(x, f):
    low = torch.zeros(len(x), 1, 28 // f, 28 // f)
    for i in range(28 // f):
        for j in range(28 // f):
            low[:, :, i, j] = x[:, :, i * f : (i + 1) * f, j * f : (j + 1) * f].mean((2, 3))
    return low


def far_apart(x, f):
    n, channels, height, width = x.shape
    return x.reshape(n, channels, f, height // f, f, width // f)


RIGHT = {
    check_downsample_area: [
        lambda x, f: blocks(x, f).mean((3, 5)),
        F.avg_pool2d,
        lambda x, f: F.interpolate(x, scale_factor=1 / f, mode="area"),
        lambda x, f: blocks(x, f).mean((3, 5)).numpy(),
    ],
    check_to_bytes: [
        lambda x: (x.clamp(0, 1) * 255).round().byte(),
        lambda x: (x.clamp(0, 1) * 255 + 0.5).floor().byte(),
        lambda x: (x * 255).round().clamp(0, 255).to(torch.uint8),
    ],
}

WRONG = {
    check_downsample_area: [
        (lambda x, f: torch.zeros_like(F.avg_pool2d(x, f)), "only zeros"),
        (lambda x, f: x[..., ::f, ::f], "keeps one pixel"),
        (lambda x, f: blocks(x, f).sum((3, 5)), "adds up"),
        (lambda x, f: blocks(x, f).sum((3, 5)) / f, "factor \\* factor pixels"),
        (lambda x, f: x.reshape(*x.shape[:2], x.shape[2] // f, x.shape[3] // f, f, f).mean((4, 5)), "in memory"),
        (lambda x, f: F.avg_pool2d(x.roll((1, 1), (2, 3)), f), "off by one"),
        (lambda x, f: F.avg_pool2d(x, f).transpose(-1, -2), "shape should be"),
        (lambda x, f: F.avg_pool2d(x.transpose(-1, -2), f).reshape(F.avg_pool2d(x, f).shape), "differ|transposed"),
        (lambda x, f: blocks(x, f).mean((3, 5)).clamp(0, 1), "clips"),
        (lambda x, f: blocks(x.clamp(0, 1), f).mean((3, 5)), "clips"),
        (lambda x, f: far_apart(x, f).mean((2, 4)), r"\(height // factor, factor\)"),
        (lambda x, f: far_apart(x, f).mean((3, 5)), "average over the dimensions of length factor"),
        (lambda x, f: blocks(x, f).mean((2, 4)), "average over the dimensions of length factor"),
        (lambda x, f: x.reshape(len(x), 1, 28 // f, f, 28 // f, f).mean((3, 5)), "x is 8 x 12 here, not 28 x 28"),
        (lambda x, f: F.interpolate(F.avg_pool2d(x, f), (28 // f, 28 // f)), "x is 8 x 12 here, not 28 x 28"),
        (lambda x, f: x.reshape(len(x), 1, 14, 2, 14, 2).mean((3, 5)), "x is 8 x 12 here, not 28 x 28"),
        (loop_to_28, "x is 8 x 12 here, not 28 x 28"),
        (short_blocks, "one pixel too short"),
        (F.max_pool2d, "largest pixel of each block"),
        (lambda x, f: F.avg_pool2d(x, f) * 0.9, "differ from the averages"),
        (lambda x, f: torch.full_like(F.avg_pool2d(x, f), 0.5), "equal"),
        (lambda x, f: F.avg_pool2d(x, 2), "2 x 2, whatever the factor"),
        (lambda x, f: F.avg_pool2d(x, 4), "4 x 4, whatever the factor"),
        (lambda x, f: (F.avg_pool2d(x, f) * 255).byte(), "should be float"),
        (lambda x, f: x[0, 0, 0, 0].item(), "it is \\(\\)"),
        (in_place, "changes the tensor"),
    ],
    check_to_bytes: [
        (lambda x: (x * 255).to(torch.int64).remainder(256).byte(), "wraps"),
        (lambda x: (x.clamp(0, 1) * 255).byte(), "cuts the fraction"),
        (lambda x: (x.clamp(0, 1) * 256).clamp(max=255).byte(), "255, not 256"),
        (lambda x: (x.clamp(0, 1) * 255).round(), "type should be torch.uint8"),
        (lambda x: (x.clamp(0, 255) * 255).byte(), "wraps: 1.3 should become 255, yours gives 75"),
        (lambda x: (x.clamp(0, 1) * 255).ceil().byte(), "rounds up: .* should become .*, yours gives"),
        (lambda x: (x.clamp(0, 1) * 256).to(torch.int64).byte(), "255, not 256: .* should become"),
        (lambda x: (x.clamp(0, 1) * 256).round().clamp(max=255).byte(), "255, not 256: .* should become"),
        (lambda x: (x.clamp(0, 1) * 254).round().byte(), "1.3 should become 255, yours gives 254"),
        (lambda x: x.clamp(0, 1).round().byte(), "above 1"),
        (lambda x: ((x - x.min()) / (x.max() - x.min()) * 255).byte(), "stretches"),
        (lambda x: (x.abs().clamp(0, 1) * 255).round().byte(), "mirrors"),
        (lambda x: (255 - x.clamp(0, 1) * 255).round().byte(), "inverted"),
        (lambda x: (x.clamp(0, 1) * 255).round().byte().flatten(), "shape should stay"),
        (lambda x: torch.zeros_like(x, dtype=torch.uint8), "No level"),
    ],
}

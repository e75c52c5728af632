"""The checks of lesson 01's exercises."""

from collections.abc import Callable

import torch
import torch.nn.functional as F

from .. import pictures
from .judging import NotYet, Verdict, ensure, judge, random_batch, result, same


def check_downsample_area(answer: Callable) -> Verdict:
    """Exercise 1.2: `answer(x, factor)` averages each factor x factor block of (N, 1, H, W)."""

    def properties(answer):
        for factor, (height, width) in ((2, (6, 10)), (7, (28, 14)), (4, (8, 8)), (1, (3, 5))):
            x = random_batch(3, 1, height, width)
            got, want = result(answer, x, factor), F.avg_pool2d(x, factor)
            ensure(
                got.shape == want.shape,
                f"For x of shape {tuple(x.shape)} and factor {factor} the shape should be {tuple(want.shape)}, "
                f"it is {tuple(got.shape)}.",
            )
            ensure(got.is_floating_point(), f"The result should be float, it is {got.dtype}.")
            if same(got, want):
                continue
            ensure(not same(got, torch.zeros_like(want)), "It returns only zeros.")
            ensure(
                not same(got, want * factor**2),
                "It adds up each block; the average divides by factor * factor.",
            )
            ensure(
                not same(got, want * factor),
                "It divides by factor once; a block holds factor * factor pixels.",
            )
            ensure(
                not same(got, x[..., ::factor, ::factor]),
                "It keeps one pixel of each block and drops the others.",
            )
            blocks = x.reshape(3, 1, height // factor, width // factor, factor, factor)
            ensure(
                not same(got, blocks.mean((-2, -1))),
                "It averages pixels that are neighbours in memory, not in the picture: the rows of a block lie "
                "a whole picture's width apart. Reshape to (N, 1, H/factor, factor, W/factor, factor).",
            )
            for shift in ((1, 0), (0, 1), (1, 1), (-1, 0), (0, -1), (-1, -1)):
                moved = F.avg_pool2d(x.roll(shift, (2, 3)), factor)
                ensure(not same(got, moved), "The blocks are off by one pixel.")
            turned = x.transpose(-1, -2)
            if height == width:
                pooled = F.avg_pool2d(turned, factor)
                ensure(not same(got, pooled), "The result is transposed: rows and columns have changed places.")
            ensure(got.std() > 1e-6, "All its values are equal: each block has an average of its own.")
            raise NotYet(f"With factor {factor}, its values differ from the averages of the blocks.")

    return judge(properties, answer, "Each low-resolution pixel is the average of its block.")


def check_to_bytes(answer: Callable) -> Verdict:
    """Exercise 1.1: `answer(x)` turns grey values, overshoot included, into uint8 levels."""

    def properties(answer):
        x = random_batch(9, 9) * 1.6 - 0.3
        x[0, 0], x[0, 1], x[0, 2], x[1, 1] = -0.02, 1.02, 0.999, 0.5
        got, want = result(answer, x), torch.from_numpy(pictures.to_pixels(x))
        ensure(got.shape == x.shape, f"The shape should stay {tuple(x.shape)}, it is {tuple(got.shape)}.")
        ensure(got.dtype == torch.uint8, f"The type should be torch.uint8, it is {got.dtype}.")
        if got.equal(want):
            return
        whole = (x * 255).to(torch.int64)
        wrapped = [whole % 256, (x * 255).round().to(torch.int64) % 256]
        ensure(
            all(not got.equal(w.to(torch.uint8)) for w in wrapped),
            f"It wraps: -0.02 becomes {got[0, 0]} and 1.02 becomes {got[0, 1]}. Clip to [0, 1] first.",
        )
        clipped = x.clamp(0, 1)
        ensure(not got.equal((clipped * 255).byte()), "It cuts the fraction off: 0.999 becomes 254. Round first.")
        ensure(
            not got.equal((clipped * 256).clamp(max=255).byte()),
            "The largest level is 255: scale by 255, not 256.",
        )
        ensure(got.max() > 1, "No level is above 1: scale by 255 before the conversion.")
        stretched = (x - x.min()) / (x.max() - x.min())
        ensure(
            (got.int() - (stretched * 255).int()).abs().max() > 1,
            "It stretches the values to the full range, so two pictures can't be compared. Clip instead.",
        )
        ensure(
            (got.int() - (x.abs().clamp(0, 1) * 255).int()).abs().max() > 1,
            "It mirrors negative values: -0.3 should become 0, not 76.",
        )
        ensure(
            (got.int() - (255 - want.int())).abs().max() > 1,
            "It is inverted: 0 is black and 255 is white.",
        )
        raise NotYet("Its levels differ from clipping to [0, 1], scaling by 255 and rounding.")

    return judge(properties, answer, "Clipped, scaled and rounded: no white patches.")

"""The checks of "Degradation"'s exercises."""

from collections.abc import Callable

import torch
import torch.nn.functional as F

from ..pictures.grid import to_pixels
from .judging import NotYet, Verdict, ensure, judge, random_batch, result, same


def right_at(answer: Callable, height: int, width: int, factor: int) -> bool:
    """Does `answer` average the blocks of pictures of this size?"""
    x = random_batch(3, 1, height, width)
    try:
        return same(result(answer, x, factor), F.avg_pool2d(x, factor))
    except Exception:
        return False


def ensure_general(answer: Callable, height: int, width: int, factor: int) -> None:
    """Raise NotYet if `answer`, wrong at these, is right at 28 x 28 only or at one factor only."""
    right = [other for other in (2, 4) if right_at(answer, 8, 12, other)]
    for other in right:
        ensure(len(right) == 2 or other == factor, f"Its blocks are {other} x {other}, whatever the factor.")
    ensure(
        right or not any(right_at(answer, 28, 28, other) for other in (2, 4, 7)),
        f"x is {height} x {width} here, not 28 x 28: take the sides from x.shape.",
    )


def averaged(x: torch.Tensor, dim: int, factor: int, apart: bool) -> torch.Tensor:
    """Averages of runs of `factor` neighbours along `dim`, or, `apart`, of values as far apart as can be."""
    length = x.shape[dim] // factor
    if apart:
        return x.unflatten(dim, (factor, length)).mean(dim)
    return x.unflatten(dim, (length, factor)).mean(dim + 1)


def check_downsample_area(answer: Callable) -> Verdict:
    """Exercise 2: `answer(x, factor)` averages each factor x factor block of (N, 1, H, W)."""

    def properties(answer):
        # First a factor above 2 and sides apart: at 2 x 2 pixels a block, different faults look alike.
        for factor, (height, width) in ((4, (8, 12)), (2, (6, 10)), (7, (28, 14)), (4, (8, 8)), (1, (3, 5))):
            x = random_batch(3, 1, height, width) + torch.tensor([-1.0, 0, 1]).view(3, 1, 1, 1)
            want = F.avg_pool2d(x, factor)
            try:
                got = result(answer, x, factor)
            except (NotYet, RuntimeError, ValueError, IndexError):
                ensure_general(answer, height, width, factor)
                raise
            split = (
                "Split the rows as (height // factor, factor), in this order, and the columns likewise; then "
                "average over the dimensions of length factor."
            )
            if got.shape != want.shape:
                ensure_general(answer, height, width, factor)
                raise NotYet(
                    f"For x of shape {tuple(x.shape)} and factor {factor} the shape should be {tuple(want.shape)}, "
                    f"it is {tuple(got.shape)}. " + split * (got.shape == (3, 1, factor, factor))
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
                not same(got, want.clamp(0, 1)) and not same(got, F.avg_pool2d(x.clamp(0, 1), factor)),
                "It clips to [0, 1]: here x lies partly outside, and so do its averages.",
            )
            ensure(
                not same(got, F.max_pool2d(x, factor)),
                "It takes the largest pixel of each block; the average is wanted.",
            )
            ensure(
                not same(got, x[..., ::factor, ::factor]),
                "It keeps one pixel of each block and drops the others.",
            )
            rows = x.reshape(3, 1, height // factor, factor, width // factor, factor)
            ensure(
                not same(got, rows[:, :, :, :-1, :, :-1].mean((3, 5))),
                "Its blocks are one pixel too short: a slice a:b leaves out b, so a block ends at a + factor.",
            )
            for rows_apart, columns_apart in ((True, True), (True, False), (False, True)):
                apart = averaged(averaged(x, 3, factor, columns_apart), 2, factor, rows_apart)
                ensure(not same(got, apart), f"It averages pixels that lie far apart. {split}")
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
    """Exercise 1: `answer(x)` turns grey values, overshoot included, into uint8 levels."""

    def properties(answer):
        x = ((random_batch(9, 9) * 800).floor() * 2 - 299) / 1000  # -0.299 to 1.299, of three digits, to be quoted
        x[0, 0], x[0, 1], x[0, 2], x[0, 3], x[1, 1] = -0.02, 1.02, 0.999, 1.3, 0.5
        got, want = result(answer, x), torch.from_numpy(to_pixels(x))
        ensure(got.shape == x.shape, f"The shape should stay {tuple(x.shape)}, it is {tuple(got.shape)}.")
        ensure(got.dtype == torch.uint8, f"The type should be torch.uint8, it is {got.dtype}.")
        if got.equal(want):
            return
        place = 3 if got[0, 3] != want[0, 3] else (got.int() - want.int()).abs().argmax()
        level, wanted = got.flatten()[place], want.flatten()[place]
        example = f"{x.flatten()[place]:g} should become {wanted}, yours gives {level}."
        clipped = x.clamp(0, 1)
        unclipped = [255 * values for values in (x, x.clamp(min=0), x.clamp(max=1))]
        wrapped = [way.to(torch.int64) % 256 for values in unclipped for way in (values, values.round())]
        ensure(
            all(not got.equal(w.to(torch.uint8)) for w in wrapped),
            f"It wraps: {example} Clip to [0, 1] before you scale.",
        )
        ensure(not got.equal((clipped * 255).byte()), "It cuts the fraction off: 0.999 becomes 254. Round first.")
        ensure(not got.equal((clipped * 255).ceil().byte()), f"It rounds up: {example} Round to the nearest.")
        larger = [way(clipped * 256) for way in (torch.floor, torch.round, torch.ceil)]
        ensure(
            all(not got.equal(way.clamp(max=255).byte()) and not got.equal((way % 256).byte()) for way in larger),
            f"The largest level is 255: scale by 255, not 256: {example}",
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
        raise NotYet("Its levels differ from clipping to [0, 1], scaling by 255 and rounding: " + example)

    return judge(properties, answer, "Clipped, scaled and rounded: no white patches.")

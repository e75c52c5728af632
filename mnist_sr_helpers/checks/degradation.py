"""The checks of "Degradation"'s exercises."""

import torch
import torch.nn.functional as F

from ..pictures.grid import to_pixels
from .judging import Answer, NotYet, compare, ensure, ensure_shape, is_right, judged, random_batch, result

SPLIT = "Split rows as (height // factor, factor), columns likewise; then average over the dimensions of length factor."
SIZES = ((4, 8, 12), (2, 6, 10), (7, 28, 14), (4, 8, 8), (1, 3, 5))
"""Factor, height, width; first a factor above 2 and sides apart, as in blocks of 2 x 2 different faults look alike."""


@judged("Each low-resolution pixel is the average of its block.", SIZES)
def check_downsample_area(answer: Answer, factor: int, height: int, width: int):
    """Exercise 2: `answer(x, factor)` averages each factor x factor block of (N, 1, H, W)."""
    x = random_batch(3, 1, height, width) + torch.tensor([-1.0, 0, 1]).view(3, 1, 1, 1)
    want = F.avg_pool2d(x, factor)
    try:
        got = result(answer, x, factor)
        words = f"For x of shape {tuple(x.shape)} and factor {factor}"
        ensure_shape(got, want.shape, words, f". {SPLIT}" if got.shape[2:] == (factor, factor) else ".")
    except (NotYet, RuntimeError, ValueError, IndexError):
        ensure_general(answer, height, width, factor)
        raise
    ensure(got.is_floating_point(), f"The result should be float, it is {got.dtype}.")

    def blocks(rows, columns):
        return x.unflatten(3, columns).unflatten(2, rows)

    near, far = (-1, factor), (factor, -1)
    far_apart = [blocks(far, far).mean((2, 4)), blocks(far, near).mean((2, 5)), blocks(near, far).mean((3, 4))]
    too_short = blocks(near, near)[:, :, :, :-1, :, :-1].mean((3, 5))
    in_memory = x.reshape(3, 1, height // factor, width // factor, factor, factor).mean((4, 5))
    shifts = ((1, 0), (0, 1), (1, 1), (-1, 0), (0, -1), (-1, -1))
    clipped = [want.clamp(0, 1), F.avg_pool2d(x.clamp(0, 1), factor)]
    faults = {
        "It returns only zeros.": torch.zeros_like(want),
        "All its values are equal: each block has an average of its own.": got.max().expand_as(got),
        "It adds up each block; the average divides by factor * factor.": want * factor**2,
        "It divides by factor once; a block holds factor * factor pixels.": want * factor,
        "It clips to [0, 1]: here x lies partly outside, and so do its averages.": clipped,
        "It takes the largest pixel of each block; the average is wanted.": F.max_pool2d(x, factor),
        "It keeps one pixel of each block and drops the others.": x[..., ::factor, ::factor],
        "Its blocks are one pixel too short: a slice a:b leaves out b, so a block ends at a + factor.": too_short,
        f"It averages pixels that lie far apart. {SPLIT}": far_apart,
        "It averages pixels that are neighbours in memory, not in the picture: the rows of a block lie a whole "
        "picture's width apart. Reshape to (N, 1, H/factor, factor, W/factor, factor).": in_memory,
        "The blocks are off by one pixel.": [F.avg_pool2d(x.roll(shift, (2, 3)), factor) for shift in shifts],
        "The result is transposed: rows and columns have changed places.": want.mT,
        f"With factor {factor}, its values differ from the averages of the blocks.": True,
    }
    compare(got, want, faults)


def ensure_general(answer: Answer, height: int, width: int, factor: int) -> None:
    """Raise NotYet if `answer`, wrong at these, is right at 28 x 28 only or at one factor only."""

    def right_at(height, width, factors):
        x = random_batch(3, 1, height, width)
        return [other for other in factors if is_right(answer, (x, other), F.avg_pool2d(x, other))]

    right = right_at(8, 12, (2, 4))
    if len(right) == 1:
        ensure(right == [factor], f"Its blocks are {right[0]} x {right[0]}, whatever the factor.")
    only_28 = not right and right_at(28, 28, (2, 4, 7))
    ensure(not only_28, f"x is {height} x {width} here, not 28 x 28: take the sides from x.shape.")


@judged("Clipped, scaled and rounded: no white patches.")
def check_to_bytes(answer: Answer):
    """Exercise 1: `answer(x)` turns grey values, overshoot included, into uint8 levels."""
    x = ((random_batch(9, 9) * 800).floor() * 2 - 299) / 1000  # -0.299 to 1.299, of three digits, to be quoted
    x[0, 0], x[0, 1], x[0, 2], x[0, 3], x[1, 1] = -0.02, 1.02, 0.999, 1.3, 0.5
    got, want = result(answer, x), torch.from_numpy(to_pixels(x))
    ensure_shape(got, x.shape, verb="stay")
    ensure(got.dtype == torch.uint8, f"The type should be torch.uint8, it is {got.dtype}.")
    worst = 3 if got[0, 3] != want[0, 3] else (got.int() - want.int()).abs().argmax()
    level, wanted = got.flatten()[worst], want.flatten()[worst]
    example = f"{x.flatten()[worst]:g} should become {wanted}, yours gives {level}."
    clipped = 255 * x.clamp(0, 1)
    unclipped = [255 * values for values in (x, x.clamp(min=0), x.clamp(max=1))]
    wrapped = [levels.to(torch.int64) % 256 for values in unclipped for levels in (values, values.round())]
    larger = [way(256 * x.clamp(0, 1)) for way in (torch.floor, torch.round, torch.ceil)]
    larger = [end for levels in larger for end in (levels.clamp(max=255), levels % 256)]

    def rounds(levels):
        return bool((got - levels).abs().max() <= 1)

    stretched = rounds(255 * (x - x.min()) / (x.max() - x.min()))
    faults = {
        f"It wraps: {example} Clip to [0, 1] before you scale.": wrapped,
        "It cuts the fraction off: 0.999 becomes 254. Round first.": clipped.floor(),
        f"It rounds up: {example} Round to the nearest.": clipped.ceil(),
        f"The largest level is 255: scale by 255, not 256: {example}": larger,
        "No level is above 1: scale by 255 before the conversion.": bool(got.max() <= 1),
        "It stretches the values to the full range, so two pictures can't be compared. Clip instead.": stretched,
        "It mirrors negative values: -0.3 should become 0, not 76.": rounds(255 * x.abs().clamp(0, 1)),
        "It is inverted: 0 is black and 255 is white.": rounds(255 - clipped),
        f"Its levels differ from clipping to [0, 1], scaling by 255 and rounding: {example}": True,
    }
    compare(got, want, faults, 0)

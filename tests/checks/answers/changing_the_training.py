"""Answers to the exercises of "Changing the training": right ones, and wrong ones with the words they must hear."""

import math

import torch
import torch.nn.functional as F

from mnist_sr_helpers import check_move, check_paired_interval

ENDS = torch.tensor([0.025, 0.975])


def padded(x, right, down):
    height, width = x.shape[-2:]
    right, down = max(-width, min(width, right)), max(-height, min(height, down))
    wide = F.pad(x, (width, width, height, height))
    return wide[..., height - down : 2 * height - down, width - right : 2 * width - right]


def sliced(x, right, down):
    height, width = x.shape[-2:]
    result = torch.zeros_like(x)
    if abs(right) >= width or abs(down) >= height:
        return result
    to = (..., slice(max(down, 0), height + min(down, 0)), slice(max(right, 0), width + min(right, 0)))
    source = (..., slice(max(-down, 0), height + min(-down, 0)), slice(max(-right, 0), width + min(-right, 0)))
    result[to] = x[source]
    return result


def rolled(x, right, down):
    result = x.roll((down, right), (2, 3))
    rows = torch.arange(x.shape[2])[:, None] - down
    columns = torch.arange(x.shape[3]) - right
    inside = (rows >= 0) & (rows < x.shape[2]) & (columns >= 0) & (columns < x.shape[3])
    return result * inside


def in_place(x, right, down):
    x[..., :1, :1] = 0
    return padded(x, right, down)


def only_positive(x, right, down):
    result = torch.zeros_like(x)
    result[..., down:, right:] = x[..., : x.shape[2] - down, : x.shape[3] - right]
    return result


def repeated(x, right, down):
    rows = (torch.arange(x.shape[2]) - down).clamp(0, x.shape[2] - 1)
    columns = (torch.arange(x.shape[3]) - right).clamp(0, x.shape[3] - 1)
    return x[..., rows, :][..., columns]


def white_comes_in(x, right, down):
    return padded(x, right, down) + (padded(torch.ones_like(x), right, down) == 0)


def first_only(x, right, down):
    result = torch.zeros_like(x)
    result[0, 0] = padded(x, right, down)[0, 0]
    return result


def of_28(x, right, down):
    wide = F.pad(x, (28, 28, 28, 28))
    return wide[..., 28 - down : 56 - down, 28 - right : 56 - right]


def negative_pads(x, right, down):
    return F.pad(x, (right, -right, down, -down))


def means(values, generator, draws=1000, size=None):
    size = size or len(values)
    return torch.stack([values[torch.randint(len(values), (size,), generator=generator)].mean() for _ in range(draws)])


def paired(a, b, generator):
    return means(a - b, generator).quantile(ENDS)


def same_positions(a, b, generator):
    positions = torch.randint(len(a), (2000, len(a)), generator=generator)
    return (a[positions].mean(1) - b[positions].mean(1)).quantile(ENDS)


def sorted_means(a, b, generator):
    ordered = (a - b)[torch.randint(len(a), (1000, len(a)), generator=generator)].mean(1).sort().values
    return torch.stack([ordered[25], ordered[974]]).numpy()


def apart(a, b, generator):
    return (means(a, generator) - means(b, generator)).quantile(ENDS)


def without_replacement(a, b, generator):
    gap = a - b
    draws = [gap[torch.randperm(len(gap), generator=generator)].mean() for _ in range(1000)]
    return torch.stack(draws).quantile(ENDS)


def standard_error(a, b, generator):
    gap, half = (a - b).mean(), (a - b).std() / math.sqrt(len(a))
    return torch.stack([gap - half, gap + half])


def formula(a, b, generator):
    gap, half = (a - b).mean(), 1.96 * (a - b).std() / math.sqrt(len(a))
    return torch.stack([gap - half, gap + half])


def centred_on_the_mean(a, b, generator):
    middle, half = (a - b).mean(), 1.96 * means(a - b, generator).std()
    return torch.stack([middle - half, middle + half])


def drawn(a, b, generator, least=0, most=None, shape=None, axis=1):
    """The exercise's solution, with its slips to choose from."""
    count = len(a)
    positions = torch.randint(
        least, count if most is None else count + most, shape or (1000, count), generator=generator
    )
    return (a - b)[positions].mean(axis).quantile(ENDS)


RIGHT = {
    check_move: [
        padded,
        sliced,
        rolled,
        lambda x, r, d: padded(x, r, d).numpy(),
    ],
    check_paired_interval: [
        paired,
        same_positions,
        sorted_means,
        drawn,
        lambda a, b, g: drawn(a, b, g, shape=(len(a), 1000), axis=0),
    ],
}

WRONG = {
    check_move: [
        (lambda x, r, d: x.roll((d, r), (2, 3)), r"torch\.roll"),
        (lambda x, r, d: torch.zeros_like(x), "only zeros"),
        (lambda x, r, d: x.clone(), "nothing moves"),
        (lambda x, r, d: padded(x, -r, -d), "the other way"),
        (lambda x, r, d: padded(x, -r, d), "to the left for a positive right"),
        (lambda x, r, d: padded(x, r, -d), "up for a positive down"),
        (lambda x, r, d: padded(x, d, r), "changed places: the last dimension"),
        (lambda x, r, d: padded(x, abs(r), abs(d)), "to the left|up for|the other way|differ"),
        (repeated, "repeated"),
        (white_comes_in, "isn't black"),
        (lambda x, r, d: padded(x, r + 1, d), "off by one"),
        (lambda x, r, d: padded(x, r, d - 1), "off by one"),
        (lambda x, r, d: padded(x, r, d).roll(1, 0), "batch have changed places"),
        (lambda x, r, d: F.pad(x, (abs(r), 0, abs(d), 0)), "shape should stay.*cut off"),
        (lambda x, r, d: padded(x, r, d)[0, 0], "the batch is missing"),
        (lambda x, r, d: padded(x, r, d)[:1], "the batch is missing"),
        (first_only, "Only the first picture"),
        (of_28, "result is 28 x 28, the pictures here are 7 x 9"),
        (negative_pads, r"7 x 9, right = 11, down = 0: Your function raised RuntimeError"),
        (only_positive, "raised RuntimeError|differ"),
        (in_place, "changes the tensor"),
        (lambda x, r, d: padded(x, r, d)[0, 0, 0, 0].item(), "returns float"),
    ],
    check_paired_interval: [
        (lambda a, b, g: paired(b, a, g), "sign is wrong"),
        (apart, "draws the digits of a and b apart"),
        (without_replacement, "with replacement"),
        (standard_error, "68 in 100"),
        (formula, "below every single difference"),
        (centred_on_the_mean, "below every single difference"),
        (lambda a, b, g: drawn(a, b, g, most=-1), "last digit is never drawn"),
        (lambda a, b, g: drawn(a, b, g, least=1), "first digit is never drawn"),
        (lambda a, b, g: drawn(a, b, None), "pass generator=generator"),
        (lambda a, b, g: drawn(a, b, g.manual_seed(0)), "of different seeds"),
        (lambda a, b, g: drawn(a, b, g, shape=(100, len(a))), "1,000 draws"),
        (lambda a, b, g: drawn(a, b, g, axis=0), "not over the draws"),
        (lambda a, b, g: drawn(a, b, g, axis=(0, 1)), "not one of all"),
        (lambda a, b, g: drawn(a, b, g, shape=(1000, 100)), "as many digits as there are"),
        (lambda a, b, g: drawn(a, b, g, shape=(1000, 1000)), "as many digits as there are"),
        (lambda a, b, g: (a - b).quantile(ENDS), "spread of single digits"),
        (lambda a, b, g: means(a - b, g).quantile(ENDS.flip(0)), "ends have changed places"),
        (lambda a, b, g: means(a - b, g), "shape should be"),
        (lambda a, b, g: means(a - b, g).mean(), "one number"),
        (lambda a, b, g: means(a, g).quantile(ENDS), "one network.s scores"),
        (lambda a, b, g: means(a - b, g).sort().values[[0, -1]], "too wide"),
        (lambda a, b, g: means(a - b, g, size=2 * len(a)).quantile(ENDS), "too narrow"),
        (lambda a, b, g: paired(a, b, g) + 1, "Its middle is"),
        (lambda a, b, g: torch.zeros(2), "nearly equal"),
        (lambda a, b, g: tuple(paired(a, b, g).tolist()), "returns tuple"),
    ],
}

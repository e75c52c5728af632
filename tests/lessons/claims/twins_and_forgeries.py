"""The results that "Twins and forgeries" states in prose."""

from functools import cache

import torch

from mnist_sr_helpers import (
    downsample,
    forge,
    load_digits,
    load_results,
    nearest_of_class,
    read_digits,
)
from mnist_sr_helpers.explorers.forger import deviation, forgeries

from .measuring import Claim, all_digits, closest_pair, identified, left, small_digits, test_digits

# Twins, in the full run


def near(factor: int, count: int, kind: str, what: str = "share") -> float:
    return load_results("trial")["parts"]["near"][f"x{factor}, {count} digits, {kind}"][what]


def more_with_more_digits() -> bool:
    """Does the share never fall and the least distance never grow with the digits searched, at any factor?"""
    counts, factors = (600, 6000, 60000), (2, 4, 7, 14)
    for factor in factors:
        for kind in ("any class", "another class"):
            shares, least = ([near(factor, count, kind, what) for count in counts] for what in ("share", "least"))
            if shares != sorted(shares) or least != sorted(least, reverse=True):
                return False
    return near(7, 600, "any class") < near(7, 60000, "any class") / 3


# Twins, in the sample


def usually_apart(factor: int) -> float:
    """The median distance of two test digits in low resolution, RMS, in grey levels."""
    y = small_digits(factor).flatten(1)
    return 255 * torch.pdist(y).median().item() / y.shape[1] ** 0.5


@cache
def nearest_pair(factor: int) -> tuple[float, float, list[int]]:
    """The nearest two of the 6,000 digits, of any class: apart when small, apart in full, their classes."""
    images, labels = all_digits()
    small = downsample(images, factor).flatten(1).double()
    distances = torch.cdist(small, small).fill_diagonal_(torch.inf)
    pair = list(divmod(distances.argmin().item(), len(images)))
    return distances.min().item() * 255 / small.shape[1] ** 0.5, in_full(pair), labels[pair].tolist()


def in_full(pair: list[int]) -> float:
    return 255 * all_digits()[0][pair].diff(dim=0).square().mean().sqrt().item()


def two_ones() -> float:
    """Of the nearest pair at x4, if it is two ones, how far apart they are when small."""
    apart, _, classes = nearest_pair(4)
    return apart if classes == [1, 1] else torch.inf


def three_and_one() -> float:
    """The same of the closest pair of different classes at x7, if it is a 3 and a 1."""
    apart, *pair = closest_pair(7)
    return apart if sorted(all_digits()[1][pair].tolist()) == [1, 3] else torch.inf


# The Forger


@cache
def forger(factor: int, steps: int = 200) -> tuple[float, float]:
    """On 300 test digits: how often the lie is read, and the median of the largest deviation in grey levels."""
    train, test = load_digits(), test_digits()
    x, labels = test.images[:300], test.labels[:300]
    lies = (labels + torch.randint(1, 10, (300,), generator=torch.Generator().manual_seed(0))) % 10
    y = downsample(x, factor)
    forged = forge(train.images[nearest_of_class(y, lies, *train, factor)], y, factor, steps)
    deviation = 255 * (downsample(forged, factor) - y).abs().amax((1, 2, 3)).median()
    return (read_digits(forged) == lies).double().mean().item(), deviation.item()


def read_as_forged(factor: int) -> list[int]:
    """What the classifier reads in the ten lies about the lesson's 5."""
    return [int(read_digits(forgery.estimate)) for forgery in forgeries(5, factor)]


CLAIMS = {
    "twins_and_forgeries.share-x2": Claim(lambda: near(2, 60000, "any class"), 0, 0),
    "twins_and_forgeries.share-x4": Claim(lambda: near(4, 60000, "any class"), 0.0138, 0.0148),
    "twins_and_forgeries.share-x7": Claim(lambda: near(7, 60000, "any class"), 0.095, 0.105),
    "twins_and_forgeries.share-x14": Claim(lambda: near(14, 60000, "any class"), 0.99, 1),
    "twins_and_forgeries.across-x4": Claim(lambda: near(4, 60000, "another class"), 0, 0),
    "twins_and_forgeries.across-x7": Claim(lambda: near(7, 60000, "another class"), 0.0045, 0.006),
    "twins_and_forgeries.least-x2": Claim(lambda: near(2, 60000, "any class", "least"), 4.05, 4.15),
    "twins_and_forgeries.falls": Claim(more_with_more_digits, 1, 1),
    "twins_and_forgeries.apart-x2": Claim(lambda: usually_apart(2), 76, 84),
    "twins_and_forgeries.apart-x14": Claim(lambda: usually_apart(14), 16, 18.5),
    "twins_and_forgeries.ten-x2": Claim(lambda: near(2, 60000, "any class", "below 10"), 0.068, 0.078),
    "twins_and_forgeries.ten-x7": Claim(lambda: near(7, 60000, "any class", "below 10"), 0.88, 0.9),
    "twins_and_forgeries.pair-x2": Claim(lambda: nearest_pair(2)[0] / nearest_pair(2)[1], 0.5, 0.58),
    "twins_and_forgeries.pair-x4": Claim(two_ones, 2.25, 2.35),
    "twins_and_forgeries.pair-x4-full": Claim(lambda: nearest_pair(4)[1], 12.5, 13.5),
    "twins_and_forgeries.pair-x7": Claim(three_and_one, 2.4, 2.6),
    "twins_and_forgeries.pair-x14": Claim(lambda: closest_pair(14)[0], 0.15, 0.25),
    "twins_and_forgeries.left-edsr-x2": Claim(lambda: left("edsr", 2), 0.0075, 0.0105),
    "twins_and_forgeries.left-edsr-x4": Claim(lambda: left("edsr", 4), 0.045, 0.055),
    "twins_and_forgeries.left-edsr-x7": Claim(lambda: left("edsr", 7), 0.18, 0.22),
    "twins_and_forgeries.left-edsr-x14": Claim(lambda: left("edsr", 14), 0.95, 1),
    "twins_and_forgeries.left-article-x2": Claim(lambda: left("article_first", 2), 0.045, 0.055),
    "twins_and_forgeries.left-article-x4": Claim(lambda: left("article_first", 4), 0.36, 0.4),
    "twins_and_forgeries.left-article-x7": Claim(lambda: left("article_first", 7), 0.94, 1),
    "twins_and_forgeries.identify-x7": Claim(lambda: identified(7), 0.999, 1),
    "twins_and_forgeries.identify-x14": Claim(lambda: identified(14), 0.64, 0.72),
    "twins_and_forgeries.sheet-x2": Claim(lambda: read_as_forged(2).count(5), 10, 10),
    "twins_and_forgeries.sheet-x4": Claim(lambda: read_as_forged(4).count(5), 9, 10),
    "twins_and_forgeries.sheet-x7": Claim(
        lambda: sum(read == lie for lie, read in enumerate(read_as_forged(7)) if lie != 5), 5, 8
    ),
    "twins_and_forgeries.sheet-x14": Claim(
        lambda: sum(read == lie for lie, read in enumerate(read_as_forged(14))), 10, 10
    ),
    "twins_and_forgeries.sheet-most": Claim(
        lambda: max(deviation(one, f) for f in (2, 4, 7, 14) for d in range(10) for one in forgeries(d, f)), 3, 4.4
    ),
    "twins_and_forgeries.forger-x2": Claim(lambda: forger(2)[0], 0, 0.01),
    "twins_and_forgeries.forger-x4": Claim(lambda: forger(4)[0], 0.013, 0.035),
    "twins_and_forgeries.forger-x7": Claim(lambda: forger(7)[0], 0.57, 0.625),
    "twins_and_forgeries.forger-x14": Claim(lambda: forger(14)[0], 0.99, 1),
    "twins_and_forgeries.forger-patience": Claim(lambda: forger(7, 1000)[0], 0.46, 0.56),
    "twins_and_forgeries.forger-patience-fit": Claim(lambda: forger(7, 1000)[1], 0, 0.6),
}

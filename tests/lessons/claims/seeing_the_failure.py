"""The results that "Seeing the failure" states in prose."""

from functools import cache

import torch

import mnist_sr_helpers as helpers
from mnist_sr_helpers import downsample, load_digits, psnr, rung, ssim, wrap

from .measuring import Claim, quality, read, score, share_read, shipped, small_digits, test_digits, trip

ARTICLES = ("article_first", "article_last")


def edge_amount() -> torch.Tensor:
    x = test_digits().images
    return x.diff(dim=3).abs().mean((1, 2, 3)) + x.diff(dim=2).abs().mean((1, 2, 3))


def error_on_edges() -> float:
    """Mean absolute error on edge pixels over that on all others."""
    x = test_digits().images
    largest = torch.nn.functional.max_pool2d(x, 3, 1, 1)
    edge = largest + torch.nn.functional.max_pool2d(-x, 3, 1, 1) > 0.5
    error = (shipped("article_last", 2).clamp(0, 1) - x).abs()
    return (error[edge].mean() / error[~edge].mean()).item()


def first_scores() -> torch.Tensor:
    return psnr(shipped("article_last", 2).clamp(0, 1), test_digits().images)


def read_of_seeds() -> list[float]:
    """The share of digits read after each training of the article's network, enlarge last, at x7."""
    return [share_read(rung("article, enlarge last", 7, seed=seed)(small_digits(7))) for seed in range(3)]


def lead_of_ones(scores: torch.Tensor) -> torch.Tensor:
    """By how many dB the ones' mean lies above that of the next class."""
    means = torch.stack([scores[test_digits().labels == label].mean() for label in range(10)])
    return means[1] - means[[0, *range(2, 10)]].max()


@cache
def wrapping(key: str, factor: int) -> tuple[float, float]:
    """What the display's bug costs a network's predictions in dB, and the share of pixels that wrap."""
    estimate = shipped(key, factor)
    outside = ((estimate * 255 <= -1) | (estimate * 255 >= 256)).float().mean().item()
    return quality(estimate) - quality(wrap(estimate)), outside


def on_training_digits() -> float:
    """Mean PSNR of the article's network, x2, on every fifth digit that it has seen."""
    x = load_digits().images[::5]
    return psnr(rung("article, enlarge last", 2)(downsample(x, 2)).clamp(0, 1), x).mean().item()


@cache
def gains() -> list[float]:
    """What the article's network gains on bicubic in each class, the largest first: of the ones."""
    each = first_scores() - bicubic_scores()
    means = torch.stack([each[test_digits().labels == label].mean() for label in range(10)])
    assert means.argmax() == 1
    return means.sort(descending=True).values.tolist()


def grey_levels_off(name: str, factor: int = 2) -> float:
    """The error that a mean PSNR stands for, RMS."""
    return 255 * 10 ** (-score(name, factor) / 20)


def bicubic_scores() -> torch.Tensor:
    return psnr(trip(2).clamp(0, 1), test_digits().images)


@cache
def similarity(damage: str) -> float:
    """Mean SSIM of the test digits, damaged to the PSNR of bicubic at x4."""
    x = test_digits().images
    blurred = trip(4).clamp(0, 1)
    mse = (blurred - x).square().mean((1, 2, 3), keepdim=True)
    noise = torch.randn(x.shape, generator=torch.Generator().manual_seed(0))
    damaged = {
        "blurred": lambda: blurred,
        "paler": lambda: x * (1 - (mse / x.square().mean((1, 2, 3), keepdim=True)).sqrt()),
        "brighter": lambda: x + mse.sqrt(),
        "noisy": lambda: x + noise * (mse / noise.square().mean((1, 2, 3), keepdim=True)).sqrt(),
    }[damage]()
    assert torch.allclose(psnr(damaged, x), psnr(blurred, x), atol=1e-3)
    return ssim(damaged, x).mean().item()


CLAIMS = {
    "seeing_the_failure.wrap-x2": Claim(lambda: min(wrapping(key, 2)[0] for key in ARTICLES), 17.5, 20),
    "seeing_the_failure.wrap-mean-x2": Claim(lambda: sum(wrapping(key, 2)[0] for key in ARTICLES) / 2, 19.5, 20.5),
    "seeing_the_failure.wrap-x7": Claim(lambda: min(wrapping(key, 7)[0] for key in ARTICLES), 7, 8),
    "seeing_the_failure.wrapped-pixels": Claim(lambda: max(wrapping(key, 2)[1] for key in ARTICLES), 0.05, 0.5),
    "seeing_the_failure.on-training": Claim(on_training_digits, 26.6, 26.95),
    "seeing_the_failure.on-test": Claim(lambda: score("article_last", 2), 26.75, 27),
    "seeing_the_failure.gain-ones": Claim(lambda: gains()[0], 7.6, 8),
    "seeing_the_failure.gain-next": Claim(lambda: gains()[2], 7.25, 7.55),
    "seeing_the_failure.edges": Claim(error_on_edges, 3, 30),
    "seeing_the_failure.ones": Claim(lambda: (test_digits().labels[first_scores().argsort()[-50:]] == 1).sum(), 40, 50),
    "seeing_the_failure.edge-correlation": Claim(
        lambda: torch.corrcoef(torch.stack([first_scores(), edge_amount()]))[0, 1], -0.8, -0.5
    ),
    "seeing_the_failure.range": Claim(lambda: first_scores().max() - first_scores().min(), 10, 20),
    "seeing_the_failure.ones-bicubic": Claim(lambda: lead_of_ones(bicubic_scores()), 1, 3),
    "seeing_the_failure.ssim-blur-last": Claim(
        lambda: min(similarity(d) for d in ("paler", "brighter", "noisy")) - similarity("blurred"), 0.1, 0.5
    ),
    "seeing_the_failure.ssim-paler": Claim(lambda: similarity("noisy") - similarity("paler"), 0.02, 0.3),
    "seeing_the_failure.read-true": Claim(lambda: share_read(test_digits().images), 0.99, 1),
    "seeing_the_failure.read-x2": Claim(lambda: min(read(m, 2) for m in helpers.MODELS), 0.98, 1),
    "seeing_the_failure.read-x4": Claim(lambda: min(read(m, 4) for m in helpers.MODELS[1:]), 0.9, 1),
    "seeing_the_failure.read-x7": Claim(
        lambda: read("article_last", 7) / max(read(m, 7) for m in ("bicubic", "article_first", "residual")),
        1.5,
        2.6,
    ),
    "seeing_the_failure.read-x14": Claim(lambda: max(read(m, 14) for m in helpers.MODELS), 0.2, 0.3),
    "seeing_the_failure.sharpen": Claim(
        lambda: min(score(m, f) - score("bicubic", f) for m in helpers.MODELS[1:] for f in (2, 4)),
        1.5,
        7,
    ),
    "seeing_the_failure.edsr-x2": Claim(lambda: score("EDSR-like", 2) - score("article_last", 2), 7.5, 8.5),
    "seeing_the_failure.edsr-x7": Claim(lambda: score("EDSR-like", 7) - score("article_last", 7), 5.5, 6.5),
    "seeing_the_failure.edsr-x14": Claim(lambda: score("EDSR-like", 14) - score("article_last", 14), 0.6, 1.5),
    "seeing_the_failure.edsr-grey": Claim(lambda: grey_levels_off("EDSR-like"), 4.5, 5.5),
    "seeing_the_failure.edsr-grey-x7": Claim(
        lambda: grey_levels_off("EDSR-like", 7) / grey_levels_off("EDSR-like"), 4.6, 5.4
    ),
    "seeing_the_failure.article-grey": Claim(lambda: grey_levels_off("article_last"), 11, 12.5),
    "seeing_the_failure.article-read-x7": Claim(lambda: min(read_of_seeds()), 0.675, 0.685),
    "seeing_the_failure.article-most-read-x7": Claim(lambda: max(read_of_seeds()), 0.755, 0.765),
    "seeing_the_failure.edsr-read-x7": Claim(lambda: read("EDSR-like", 7), 0.95, 0.975),
    "seeing_the_failure.edsr-read-x14": Claim(lambda: read("EDSR-like", 14), 0.3, 0.5),
}

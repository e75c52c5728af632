"""The results that "The verdict" states in prose."""

from functools import cache

import torch

from mnist_sr_helpers import (
    bootstrap_interval,
    load_digits,
    load_photographs,
    psnr,
)

from .measuring import (
    Claim,
    absolute_errors,
    bound_of_simplesr,
    brought_back,
    by_seed,
    case_step,
    closest_pair,
    errors,
    identified,
    lost_share,
    score,
    shipped,
    test_digits,
)


def entropy(pictures: torch.Tensor) -> float:
    """Bits for each pixel, from the shares of the 256 grey levels."""
    levels = (pictures * 255).round().long().flatten()
    shares = levels.bincount(minlength=256).double() / len(levels)
    shares = shares[shares > 0]
    return -(shares * shares.log2()).sum().item()


@cache
def augmented(kind: str) -> torch.Tensor:
    """PSNR of each test digit at x7, averaged over three networks."""
    return torch.stack([psnr(estimate, test_digits().images) for estimate in by_seed("augmentation", kind)]).mean(0)


def gain_end(kind: str, end: int, few: str = "") -> float:
    """Lower (0) or upper (1) end of the interval of an augmentation's gain."""
    return bootstrap_interval(augmented(few + kind) - augmented(few + "none"))[end]


def few_gain(kind: str) -> float:
    return (augmented(f"few_{kind}") - augmented("few_none")).mean().item()


def own_correlation(name: str, factor: int) -> float:
    """Correlation of what differs from the class's mean, in digit and estimate, mean over digits."""
    train, test = load_digits(), test_digits()
    means = torch.stack([train.images[train.labels == label].mean(0) for label in range(10)])[test.labels]
    a, b = (test.images - means).flatten(1), (shipped(name, factor).clamp(0, 1) - means).flatten(1)
    return torch.cosine_similarity(a, b).mean().item()


def gain_of_srcnn(factor: int) -> float:
    return score("srcnn", factor) - score("bicubic", factor)


CLAIMS = {
    "the_verdict.entropy-digits": Claim(lambda: entropy(test_digits().images), 1.9, 2),
    "the_verdict.entropy-photographs": Claim(lambda: min(map(entropy, load_photographs().values())), 6, 8),
    "the_verdict.back-x2": Claim(lambda: brought_back("edsr", 2), 0.935, 0.95),
    "the_verdict.back-x4": Claim(lambda: brought_back("edsr", 4), 0.905, 0.925),
    "the_verdict.back-x7": Claim(lambda: brought_back("edsr", 7), 0.79, 0.82),
    "the_verdict.back-bicubic": Claim(lambda: max(brought_back("bicubic", factor) for factor in (2, 4, 7)), 0, 0.1),
    "the_verdict.back-bicubic-x7": Claim(lambda: brought_back("bicubic", 7), -0.06, -0.01),
    "the_verdict.twins-x2": Claim(lambda: closest_pair(2)[0], 17, 19),
    "the_verdict.twins-x4": Claim(lambda: closest_pair(4)[0], 8.5, 9.2),
    "the_verdict.twins-x7": Claim(lambda: closest_pair(7)[0], 2, 3),
    "the_verdict.twins-x14": Claim(lambda: closest_pair(14)[0], 0, 1),
    "the_verdict.l2-wins": Claim(lambda: min(errors("l1")) / max(errors("l2")), 1.02, 2),
    "the_verdict.l1-wins": Claim(lambda: min(absolute_errors("l2")) / max(absolute_errors("l1")), 1.01, 2),
    "the_verdict.e-gain-x2": Claim(lambda: score("enlarge_first", 2) - score("bicubic", 2), 4.4, 5),
    "the_verdict.bound-simple-x2": Claim(lambda: bound_of_simplesr(2), 0.145, 0.16),
    "the_verdict.bound-simple-x4": Claim(lambda: bound_of_simplesr(4), 0.16, 0.175),
    "the_verdict.bound-simple-x7": Claim(lambda: bound_of_simplesr(7), 0.29, 0.31),
    # All upper ends below zero; with few digits two intervals above zero, one below, one across it.
    "the_verdict.augment-many": Claim(
        lambda: max(gain_end(kind, 1) for kind in ("shift", "rotate", "deform", "flip")), -0.5, -0.01
    ),
    "the_verdict.augment-few": Claim(lambda: few_gain("shift"), 0.1, 0.2),
    "the_verdict.augment-few-rotate": Claim(lambda: few_gain("rotate"), 0.1, 0.2),
    "the_verdict.augment-few-sure": Claim(
        lambda: min(gain_end(kind, 0, "few_") for kind in ("shift", "rotate")), 0.01, 0.2
    ),
    "the_verdict.augment-few-deform": Claim(lambda: gain_end("deform", 1, "few_"), -0.2, -0.01),
    "the_verdict.augment-few-flip": Claim(
        lambda: gain_end("flip", 0, "few_") * gain_end("flip", 1, "few_"), -0.01, -1e-4
    ),
    "the_verdict.photos-digits": Claim(lambda: lost_share("digits", 2), 0.08, 0.09),
    "the_verdict.photos-coffee": Claim(lambda: lost_share("coffee", 2), 0.035, 0.045),
    "the_verdict.photos-grass": Claim(lambda: lost_share("grass", 2), 0.16, 0.18),
    "the_verdict.identify": Claim(lambda: min(identified(factor) for factor in (2, 4, 7)), 1, 1),
    "the_verdict.identify-x14": Claim(lambda: identified(14), 0.65, 0.75),
    "the_verdict.own-x2": Claim(lambda: own_correlation("enlarge_first", 2), 0.95, 0.97),
    "the_verdict.own-x7": Claim(lambda: own_correlation("enlarge_first", 7), 0.25, 0.29),
    "the_verdict.own-bicubic-x7": Claim(lambda: own_correlation("bicubic", 7), 0.14, 0.16),
    "the_verdict.own-over-bicubic": Claim(
        lambda: min(own_correlation("enlarge_first", f) - own_correlation("bicubic", f) for f in (2, 4, 7)),
        0.03,
        0.3,
    ),
    "the_verdict.own-edsr-x7": Claim(lambda: own_correlation("edsr", 7), 0.88, 0.905),
    "the_verdict.own-edsr-x14": Claim(lambda: own_correlation("edsr", 14), 0.3, 0.34),
    "the_verdict.srcnn-x2": Claim(lambda: gain_of_srcnn(2), 7.6, 8),
    "the_verdict.srcnn-x4": Claim(lambda: gain_of_srcnn(4), 5.7, 6.1),
    "the_verdict.case": Claim(lambda: case_step(7, -1, "model_or_information"), 5, 7),
}

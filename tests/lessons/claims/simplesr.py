"""The results that "SimpleSR" states in prose."""

from functools import cache

import torch

from mnist_sr_helpers import fit, load_digits, load_model, models, restore, round_trip

from .measuring import Claim, case_step, quality, score, small_digits, trip


@cache
def trained(name: str) -> tuple:
    """A network trained as in "SimpleSR": (mean PSNR, losses)."""
    torch.manual_seed(0)
    model = getattr(models, name)(2)
    history = fit(model, load_digits().images, 2, seed=0)
    return quality(restore(model, small_digits(2))), history.losses


def step_below_bicubic(name: str) -> int:
    """First step from which ten steps in a row average below bicubic's loss."""
    x = load_digits().images
    bicubic = (round_trip(x, 2) - x).square().mean()
    means = torch.tensor(trained(name)[1]).unfold(0, 10, 1).mean(1)
    return (means < bicubic).nonzero()[0].item()


def gain(name: str) -> float:
    return trained(name)[0] - quality(trip(2))


@cache
def seeds(key: str, factor: int = 2) -> torch.Tensor:
    """The scores of a shipped network's three seeds."""
    networks = [load_model(key, factor, seed=seed) for seed in range(3)]
    return torch.tensor([quality(restore(network, small_digits(factor))) for network in networks])


def over(one: str, other: str, factor: int) -> float:
    """How many dB the shipped network `one` scores above `other`."""
    return score(one, factor) - score(other, factor)


CLAIMS = {
    "simplesr.cross": Claim(lambda: max(map(step_below_bicubic, ("EnlargeFirst", "EnlargeLast"))), 5, 100),
    "simplesr.first-gain": Claim(lambda: gain("EnlargeFirst"), 3, 5),
    "simplesr.last-gain": Claim(lambda: gain("EnlargeLast"), 3, 5.5),
    "simplesr.article-first": Claim(lambda: seeds("article_first").mean(), 26.1, 26.6),
    "simplesr.article-last": Claim(lambda: seeds("article_last").mean(), 26.5, 27.1),
    # The least and the largest lead of the article's settings over one pass over 5,000 digits.
    "simplesr.article-over-yours": Claim(
        lambda: min(
            seeds("article_first").min() - trained("EnlargeFirst")[0],
            seeds("article_last").min() - trained("EnlargeLast")[0],
        ),
        0.7,
        2.5,
    ),
    "simplesr.article-gain": Claim(lambda: seeds("article_first").mean() - quality(trip(2)), 6.2, 6.8),
    "simplesr.article-seeds": Claim(
        lambda: max(seeds(key).max() - seeds(key).min() for key in ("article_first", "article_last")), 0.05, 0.7
    ),
    "simplesr.residual-brief": Claim(lambda: gain("EnlargeFirstResidual") - gain("EnlargeFirst"), 0.5, 1.5),
    "simplesr.residual-out": Claim(lambda: seeds("residual").mean() - seeds("enlarge_first").mean(), -0.2, 0.2),
    "simplesr.first-or-last-x7": Claim(
        lambda: over("article_last", "article_first", 7) - over("article_last", "article_first", 2), 0.5, 2.5
    ),
    "simplesr.last-out": Claim(lambda: seeds("enlarge_last").mean() - seeds("enlarge_first").mean(), 0.85, 0.95),
    "simplesr.case-x2": Claim(lambda: case_step(2, 2), 1.25, 1.38),
    "simplesr.case-x7": Claim(lambda: case_step(7, 2) - case_step(7, 1), 0.5, 3),
}

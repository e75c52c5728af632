"""The results that "SimpleSR" states in prose."""

from functools import cache

import torch

from mnist_sr_helpers import fit, load_digits, models, restore, round_trip

from .measuring import Claim, case_step, quality, score, small_digits, trip


@cache
def trained(name: str, seed: int = 0) -> tuple:
    """A network trained as in "SimpleSR": (mean PSNR, losses)."""
    torch.manual_seed(seed)
    if name == "residual from random":
        start = models.EnlargeFirst(2).state_dict()
        model = models.EnlargeFirstResidual(2)
        model.load_state_dict(start)
    else:
        model = getattr(models, name)(2)
    history = fit(model, load_digits().images, 2, seed=seed)
    return quality(restore(model, small_digits(2))), history.losses


def step_below_bicubic(name: str) -> int:
    """First step from which ten steps in a row average below bicubic's loss."""
    x = load_digits().images
    bicubic = (round_trip(x, 2) - x).square().mean()
    means = torch.tensor(trained(name)[1]).unfold(0, 10, 1).mean(1)
    return (means < bicubic).nonzero()[0].item()


def gain(name: str, seed: int = 0) -> float:
    return trained(name, seed)[0] - quality(trip(2))


def over(one: str, other: str, factor: int) -> float:
    """How many dB the shipped network `one` scores above `other`."""
    return score(one, factor) - score(other, factor)


CLAIMS = {
    "simplesr.cross": Claim(lambda: max(map(step_below_bicubic, ("EnlargeFirst", "EnlargeLast"))), 5, 100),
    "simplesr.first-gain": Claim(lambda: gain("EnlargeFirst"), 3, 5),
    "simplesr.last-gain": Claim(lambda: gain("EnlargeLast"), 3, 5.5),
    "simplesr.seeds": Claim(
        lambda: max(
            max(gain(name, s) for s in range(3)) - min(gain(name, s) for s in range(3))
            for name in ("EnlargeFirst", "EnlargeLast", "EnlargeFirstResidual")
        ),
        0.3,
        1.3,
    ),
    "simplesr.first-or-last": Claim(
        lambda: min(gain("EnlargeLast", s) - gain("EnlargeFirst", s) for s in range(3)), -1, 0.1
    ),
    "simplesr.residual-best": Claim(
        lambda: min(gain("EnlargeFirstResidual", s) - gain("EnlargeFirst", s) for s in range(3)), 0.1, 3
    ),
    "simplesr.residual-random": Claim(
        lambda: min(gain("residual from random", s) - gain("EnlargeFirst", s) for s in range(3)), 0.5, 3
    ),
    "simplesr.better-form": Claim(
        lambda: min(over("residual", "enlarge_last", 2), over("enlarge_last", "residual", 7)), 0.3, 2
    ),
    "simplesr.first-or-last-x7": Claim(
        lambda: over("enlarge_last", "enlarge_first", 7) - over("enlarge_last", "enlarge_first", 2), 0.5, 2
    ),
    "simplesr.case-x2": Claim(lambda: case_step(2, 2) - case_step(2, 3), 2, 5),
    "simplesr.case-x7": Claim(lambda: case_step(7, 3) - case_step(7, 2), 0.5, 2),
}

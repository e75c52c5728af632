"""The Hedge, "Averages"'s explorer: from the posterior mean to a sample, and what sharpness costs.

In the known world of `posterior`: the truth is one of the 5,000 training digits of the sample, seen at x7 with noise.
No widget and no pyplot here.
"""

from collections.abc import Callable
from functools import cache, partial
from numbers import Real
from typing import NamedTuple

import torch

from .._arguments import check_choice
from ..digits import load_digits
from ..pictures.grid import Picture, grid
from ..posterior import observe, posterior_mean, posterior_sample, posterior_weights
from .comparison import View

FACTOR, SIGMA = 7, 0.05
SEEN = 2000
"""How many pictures of the known world are scored."""

STEPS = tuple(step / 10 for step in range(11))
"""The slider's positions t, from the mean, 0, to the sample, 1."""

SAMPLES = (0, 1, 2)
"""The samples that the slider can lead to."""


class Known(NamedTuple):
    """Pictures of the known world and what follows from them, as "Averages" draws them.

    `truth` and posterior `mean` (Q, 1, 28, 28), `samples` (3, Q, 1, 28, 28), `y` (Q, 1, 4, 4); `spread` (Q,), the mean
    squared distance of all that the truth could be from its mean: the error that nobody avoids; `ten`, the position of
    the first picture of each class that leaves doubt: no digit of the world has half of the probability.
    """

    truth: torch.Tensor
    y: torch.Tensor
    mean: torch.Tensor
    samples: torch.Tensor
    spread: torch.Tensor
    ten: list[int]


@cache
def known_world() -> Known:
    """SEEN digits drawn from the world, as they are seen and what follows from that."""
    world, labels = load_digits()
    drawn = torch.randint(len(world), (SEEN,), generator=torch.Generator().manual_seed(0))
    y = observe(world[drawn], FACTOR, SIGMA, seed=1)
    weights = posterior_weights(y, world, FACTOR, SIGMA)
    mean = posterior_mean(weights, world)
    # The seeds 0 and 1 drew truth and noise: a sample must not depend on them.
    samples = torch.stack([posterior_sample(weights, world, seed=2 + sample) for sample in SAMPLES])
    squares = world.double().square().mean((1, 2, 3))
    spread = weights @ squares - mean.double().square().mean((1, 2, 3))
    doubtful = weights.amax(1) < 0.5
    ten = [(doubtful & (labels[drawn] == label)).nonzero()[0].item() for label in range(10)]
    return Known(world[drawn], y, mean, samples, spread, ten)


@cache
def moments(sample: int) -> tuple[float, float, float]:
    """Over all pictures the means of (mean - truth)^2, (mean - truth)(sample - mean) and (sample - mean)^2."""
    known = known_world()
    off, step = (known.mean - known.truth).double(), (known.samples[sample] - known.mean).double()
    return off.square().mean().item(), (off * step).mean().item(), step.square().mean().item()


def measured(t: float, sample: int) -> float:
    """Mean squared error of the hedge at `t` over all pictures, multiplied out so that a slider needn't wait for it."""
    own, cross, step = moments(sample)
    return own + 2 * t * cross + t**2 * step


def predicted(t: float) -> float:
    """(1 + t^2) times the mean squared error of the mean."""
    return (1 + t**2) * measured(0, 0)


def hedged(query: int, t: float, sample: int) -> torch.Tensor:
    """mean + t (sample - mean) of the picture for class `query`, (28, 28)."""
    known = known_world()
    mean, drawn = known.mean[known.ten[query], 0], known.samples[sample, known.ten[query], 0]
    return mean + t * (drawn - mean)


def against_this(query: int, t: float, sample: int) -> float:
    """Mean squared error of the hedge against the digit that was the truth."""
    known = known_world()
    return (hedged(query, t, sample) - known.truth[known.ten[query], 0]).square().mean().item()


def against_random(query: int, t: float, sample: int) -> float:
    """Expected squared error of the hedge against a truth drawn anew from all that fit the picture: exact."""
    known = known_world()
    distance = (hedged(query, t, sample) - known.mean[known.ten[query], 0]).square().mean()
    return (known.spread[known.ten[query]] + distance).item()


def scores(query: int) -> list[Callable[[float, int], float]]:
    """The three ways to score a state, each a function of t and sample."""
    return [partial(against_this, query), partial(against_random, query), measured]


def hedge_view(query: int, t: float, sample: int) -> View:
    """The explorer of "Averages": mean + t (sample - mean) for one of ten pictures of the known world.

    `query` (0-9) is the class of the truth, `t` from 0 to 1, `sample` (0-2) which of three samples. Raises TypeError or
    ValueError for a wrong argument. Taught in "Averages".
    """
    check_state(query, t, sample)
    known = known_world()
    position = known.ten[query]
    rows = [
        ("Mean squared error against this truth", f"{against_this(query, t, sample):.4f}"),
        ("Against a random truth that fits this picture", f"{against_random(query, t, sample):.4f}"),
        (f"MSE of {SEEN:,} pictures, measured", f"{measured(t, sample):.4f}"),
        (f"(1 + t\u00b2) MMSE = {1 + t**2:.2f} x {measured(0, 0):.4f}, predicted", f"{predicted(t):.4f}"),
    ]
    place = {0: "the mean itself", 1: "the sample itself"}.get(t, "in between")
    alt = (
        f"Five pictures, t = {t}: the truth, a digit {query}; its low resolution, 4 x 4 pixels with noise; the "
        f"posterior mean; sample {sample}; the estimate, {place}. " + "; ".join(": ".join(row) for row in rows)
    )
    pictures = [known.truth[position], known.y[position], known.mean[position], known.samples[sample, position]]
    cells = [[*(picture[0] for picture in pictures), hedged(query, t, sample)]]
    columns = ["truth", "low resolution", "mean", f"sample {sample}", f"estimate, t = {t}"]
    return View(grid(cells, alt, side=168, columns=columns), rows)


def hedge_sheet(query: int) -> tuple[Picture, str]:
    """Every state of "Averages"'s explorer for one query: the estimates, and their errors as a text table.

    Raises TypeError or ValueError for a wrong argument. Taught in "Averages".
    """
    check_state(query, 0, 0)
    picture = grid(
        [[hedged(query, t, sample) for t in STEPS] for sample in SAMPLES],
        f"A table of pictures, truth a {query}: three samples (rows), each approached in steps of 0.1 from the blurred "
        "mean at t = 0 on the left to the sharp sample at t = 1 on the right. Their numbers: the text table below.",
        side=56,
        columns=[f"t = {t}" if t == 0 else f"{t}" for t in STEPS],
        rows=[f"sample {sample}" for sample in SAMPLES],
    )
    heads = ("this truth", "a random truth", f"{SEEN:,} pictures")
    lines = [
        "Mean squared error against",
        " " * 9 + "".join(f"{head:>24}" for head in heads) + f"{'predicted':>12}",
        "sample   " + "".join(f"{sample:{10 if sample == 0 else 7}}" for _ in heads for sample in SAMPLES),
    ]
    for t in STEPS:
        by_score = [[score(t, sample) for sample in SAMPLES] for score in scores(query)]
        numbers = "".join(f"{first:10.3f}{second:7.3f}{third:7.3f}" for first, second, third in by_score)
        lines.append(f"{f't = {t}':<9}{numbers}{predicted(t):12.4f}")
    return picture, "\n".join(lines)


def check_state(query: int, t: float, sample: int) -> None:
    """Refuse a state that the explorer has not."""
    check_choice("query", query, tuple(range(10)))
    check_choice("sample", sample, SAMPLES)
    if isinstance(t, bool) or not isinstance(t, Real):
        raise TypeError(f"t must be a number from 0 to 1, got {type(t).__name__} {t!r}.")
    if not 0 <= t <= 1:
        raise ValueError(f"t must be from 0, the mean, to 1, the sample, got {t}.")

"""The Hedge, "Averages"'s explorer: from the posterior mean to a sample, and what sharpness costs.

In the known world of `posterior`: the truth is one of the 5,000 training digits of the sample, seen at x7 with noise.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import jinja2
import matplotlib.style
import torch
from matplotlib.figure import Figure

from .._arguments import check_choice, check_number
from ..digits import CLASSES, load_digits
from ..pictures.figure import to_picture
from ..pictures.grid import Picture, grid
from ..pictures.style import STYLE
from ..posterior import observe, posterior_mean, posterior_sample, posterior_weights
from .comparison import SMALL_PANEL, View, draw_view

FACTOR, SIGMA = 7, 0.05
SEEN = 2000  # how many pictures of the known world are scored
STEPS = tuple(step / 10 for step in range(11))  # the slider's positions t, from the mean, 0, to the sample, 1
SAMPLES = (0, 1, 2)  # the samples that the slider can lead to
AGAINST = {"this truth": "none", "a random truth": "8 4", f"{SEEN:,} pictures": "2 3"}
"""What the curves measure the error against, and their dashes."""

CURVES = jinja2.Template(Path(__file__).with_name("hedge.html").read_text("utf-8"))


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
    ten = [int((doubtful & (labels[drawn] == label)).nonzero()[0]) for label in CLASSES]
    return Known(world[drawn], y, mean, samples, spread, ten)


@cache
def measured(t: float, sample: int) -> float:
    """Mean squared error of the hedge at `t` over all pictures."""
    known = known_world()
    estimate = known.mean + t * (known.samples[sample] - known.mean)
    return (estimate - known.truth).square().mean(dtype=torch.float64).item()


def predicted(t: float) -> float:
    """(1 + t^2) times the mean squared error of the mean."""
    return (1 + t**2) * measured(0, 0)


def hedged(query: int, t: float, sample: int) -> torch.Tensor:
    """mean + t (sample - mean) of the picture for class `query`, (28, 28)."""
    known = known_world()
    mean, drawn = known.mean[known.ten[query], 0], known.samples[sample, known.ten[query], 0]
    return mean + t * (drawn - mean)


def hedge_view(query: int, t: float, sample: int) -> View:
    """The explorer of "Averages": mean + t (sample - mean) for one of ten pictures of the known world.

    `query` (0-9) is the class of the truth, `t` from 0 to 1, `sample` (0-2) which of three samples. Raises TypeError or
    ValueError for a wrong argument. Taught in "Averages".
    """
    check_choice("query", query, CLASSES)
    check_choice("sample", sample, SAMPLES)
    check_number("t", t, least=0, most=1)
    known = known_world()
    position = known.ten[query]
    law = f"(1 + t\u00b2) MMSE = {1 + t**2:.2f} x {measured(0, 0):.4f} = {predicted(t):.4f}"
    rows = [(f"MSE of {SEEN:,} pictures", f"measured {measured(t, sample):.4f}, predicted {law}")]
    curves, now = curves_of(query, sample), errors(query, t, sample)
    what = f"A digit {query}, mean squared error against this truth {now[0]:.4f}, against a random truth {now[1]:.4f}:"
    pictures = [known.truth[position], known.y[position], known.mean[position], known.samples[sample, position]]
    cells = [[*(picture[0] for picture in pictures), hedged(query, t, sample)]]
    columns = ["truth", "low resolution", "mean", f"sample {sample}", f"estimate, t = {t}"]
    marks = list(zip(*zip(*AGAINST.items(), strict=True), curves, now, strict=True))
    drawing = CURVES.render(t=t, marks=marks, top=max(map(max, curves)))
    return draw_view(cells, what, rows, drawing, side=SMALL_PANEL, columns=columns)


def errors(query: int, t: float, sample: int) -> list[float]:
    """The error of the hedge against each of AGAINST; a random truth is any that fits the picture: exact."""
    known, estimate = known_world(), hedged(query, t, sample)
    at = known.ten[query]
    this, mean = ((estimate - picture[at, 0]).square().mean().item() for picture in (known.truth, known.mean))
    return [this, known.spread[at].item() + mean, measured(t, sample)]


@cache
def curves_of(query: int, sample: int) -> list[tuple[float, ...]]:
    """The `errors` over STEPS, a curve for each of AGAINST."""
    return list(zip(*(errors(query, t, sample) for t in STEPS), strict=True))


@matplotlib.style.context(STYLE)
def hedge_sheet(query: int) -> tuple[Picture, Picture]:
    """Every state of "Averages"'s explorer for one query: the estimates, and curves of their errors.

    Raises TypeError or ValueError for a wrong argument. Taught in "Averages".
    """
    check_choice("query", query, CLASSES)
    columns, rows = ["t = 0.0", *map(str, STEPS[1:])], [f"sample {sample}" for sample in SAMPLES]
    cells = [[hedged(query, t, sample) for t in STEPS] for sample in SAMPLES]
    figure = Figure(figsize=(7.2, 3.2))
    axes = figure.subplots(1, len(SAMPLES), sharey=True)
    for panel, sample in zip(axes, SAMPLES, strict=True):
        for name, curve in zip(AGAINST, curves_of(query, sample), strict=True):
            panel.plot(STEPS, curve, label=name)
        panel.plot(STEPS, [predicted(t) for t in STEPS], label="predicted")
        panel.set(title=f"sample {sample}", xlabel="t", ylim=(0, None))
    axes[0].set_ylabel("mean squared error")
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=4)
    return grid(cells, side=56, columns=columns, rows=rows), to_picture(figure)

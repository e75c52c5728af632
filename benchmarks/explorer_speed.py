"""Are the explorers' pictures worth their own drawing? Each view against the same pictures in a new matplotlib figure.

    python -m benchmarks.explorer_speed [--moves N]

A move leads to a state drawn at random, the same ones in each run. Timed from the changed value to the HTML that is
sent to the browser: the estimate, its numbers, the picture, the table. For the figure: the same pictures as a new
figure's axes, titled and saved as PNG, the estimate not counted. Printed: medians in one run, taken by turns, and
their ratio; a ratio above 1 says that the whole view takes less time than a figure's drawing.
At its first visit a state may take longer, as the Forger and the Hedge keep what they once computed.
"""

import argparse
import base64
import io
import itertools
import random
import re
import statistics
import time
from collections.abc import Callable

import numpy as np
from matplotlib import pyplot as plt
from PIL import Image

from mnist_sr_helpers import (
    DEGRADATIONS,
    FACTORS,
    KERNELS,
    MODELS,
    SHOWN,
    TRAININGS,
    View,
    degradation_view,
    forger_view,
    hedge_view,
    ladder_view,
    load_digits,
    mismatch_view,
    model_view,
)
from mnist_sr_helpers.explorers.drawing import drawing_view
from mnist_sr_helpers.explorers.hedge import SAMPLES, STEPS
from mnist_sr_helpers.explorers.shell import VIEW

DIGITS = range(10)
VIEWS: dict[str, tuple[Callable[..., View], tuple]] = {
    "degradation": (degradation_view, (DIGITS, FACTORS, KERNELS, (True, False))),
    "SimpleSR": (model_view, (DIGITS, FACTORS, MODELS)),
    "the Forger": (forger_view, (DIGITS, DIGITS, FACTORS[1:])),
    "the Hedge": (hedge_view, (DIGITS, STEPS, SAMPLES)),
    "the ladder": (ladder_view, (DIGITS, FACTORS[1:], SHOWN)),
    "mismatch": (mismatch_view, (DIGITS, TRAININGS, tuple(DEGRADATIONS))),
    "draw your own": (drawing_view, (load_digits(split="test").images[:10].split(1), FACTORS)),
}


def states(choices: tuple, moves: int) -> list[tuple]:
    """As many states as `moves`, or all if there are fewer, at random, the same in each run."""
    every = list(itertools.product(*choices))
    return random.Random(0).sample(every, min(moves, len(every)))


def to_screen(view: Callable[..., View], state: tuple) -> str:
    """What an explorer does at a move."""
    return VIEW.render(view=view(*state))


def pictures_in(page: str) -> list[np.ndarray]:
    """The pictures in an explorer's HTML, each in its own pixels."""
    found = re.findall('src="data:image/png;base64,([^"]+)"', page)
    return [np.asarray(Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB")) for png in found]


def draw_figure(pictures: list[np.ndarray]) -> None:
    """The same pictures as a new figure's axes, five in a row, as a plain notebook draws them."""
    columns, rows = min(5, len(pictures)), -(-len(pictures) // 5)
    figure, axes = plt.subplots(rows, columns, figsize=(1.5 * columns, 1.9 * rows), squeeze=False)
    for number, (panel, pixels) in enumerate(zip(axes.flat, pictures, strict=False)):
        panel.imshow(pixels)
        panel.set(title=f"panel {number}", xticks=[], yticks=[])
    figure.savefig(io.BytesIO(), format="png", dpi=100)
    plt.close(figure)


def seconds(work: Callable, *arguments) -> float:
    start = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--moves", type=int, default=40, help="states of each explorer that are timed")
    moves = parser.parse_args().moves
    for name, (view, choices) in VIEWS.items():
        view(*next(itertools.product(*choices)))  # loads the reader
        times = []
        for state in states(choices, moves):
            first = seconds(to_screen, view, state)
            times.append(
                (seconds(to_screen, view, state), seconds(draw_figure, pictures_in(to_screen(view, state))), first)
            )
        own, figure, first = (1000 * statistics.median(column) for column in zip(*times, strict=True))
        print(f"{name:<14} view {own:6.1f} ms (first {first:6.1f}), figure {figure:6.1f} ms, ratio {figure / own:.1f}")


if __name__ == "__main__":
    plt.switch_backend("agg")
    main()

"""Draw the README's two pictures: python -m tools.readme_picture

In `assets/factors.webp` a slider goes from x1 to x14 and back: a digit, its low resolution, and what bicubic and the
ladder's best network make of that. Who asks for less motion gets `assets/restored.png` instead: all factors at once.
"""

import argparse
import io
from functools import partial

import matplotlib.pyplot as plt
import torch
from matplotlib.axes import Axes
from PIL import Image

from mnist_sr_helpers import FACTORS, downsample, grid, load_results, rung, upsample
from mnist_sr_helpers._files import write_whole
from mnist_sr_helpers.digits import sample_digit
from tools.build_notebooks import ROOT

DIGIT = 5
STAY = 1300  # milliseconds at each factor
PATH = ROOT / "assets" / "factors.webp"


def pictures_at(factor: int) -> dict[str, torch.Tensor]:
    """What a state of the slider shows, by name."""
    original = sample_digit(DIGIT)
    low = downsample(original, factor)
    best = rung(best_network(factor), factor)(low) if factor > 1 else original
    shown = {"original": original, "low resolution": low, "bicubic": upsample(low, factor), "best network": best}
    return {name: picture[0, 0].clamp(0, 1) for name, picture in shown.items()}


def frame(factor: int) -> Image.Image:
    """One state of the slider."""
    pictures = pictures_at(factor)
    side = len(pictures["low resolution"])
    figure, places = plt.subplot_mosaic("abcd;ssss", figsize=(8, 2.95), height_ratios=(5, 1), layout="constrained")
    for place, (name, picture) in zip("abcd", pictures.items(), strict=True):
        places[place].imshow(picture.numpy(force=True), cmap="gray", vmin=0, vmax=1)
        places[place].set_title(f"{side} x {side} pixels" if name == "low resolution" else name, fontsize=13)
        places[place].set_axis_off()
    draw_slider(places["s"], factor)
    drawn = io.BytesIO()
    figure.savefig(drawn, dpi=100)
    plt.close(figure)
    return Image.open(drawn).convert("L")


def best_network(factor: int) -> str:
    """The estimator of the highest measured PSNR at `factor`; where none was measured, at the factor nearest to it."""
    rows = load_results("ladder")["rows"]
    nearest = min({row["factor"] for row in rows}, key=lambda measured: abs(measured - factor))
    return max((row for row in rows if row["factor"] == nearest), key=lambda row: row["psnr"])["estimator"]


def draw_slider(axes: Axes, factor: int) -> None:
    """A slider with a stop for each factor, its knob at `factor`."""
    stops, at = range(len(FACTORS)), FACTORS.index(factor)
    axes.plot(stops, [0] * len(stops), "|-", color="#767676", markersize=12, lw=3)
    axes.plot(at, 0, "o", color="black", markersize=15)
    for stop, name in zip(stops, FACTORS, strict=True):
        axes.annotate(
            f"x{name}", (stop, -1.1), ha="center", va="top", fontsize=13, weight="bold" if stop == at else None
        )
    axes.set(xlim=(-0.5, len(FACTORS) - 0.5), ylim=(-3, 1))
    axes.set_axis_off()


def sheet() -> bytes:
    """All states at once, but for the original, as PNG."""
    states = [list(pictures_at(factor).items())[1:] for factor in FACTORS]
    rows = [name for name, _ in states[0]]
    cells = [[state[i][1] for state in states] for i in range(len(rows))]
    return grid(cells, side=112, columns=[f"x{factor}" for factor in FACTORS], rows=rows).png


def main() -> None:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter).parse_args()
    with torch.no_grad():
        states, still = [frame(factor) for factor in FACTORS], sheet()
    there_and_back = [*states, *states[-2:0:-1]]
    made = io.BytesIO()
    save = partial(there_and_back[0].save, made, "WEBP", save_all=True, append_images=there_and_back[1:])
    save(duration=STAY, loop=0, lossless=True, method=6)
    write_whole(PATH, made.getvalue())
    write_whole(PATH.with_name("restored.png"), still)
    print(f"{PATH}: {PATH.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()

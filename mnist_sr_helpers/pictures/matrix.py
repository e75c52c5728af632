"""A matrix of numbers as a figure, one training a row and one test a column."""

import matplotlib.style
import torch
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from .._arguments import check_floats, check_texts
from .figure import to_picture
from .grid import Picture
from .style import STYLE


@matplotlib.style.context(STYLE)
def draw_matrix(values: torch.Tensor, rows: list[str], columns: list[str], alt: str, *, title: str = "") -> Picture:
    """A heat map of `values` (R, C) with each number in its cell, a frame where a row and a column have one name.

    `rows` and `columns` are the names of the two sides (rows: trained on, columns: tested on; a comma breaks a
    column's), `title` stands above, the unit, dB, beside. The shade repeats the numbers, lighter for larger. Raises
    TypeError or ValueError for a wrong argument. Taught in "Changing the training".
    """
    check_floats("values", values, "R", "C")
    check_texts("rows", rows, len(values))
    check_texts("columns", columns, values.shape[1])
    if not rows or not columns:
        raise ValueError(f"rows and columns must name each row and column, got {rows!r} and {columns!r}.")
    figure = Figure(figsize=(2.2 + 1.0 * len(columns), 1.6 + 0.48 * len(rows)))
    axes = figure.subplots()
    shades = axes.imshow(values.detach().numpy(), cmap="cividis", aspect="auto")
    dark = values <= torch.lerp(values.min(), values.max(), 0.47)  # by the luminance of cividis (WCAG 2)
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            colour = "white" if dark[i, j] else "black"
            own = row == column
            axes.text(
                j, i, f"{values[i, j]:.1f}", ha="center", va="center", color=colour, fontsize=11,
                weight="bold" if own else "normal",
            )  # fmt: skip
            if own:
                axes.add_patch(Rectangle((j - 0.44, i - 0.4), 0.88, 0.8, fill=False, edgecolor=colour, linewidth=2))
    axes.set_xticks(range(len(columns)), [name.replace(", ", ",\n") for name in columns], fontsize=10)
    axes.set_yticks(range(len(rows)), rows, fontsize=10)
    axes.set(xlabel="tested on", ylabel="trained on", title=title)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    bar = figure.colorbar(shades, ax=axes, pad=0.02)
    bar.set_label("dB", fontsize=10)
    bar.outline.set_visible(False)
    return to_picture(figure, alt)

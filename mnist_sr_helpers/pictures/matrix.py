"""Tables of numbers with two headings, one training a row and one test a column: as a figure and as text."""

import torch

from .figure import to_picture
from .grid import Picture, check_labels


def draw_matrix(
    values: torch.Tensor, rows: list[str], columns: list[str], alt: str, *, title: str = "", unit: str = "dB"
) -> Picture:
    """A heat map of `values` (R, C) with each number in its cell, a frame where a row and a column have one name.

    `rows` and `columns` are the names of the two sides (rows: trained on, columns: tested on; a comma breaks a
    column's), `title` and `unit` stand above and beside. The shade repeats the numbers, lighter for larger. Raises
    TypeError or ValueError for a wrong argument. Taught in "Changing the training".
    """
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

    check_matrix(values, rows, columns)
    figure = Figure(figsize=(2.2 + 1.0 * len(columns), 1.6 + 0.48 * len(rows)), layout="constrained")
    axes = figure.subplots()
    shades = axes.imshow(values.numpy(), cmap="cividis", aspect="auto")
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            colour = "white" if luminance(shades.cmap(shades.norm(values[i, j].item()))) < 0.179 else "black"
            own = row == column
            axes.text(
                j, i, f"{values[i, j]:.1f}", ha="center", va="center", color=colour, fontsize=11,
                weight="bold" if own else "normal",
            )  # fmt: skip
            if own:
                axes.add_patch(Rectangle((j - 0.44, i - 0.4), 0.88, 0.8, fill=False, edgecolor=colour, linewidth=2))
    axes.set_xticks(range(len(columns)), [in_lines(name) for name in columns], fontsize=10)
    axes.set_yticks(range(len(rows)), rows, fontsize=10)
    axes.set_xlabel("tested on", fontsize=11)
    axes.set_ylabel("trained on", fontsize=11)
    axes.set_title(title, fontsize=11)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    bar = figure.colorbar(shades, ax=axes, pad=0.02)
    bar.set_label(unit, fontsize=10)
    bar.outline.set_visible(False)
    return to_picture(figure, alt)


def matrix_text(values: torch.Tensor, rows: list[str], columns: list[str], *, digits: int = 2) -> str:
    """`values` (R, C) as a text table, headings as in `draw_matrix`; fits a page for up to eight columns.

    Raises TypeError or ValueError for a wrong argument. Taught in "Changing the training".
    """
    check_matrix(values, rows, columns)
    left = max(len(name) for name in rows) + 1
    parts = [in_lines(name).split("\n") for name in columns]
    wide = max(9, 1 + max(len(part) for pair in parts for part in pair))
    depth = max(len(pair) for pair in parts)
    parts = [[""] * (depth - len(pair)) + pair for pair in parts]  # all end on the last line
    heads = [" " * left + "".join(f"{pair[line]:>{wide}}" for pair in parts) for line in range(depth)]
    lines = [
        f"{name:<{left}}" + "".join(f"{value:{wide}.{digits}f}" for value in line.tolist())
        for name, line in zip(rows, values, strict=True)
    ]
    return "\n".join(line.rstrip() for line in [*heads, *lines])


def luminance(colour: tuple[float, ...]) -> float:
    """Relative luminance of an sRGB colour, 0 to 1; at 0.179 black and white ink stand out alike (WCAG 2)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def in_lines(name: str) -> str:
    """A name in two lines where it has a comma, to fit a narrow column."""
    return name.replace(", ", ",\n")


def check_matrix(values, rows, columns) -> None:
    """Refuse anything but a float matrix with a name for each row and column."""
    if not isinstance(values, torch.Tensor) or values.ndim != 2 or not values.is_floating_point():
        came = f"shape {tuple(values.shape)}" if isinstance(values, torch.Tensor) else type(values).__name__
        raise TypeError(f"values must be a float tensor of shape (R, C), got {came}.")
    if values.numel() == 0 or not torch.isfinite(values).all():
        raise ValueError(f"values must be finite numbers, at least one, got shape {tuple(values.shape)}.")
    check_labels("rows", rows, len(values))
    check_labels("columns", columns, values.shape[1])
    if not rows or not columns:
        raise ValueError(f"rows and columns must name each row and column, got {rows!r} and {columns!r}.")

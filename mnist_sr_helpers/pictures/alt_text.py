"""Alt text from what is drawn: title, axes and values of a figure, labels of a grid of pictures."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.ticker import FixedFormatter, FuncFormatter

MOST = 13  # of a longer line three points are read out: the first, the middle and the last


def describe(figure: Figure) -> str:
    """What a figure shows, in words and numbers, for those who can't see it."""
    parts = [in_words(axes) for axes in figure.axes if axes.lines or axes.containers]
    if not parts:
        return ""  # it has neither curves nor bars: the author must say what it shows
    return " ".join(["A chart." if len(parts) == 1 else f"{len(parts)} charts.", *parts])


def in_words(axes: Axes) -> str:
    """Title, axes and labelled curves and bars of one chart; without labels all of them."""
    beside = [axes, *axes.get_shared_y_axes().get_siblings(axes)]  # the first of a row names the axis of all
    up = next(filter(None, (each.get_ylabel() for each in beside)), "place")
    across = axes.get_xlabel() or "place"
    heading = ". ".join(filter(None, [axes.get_title(loc="left") or axes.get_title(), f"Across: {across}. Up: {up}"]))
    curves = [(str(line.get_label()), *np.asarray(line.get_xydata()).T) for line in axes.lines]
    for bars in axes.containers:
        if not isinstance(bars, BarContainer):
            raise ValueError(f"{type(bars).__name__} has no words here: say what the figure shows, as alt.")
        (xs, ys), values = np.reshape([bar.get_center() for bar in bars], (-1, 2)).T, np.asarray(bars.datavalues)
        curves.append((str(bars.get_label()), *((xs, values) if bars.orientation == "vertical" else (values, ys))))
    named = [curve for curve in curves if not curve[0].startswith("_")] or curves
    heading = f"{heading}.".replace("?.", "?")
    return f"{heading} {'; '.join(read_out(axes, *curve) for curve in named)}."


def read_out(axes: Axes, label: str, xs: np.ndarray, ys: np.ndarray) -> str:
    """One curve: its label and its points, of a straight line across or up only the height or the place."""
    points = [(written(axes.xaxis, x), written(axes.yaxis, y)) for x, y in zip(xs, ys, strict=True)]
    if len(points) > MOST:
        points = [points[place] for place in (0, len(points) // 2, -1)]
    name = "" if label.startswith("_") else f"{label}: "
    if len(points) == 2 and points[0][1] == points[1][1]:
        return f"{name}a line at height {points[0][1]}"
    if len(points) == 2 and points[0][0] == points[1][0]:
        return f"{name}a line at {points[0][0]}"
    return name + ", ".join(f"{y} at {x}" for x, y in points)


def written(axis, value) -> str:
    """A value by the tick's own label if it stands on a named tick, else as a number."""
    formatter = axis.get_major_formatter()
    if isinstance(formatter, (FixedFormatter, FuncFormatter)):
        places = axis.get_majorticklocs()
        aside = 0.4 if list(places) == list(range(len(places))) else 0  # categories, where series stand side by side
        for place, name in zip(places, formatter.format_ticks(places), strict=True):
            if np.isclose(place, value, atol=aside) and name:
                return name.replace("\n", " ")
    return f"{value:,.0f}" if abs(value) >= 999.5 else f"{float(value):.3g}"

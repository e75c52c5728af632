"""Matplotlib figures as pictures with alt text, closed once drawn."""

import io
import sys

from matplotlib.figure import Figure

from .._arguments import check_alt
from .grid import Picture

DPI = 100


def to_picture(figure: Figure, alt: str) -> Picture:
    """Draw `figure` into a `Picture` with alt text and close it, so that no figure stays in memory.

    `alt` says what the figure shows, for readers who can't see it. Raises TypeError for anything but a figure,
    ValueError for an empty alt text. Taught in "Start here".
    """
    if not isinstance(figure, Figure):
        raise TypeError(f"figure must be a matplotlib Figure, got {type(figure).__name__}. Pass fig, not axes.")
    check_alt(alt)
    buffer = io.BytesIO()
    # Software would change the bytes with matplotlib's version.
    figure.savefig(buffer, format="png", dpi=2 * DPI, metadata={"Software": None})
    width, height = (round(inches * DPI) for inches in figure.get_size_inches())
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close(figure)
    return Picture(buffer.getvalue(), alt, width, height)

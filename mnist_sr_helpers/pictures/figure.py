"""Matplotlib figures as pictures with alt text, closed once drawn."""

import html
import io
import re
import sys

import matplotlib
from matplotlib.figure import Figure

from .alt_text import describe
from .grid import Picture
from .style import INK

DPI = 100


def to_picture(figure: Figure, alt: str | None = None) -> Picture:
    """Draw `figure` into a `Picture` with alt text and close it, so that no figure stays in memory.

    `alt` says what the figure shows, for readers who can't see it; without it title, axes and values are read out.
    Raises TypeError for anything but a figure, ValueError for an alt text that says nothing. Taught in "Start here".
    """
    if not isinstance(figure, Figure):
        raise TypeError(f"figure must be a matplotlib Figure, got {type(figure).__name__}. Pass fig, not axes.")
    alt = describe(figure) if alt is None else alt
    png, svg = io.BytesIO(), io.StringIO()
    # Software, dates and random ids would change the bytes.
    figure.savefig(png, format="png", dpi=2 * DPI, metadata={"Software": None})
    with matplotlib.rc_context({"svg.hashsalt": "mnist-sr"}):
        figure.savefig(svg, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    width, height = (round(inches * DPI) for inches in figure.get_size_inches())
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close(figure)
    return Picture(png.getvalue(), alt, width, height, for_pages(svg.getvalue(), alt, width))


def for_pages(svg: str, alt: str, width: int) -> str:
    """An SVG as part of a page: sharp at any zoom, its text in the page's colour, narrow where the page is."""
    shown = rf'<svg viewBox="\1" aria-hidden="true" style="width:{width}px;max-width:100%;height:auto">'
    drawing = svg[svg.index("<svg") :].replace(INK, "currentColor").replace("*{", ".mnist-sr-figure *{")
    for pattern, instead in ((r'<svg[^>]*viewBox="([^"]*)"[^>]*>', shown), ("<metadata>.*?</metadata>", "")):
        drawing = re.sub(pattern, instead, drawing, count=1, flags=re.DOTALL)
    drawing = re.sub('<g id="[^"]*"', "<g", drawing)  # the page may hold several figures
    return f'<div class="mnist-sr-figure" role="img" aria-label="{html.escape(alt)}">{drawing}</div>'

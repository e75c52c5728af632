"""From arrays to PNG: pixels shown as pixels, values clipped here and nowhere else, alt text on every picture."""

import base64
import html
import io
import os
from collections.abc import Sequence
from pathlib import Path

import jinja2
import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFont

from .._arguments import check_count, check_floats, check_texts, what_came

LETTERS, PAPER = "#1e1e1e", "#ffffff"
"""Of a sheet's labels: each on a strip of its own, as the sheet is transparent and the page may be dark."""
ABOVE, BELOW = (1.0, 0.6, 0.2), (0.2, 0.6, 1.0)
"""Colours of differences above and below zero, as bright as each other and apart for any colour vision."""

PAGE = jinja2.Template(Path(__file__).with_name("grid.html").read_text("utf-8"))


class Picture:
    """A PNG with alt text and its size on the page: what a notebook saves, and shows without a kernel.

    A live page gets HTML instead: `page` if there is one, with text as text and pixels as pixels, sharp at any zoom.
    The notebooks that come with the course, built with MNIST_SR_PNG_ONLY=1, hold the PNG alone: sites that show
    notebooks strip styles, and would prefer the HTML.
    """

    def __init__(self, png: bytes, alt: str, width: int, height: int, page: str = ""):
        if not isinstance(alt, str) or not alt.strip():
            raise ValueError(f"alt must say in words what is to be seen, got {what_came(alt)}.")
        self.png, self.alt, self.width, self.height, self.page = png, alt, width, height, page

    def _repr_mimebundle_(self, **_):
        data = {"image/png": base64.b64encode(self.png).decode(), "text/plain": self.alt}
        if os.environ.get("MNIST_SR_PNG_ONLY") != "1":
            data["text/html"] = self.to_html()
        return data, {"image/png": {"alt": self.alt, "width": self.width, "height": self.height}}

    def to_html(self) -> str:
        """The picture as part of a page: text and pixels, or an <img> of known size, so that nothing jumps."""
        if self.page and os.environ.get("MNIST_SR_PNG_ONLY") != "1":
            return self.page
        source = base64.b64encode(self.png).decode()
        return (
            f'<img alt="{html.escape(self.alt)}" width="{self.width}" height="{self.height}" '
            f'style="max-width:100%;height:auto" src="data:image/png;base64,{source}">'
        )


def to_pixels(x: torch.Tensor, name: str = "x") -> np.ndarray:
    """Grey values (H, W) in [0, 1] to uint8 levels: clipped, scaled by 255, rounded. Also colours, (H, W, 3).

    Overshoot is clipped; values outside [-1, 2] are refused, since they are of another range. Raises TypeError or
    ValueError for anything but such a picture.
    """
    way_on = "Take one picture, batch[0, 0]; divide 0-255 levels by 255."
    coloured = isinstance(x, torch.Tensor) and x.ndim == 3 and x.shape[2] == 3
    check_floats(name, x, *("H", "W", "3")[: 3 if coloured else 2], low=-1, high=2, way_on=way_on)
    return (x.detach().clamp(0, 1) * 255).round().byte().numpy()


def signed(x: torch.Tensor) -> torch.Tensor:
    """Differences (H, W) from -1 to 1 as colours (H, W, 3): black for none, blue below zero, orange above.

    Brightness is the root of the difference: else those of good estimates, a few hundredths, would look black. Raises
    TypeError or ValueError for anything else. Taught in "Seeing the failure".
    """
    check_floats("x", x, "H", "W", low=-1, high=1)
    light = x.abs().sqrt()[..., None]
    return light * torch.where(x[..., None] > 0, torch.tensor(ABOVE), torch.tensor(BELOW))


def grid(
    cells: list[list[torch.Tensor]],
    alt: str | None = None,
    *,
    side: int = 196,
    columns: Sequence[str] = (),
    rows: Sequence[str] = (),
    captions: Sequence[Sequence[str]] = (),
) -> Picture:
    """Lay pictures (H, W), or colours (H, W, 3), out in rows and columns, each `side` pixels wide, and label them.

    All share one grey scale: black 0, white 1. `columns` head the columns, `rows` stand on the left, `captions`
    below each picture. `alt` says what is to be seen; without it the labels are read out. Raises TypeError or
    ValueError for anything that is not a picture. Taught in "Start here".
    """
    check_count("side", side)
    check_cells(cells, columns, rows, captions)
    alt = read_out(rows, columns, captions) if alt is None else alt
    pixels = [[Image.fromarray(to_pixels(x, "cells")) for x in row] for row in cells]
    for width, height in (image.size for row in pixels for image in row):
        if width != height:
            raise ValueError(f"cells must hold square pictures (H, H), got {height} x {width}.")
        if side % width:
            raise ValueError(f"side must be a multiple of the picture's {width} pixels, got {side}.")
    page = PAGE.render(
        cells=[[base64.b64encode(to_png(image)).decode() for image in row] for row in pixels],
        alt=alt, side=side, columns=columns, rows=rows, captions=captions,
        lines=lines, below=[caption for line in captions for caption in line], escape=html.escape,
    )  # fmt: skip
    sheet = draw_sheet(pixels, side, columns, rows, captions)
    return Picture(to_png(sheet), alt, *sheet.size, page)


def lines(labels: Sequence[str], fit: int) -> int:
    """How many lines a slide keeps for labels: none, one, or two if a label has more characters than `fit`."""
    longest = max(map(len, labels), default=0)
    return (longest > 0) + (longest > fit)


def read_out(rows: Sequence[str], columns: Sequence[str], captions: Sequence[Sequence[str]] = ()) -> str:
    """Alt text from the labels of a grid; empty if there are none."""
    below = "; ".join(filter(None, (label for line in captions for label in line)))
    parts = {"Rows": "; ".join(rows), "Columns" if rows else "Pictures": "; ".join(columns), "Below them": below}
    return " ".join(f"{name}: {said}." for name, said in parts.items() if said)


def draw_sheet(pixels: list[list[Image.Image]], side: int, columns, rows, captions) -> Image.Image:
    """All pictures and labels of a grid on one sheet."""
    size = max(13, side // 14)
    font = ImageFont.load_default(size)
    gap, line = side // 16, size + 8
    left = max((int(font.getlength(label)) for label in rows), default=-gap) + 2 * gap
    top = gap // 2 + line * bool(columns)
    step_x, step_y = side + gap, side + gap + line * bool(captions)
    mode = "RGBA" if any(image.mode == "RGB" for row in pixels for image in row) else "LA"
    sheet = Image.new(mode, (left + step_x * len(pixels[0]), top + step_y * len(pixels)))
    draw = ImageDraw.Draw(sheet)

    def write(x: float, y: float, label: str, anchor: str) -> None:
        if label:
            near, _, far, _ = draw.textbbox((x, y), label, font, anchor=anchor)
            draw.rounded_rectangle((near - 4, y - line / 2 + 1, far + 4, y + line / 2 - 1), 4, PAPER)
            draw.text((x, y), label, LETTERS, font, anchor=anchor)

    for i, row in enumerate(pixels):
        for j, image in enumerate(row):  # each pixel is repeated: no smoothing, no invention
            enlarged = image.resize((side, side), Image.Resampling.NEAREST)
            sheet.paste(enlarged, (left + j * step_x, top + i * step_y))
    for i, label in enumerate(rows):
        write(left - gap, top + i * step_y + side / 2, label, "rm")
    heights = [top - line / 2 - 2, *(top + i * step_y + side + line / 2 for i in range(len(captions)))]
    for height, labels in zip(heights, [columns, *captions], strict=True):
        for j, label in enumerate(labels):
            write(left + j * step_x + side / 2, height, label, "mm")
    return sheet


def to_png(image: Image.Image) -> bytes:
    """An image as PNG: made fast rather than small, as a slider waits for it."""
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def check_cells(cells, columns, rows, captions) -> None:
    """Refuse what `grid` can't lay out: no pictures, rows of other lengths, labels that don't fit."""
    if not isinstance(cells, (list, tuple)) or not cells or not all(isinstance(row, (list, tuple)) for row in cells):
        raise ValueError(
            f"cells must hold rows of pictures, as in [[x[0, 0], x[1, 0]]] for one row of two, got {what_came(cells)}."
        )
    if len({len(row) for row in cells}) != 1 or not cells[0]:
        raise ValueError(f"cells must have rows of one length, got {[len(row) for row in cells]}.")
    check_texts("columns", columns, len(cells[0]))
    check_texts("rows", rows, len(cells))
    if not isinstance(captions, (list, tuple)) or (captions and len(captions) != len(cells)):
        raise ValueError(f"captions must have {len(cells)} rows as the cells have, got {what_came(captions)}.")
    for row in captions:
        check_texts("captions", row, len(cells[0]))

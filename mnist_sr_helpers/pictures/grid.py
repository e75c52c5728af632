"""From arrays to PNG: pixels shown as pixels, values clipped here and nowhere else, alt text on every picture."""

import base64
import html
import io
import os
from collections.abc import Sequence

import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFont

from .._arguments import check_alt, check_count, check_floats, check_texts, what_came

INK, PAPER = 30, 255
"""Grey levels of labels and of the sheet around the pictures."""


class Picture:
    """A PNG with alt text and its size on the page: what a notebook saves, and shows without a kernel.

    JupyterLab gives PNG outputs no alt text, so it also gets the picture as HTML, unless MNIST_SR_PNG_ONLY=1: the
    notebooks that come with the course hold each picture once. Taught in "Start here".
    """

    def __init__(self, png: bytes, alt: str, width: int, height: int):
        self.png, self.alt, self.width, self.height = png, alt, width, height

    def _repr_mimebundle_(self, **_):
        data = {"image/png": base64.b64encode(self.png).decode(), "text/plain": self.alt}
        if os.environ.get("MNIST_SR_PNG_ONLY") != "1":
            data["text/html"] = self.to_html()
        return data, {"image/png": {"alt": self.alt, "width": self.width, "height": self.height}}

    def to_html(self) -> str:
        """The picture as an <img> whose size is known beforehand, so that nothing jumps; narrow windows shrink it."""
        source = base64.b64encode(self.png).decode()
        return (
            f'<img alt="{html.escape(self.alt)}" width="{self.width}" height="{self.height}" '
            f'style="max-width:100%;height:auto" src="data:image/png;base64,{source}">'
        )


def to_pixels(x: torch.Tensor) -> np.ndarray:
    """Grey values (H, W) in [0, 1] to uint8 levels: clipped, scaled by 255, rounded.

    Overshoot is clipped; values outside [-1, 2] are refused, since they are of another range. Raises TypeError or
    ValueError for anything but such a picture. Taught in "Degradation".
    """
    way_on = "Take one picture, batch[0, 0]; divide 0-255 levels by 255."
    check_floats("x", x, "H", "W", low=-1, high=2, way_on=way_on)
    return (x.detach().clamp(0, 1) * 255).round().byte().numpy()


def grid(
    cells: list[list[torch.Tensor]],
    alt: str,
    *,
    side: int = 196,
    columns: Sequence[str] = (),
    rows: Sequence[str] = (),
    captions: Sequence[Sequence[str]] = (),
) -> Picture:
    """Lay pictures (H, W) out in rows and columns, each enlarged to `side` pixels, and label them.

    All share one grey scale: black 0, white 1. `columns` head the columns, `rows` stand on the left, `captions`
    below each picture. Raises TypeError or ValueError for anything that is not a picture. Taught in "Start here".
    """
    check_count("side", side)
    check_cells(cells, side, columns, rows, captions)
    check_alt(alt)
    size = max(13, side // 14)
    font = ImageFont.load_default(size)
    gap, line = side // 16, size + 8
    left = max((int(font.getlength(label)) for label in rows), default=-gap) + 2 * gap
    top = gap // 2 + line * bool(columns)
    step_x, step_y = side + gap, side + gap + line * bool(captions)
    width, height = left + step_x * len(cells[0]), top + step_y * len(cells)
    image = Image.new("L", (width, height), PAPER)
    draw = ImageDraw.Draw(image)
    for i, row in enumerate(cells):
        for j, x in enumerate(row):
            # Each pixel is repeated: no smoothing, no invention.
            pixels = Image.fromarray(to_pixels(x)).resize((side, side), Image.Resampling.NEAREST)
            image.paste(pixels, (left + j * step_x, top + i * step_y))
    for j, label in enumerate(columns):
        draw.text((left + j * step_x + side / 2, top - line / 2 - 2), label, INK, font, anchor="mm")
    for i, label in enumerate(rows):
        draw.text((left - gap, top + i * step_y + side / 2), label, INK, font, anchor="rm")
    for i, labels in enumerate(captions):
        for j, label in enumerate(labels):
            place = left + j * step_x + side / 2, top + i * step_y + side + line / 2
            draw.text(place, label, INK, font, anchor="mm")
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=1)  # fast rather than small: a slider waits for it
    return Picture(buffer.getvalue(), alt, width, height)


def check_cells(cells, side, columns, rows, captions) -> None:
    """Refuse what `grid` can't lay out: no pictures, rows of other lengths, labels that don't fit."""
    if not isinstance(cells, (list, tuple)) or not cells or not all(isinstance(row, (list, tuple)) for row in cells):
        raise ValueError(
            f"cells must hold rows of pictures, as in [[x[0, 0], x[1, 0]]] for one row of two, got {what_came(cells)}."
        )
    if len({len(row) for row in cells}) != 1 or not cells[0]:
        raise ValueError(f"cells must have rows of one length, got {[len(row) for row in cells]}.")
    for x in (x for row in cells for x in row):
        if not isinstance(x, torch.Tensor) or x.ndim != 2 or x.shape[0] != x.shape[1]:
            raise ValueError(
                f"cells must hold square pictures (H, H), got {what_came(x)}. Take one picture: batch[0, 0]."
            )
        if side % max(1, len(x)):
            raise ValueError(f"side must be a multiple of the picture's {len(x)} pixels, got {side}.")
    check_texts("columns", columns, len(cells[0]))
    check_texts("rows", rows, len(cells))
    if captions and len(captions) != len(cells):
        raise ValueError(f"captions must have {len(cells)} rows as the cells have, got {len(captions)}.")
    for row in captions:
        check_texts("captions", row, len(cells[0]))

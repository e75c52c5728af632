"""A drawn digit: centred as MNIST's are, made small, restored by every model, read by the classifier."""

import math
from collections.abc import Sequence

import numpy as np
import torch
from PIL import Image, ImageDraw

from .._arguments import SIDE, check_choice, check_images, is_number, what_came
from ..degradation import FACTORS, downsample, quantise
from ..ladder import NETWORKS, rung
from ..metrics import psnr
from ..pictures.grid import Picture, grid
from ..weights import cached_reader
from .comparison import SMALL_PANEL, View, draw_view, in_pixels, in_words

FIELD, PEN = 280, 0.1
"""Side of the field in pixels, and the pen's width as a share of it: drawn ones come out as thick as MNIST's."""
BOX, CENTRE = 20, 14  # MNIST's measures in pixels: the box a digit is scaled to, the pixel its centre of mass comes to
METHODS = ("bicubic", *(name for name in NETWORKS if not name.startswith("SimpleSR, enlarge")))
"""What restores the drawn digit, as `ladder` names it: the article's network stands for SimpleSR's first two forms."""
OTHERS = """<div class="mnist-sr-others"><p>{}</p><p>Other methods: PSNR in dB, and what the classifier reads where it
is not as in the original.</p>{}</div>"""


def draw_strokes(strokes: Sequence) -> torch.Tensor:
    """Strokes as a picture of white ink on black, (1, 1, 280, 280) float32, each pixel 0 or 1, like a scan.

    `strokes` is a list of strokes, each a list of points (x, y) from 0 to 1, seen from the upper left corner; a
    stroke of one point is a dot. Raises ValueError for anything else.
    """
    if not is_list(strokes) or not all(is_list(stroke) and stroke and all(map(is_point, stroke)) for stroke in strokes):
        wanted = "a list of strokes, each a list of points (x, y) from 0 to 1, as in [[(0.5, 0.1), (0.5, 0.9)]]"
        raise ValueError(f"strokes must be {wanted}, got {what_came(strokes)}.")
    image = Image.new("L", (FIELD, FIELD))
    pen, radius = ImageDraw.Draw(image), PEN * FIELD / 2
    for stroke in strokes:
        points = [(x * FIELD, y * FIELD) for x, y in stroke]
        pen.line(points, fill=1, width=round(2 * radius))
        for x, y in points:  # round ends and bends, as the browser draws them
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=1)
    return torch.from_numpy(np.array(image, np.float32))[None, None]


def is_list(value) -> bool:
    return isinstance(value, (list, tuple))


def is_point(value) -> bool:
    return is_list(value) and len(value) == 2 and all(is_number(number) and 0 <= number <= 1 for number in value)


def centre_like_mnist(picture: torch.Tensor) -> torch.Tensor:
    """A picture of one digit, scaled and centred as MNIST's digits are: (1, 1, H, W) to (1, 1, 28, 28).

    The ink's bounding box is scaled, its aspect kept, until its longer side is 20 pixels; each new pixel is the
    mean of the area it covers, so edges become grey. It is then moved by whole pixels until its centre of mass
    lies nearest to pixel (14, 14), counted from 0; a digit that would leave the frame stays inside. MNIST's own
    digits come out unchanged. After the description on the MNIST page (LeCun, Cortes and Burges); the pixel is
    measured on the digits.

    `picture` float32 in [0, 1], ink white on black. Raises TypeError or ValueError for anything else, ink missing, too.
    """
    check_picture("picture", picture)
    x = picture[0, 0].detach().cpu()
    ink = x > 0.5 / 255  # the rest would be stored as level 0
    if not ink.any():
        raise ValueError("picture holds no ink, all its pixels are black. Draw a digit first, in white on black.")
    rows, columns = ink.any(1).nonzero(), ink.any(0).nonzero()
    digit = x[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    scale = BOX / max(digit.shape)
    height, width = (max(1, round(side * scale)) for side in digit.shape)
    # The mean over an area makes no picture larger; a digit smaller than the box needs interpolation.
    kernel = Image.Resampling.BOX if scale <= 1 else Image.Resampling.BILINEAR
    scaled = torch.from_numpy(np.array(Image.fromarray(digit.numpy()).resize((width, height), kernel)))
    top, left = offset(scaled.sum(1)), offset(scaled.sum(0))
    centred = torch.zeros(1, 1, SIDE, SIDE)
    centred[0, 0, top : top + height, left : left + width] = scaled.clamp(0, 1)
    return centred


def offset(mass: torch.Tensor) -> int:
    """Where rows (or columns) of the given mass start in the frame, so that their centre comes to CENTRE."""
    mass = mass.double()
    centre = (mass * torch.arange(len(mass))).sum() / mass.sum()
    return min(max(math.ceil(CENTRE - 0.5 - centre.item()), 0), SIDE - len(mass))


def restorations(image: torch.Tensor, factor: int, file: bool = False) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
    """The low resolution of a digit, with `file` in 8 bit, and by name what each of METHODS makes of it, not clipped.

    At factor 1 there is nothing to restore.
    """
    check_picture("image", image, side=SIDE)
    low = downsample(image, factor)
    low = quantise(low) if check_choice("file", file, (True, False)) else low
    return low, {name: low if factor == 1 else rung(name, factor)(low) for name in METHODS}


@torch.no_grad()
def read_with_share(images: torch.Tensor) -> list[tuple[int, float]]:
    """What the classifier reads in each picture (N, 1, 28, 28), and the share of its vote, 0 to 1 (softmax)."""
    shares, labels = cached_reader()(images.clamp(0, 1)).softmax(1).max(1)
    return list(zip(labels.tolist(), shares.tolist(), strict=True))


def drawing_view(image: torch.Tensor, factor: int, file: bool = False) -> View:
    """One digit at one factor: itself, its low resolution, the best restoration, and smaller those of all others.

    `image` (1, 1, 28, 28) float32 in [0, 1], as from `centre_like_mnist`; `file` stores the low resolution in 8 bit.
    Below a restoration stand PSNR and what the classifier reads, below the smaller ones only a reading other than of
    the original. The share of the classifier's vote is its own word, not a measured frequency. Raises TypeError or
    ValueError for a wrong argument.
    """
    low, estimates = restorations(image, factor, file)
    pictures = torch.cat([image, *estimates.values()]).clamp(0, 1)
    (read, share), *readings = read_with_share(pictures)
    decibels = [in_words(psnr(picture[None], image).item()) for picture in pictures[1:]]
    captions = ["original"]
    for name, quality, (label, _) in zip(METHODS, decibels, readings, strict=True):
        captions.append(f"{short_name(name)} {quality.removesuffix(' dB')}" + f", reads {label}" * (label != read))
    cells, half = list(pictures[:, 0]), len(METHODS) // 2
    small = grid([cells[:half], cells[half:-1]], side=SMALL_PANEL, captions=[captions[:half], captions[half:-1]])
    form = "in 8 bit, as in a file; the networks learnt from floats" if file else "as floats, not clipped"
    note = f"The low resolution: {in_pixels(low)} pixels, {form}."
    main = [[cells[0], low[0, 0].clamp(0, 1), cells[-1]]]
    columns = ["original", f"low, {in_pixels(low)}", METHODS[-1]]
    beneath = [[in_reading(read, share), "", f"{decibels[-1]}, {in_reading(*readings[-1])}"]]
    what, others = f"A digit at x{factor}. {note}", OTHERS.format(note, small.to_html())
    return draw_view(main, what, [], others, side=SMALL_PANEL, columns=columns, captions=beneath)


def in_reading(label: int, share: float) -> str:
    """What the classifier reads, and the share of its vote where it is not sure."""
    return f"reads {label}" + f" ({share:.0%})" * (share < 0.995)


def drawing_sheet(image: torch.Tensor) -> Picture:
    """One digit at every factor, restored by bicubic and each network, with what the classifier reads.

    Rows are methods, columns factors; `image` and errors as in `drawing_view`.
    """
    lows, columns = zip(*(restorations(image, factor) for factor in FACTORS), strict=True)
    cells, captions = [[low[0, 0].clamp(0, 1) for low in lows]], [list(map(in_pixels, lows))]
    for name in METHODS:
        estimates = torch.cat([column[name] for column in columns])
        cells.append(list(estimates[:, 0].clamp(0, 1)))
        captions.append([f"reads {label}" for label, _ in read_with_share(estimates)])
    factors, methods = [f"x{factor}" for factor in FACTORS], ["low resolution", *map(short_name, METHODS)]
    return grid(cells, side=56, columns=factors, rows=methods, captions=captions)


def short_name(name: str) -> str:
    """A method's name where there is little room."""
    return name.removeprefix("SimpleSR, ").replace("enlarge ", "")


def check_picture(name: str, value, side: int | None = None) -> None:
    """Refuse anything but one picture in [0, 1], with `side` of that many pixels a side."""
    if len(check_images(name, value, low=0, high=1, side=side)) != 1:
        raise ValueError(f"{name} must be one picture (1, 1, H, W), got {len(value)}. Take one: pictures[:1].")

"""Figures of matplotlib: colours strong enough, told apart with any vision, never alone; texts whole and apart.

`faults` looks at one figure; after `watch`, each figure that is drawn adds its faults to `found`.
"""

import itertools
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
from coloraide.everything import ColorAll as Color
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import Collection, PathCollection
from matplotlib.colors import Colormap, to_hex, to_rgba
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

TEXT, LARGE_TEXT, SHAPE = 4.5, 3, 3
"""Least contrast, by WCAG 2.2's success criteria 1.4.3 (text; large: 18 pt, or 14 pt bold) and 1.4.11 (graphics)."""
APART = 20
"""Least distance in CAM16-UCS of two colours in one figure, for every kind of vision below. About 1 is just seen side
by side; lines lie far apart and are thin. Half of the pairs of matplotlib's default colours fall below it."""
VISIONS = {"full": None, "protanopia": "protan", "deuteranopia": "deutan", "tritanopia": "tritan"}
TRANSLUCENT = 0.5
"""Fills below this opacity are bands around a line or backgrounds, and not looked at."""
DIVERGING = ("RdBu", "PuOr", "coolwarm")
"""Maps light in the middle whose two halves are told apart with any vision."""
NOTHING = (None, "None", "none", "", " ")

found: list[str] = []


class Mark(NamedTuple):
    """A line, a bar, a group of points: `colour` and `edge` (or None) as hex on their `ground`; `name` for messages."""

    name: str
    colour: str
    edge: str | None
    ground: str


def watch() -> None:
    """From now on, check figures as they are saved, once for each set of colours, maps, titles; keep the faults."""
    save, seen = Figure.savefig, set()

    def savefig(figure, *arguments, **options):
        key = frozenset(mark for axes in figure.axes for mark in marks(axes))
        key |= {to_hex(text.get_color()) for text in figure.findobj(Text)}
        key |= {image.get_cmap().name for axes in figure.axes for image in axes.images}
        key |= {axes.get_title(loc) for axes in figure.axes for loc in ("left", "center")}
        if key not in seen:
            seen.add(key)
            found.extend(faults(figure))
        return save(figure, *arguments, **options)

    Figure.savefig = savefig


def faults(figure: Figure) -> list[str]:
    """What a reader with another colour vision, or on a pale screen, would miss in `figure`."""
    titles = [axes.get_title("left") or axes.get_title() or axes.get_xlabel() for axes in figure.axes]
    where = f"figure {next(filter(None, [figure.get_suptitle(), *titles]), 'without title')!r}"
    drawn = [mark for axes in figure.axes for mark in marks(axes)]
    problems = [
        *pale(drawn),
        *alike(drawn),
        *by_colour_alone(figure),
        *unreadable(figure),
        *uneven_maps(figure),
        *badly_placed(figure),
    ]
    return [f"{where}: {problem}" for problem in dict.fromkeys(problems)]


def marks(axes: Axes) -> Iterator[Mark]:
    """Everything in `axes` that shows data in a colour of its own; nothing on a picture, whose ground varies."""
    if axes.images:
        return
    ground = on(axes.get_facecolor(), on(axes.figure.get_facecolor(), "white"))
    for line in filter(Artist.get_visible, axes.lines):
        if line.get_linestyle() not in NOTHING:
            yield Mark(name_of(line, "a line"), on(to_rgba(line.get_color(), line.get_alpha()), ground), None, ground)
        elif line.get_marker() not in NOTHING:
            face = to_rgba(line.get_markerfacecolor(), line.get_alpha())
            yield Mark(name_of(line, "markers"), on(face, ground), on(line.get_markeredgecolor(), ground), ground)
    for patch in filter(Artist.get_visible, axes.patches):
        edge = patch.get_edgecolor() if patch.get_linewidth() else (0, 0, 0, 0)
        yield from filled(name_of(patch, "a bar"), patch.get_facecolor(), edge, ground)
    for collection in filter(Artist.get_visible, axes.collections):
        if collection.get_array() is None:
            faces, edges = list(collection.get_facecolor()), list(collection.get_edgecolor())
            for i in range(max(len(faces), len(edges))):
                face = faces[i % len(faces)] if faces else (0, 0, 0, 0)
                edge = edges[i % len(edges)] if edges else (0, 0, 0, 0)
                yield from filled(name_of(collection, "a group of points or lines"), face, edge, ground)


def name_of(artist: Artist, otherwise: str) -> str:
    """The artist's label, if it has one for a legend."""
    label = str(artist.get_label())
    return otherwise if not label or label.startswith("_") else label


def filled(name: str, face, edge, ground: str) -> Iterator[Mark]:
    """A filled shape as a mark; an outline alone by its edge; nothing for a translucent band."""
    border = on(edge, ground) if edge[3] >= TRANSLUCENT else None
    if face[3] >= TRANSLUCENT:
        yield Mark(name, on(face, ground), border, ground)
    elif border and not face[3]:
        yield Mark(name, border, None, ground)


def on(colour, ground: str) -> str:
    """A colour with opacity as it looks on an opaque ground, as hex."""
    *values, opacity = to_rgba(colour)
    return to_hex(opacity * np.array(values) + (1 - opacity) * np.array(to_rgba(ground)[:3]))


@cache
def contrast(colour: str, ground: str) -> float:
    """WCAG's contrast of two colours, 1 to 21."""
    return Color(colour).contrast(ground, method="wcag21")


@cache
def seen_as(colour: str, vision: str) -> Color:
    """A colour as seen with `vision`, one of VISIONS: Viénot (1999) for red-green, Brettel (1997) for blue-yellow."""
    kind = VISIONS[vision]
    return Color(colour).filter(kind).clip() if kind else Color(colour)


def distance(a: str, b: str, vision: str) -> float:
    """How far apart two colours look with `vision`, in CAM16-UCS (black to white: 100)."""
    return seen_as(a, vision).delta_e(seen_as(b, vision), method="cam16", model="ucs")


def pale(drawn: list[Mark]) -> Iterator[str]:
    """Marks that neither their colour nor their edge sets off from the ground."""
    for name, colour, edge, ground in drawn:
        best = max(contrast(colour, ground), contrast(edge, ground) if edge else 0)
        if best < SHAPE:
            yield (
                f"{name}, {colour} on {ground}, has a contrast of {best:.1f}, wanted {SHAPE}. "
                "Darken it, or give it a dark edge."
            )


def alike(drawn: list[Mark]) -> Iterator[str]:
    """Pairs of colours that some readers can't tell apart."""
    # A fill in the ground's colour is known by its edge.
    colours = dict.fromkeys(mark.colour for mark in drawn if mark.colour != mark.ground)
    for a, b in itertools.combinations(colours, 2):
        apart, vision = min((distance(a, b, vision), vision) for vision in VISIONS)
        if apart < APART:
            yield (
                f"{a} and {b} lie {apart:.0f} apart with {vision}{' colour vision' if vision == 'full' else ''}, "
                f"wanted {APART}. Take colours of different lightness, or one colour in two line styles."
            )


def by_colour_alone(figure: Figure) -> Iterator[str]:
    """Entries of a legend that differ in nothing but colour."""
    for legend in filter(None, [*(axes.get_legend() for axes in figure.axes), *figure.legends]):
        names = [text.get_text() for text in legend.get_texts()]
        entries = list(zip(names, legend.legend_handles, strict=True))
        for (a, first), (b, second) in itertools.combinations(entries, 2):
            if cue(first) == cue(second):
                yield f"in the legend {a!r} and {b!r} differ by colour alone. Add a line style, a marker or a hatch."


def cue(handle: Artist) -> tuple:
    """What a legend's entry shows besides its colour."""
    if isinstance(handle, Line2D):
        return "line", handle.get_linestyle(), str(handle.get_marker())
    if isinstance(handle, PathCollection):
        return "points", handle.get_paths()[0].vertices.tobytes(), handle.get_hatch()
    if isinstance(handle, Collection):
        return "lines", str(handle.get_linestyle()), handle.get_hatch()
    if isinstance(handle, Patch):
        return "patch", handle.get_hatch(), handle.get_fill(), handle.get_linestyle()
    return (type(handle).__name__,)


def unreadable(figure: Figure) -> Iterator[str]:
    """Texts that are too faint on what is drawn under them."""
    texts = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    before, opacities = figure.canvas, [text.get_alpha() for text in texts]
    canvas = FigureCanvasAgg(figure)
    for text in texts:
        text.set_alpha(0)  # hidden texts would let the layout move
    try:
        canvas.draw()
        pixels = np.asarray(canvas.buffer_rgba())[..., :3].astype(np.uint32)
        boxes = [text.get_window_extent(canvas.get_renderer()) for text in texts]
    finally:
        for text, opacity in zip(texts, opacities, strict=True):
            text.set_alpha(opacity)
        figure.set_canvas(before)
    codes = pixels @ np.array([65536, 256, 1], np.uint32)
    height = len(codes)
    for text, box in zip(texts, boxes, strict=True):
        left, right = max(int(box.x0), 0), max(int(np.ceil(box.x1)), 0)
        top, bottom = max(height - int(np.ceil(box.y1)), 0), max(height - int(box.y0), 0)
        under = codes[top:bottom, left:right]
        if not under.size:
            continue
        values, counts = np.unique(under, return_counts=True)
        ground = f"#{values[counts.argmax()]:06x}"
        colour = on(to_rgba(text.get_color(), text.get_alpha()), ground)
        bold = text.get_fontweight() in ("bold", "heavy", "black", 700, 800, 900)
        least = LARGE_TEXT if text.get_fontsize() >= (14 if bold else 18) else TEXT
        if contrast(colour, ground) < least:
            yield (
                f"the text {text.get_text()!r}, {colour} on {ground}, has a contrast of "
                f"{contrast(colour, ground):.1f}, wanted {least}."
            )


def badly_placed(figure: Figure) -> Iterator[str]:
    """Texts that leave the figure, or lie on one another; but for the numbers of ticks, whose place is matplotlib's."""
    axes = [axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)]
    ticks = {label for axis in axes for minor in (False, True) for label in axis.get_ticklabels(minor)}
    before = figure.canvas
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    boxes = {}
    for text in figure.findobj(Text):
        if text.get_visible() and text.get_text().strip() and text not in ticks:
            boxes[text] = text.get_window_extent(canvas.get_renderer())
    figure.set_canvas(before)
    width, height = canvas.get_width_height()
    for text, box in boxes.items():
        if box.x0 < -1 or box.y0 < -1 or box.x1 > width + 1 or box.y1 > height + 1:
            yield f"the text {text.get_text()!r} is cut off. Shorten it, or break the line."
    for (one, a), (other, b) in itertools.combinations(boxes.items(), 2):
        across, up = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        if across > 2 and up > 4:  # a line's box is higher than its letters
            yield f"the texts {one.get_text()!r} and {other.get_text()!r} overlap. Move one."


def uneven_maps(figure: Figure) -> Iterator[str]:
    """Colour maps whose order can't be seen by lightness."""
    for image in (image for axes in figure.axes for image in (*axes.images, *axes.collections)):
        values = image.get_array()
        if values is not None and np.ndim(values) <= 2 and not is_ordered(image.get_cmap()):
            yield (
                f"the colour map {image.get_cmap().name!r} gets lighter and darker again, so its order can't be seen. "
                f"Take gray, viridis or cividis; around a middle one of {', '.join(DIVERGING)}."
            )


def is_ordered(colours: Colormap) -> bool:
    """Whether lightness only rises or only falls, or the map is made to diverge from a middle."""
    lightness = [Color(to_hex(colours(value))).convert("lab-d65")["l"] for value in np.linspace(0, 1, 65)]
    change = np.diff(lightness)
    return (change > -0.5).all() or (change < 0.5).all() or colours.name.removesuffix("_r") in DIVERGING

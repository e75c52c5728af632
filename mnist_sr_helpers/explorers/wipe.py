"""The wipe, as the field compares restorations: one picture of a digit over another, with a divider to move."""

from pathlib import Path

import anywidget
import ipywidgets as widgets
import torch
import traitlets

from .._arguments import SIDE
from ..degradation import FACTORS, upsample
from ..digits import CLASSES
from ..pictures.grid import Picture, grid
from .comparison import PANEL, in_pixels, score
from .one_digit import SHOWN, by_rung
from .shell import Explorer

SIDES = ("original", "low resolution", *SHOWN)
START = {"digit": 7, "factor": 7, "left": "bicubic", "right": "EDSR-like"}


class Divided(anywidget.AnyWidget):
    """Two `sides`, each with name, words and picture (values row by row), parted at `at` per cent of the width."""

    _esm = Path(__file__).with_name("wipe.js")
    sides: traitlets.List = traitlets.List().tag(sync=True)
    at = traitlets.Int(50).tag(sync=True)


class Wipe(Explorer):
    """Two of a digit's original, low resolution and estimates, one over the other, with a divider between them.

    Finger, mouse and arrow keys move the divider; `sheet()` is a picture of both and of their halves, for readers
    without a kernel. Errors are shown as by `Explorer`. Taught in "Model or information?".
    """

    what, beneath = "Two pictures and a divider", "both"

    def __init__(self):
        self.divided = Divided()
        super().__init__(self.sides, start=START, digit=CLASSES, factor=FACTORS[1:], left=SIDES, right=SIDES)

    def parts(self) -> list[widgets.Widget]:
        """The controls, the divided pictures, and where an error is told."""
        controls, screen = super().parts()
        return [controls, self.divided, screen]

    def sides(self) -> list[tuple[str, torch.Tensor, str]]:
        """What the controls have chosen: at the left, at the right."""
        digit, factor, *names = (control.value for control in self.controls.values())
        return [side(digit, factor, name) for name in names]

    def draw(self, change=None) -> None:
        """Show the chosen sides; on failure show the error, then raise it."""
        with self.alert(self.screen, "This state can't be drawn."):
            self.divided.sides = [
                {"name": name, "picture": picture.flatten().tolist(), "words": words}
                for name, picture, words in self.sides()
            ]
            self.screen.value = ""

    def sheet(self) -> Picture:
        """The left side, the right side, and between them the left half of one beside the right half of the other."""
        names, pictures, words = zip(*self.sides(), strict=True)
        one, other = (upsample(x[None, None], SIDE // len(x), "nearest")[0, 0] for x in pictures)
        halves = torch.cat([one[:, : SIDE // 2], other[:, SIDE // 2 :]], dim=1)
        columns, captions = [names[0], "half and half", names[1]], [[words[0], "", words[1]]]
        return grid([[one, halves, other]], side=PANEL, columns=columns, captions=captions)


def side(digit: int, factor: int, name: str) -> tuple[str, torch.Tensor, str]:
    """The side `name`, one of SIDES, of a sample digit: its name, the picture (h, w) in [0, 1], the words beneath."""
    original, low, *_ = restored = by_rung(digit, factor, name if name in SHOWN else "bicubic")
    given = {"original": (original, f"a {digit}"), "low resolution": (low.clamp(0, 1), in_pixels(low))}
    picture, words = given.get(name) or (restored.shown, score(restored))
    return name, picture[0, 0], words

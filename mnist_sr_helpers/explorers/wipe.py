"""The wipe, as the field compares restorations: one picture of a digit over another, with a divider to move."""

from pathlib import Path

import anywidget
import ipywidgets as widgets
import torch
import traitlets

from ..degradation import FACTORS
from ..digits import CLASSES
from ..pictures.grid import Picture, grid
from .comparison import SIDE, in_pixels, score
from .one_digit import SHOWN, by_rung
from .shell import Explorer

SIDES = ("original", "low resolution", *SHOWN)


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

    def __init__(self):
        self.divided = Divided()
        start = {"digit": 7, "factor": 7, "left": "bicubic", "right": "EDSR-like"}
        super().__init__(side_of, start=start, digit=CLASSES, factor=FACTORS[1:], left=SIDES, right=SIDES)
        self.fallback = "Two pictures and a divider: needs a running kernel. The picture below shows both."

    def parts(self) -> list[widgets.Widget]:
        """The controls, the divided pictures, and where an error is told."""
        controls, screen = super().parts()
        return [controls, self.divided, screen]

    def sides(self) -> list[tuple[str, torch.Tensor, str]]:
        """Both sides as the controls have them: name, picture (h, w) in [0, 1], and the words beneath."""
        digit, factor, *names = (control.value for control in self.controls.values())
        return [(name, *side_of(digit, factor, name)) for name in names]

    def draw(self, change=None) -> None:
        """Show the chosen sides; on failure show the error, then raise it."""
        with self.alert(self.screen, "This state can't be drawn."):
            self.divided.sides = [
                {"name": name, "words": words, "picture": picture.flatten().tolist()}
                for name, picture, words in self.sides()
            ]
            self.screen.value = ""

    def sheet(self) -> Picture:
        """The left side, the right side, and between them the left half of one beside the right half of the other."""
        (left, one, first), (right, other, second) = self.sides()
        one, other = (x.repeat_interleave(28 // len(x), 0).repeat_interleave(28 // len(x), 1) for x in (one, other))
        halves = torch.cat([one[:, :14], other[:, 14:]], dim=1)
        columns = [left, "half and half", right]
        return grid([[one, halves, other]], side=SIDE, columns=columns, captions=[[first, "", second]])


def side_of(digit: int, factor: int, name: str) -> tuple[torch.Tensor, str]:
    """What one side shows, (h, w) in [0, 1], and the words beneath it."""
    if name == "original":
        return by_rung(digit, factor, "bicubic").original[0, 0], f"a {digit}"
    if name == "low resolution":
        low = by_rung(digit, factor, "bicubic").low
        return low[0, 0].clamp(0, 1), in_pixels(low)
    restored = by_rung(digit, factor, name)
    return restored.shown[0, 0], score(restored)

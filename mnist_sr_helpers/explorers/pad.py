"""Draw your own digit: a field for it, and what every model makes of it."""

from pathlib import Path

import anywidget
import ipywidgets as widgets
import torch
import torch.nn.functional as F
import traitlets

from ..degradation import FACTORS
from ..digits import CLASSES, sample_digit
from ..pictures.grid import Picture
from .comparison import View
from .drawing import FIELD, PEN, centre_like_mnist, draw_strokes, drawing_sheet, drawing_view
from .shell import Explorer

SHIFTS = tuple(range(-4, 5))
START = {"digit": 5, "factor": 4, "right": 0, "down": 0}
HINT = "Draw a digit on the field. By keyboard, choose a sample digit: it takes the drawing's place."


class Canvas(anywidget.AnyWidget):
    """The field to draw on: `strokes` as `draw_strokes` takes them, changed by the browser or from Python."""

    _esm = Path(__file__).with_name("pad_canvas.js")
    strokes: traitlets.List = traitlets.List().tag(sync=True)
    side = traitlets.Int(FIELD, read_only=True).tag(sync=True)
    pen = traitlets.Float(PEN, read_only=True).tag(sync=True)


class DigitPad(Explorer):
    """A field to draw a digit on, and what every model makes of it; a sample digit until something is drawn.

    Drawing needs a mouse, a pen or a finger; by keyboard, the slider `digit` chooses a sample digit instead of the
    drawing, and `right` and `down` move either by whole pixels. `image` is the digit shown, `sheet()` a picture of
    it at every factor, for readers without a kernel. Errors are shown as by `Explorer`. Taught in "Model or
    information?".
    """

    what, beneath = "A field to draw a digit on", "a sample digit"

    def __init__(self):
        self.canvas = Canvas()
        self.clear_button = widgets.Button(description="Clear", tooltip="Remove the drawing", layout={"width": "5em"})
        choices = {"digit": CLASSES, "factor": FACTORS, "right": SHIFTS, "down": SHIFTS, "file": (False, True)}
        super().__init__(self.show, start=START, **choices)
        self.controls["file"].description = "as a file (8 bit)"
        self.add_class("mnist-sr-pad")
        self.clear_button.on_click(self.clear)
        self.canvas.observe(self.draw, names="strokes")
        self.controls["digit"].unobserve(self.draw, names="value")
        self.controls["digit"].observe(self.clear, names="value")

    def parts(self) -> list[widgets.Widget]:
        """At the left the field, below it the controls; beside them the pictures."""
        controls, screen = super().parts()
        buttons = controls.children[-1]
        buttons.children = [*buttons.children, self.clear_button]
        left = widgets.VBox([self.canvas, widgets.HTML(HINT), controls]).add_class("mnist-sr-left")
        return [widgets.HBox([left, screen])]

    @property
    def image(self) -> torch.Tensor:
        """The digit shown, (1, 1, 28, 28) float32 in [0, 1]: the drawing, or the sample digit, moved."""
        strokes = self.canvas.strokes
        digit, right, down = (self.controls[name].value for name in ("digit", "right", "down"))
        centred = centre_like_mnist(draw_strokes(strokes)) if strokes else sample_digit(digit)
        return F.pad(centred, (right, -right, down, -down))  # what leaves the frame is lost

    def show(self, factor: int, file: bool, **_) -> View:
        """The state of the controls and of the field, as `Explorer` asks for it."""
        self.controls["digit"].note = "drawn" if self.canvas.strokes else ""
        return drawing_view(self.image, factor, file)

    def clear(self, change=None) -> None:
        """Remove the drawing, here and in the browser, so that the sample digit is back."""
        drawn = bool(self.canvas.strokes)
        # Always and first: a stroke that is still on its way from the browser would come back.
        self.canvas.send("clear")
        self.canvas.strokes = []
        if not drawn:
            self.draw()

    def sheet(self) -> Picture:
        """The digit shown, at every factor."""
        return drawing_sheet(self.image)

"""The explorers' widget shell: controls on top, one picture and its numbers below, updated in place."""

from collections.abc import Callable, Iterable
from pathlib import Path

import ipywidgets as widgets
import jinja2

from .._arguments import what_came
from .comparison import ALL, View
from .panel import Panel, Slider

PLAYED = ("factor", "t", "step")  # the arguments whose motion explains
VIEW = jinja2.Template(Path(__file__).with_name("view.html").read_text("utf-8"))


class Explorer(Panel):
    """Controls for every argument of a view, and the view of the chosen state.

    `view(**state)` returns a `View`; each further keyword names one of its arguments and lists its values, the
    first of which is the start unless `start` says otherwise. Booleans become a checkbox, all else a slider:
    JupyterLab takes the arrow keys from drop-down lists, and the keyboard must reach everything. A view that can show
    all factors at once is offered that, too. An exception in `view` is shown beside the controls and raised again.
    Taught in "Start here".
    """

    what, beneath = "", "its states"  # in words, for those who don't see it, and where there is no kernel

    def __init__(self, view: Callable[..., View], *, start: dict | None = None, **choices: Iterable):
        if not callable(view):
            raise TypeError(f"view must be a function that returns a View, got {what_came(view)}.")
        if not choices:
            raise ValueError("choices is empty: name at least one argument of the view, as in factor=(1, 2, 4).")
        for name, values in choices.items():
            if isinstance(values, str) or not isinstance(values, Iterable):
                raise TypeError(f"{name} must list its values, as in {name}=(1, 2), got {what_came(values)}.")
        offered = {name: tuple(values) for name, values in choices.items()}
        start = {} if start is None else start
        if not isinstance(start, dict):
            raise TypeError(f"start must be a dict of names and values, got {what_came(start)}.")
        if unknown := set(start) - set(choices):
            raise ValueError(f"start names {sorted(unknown)}, but the choices are {sorted(choices)}.")
        if offered.get("factor") and getattr(view, "__annotations__", {}).get("factor") == int | str:  # as ALL is
            offered["factor"] = (*offered["factor"], ALL)
        self.view = view
        self.controls = {name: control(name, values, start) for name, values in offered.items()}
        self.screen = widgets.HTML()
        what = self.what or f"Explorer with controls for {', '.join(choices)}"
        super().__init__(self.parts(), f"{what}: needs a running kernel. The picture below shows {self.beneath}.")
        for widget in self.controls.values():
            widget.observe(self.draw, names="value")
        self.draw()

    def parts(self) -> list[widgets.Widget]:
        """The controls, sliders before checkboxes, and below them the picture."""
        sliders = [control for control in self.controls.values() if isinstance(control, Slider)]
        checks = [control for control in self.controls.values() if control not in sliders]
        controls = widgets.Box([*sliders, widgets.Box(checks).add_class("mnist-sr-checks")] if checks else sliders)
        return [controls.add_class("mnist-sr-controls"), self.screen]

    def draw(self, change=None) -> None:
        """Render the chosen state into the screen; on failure show the error there, then raise it."""
        with self.alert(self.screen, "This state can't be drawn."):
            state = {name: widget.value for name, widget in self.controls.items()}
            if not isinstance(view := self.view(**state), View):
                raise TypeError(f"view must return a View, picture and numbers, got {what_came(view)}.")
            self.screen.value = VIEW.render(view=view)


def control(name: str, values: tuple, start: dict) -> widgets.Widget:
    """The control that fits `values`: a checkbox or a slider, labelled `name`."""
    if not values:
        raise ValueError(f"{name} has no values to choose from.")
    value = start.get(name, values[0])
    if value not in values:
        raise ValueError(f"start of {name} must be one of {values}, got {value!r}.")
    if all(isinstance(choice, bool) for choice in values) and len(set(values)) == 2:
        return widgets.Checkbox(value=value, description=name, indent=False)
    options = [(label(name, choice), choice) for choice in values]
    return Slider(options, value=value, description=name, play=name in PLAYED)


def label(name: str, value) -> str:
    """How a value reads on its control: factor 2 as "x2", "enlarge_first" as "enlarge first"."""
    return f"x{value}" if name == "factor" and value != ALL else str(value).replace("_", " ")

"""The box that all of the course's widgets are: of use by keyboard, by ear and without a kernel."""

import html
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import anywidget
import ipywidgets as widgets

NAME = "mnist-sr"
RING = f"<style>.{NAME} :focus-visible {{outline: 3px solid currentcolor !important; outline-offset: 2px}}</style>"
"""ipywidgets' own ring is pale, or missing; !important, since its rules are longer."""


class Panel(widgets.VBox):
    """A box of `children` whose control with the focus is ringed and whose sliders have names for screen readers.

    `fallback` is its text where there is no kernel. What may fail, a subclass does under `alert`.
    """

    def __init__(self, children: Sequence[widgets.Widget], fallback: str):
        self.fallback = fallback
        unseen = [widgets.HTML(RING, layout={"display": "none"})]
        if any(map(holds_slider, children)):
            unseen.append(SliderNames(layout={"display": "none"}))
        super().__init__([*children, *unseen])
        self.add_class(NAME)

    @contextmanager
    def alert(self, screen: widgets.HTML, words: str) -> Iterator[None]:
        """Show an exception on `screen`, after `words`, and raise it again: ipywidgets keeps it to its log."""
        try:
            yield
        except Exception as error:
            message = html.escape(f"{type(error).__name__}: {error}")
            screen.value = f'<p role="alert"><strong>{html.escape(words)}</strong> {message}</p>'
            raise

    def _repr_mimebundle_(self, **kwargs):
        return {**super()._repr_mimebundle_(**kwargs), "text/plain": self.fallback}  # instead of the widgets' bytes


def holds_slider(widget: widgets.Widget) -> bool:
    """Is `widget` a slider, or a box with one in it?"""
    return isinstance(widget, widgets.SelectionSlider) or any(map(holds_slider, getattr(widget, "children", ())))


class SliderNames(anywidget.AnyWidget):
    """Keeps the name and value of each slider in its `Panel` where screen readers look: on the slider's handle."""

    _esm = Path(__file__).with_name("slider_names.js")

"""The box that all of the course's widgets are: of use by keyboard, by ear and without a kernel."""

import html
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import anywidget
import ipywidgets as widgets
import jinja2
import traitlets
from IPython.display import HTML, display

ASLEEP = jinja2.Template(Path(__file__).with_name("asleep.html").read_text("utf-8"))


class Panel(widgets.VBox):
    """A box of `children` whose control with the focus is ringed, and which says when the kernel doesn't answer.

    `fallback` is its text where there is no kernel. What may fail, a subclass does under `alert`.
    """

    def __init__(self, children: Sequence[widgets.Widget], fallback: str):
        self.fallback, self.turn = fallback, threading.RLock()
        super().__init__([*children, Life(name=fallback.partition("\n")[0].partition(": needs")[0])])
        self.add_class("mnist-sr")

    @contextmanager
    def alert(self, screen: widgets.HTML, words: str) -> Iterator[None]:
        """Show an exception on `screen`, after `words`, and raise it again: ipywidgets keeps it to its log.

        One at a time, as the messages of a browser's widgets come on several threads: else an older state that takes
        longer would be shown last. So what is read of the state must be read inside.
        """
        with self.turn:
            try:
                yield
            except Exception as error:
                message = html.escape(f"{type(error).__name__}: {error}")
                screen.value = f'<p role="alert"><strong>{html.escape(words)}</strong> {message}</p>'
                raise

    def _ipython_display_(self) -> None:
        """Show the sentence of a saved notebook, but for the course's own; then leave the widget to IPython."""
        if os.environ.get("MNIST_SR_PNG_ONLY") != "1":
            display(HTML(ASLEEP.render(words=self.fallback.replace(": needs a running kernel", ""))))
        raise NotImplementedError

    def _repr_mimebundle_(self, **kwargs):
        return {**super()._repr_mimebundle_(**kwargs), "text/plain": self.fallback}  # instead of the widgets' bytes


class Life(anywidget.AnyWidget):
    """Gives its `Panel` a `name` to the ear, and says there after a move that the kernel isn't done with it yet."""

    _esm, _css = (Path(__file__).with_name(f"panel.{kind}") for kind in ("js", "css"))

    name = traitlets.Unicode().tag(sync=True)

    def __init__(self, name: str):
        super().__init__(name=name)
        self.on_msg(lambda _, question, buffers: self.send(question))


class Slider(anywidget.AnyWidget):
    """A choice among `options`, pairs (label, value), as ipywidgets' SelectionSlider has it.

    `note` is shown in the chosen label's place; `play` offers a button that steps through the values.
    """

    _esm = Path(__file__).with_name("slider.js")
    description = traitlets.Unicode().tag(sync=True)
    labels: traitlets.List = traitlets.List().tag(sync=True)
    index = traitlets.Int().tag(sync=True)
    note = traitlets.Unicode().tag(sync=True)
    play = traitlets.Bool().tag(sync=True)
    value = traitlets.Any()

    def __init__(self, options: Iterable[tuple[str, object]], **traits):
        self.options = tuple(options)
        super().__init__(labels=[label for label, _ in self.options], **traits)

    @traitlets.observe("index")
    def _choose(self, change) -> None:
        self.value = self.options[change.new][1]

    @traitlets.validate("value")
    def _place(self, proposal):
        values = [value for _, value in self.options]
        if proposal.value not in values:
            raise traitlets.TraitError(f"value must be on offer, got {proposal.value!r}.")
        self.index = values.index(proposal.value)
        return proposal.value

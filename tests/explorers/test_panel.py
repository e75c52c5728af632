"""What all widgets of the course share: a ring around the focus, named sliders, errors shown, text without a kernel."""

import ipywidgets as widgets
import pytest
from traitlets import TraitError

from mnist_sr_helpers import DigitPad, Explorer, Quiz, Wipe, ask, degradation_view
from mnist_sr_helpers.explorers.panel import Life, Panel, Slider


@pytest.fixture(params=["explorer", "pad", "quiz", "question"])
def panel(request, tmp_path, monkeypatch):
    monkeypatch.setenv("MNIST_SR_STATE", str(tmp_path))
    return {
        "explorer": lambda: Explorer(
            degradation_view, digit=(5,), factor=(2,), kernel=("area",), antialias=(True, False)
        ),
        "pad": DigitPad,
        "quiz": Quiz,
        "question": lambda: ask("key", "Is it?", ["yes", "no"]),
    }[request.param]()


def inside(box):
    for child in getattr(box, "children", ()):
        yield child
        yield from inside(child)


def test_each_panel_watches_its_kernel(panel):
    assert len([w for w in inside(panel) if isinstance(w, Life)]) == 1


def test_each_panel_is_named_for_what_it_is():
    names = {type(panel): next(w.name for w in inside(panel) if isinstance(w, Life)) for panel in (DigitPad(), Wipe())}
    assert names == {DigitPad: "A field to draw a digit on", Wipe: "Two pictures and a divider"}


def test_the_kernels_answer_comes_back(monkeypatch):
    life, sent = Life(name="a panel"), []
    monkeypatch.setattr(life, "send", sent.append)
    life._handle_custom_msg("there?", [])
    assert sent == ["there?"]


def test_a_saved_notebook_holds_a_sentence(panel, capsys, monkeypatch):
    shown = []
    monkeypatch.setattr("mnist_sr_helpers.explorers.panel.display", lambda html: shown.append(html.data))
    for png_only, sentences in (("1", 0), ("0", 1)):
        monkeypatch.setenv("MNIST_SR_PNG_ONLY", png_only)
        with pytest.raises(NotImplementedError):  # IPython then shows the widget itself
            panel._ipython_display_()
        assert len(shown) == sentences
    assert 'class="mnist-sr-asleep" role="note"' in shown[0]
    assert "Run &gt; Run All Cells" in shown[0]


def slider():
    return Slider([("x2", 2), ("x4", 4), ("all", "all")], value=4, description="factor")


def test_a_slider_has_values_and_the_browser_their_positions():
    moves, one = [], slider()
    one.observe(lambda change: moves.append(change.new), names="value")
    assert (one.index, one.value, one.labels) == (1, 4, ["x2", "x4", "all"])
    one.value = "all"
    assert one.index == 2
    one.set_state({"index": 0})  # as from the browser
    assert one.value == 2
    assert moves == ["all", 2]
    state = one.get_state()
    assert {"labels", "index", "description", "note", "play"} <= set(state)
    assert "value" not in state, "values need not be what JSON can hold"


def test_a_slider_refuses_what_is_not_offered():
    one = slider()
    with pytest.raises(TraitError, match="must be on offer, got 7"):
        one.value = 7
    assert (one.index, one.value) == (1, 4)


def test_without_a_kernel_there_is_text_instead_of_bytes(panel):
    text = panel._repr_mimebundle_()["text/plain"]
    assert "needs a running kernel" in text
    assert len(text) < 200


def test_an_error_is_shown_and_raised():
    screen = widgets.HTML()
    panel = Panel([screen], "text")
    with pytest.raises(ZeroDivisionError), panel.alert(screen, "It can't be <done>."):
        raise ZeroDivisionError("no <seven>")
    assert 'role="alert"' in screen.value
    assert "It can't be &lt;done&gt;." in screen.value.replace("&#x27;", "'")
    assert "ZeroDivisionError: no &lt;seven&gt;" in screen.value

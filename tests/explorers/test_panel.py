"""What all widgets of the course share: a ring around the focus, named sliders, errors shown, text without a kernel."""

import ipywidgets as widgets
import pytest

from mnist_sr_helpers import DigitPad, Explorer, Quiz, ask, degradation_view
from mnist_sr_helpers.explorers.panel import Panel, SliderNames


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


def test_the_focus_is_ringed(panel):
    assert any("mnist-sr :focus-visible" in w.value for w in inside(panel) if isinstance(w, widgets.HTML))


def test_sliders_have_names_for_screen_readers(panel):
    sliders, names = (
        [w for w in inside(panel) if isinstance(w, kind)] for kind in (widgets.SelectionSlider, SliderNames)
    )
    assert len(names) == bool(sliders)


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

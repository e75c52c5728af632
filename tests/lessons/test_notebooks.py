"""The notebooks as files and as run: agree with their lessons, hold nothing private, survive every slider.

nbval runs the notebooks themselves and compares their outputs; see pyproject.toml.
"""

import json
import time

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell

from tools.build_notebooks import (
    ROOT,
    differences,
    execute,
    inputs,
    lesson_paths,
    notebook_path,
    read_lesson,
    write,
)
from tools.fingerprints import as_written

LESSONS = lesson_paths()
NAMES = [path.stem for path in LESSONS]
by_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=NAMES)

# Moves every control of every widget through all its values, and presses every button, in the lesson's kernel.
SWEEP = """
import ipywidgets as _widgets
from ipywidgets.widgets.widget import _instances

_moves = 0
for _widget in list(_instances.values()):
    if isinstance(_widget, _widgets.Checkbox):
        _values = (not _widget.value, _widget.value)
    elif hasattr(_widget, "options"):
        _values = [option[1] if isinstance(option, tuple) else option for option in _widget.options]
    elif isinstance(_widget, _widgets.Button):
        _widget.click()
        _moves += 1
        continue
    else:
        continue
    for _value in _values:
        _widget.value = _value
        _moves += 1
_silent = (_widgets.HTML, _widgets.HTMLMath, _widgets.Label, _widgets.Image, _widgets.Output)
_nameless = [
    _w for _w in _instances.values()
    if isinstance(_w, (_widgets.Button, _widgets.ValueWidget)) and not isinstance(_w, _silent)
    if not getattr(_w, "description", "").strip()
]
assert not _nameless, f"controls without a description, which screen readers read: {_nameless}"
_shown = [
    _w.value for _w in _instances.values() if isinstance(_w, _widgets.HTML)
]
assert not any('role="alert"' in _text for _text in _shown), _shown
print("moves", _moves)
"""
# Before a lesson and after it: every figure that it draws can be read with any colour vision.
WATCH = f"""
import sys
sys.path.append({str(ROOT / "tests" / "support")!r})
import figure_colours
figure_colours.watch()
"""
LOOK = "assert not figure_colours.found, '\\n'.join(['', *figure_colours.found])"


def notebook(lesson):
    return nbformat.read(notebook_path(lesson), as_version=4)


def outputs(nb):
    return [output for cell in nb.cells if cell.cell_type == "code" for output in cell.outputs]


def test_each_lesson_has_its_notebook_and_no_other():
    assert sorted(NAMES) == NAMES
    found = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
    assert [name for name in found if not name.startswith("my_")] == NAMES


@by_lesson
def test_inputs_agree_with_the_lesson(lesson):
    assert differences(lesson) is None


@by_lesson
def test_the_notebook_is_as_built(lesson):
    """Nobody ran or edited it since: its outputs are the build's, and class copies carry them."""
    assert as_written(notebook(lesson)), f"Build it again: python -m tools.build_notebooks --discard {lesson.stem[:2]}"


def test_a_changed_notebook_is_noticed(tmp_path, monkeypatch):
    lesson = LESSONS[0]
    nb = notebook(lesson)
    nb.cells[2].source += "\n# changed"
    write(nb, tmp_path / f"{lesson.stem}.ipynb")
    monkeypatch.setattr("tools.build_notebooks.NOTEBOOKS", tmp_path)
    assert "differs from 00_start_here.py in cell 2" in differences(lesson)


@by_lesson
def test_the_file_is_fit_to_share(lesson):
    nb = notebook(lesson)
    nbformat.validate(nb)
    assert nb.metadata.kernelspec.name == "python3"
    text = json.dumps([cell.get("outputs", []) for cell in nb.cells])
    for private in ("site-packages", "/home/", "/root/", "/tmp/", "ipykernel_", "\\\\Users\\\\", str(ROOT)):
        assert private not in text
    for output in outputs(nb):
        assert output.output_type != "error"
        assert output.get("name") != "stderr"
    assert len(outputs(nb)) >= 8


@by_lesson
def test_code_cells_fit_the_page(lesson):
    for cell in notebook(lesson).cells:
        if cell.cell_type == "code":
            assert max(map(len, cell.source.splitlines())) <= 100, cell.source


@by_lesson
def test_beside_each_explorer_stands_a_picture_of_its_states(lesson):
    nb = notebook(lesson)
    for position, cell in enumerate(nb.cells):
        if cell.cell_type == "code" and any(f"{widget}(" in cell.source for widget in ("Explorer", "Quiz", "DigitPad")):
            near = [o for c in nb.cells[position + 1 : position + 4] for o in c.get("outputs", [])]
            assert any("image/png" in output.get("data", {}) for output in near), cell.source


@by_lesson
def test_the_lesson_has_its_anatomy(lesson):
    text = "\n".join(cell.source for cell in notebook(lesson).cells if cell.cell_type == "markdown")
    for part in ("**You will**", "**You need**", "**Time:**", "## What we found", "## On your own", "## Further"):
        assert part in text, part
    number = lesson.stem[:2]
    source = "\n".join(cell.source for cell in notebook(lesson).cells)
    assert "ask(" in source, "a lesson asks for a prediction"
    assert text.count("Solution (try first)") == {"00": 0, "04": 3}.get(number, 2)


@by_lesson
def test_solved_and_swept(lesson):
    """With the solutions in place of the stubs, every check says right, and every control moves without error."""
    nb = read_lesson(lesson, solved=True)
    nb.cells = [new_code_cell(WATCH, id="watch"), *nb.cells]
    nb.cells += [new_code_cell(SWEEP, id="sweep"), new_code_cell(LOOK, id="look")]
    start = time.monotonic()
    nb = execute(nb)
    assert time.monotonic() - start < 120
    checks = [cell for cell in nb.cells if "check" in cell.metadata.get("tags", [])]
    for cell in checks:
        assert cell.outputs[0]["data"]["text/plain"].startswith("Right. "), cell.outputs
    moves = int("".join(output.text for output in nb.cells[-2].outputs).split()[-1])
    assert moves >= (20 if lesson.stem.startswith(("00", "01", "03")) else 4)


def test_a_raising_control_is_found_by_the_sweep():
    broken = """from mnist_sr_helpers import Explorer, degradation_view

def view(n):
    return degradation_view(n // (n - 3), 2, "area", True)

Explorer(view, n=(0, 3))"""
    nb = read_lesson(LESSONS[0])
    nb.cells = [new_code_cell(broken, id="broken"), new_code_cell(SWEEP, id="sweep")]
    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        execute(nb)


@pytest.mark.parametrize(
    ("planted", "words"),
    [
        ("import ipywidgets\nslider = ipywidgets.IntSlider()", "controls without a description"),
        ("import matplotlib.pyplot as plt\nfrom mnist_sr_helpers import to_picture\nfigure, axes = plt.subplots()\n"
         "_ = axes.plot([0, 1], color='yellow')\nto_picture(figure, 'A line.')", "a contrast of 1.1"),
    ],
    ids=["nameless control", "pale line"],
)  # fmt: skip
def test_what_some_readers_miss_is_found_by_the_sweep(planted, words):
    nb = read_lesson(LESSONS[0])
    nb.cells = [new_code_cell(text, id=f"cell-{i}") for i, text in enumerate((WATCH, planted, SWEEP, LOOK))]
    with pytest.raises(CellExecutionError, match=words):
        execute(nb)


def test_the_build_repeats_to_the_byte():
    lesson = LESSONS[0]
    again = execute(read_lesson(lesson))
    assert inputs(again) == inputs(notebook(lesson))
    assert nbformat.writes(again) == nbformat.writes(execute(read_lesson(lesson)))


def test_the_articles_error_is_shown_and_explained():
    text = json.dumps(outputs(notebook(LESSONS[2])))
    assert "RuntimeError: The size of tensor a (14) must match the size of tensor b (28)" in text
    assert "UserWarning: Using a target size" in text


def test_bars_are_silent_in_the_saved_output():
    assert "step/s" not in json.dumps(outputs(notebook(LESSONS[2])))

"""The notebooks as files: agree with their lessons, hold nothing private; and that what runs them finds faults.

nbval runs the notebooks themselves, compares their outputs, solves their exercises and moves every slider:
`nbval_tolerance` and `nbval_lessons` in tests/support.
"""

import ast
import io
import json
import re

import figure_colours
import ipywidgets
import nbformat
import pytest
from matplotlib.figure import Figure
from nbformat.v4 import new_code_cell, new_notebook
from nbval_lessons import solved
from sweep import all_widgets, sweep

from mnist_sr_helpers import Explorer, degradation_view, to_picture
from mnist_sr_helpers.explorers.panel import Panel
from tools.build_notebooks import (
    ROOT,
    differences,
    execute,
    lesson_paths,
    notebook_path,
    read_lesson,
    write,
)
from tools.fingerprints import as_written

LESSONS = lesson_paths()
NAMES = [path.stem for path in LESSONS]
by_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=NAMES)

REPEATED = (
    "for i in range(3):\n    print(i, flush=True)",
    "from mnist_sr_helpers import ask, to_picture\n\nask('key', 'Is it?', ['yes', 'no'])",
    "from matplotlib.figure import Figure\n\nfigure = Figure()\n_ = figure.subplots().plot([0, 1])\n"
    "to_picture(figure, 'A line that rises from left to right.')",
)
IGNORED = "nbval-ignore-output"
REASONS = {"times", "trains", "versions"}
"""What may differ from run to run, and so is tagged beside IGNORED."""


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
        if cell.cell_type == "code" and re.search(r"\b(Explorer|Wipe|Quiz|DigitPad)\(", cell.source):
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
    exercises = sum("exercise" in cell.metadata.get("tags", []) for cell in notebook(lesson).cells)
    assert (exercises > 0) == (number != "00"), "each lesson but the first has an exercise"
    assert text.count("Solution (try first)") == exercises


def ignored(nb) -> list[set[str]]:
    """The tags of the cells whose outputs nbval doesn't compare; those that it skips count, too."""
    tags = [set(cell.metadata.get("tags", [])) for cell in nb.cells if cell.cell_type == "code"]
    assert not any("NBVAL" in cell.source for cell in nb.cells), "a comment that tells nbval what to do"
    return [these for these in tags if these & {IGNORED, "nbval-skip"}]


def test_outputs_are_compared_but_for_few_which_say_why():
    cells = [(lesson.stem, tags) for lesson in LESSONS for tags in ignored(notebook(lesson))]
    assert [cell for cell in cells if len(cell[1] & REASONS) != 1] == []
    assert len(cells) < 40
    plain = new_notebook(cells=[new_code_cell("1", metadata={"tags": [IGNORED]})])
    assert not ignored(plain)[0] & REASONS, "a cell without a reason is found"


@by_lesson
def test_the_checks_answers_are_read(lesson):
    """What follows each lesson's run (`nbval_lessons`), without a kernel: Right passes, any other verdict fails."""

    def kernel(verdict):
        return lambda code: [{"data": {"text/plain": verdict}}]

    checks = [cell for cell in notebook(lesson).cells if "check" in cell.metadata.get("tags", [])]
    assert solved(lesson, kernel("Right. Well done.")) == len(checks)
    if checks:
        with pytest.raises(AssertionError, match="Not yet"):
            solved(lesson, kernel("Not yet. Look again."))


@by_lesson
def test_nothing_but_its_check_uses_an_exercises_function(lesson):
    """So solving the exercises after the last cell (`nbval_lessons`) is as good as solving them at once."""
    cells = [cell for cell in read_lesson(lesson, solved=True).cells if cell.cell_type == "code"]
    tags = [set(cell.metadata.get("tags", [])) for cell in cells]
    defined = {name for cell, these in zip(cells, tags, strict=True) if "exercise" in these for name in functions(cell)}
    reads = {
        name
        for cell, these in zip(cells, tags, strict=True)
        if not these & {"exercise", "check"}
        for name in used(cell)
    }
    assert not defined & reads
    assert functions(new_code_cell("def f(x):\n    return x")) & used(new_code_cell("f(3)")) == {"f"}


def functions(cell) -> set[str]:
    return {node.name for node in ast.parse(cell.source).body if isinstance(node, ast.FunctionDef)}


def used(cell) -> set[str]:
    """The names that a cell reads; lines of magic aside."""
    code = "\n".join(line for line in cell.source.splitlines() if not line.startswith("%"))
    nodes = ast.walk(ast.parse(code))
    return {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}


def test_a_raising_control_is_found_by_the_sweep():
    explorer = Explorer(lambda n: degradation_view(n // (n - 3), 2, "area", True), n=(0, 3))
    with pytest.raises(ZeroDivisionError):
        sweep([explorer, *explorer.controls.values()])


def test_the_sweep_finds_every_widget_and_moves_what_moves():
    explorer = Explorer(degradation_view, digit=(1, 2, 3), factor=(1, 2), kernel=("area",), antialias=(True, False))
    controls = explorer.controls.values()
    assert {explorer, *controls} <= set(all_widgets())
    assert sweep(controls) >= 3 + 2 + 2


def test_an_error_at_a_button_is_found_by_the_sweep_though_the_next_move_mends_it():
    screen, button, box = ipywidgets.HTML(), ipywidgets.Button(description="Fail"), ipywidgets.Checkbox(description="b")
    panel = Panel([screen, button, box], "text")

    def fail(_):
        with panel.alert(screen, "It can't be done."):
            raise ZeroDivisionError

    button.on_click(fail)
    box.observe(lambda change: setattr(screen, "value", ""), names="value")
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        sweep([screen, button, box])


def test_what_some_readers_miss_is_found_by_the_sweep(monkeypatch):
    with pytest.raises(AssertionError, match="controls without a description"):
        sweep([ipywidgets.IntSlider()])
    with pytest.raises(AssertionError, match="alert"):
        sweep([ipywidgets.HTML('<p role="alert">No.</p>')])
    monkeypatch.setattr(Figure, "savefig", Figure.savefig)
    monkeypatch.setattr(figure_colours, "found", [])
    figure_colours.watch()
    figure = Figure()
    figure.subplots().plot([0, 1], color="yellow")
    to_picture(figure, "A line that rises from the left to the right.")
    assert "a contrast of 1.1" in figure_colours.found[0]


def test_a_figure_of_the_same_colours_is_checked_by_its_own_title(monkeypatch):
    monkeypatch.setattr(Figure, "savefig", Figure.savefig)
    monkeypatch.setattr(figure_colours, "found", [])
    figure_colours.watch()
    for title, words in (("apart", ""), ("over one another", "0.5")):
        figure = Figure()
        figure.subplots().set_title(title)
        for word in (words, words):
            figure.axes[0].text(0.5, 0.5, word)
        figure.savefig(io.BytesIO())
    assert [fault.split(":")[0] for fault in figure_colours.found] == ["figure 'over one another'"]


def test_the_build_repeats_to_the_byte():
    """What changes from run to run otherwise: ids of cells and widgets, times, a stream's parts, a picture's bytes."""
    nb = read_lesson(LESSONS[0])
    nb.cells = [new_code_cell(text, id=f"cell-{number}") for number, text in enumerate(REPEATED)]
    first, second = (nbformat.writes(execute(nb)) for _ in range(2))
    assert first == second
    assert "image/png" in first
    assert "( ) yes" in first


def test_the_articles_error_is_shown_and_explained():
    text = json.dumps(outputs(notebook(LESSONS[2])))
    assert "RuntimeError: The size of tensor a (14) must match the size of tensor b (28)" in text
    assert "UserWarning: Using a target size" in text


def test_bars_are_silent_in_the_saved_output():
    assert "step/s" not in json.dumps(outputs(notebook(LESSONS[2])))

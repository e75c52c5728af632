"""A class's copies hold what their folder promises; nobody's own work is overwritten, by them or by the build."""

import shutil
import textwrap

import jupytext
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from tools import build_notebooks, class_copies
from tools.build_notebooks import SOLUTION, execute, lesson_paths, read_lesson, write
from tools.fingerprints import KEY, as_written, edited

LESSONS = lesson_paths()
EXERCISE = next(path for path in LESSONS if '"exercise"' in path.read_text("utf-8"))
BARE = next(path for path in LESSONS if '"exercise"' not in path.read_text("utf-8"))
NUMBER = EXERCISE.name[:2]
ASIDE = """
# %% [markdown] tags=["instructor"]
# Let the room vote by show of hands; **5 minutes**.

# %% slideshow={"slide_type": "slide"}
2 + 2

# %% [markdown] slideshow={"slide_type": "notes"}
# Speak slowly.
"""


SMALL = """# %% [markdown]
# # A lesson

# %%
1 + 1

# %% tags=["exercise"]
def f(x):
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION

# %% tags=["check"]
f(3)
"""


def solutions(lesson) -> list[str]:
    """The author's lines of each exercise, without indentation."""
    cells = jupytext.read(lesson, fmt="py:percent").cells
    found = [SOLUTION.search(cell.source)[2] for cell in cells if "exercise" in cell.metadata.get("tags", [])]
    return [textwrap.dedent(text).strip() for text in found]


def lines_of(notebook) -> str:
    """All text of all cells, without indentation."""
    return "\n".join(line.strip() for cell in notebook.cells for line in cell.source.splitlines())


def code_cells(notebook) -> list:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def tagged(notebook, tag) -> list:
    return [cell for cell in notebook.cells if tag in cell.metadata.get("tags", [])]


def read(path):
    return nbformat.read(path, as_version=4)


def change(path, how) -> None:
    """What saving a changed notebook from JupyterLab does: the fingerprints stay as they were."""
    notebook = read(path)
    how(notebook)
    nbformat.write(notebook, path)


def answer(notebook) -> None:
    cell = tagged(notebook, "exercise")[0]
    cell.source = cell.source.replace("return None", "return x.round()")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The course's notebooks, each code cell with an output that names it, and the copies of all lessons."""
    folder = tmp_path_factory.mktemp("course")
    (folder / "notebooks").mkdir()
    for lesson in LESSONS:
        notebook = read_lesson(lesson)
        for number, cell in enumerate(code_cells(notebook)):
            cell.outputs, cell.execution_count = [new_output("stream", text=f"of {cell.id}")], number + 1
        write(notebook, folder / "notebooks" / f"{lesson.stem}.ipynb")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build_notebooks, "NOTEBOOKS", folder / "notebooks")
        assert class_copies.main(["--to", str(folder / "class")]) == 0
    return folder


@pytest.fixture
def built(course, tmp_path, monkeypatch):
    """A folder of the course's notebooks, to change."""
    monkeypatch.setattr(build_notebooks, "NOTEBOOKS", tmp_path / "notebooks")
    return shutil.copytree(course / "notebooks", tmp_path / "notebooks")


@pytest.fixture
def copies(course, built, tmp_path):
    """A folder of the copies, to change."""
    return shutil.copytree(course / "class", tmp_path / "class")


@pytest.fixture
def no_run(monkeypatch):
    """The build without kernels."""
    monkeypatch.setattr(build_notebooks, "execute", lambda notebook: notebook)


# What the copies hold


def test_student_copies_hold_no_solution_and_no_aside(copies):
    exercises = 0
    for lesson in LESSONS:
        name = f"{lesson.stem}.ipynb"
        student, folded = read(copies / "student" / name), lines_of(read(copies / "solutions" / name))
        text = lines_of(student)
        assert "BEGIN SOLUTION" not in text
        assert "Solution (try first)" not in text
        assert "For instructors" not in text
        assert not tagged(student, "solution") + tagged(student, "instructor")
        assert not any("notes" in cell.metadata.get("slideshow", {}) for cell in student.cells)
        for solution in solutions(lesson):
            lines = "\n".join(line.strip() for line in solution.splitlines())
            assert lines not in text
            assert lines in folded, "where solutions are folded, this test would find them"
            exercises += 1
        stubs = tagged(student, "exercise")
        assert len(stubs) == len(solutions(lesson)) == len(tagged(student, "check"))
        assert all("# Write your code here" in cell.source for cell in stubs)
    assert exercises >= 6


def test_solutions_are_the_courses_notebooks(copies, built):
    for path in (copies / "solutions").iterdir():
        assert path.read_bytes() == (built / path.name).read_bytes()


def test_answers_are_filled_in(copies):
    for lesson in LESSONS:
        answers = read(copies / "answers" / f"{lesson.stem}.ipynb")
        exercises = tagged(answers, "exercise")
        assert not tagged(answers, "solution"), "each solution stands in its exercise"
        for solution, cell in zip(solutions(lesson), exercises, strict=True):
            assert textwrap.indent(solution, "    ") in cell.source
            assert "SOLUTION" not in cell.source
            assert "# Write your code here" not in cell.source


def test_asides_are_folded_for_instructors_and_absent_for_students(tmp_path):
    lesson = tmp_path / "98_aside.py"
    lesson.write_text(f"# %% [markdown]\n# # A lesson\n{ASIDE}\n# %%\n1 + 1\n")
    for kind in ("solutions", "answers"):
        (cell,) = tagged(class_copies.class_copy(lesson, kind), "instructor")
        assert cell.source == (
            "<details>\n<summary>For instructors</summary>\n\n"
            "Let the room vote by show of hands; **5 minutes**.\n\n</details>"
        )
        assert "Speak slowly." in nbformat.writes(class_copies.class_copy(lesson, kind))
    student = class_copies.class_copy(lesson, "student")
    assert [cell.source for cell in student.cells] == ["# 98 A lesson", "2 + 2", "1 + 1"]
    assert "Speak slowly." not in nbformat.writes(student)


def test_code_is_no_aside(tmp_path):
    lesson = tmp_path / "98_aside.py"
    lesson.write_text('# %% tags=["instructor"]\n1 + 1\n')
    with pytest.raises(ValueError, match="98_aside.py: a code cell is tagged instructor"):
        read_lesson(lesson)


def test_saved_outputs_stay_with_their_cells(copies):
    for kind in class_copies.KINDS:
        for path in (copies / kind).iterdir():
            notebook = read(path)
            told = [cell.id for cell in class_copies.unanswered(notebook)] if kind == "student" else []
            for cell in code_cells(notebook):
                if cell.id in told:
                    assert not cell.outputs
                    continue
                verdict = kind == "answers" and "check" in cell.metadata.get("tags", [])
                assert [output.text for output in cell.outputs] == ([] if verdict else [f"of {cell.id}"])


QUESTION = """# %% [markdown]
# # A lesson

# %%
ask("one", "?", ["a", "b"])

# %%
1 + 1

# %%
you_said("one", "b.")

# %%
2 + 2

# %%
ask("never answered", "?", ["a", "b"])

# %%
3 + 3
"""


def test_students_get_no_outputs_between_a_question_and_its_answer(tmp_path, monkeypatch):
    monkeypatch.setattr(build_notebooks, "NOTEBOOKS", tmp_path)
    lesson = tmp_path / "98_question.py"
    lesson.write_text(QUESTION)
    notebook = read_lesson(lesson)
    for cell in code_cells(notebook):
        cell.outputs, cell.execution_count = [new_output("stream", text=f"of {cell.id}")], 1
    write(notebook, tmp_path / "98_question.ipynb")
    kept = {
        kind: [bool(c.outputs) for c in code_cells(class_copies.class_copy(lesson, kind))]
        for kind in class_copies.KINDS
    }
    assert kept == {"student": [True, False, False, True, True, True], "solutions": [True] * 6, "answers": [True] * 6}


def test_a_run_of_ones_own_is_not_handed_out(built, tmp_path, capsys):
    def predict(notebook):
        code_cells(notebook)[0].outputs = [new_output("stream", text='You said: "noise".')]

    change(built / f"{EXERCISE.stem}.ipynb", predict)
    assert class_copies.main(["--to", str(tmp_path / "class"), NUMBER]) == 0
    assert f"{EXERCISE.stem}.ipynb" in capsys.readouterr().out.split("Without outputs")[1]
    for path in (tmp_path / "class").rglob("*.ipynb"):
        assert not any(cell.get("outputs") for cell in read(path).cells)


@pytest.mark.parametrize(("kind", "verdict"), [("answers", "Right. "), ("student", "Not attempted")])
def test_a_copy_runs_to_its_end_wherever_it_lies(tmp_path, kind, verdict):
    ran = execute(class_copies.class_copy(EXERCISE, kind), tmp_path)
    verdicts = [cell.outputs[0]["data"]["text/plain"] for cell in tagged(ran, "check")]
    assert len(verdicts) == len(solutions(EXERCISE))
    assert all(words.startswith(verdict) for words in verdicts), verdicts
    assert code_cells(ran)[-1].outputs, "the last code cell has run"
    write(ran, tmp_path / "ran.ipynb")
    assert as_written(read(tmp_path / "ran.ipynb")), "real outputs survive writing and reading"


# Nobody's own work is overwritten


def test_an_edited_copy_is_named_and_nothing_is_written(copies, capsys):
    path = copies / "student" / f"{EXERCISE.stem}.ipynb"
    change(path, answer)
    before = {path: path.read_bytes() for path in copies.rglob("*.ipynb")}
    (copies / "answers" / path.name).unlink()
    assert class_copies.main(["--to", str(copies), BARE.name[:2], NUMBER]) == 1
    said = capsys.readouterr().err
    assert str(path) in said
    assert "--to FOLDER" in said
    assert f"rename the edited ones (as my_{path.name})" in said
    del before[copies / "answers" / path.name]
    assert {path: path.read_bytes() for path in copies.rglob("*.ipynb")} == before


def test_renamed_as_told_both_are_kept(copies):
    path = copies / "student" / f"{EXERCISE.stem}.ipynb"
    change(path, answer)
    mine = path.rename(path.with_name(f"my_{path.name}"))
    assert class_copies.main(["--to", str(copies), NUMBER]) == 0
    assert "x.round()" in lines_of(read(mine))
    assert "x.round()" not in lines_of(read(path))


def test_an_unedited_copy_is_updated(copies, tmp_path, monkeypatch):
    lessons = shutil.copytree(build_notebooks.LESSONS, tmp_path / "lessons")
    newer = EXERCISE.read_text("utf-8").replace("\n# # ", "\n# # Second edition: ", 1)
    (lessons / EXERCISE.name).write_text(newer, "utf-8")
    monkeypatch.setattr(build_notebooks, "LESSONS", lessons)
    assert class_copies.main(["--to", str(copies), NUMBER]) == 0
    for kind in class_copies.KINDS:
        assert "Second edition: " in read(copies / kind / f"{EXERCISE.stem}.ipynb").cells[0].source


def reorder(notebook):
    notebook.cells[1], notebook.cells[2] = notebook.cells[2], notebook.cells[1]


EDITS = {
    "an answer": answer,
    "a note": lambda notebook: notebook.cells.append(new_markdown_cell("My note")),
    "a cell removed": lambda notebook: notebook.cells.pop(3),
    "cells reordered": reorder,
    "a tag": lambda notebook: notebook.cells[1].metadata.update(tags=["mine"]),
    "a slide": lambda notebook: notebook.cells[1].metadata.update(slideshow={"slide_type": "fragment"}),
    "code made text": lambda notebook: notebook.cells.insert(1, new_markdown_cell(notebook.cells.pop(1).source)),
}
NO_EDITS = {
    "nothing": lambda notebook: None,
    "outputs": lambda notebook: code_cells(notebook)[0].update(outputs=[], execution_count=99),
    "the empty cell after the last": lambda notebook: notebook.cells.append(new_code_cell("")),
    "a folded heading": lambda notebook: notebook.cells[0].metadata.update({"jp-MarkdownHeadingCollapsed": True}),
    "an empty slide mark": lambda notebook: notebook.cells[3].metadata.update(slideshow={"slide_type": ""}),
    "the kernel's details": lambda notebook: notebook.metadata.language_info.update(version="3.12.1"),
}


@pytest.mark.parametrize("name", [*EDITS, *NO_EDITS])
def test_what_counts_as_an_edit(name, tmp_path):
    lesson, path = tmp_path / "98_edits.py", tmp_path / "98_edits.ipynb"
    lesson.write_text(SMALL)
    write(read_lesson(lesson), path)
    change(path, {**EDITS, **NO_EDITS}[name])
    lesson.write_text(SMALL.replace("A lesson", "A newer lesson"))
    coming = read_lesson(lesson)
    assert edited(path, coming) is (name in EDITS)


def test_without_a_fingerprint_only_equal_inputs_are_overwritten(tmp_path):
    path, coming = tmp_path / "a.ipynb", read_lesson(EXERCISE)
    nbformat.write(read_lesson(EXERCISE), path)
    assert KEY not in read(path).metadata
    assert not edited(path, coming)
    coming.cells[0].source += " newer"
    assert edited(path, coming)


@pytest.mark.parametrize("content", ["<<<<<<< HEAD\n{}", "[]", '{"cells": 3}', "{}"])
def test_what_cannot_be_read_is_not_overwritten(content, built, capsys):
    path = built / f"{EXERCISE.stem}.ipynb"
    path.write_text(content)
    assert build_notebooks.main([NUMBER]) == 1
    assert path.name in capsys.readouterr().err
    assert build_notebooks.main(["--check", NUMBER]) == 1
    assert path.name in capsys.readouterr().out
    assert path.read_text() == content


def test_the_build_refuses_edited_notebooks_before_it_runs_anything(built, capsys, monkeypatch):
    path = built / f"{EXERCISE.stem}.ipynb"
    change(path, answer)
    before = path.read_bytes()
    monkeypatch.setattr(build_notebooks, "execute", lambda notebook: pytest.fail("a notebook was run"))
    assert build_notebooks.main([]) == 1
    said = capsys.readouterr().err
    assert str(path) in said
    assert f"my_{path.name}" in said
    assert f"python -m tools.build_notebooks --discard {NUMBER}" in said
    assert path.read_bytes() == before


def test_discard_overwrites_and_says_so(built, capsys, no_run):
    path = built / f"{EXERCISE.stem}.ipynb"
    change(path, answer)
    assert build_notebooks.main(["--discard", NUMBER]) == 0
    assert str(path) in capsys.readouterr().out.split("--discard: these edits are overwritten")[1]
    assert "x.round()" not in lines_of(read(path))
    assert build_notebooks.main(["--discard", NUMBER]) == 0
    assert "overwritten" not in capsys.readouterr().out, "nothing was left to discard"


def test_a_notebook_that_was_only_run_is_built_again(built, no_run):
    path = built / f"{EXERCISE.stem}.ipynb"
    change(path, NO_EDITS["outputs"])
    assert not as_written(read(path))
    assert build_notebooks.main([NUMBER]) == 0
    assert as_written(read(path))


def test_an_edit_saved_while_the_build_runs_is_kept(built, capsys, monkeypatch):
    path = built / f"{EXERCISE.stem}.ipynb"

    def run_and_save(notebook):
        change(path, answer)
        return notebook

    monkeypatch.setattr(build_notebooks, "execute", run_and_save)
    assert build_notebooks.main([NUMBER]) == 1
    assert path.name in capsys.readouterr().err
    assert "x.round()" in lines_of(read(path))

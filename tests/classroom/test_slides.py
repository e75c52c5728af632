"""Presenting: the slides as data and the copy that is presented."""

import json
import os
import re
from pathlib import Path

import pytest

from mnist_sr_helpers.classroom.slides import (
    deck,
    has_slides,
    lean,
    notes_page,
    presentation,
    read,
    slide_type,
    slides_of,
    source,
)
from tools.build_notebooks import NOTEBOOKS, ROOT, lesson_paths, notebook_path, read_lesson

DECKS = [path for path in map(notebook_path, lesson_paths()) if path.exists() and has_slides(read(path))]
by_deck = pytest.mark.parametrize("path", DECKS, ids=[path.stem for path in DECKS])


def cell(text, slide=None, kind="markdown", tags=(), **mark):
    metadata = {"tags": list(tags)} | ({"slideshow": {"slide_type": slide, **mark}} if slide else {})
    code = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "id": "x", "metadata": metadata, "source": text.splitlines(keepends=True), **code}


def notebook(*cells):
    return {"cells": [cell("# 99 A lesson\n\nIt begins. More.", "slide"), *cells], "metadata": {}, "nbformat": 4}


END = cell("## What we found\n\n- This.\n- That.", "slide")


@by_deck
def test_each_deck_has_at_most_15_slides_and_notes_to_most(path):
    _, *slides = slides_of(read(path))
    assert 1 <= len(slides) <= 15
    assert sum(bool(slide.notes) for slide in slides) >= 0.8 * len(slides)
    assert all(slide.heading.startswith("#") for slide in slides)
    page = notes_page(read(path))
    assert page.count("<h2>") == len(slides)
    shown = deck(read(path))["cells"]
    assert sum(slide_type(c) == "slide" for c in shown) == len(slides) + 1, "the keys come first"
    assert not any("notes" in c["metadata"].get("slideshow", {}) for c in shown), "notes are not for the room"


def test_there_are_decks():
    assert {"01_degradation", "02_simplesr", "03_seeing_the_failure"} <= {path.stem for path in DECKS}


@by_deck
def test_a_deck_needs_nothing_that_it_leaves_out(path):
    """All code of the lesson is there, in order, but for the students' practice and what is shown as saved."""
    tags = {"exercise", "check"}
    wanted = [
        source(c)
        for c in read(path)["cells"]
        if c["cell_type"] == "code"
        and not tags & set(c["metadata"].get("tags", []))
        and c["metadata"].get("slideshow", {}).get("run", True)
    ]
    found = [source(c) for c in deck(read(path))["cells"] if c["cell_type"] == "code"]
    assert [text for text in found if text in wanted] == wanted


def test_unmarked_code_runs_out_of_sight_and_unmarked_prose_stays_out():
    hidden = [cell("a = 1", kind="code"), cell("def f():\n    return None", kind="code", tags=["exercise"])]
    shown = deck(notebook(*hidden, cell("Prose."), END))
    kinds = {source(c): c["metadata"] for c in shown["cells"]}
    assert kinds["a = 1"]["slideshow"]["slide_type"] == "skip"
    assert not any(text.startswith(("Prose", "def f")) for text in kinds)


def test_code_is_hidden_unless_the_author_shows_it():
    both = [cell("print(1)", "-", "code"), cell("print(2)", "-", "code", code=True)]
    first, second = (c for c in deck(notebook(*both, END))["cells"] if source(c).startswith("print"))
    assert first["metadata"]["jupyter"] == {"source_hidden": True}
    assert "jupyter" not in second["metadata"]
    assert first["metadata"]["jupyterlab-slideshow"] == {"layer": "slide"}


def test_a_slide_without_a_heading_gets_its_sections_not_an_exercises():
    cells = [
        cell("## Kernels"),
        cell("### Exercise 9.1\n\n```python\n# no heading\n```"),
        cell("1", "slide", "code"),
        END,
    ]
    assert [slide.heading for slide in slides_of(notebook(*cells))[1:]] == [
        "# 99 A lesson",
        "## Kernels",
        "## What we found",
    ]


def test_a_cell_that_takes_too_long_is_shown_as_saved(capsys):
    slow = cell("train()", "-", "code", run=False)
    slow["outputs"] = [
        {"output_type": "stream", "name": "stdout", "text": ["it's\n", "24 dB\n"]},
        {"output_type": "execute_result", "data": {"image/png": "AAAA"}, "metadata": {}, "execution_count": 1},
    ]
    (again,) = (c for c in deck(notebook(slow, END))["cells"] if "24 dB" in source(c))
    shown = []
    exec(source(again), {"display": lambda data, **options: shown.append((data, options))})
    assert capsys.readouterr().out == "it's\n24 dB\n"
    assert shown == [({"image/png": "AAAA"}, {"metadata": {}, "raw": True})]


def test_asides_for_instructors_are_notes():
    aside = cell("<details>\n<summary>For instructors</summary>\n\nA <break>.\n\n</details>", tags=["instructor"])
    page = notes_page(notebook(aside, cell("## Two", "slide", notes="Ask first."), END))
    assert "<p>A &lt;break&gt;.</p>" in page
    assert "<h2>2. Two</h2><p>Ask first.</p>" in page
    assert "For instructors" not in page


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ([cell("x", "fragment"), END], "'slide', '-' or 'skip', got 'fragment'"),
        ([END, cell("print(1)", "-", "code")], "the last slide must be one Markdown cell, but '## What we found'"),
    ],
)
def test_what_cannot_be_shown_is_refused(cells, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        deck(notebook(*cells))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("## A\n\nOne sentence,\nwrapped. Another.", "## A\n\nOne sentence, wrapped."),
        ("**What it shows.** Seeds differ by 0.5 dB. More.", "Seeds differ by 0.5 dB."),
        ("**What it doesn't show:** the *limit*. More.", "**What it doesn't show:** the *limit*."),
        ("**1. The index.** It draws `f(x. Y)`. More.", "**1. The index.** It draws `f(x. Y)`."),
        ("**You will**\n- see;\n- read.\n\n**You need** lesson 00.", "**You will**\n- see;\n- read."),
        ("No end", "No end"),
    ],
)
def test_prose_is_cut_to_what_a_slide_holds(text, wanted):
    assert lean(text) == wanted


def test_a_lessons_notes_wait_in_the_metadata_of_its_slide(tmp_path):
    lesson = tmp_path / "99_x.py"
    lesson.write_text(
        '# %% [markdown] slideshow={"slide_type": "slide"}\n# # X\n\n'
        '# %% [markdown] slideshow={"slide_type": "notes"}\n# Ask first.\n\n# %%\n1\n'
    )
    first, second = read_lesson(lesson).cells
    assert first.metadata.slideshow == {"slide_type": "slide", "notes": "Ask first."}
    assert (second.cell_type, second.id) == ("code", "99-01")
    lesson.write_text('# %% [markdown] slideshow={"slide_type": "notes"}\n# Ask first.\n')
    with pytest.raises(ValueError, match="notes must follow a cell on a slide"):
        read_lesson(lesson)


def test_a_copy_is_presented_and_goes(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("MNIST_SR_STATE", "unset")
    path = next(NOTEBOOKS.glob("01_*.ipynb"))
    before = path.read_bytes()
    with presentation(["1", "--no-browser"]) as (copy, *options):
        copy = Path(copy)
        assert copy.name == path.name
        assert not copy.is_relative_to(ROOT)
        assert json.loads(copy.read_text("utf-8")) == deck(read(path), str(copy.parent.parent / "notes.html"))
        assert options[-1] == "--no-browser"
        places = dict(option.split("=") for option in options[:-1])
        settings = Path(places["--LabApp.user_settings_dir"])
        assert json.loads((settings / "jupyterlab-slideshow/plugin.jupyterlab-settings").read_text())["active"]
        assert os.environ["MNIST_SR_STATE"] == str(copy.parent.parent), "earlier predictions are not shown to a room"
        said = capsys.readouterr().out
        assert str(copy.parent) in said
        assert "notes.html" in said
        copy.write_text("scribbled on")
    assert not copy.parent.parent.exists()
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ([], r"has slides \(.*01, .*\), got nothing"),
        (["99"], r"has slides \(.*01, .*\), got '99'"),
        (["--no-browser"], "got '--no-browser'"),
    ],
)
def test_present_says_what_it_wants(monkeypatch, words, answer):
    monkeypatch.chdir(ROOT)
    with pytest.raises(SystemExit, match=answer), presentation(words):
        pass


def test_present_says_where_to_run_it(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit, match="notebooks/ is not there"), presentation(["01"]):
        pass

"""Presenting: the slides as data and the copy that is presented."""

import json
import os
import re
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from mnist_sr_helpers.classroom.slides import (
    deck,
    has_slides,
    marks,
    notes_page,
    presentation,
    rules,
    shortened,
    slides_of,
)
from tools.build_notebooks import ROOT, lesson_paths, read_lesson

DECKS = [path for path in lesson_paths() if has_slides(read_lesson(path))]
by_deck = pytest.mark.parametrize("path", DECKS, ids=[path.stem for path in DECKS])


def cell(text, slide=None, kind="markdown", tags=(), **marks):
    metadata = {"tags": list(tags)} | ({"slideshow": {"slide_type": slide, **marks}} if slide else {})
    return (new_code_cell if kind == "code" else new_markdown_cell)(text, metadata=metadata)


def notebook(*cells):
    return new_notebook(cells=[cell("# 99 A lesson\n\nIt begins. More.", "slide"), *cells])


END = cell("## What we found\n\n- This.\n- That.", "slide")


@by_deck
def test_each_deck_has_at_most_15_slides_and_notes_to_most(path):
    _, *slides = slides_of(read_lesson(path))
    assert 1 <= len(slides) <= 15
    assert sum(bool(slide.notes) for slide in slides) >= 0.8 * len(slides)
    assert all(slide.heading.startswith("#") for slide in slides)
    page = notes_page(read_lesson(path))
    assert page.count("<h2>") == len(slides)
    shown = deck(read_lesson(path)).cells
    assert sum(marks(c)["slide_type"] == "slide" for c in shown) == len(slides) + 1, "the keys come first"
    assert not any(marks(c)["notes"] for c in shown), "notes are not for the room"


def test_there_are_decks():
    assert DECKS


@by_deck
def test_a_deck_needs_nothing_that_it_leaves_out(path):
    """All code of the lesson is there, in order, but for the students' practice and what is shown as saved."""
    wanted = [
        c.source
        for c in read_lesson(path).cells
        if c.cell_type == "code" and marks(c)["run"] and not {"exercise", "check"} & set(c.metadata.get("tags", []))
    ]
    found = [c.source for c in deck(read_lesson(path)).cells if c.cell_type == "code"]
    assert [text for text in found if text in wanted] == wanted


def test_unmarked_code_runs_out_of_sight_and_unmarked_prose_stays_out():
    hidden = [cell("a = 1", kind="code"), cell("def f():\n    return None", kind="code", tags=["exercise"])]
    shown = deck(notebook(*hidden, cell("Prose."), END))
    kinds = {c.source: c.metadata for c in shown.cells}
    assert kinds["a = 1"]["slideshow"]["slide_type"] == "skip"
    assert not any(text.startswith(("Prose", "def f")) for text in kinds)


def test_code_is_hidden_unless_the_author_shows_it():
    both = [cell("print(1)", "-", "code"), cell("print(2)", "-", "code", code=True)]
    first, second = (c for c in deck(notebook(*both, END)).cells if c.source.startswith("print"))
    assert first.metadata["jupyter"] == {"source_hidden": True}
    assert "jupyter" not in second.metadata
    assert first.metadata["jupyterlab-slideshow"] == {"layer": "slide"}


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
    slow.outputs = [new_output("stream", text="it's\n24 dB\n"), new_output("display_data", {"image/png": "AAAA"})]
    (again,) = (c for c in deck(notebook(slow, END)).cells if "24 dB" in c.source)
    shown = []
    exec(again.source, {"display": lambda data, **options: shown.append((data, options))})
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
        ('<details class="a b">\n<summary>What it shows</summary>\n\nSo it is. More.\n\n</details>', "So it is."),
    ],
)
def test_prose_is_cut_to_what_a_slide_holds(text, wanted):
    assert shortened(text) == wanted


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


def test_a_copy_is_presented_and_goes(in_course, monkeypatch, capsys):
    monkeypatch.setenv("MNIST_SR_STATE", "unset")
    path = in_course / "notebooks" / f"{DECKS[0].stem}.ipynb"
    before = path.read_bytes()
    with presentation(path) as (copy, *options):
        copy = Path(copy)
        folder = copy.parent.parent
        assert copy.name == path.name
        assert not copy.is_relative_to(in_course)
        assert nbformat.read(copy, 4) == deck(nbformat.read(path, 4))
        settings = Path(dict(option.split("=") for option in options)["--LabApp.user_settings_dir"])
        assert json.loads((settings / "jupyterlab-slideshow/plugin.jupyterlab-settings").read_text())["active"]
        assert os.environ["MNIST_SR_STATE"] == str(folder), "earlier predictions are not shown to a room"
        said = capsys.readouterr().out
        assert str(copy.parent) in said
        assert "notes.html" in said
        copy.write_text("scribbled on")
    assert not folder.exists()
    assert path.read_bytes() == before


def test_a_style_sheet_becomes_settings():
    css = "/* {a} */\n.a,\n.b:is(c, d) {--u: min(1vh, 2vw); left: 0 !important}\n.e {\n  top: calc(2 * var(--u));\n}\n"
    assert rules(css) == {
        ".a, .b:is(c, d)": {"--u": "min(1vh, 2vw)", "left": "0 !important"},
        ".e": {"top": "calc(2 * var(--u))"},
    }
    slides = (ROOT / "mnist_sr_helpers" / "classroom" / "slides.css").read_text("utf-8")
    assert len(rules(slides)) == slides.count("{"), "two rules with one selector, or one that is not understood"

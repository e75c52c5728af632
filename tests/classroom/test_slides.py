"""Presenting: the slides as data, the copy that is presented, and one deck flipped through in a real browser."""

import json
import os
import re
from pathlib import Path

import pytest
from jupyterlab_page import chromium, jupyterlab, require_browser

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
FIRST = [path for path in DECKS if path.name.startswith("01")]
first_deck = pytest.mark.parametrize("slides", FIRST, ids=[path.stem for path in FIRST], indirect=True)
by_deck = pytest.mark.parametrize("path", DECKS, ids=[path.stem for path in DECKS])

# Of the slide in sight: how far its cells reach, its pictures, and everything in it that would need a scroll bar.
MEASURE = """() => {
    const notebook = document.querySelector('.jp-Deck .jp-Notebook');
    const cells = [...notebook.querySelectorAll('.jp-Cell.jp-deck-mod-onscreen.jp-deck-mod-visible')];
    const inside = cells.flatMap(cell => [cell, ...cell.querySelectorAll('*')]);
    const boxes = inside.map(element => element.getBoundingClientRect()).filter(box => box.width && box.height);
    const scrolls = element => {
        const {overflowX, overflowY} = getComputedStyle(element);
        return (['auto', 'scroll'].includes(overflowX) && element.scrollWidth > element.clientWidth + 1)
            || (['auto', 'scroll'].includes(overflowY) && element.scrollHeight > element.clientHeight + 1);
    };
    const outer = [];
    for (let e = notebook; e && e !== document.body; e = e.parentElement) outer.push(e);
    const texts = inside.filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()));
    return {
        number: notebook.querySelector('.jp-deck-mod-visible small')?.textContent ?? null,
        bottom: Math.max(...boxes.map(box => box.bottom)),
        right: Math.max(...boxes.map(box => box.right)),
        pictures: cells.flatMap(cell => [...cell.querySelectorAll('img')].map(e => e.getBoundingClientRect().height)),
        scrolling: [...inside, ...notebook.querySelectorAll('.jp-WindowedPanel-outer'), ...outer].filter(
            e => e.clientWidth && scrolls(e)).map(e => `${e.tagName}.${e.className}`),
        smallest: Math.min(...texts.filter(e => e.getBoundingClientRect().width > 1)
            .map(e => parseFloat(getComputedStyle(e).fontSize))),
        cut: texts.filter(e => e.clientWidth && e.scrollWidth > e.clientWidth + 1
            && getComputedStyle(e).overflowX !== 'visible').map(e => e.textContent),
        errors: inside.filter(e => /error|stderr/.test(e.dataset.mimeType ?? '')).length,
    };
}"""


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


@pytest.fixture(scope="module")
def slides(request, tmp_path_factory):
    """A page with the slides of the notebook at `request.param`, 1280 x 720, all cells run; and that path."""
    require_browser()
    with (
        jupyterlab(tmp_path_factory.mktemp("present"), present=request.param.name[:2]) as address,
        chromium(1280, 720) as page,
    ):
        strange = []
        page.on("request", lambda request: strange.append(request.url))
        page.goto(address)
        page.wait_for_selector("body[data-jp-deck-mode=presenting]", state="attached", timeout=60_000)
        page.get_by_text("Not run yet.").wait_for(timeout=60_000)
        page.wait_for_function(
            "jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'", timeout=60_000
        )
        run_everything(page)
        yield page, request.param
        assert [url for url in strange if not url.startswith((address, "data:", "blob:"))] == []


def run_everything(page):
    """Press the key that restarts and runs all, and wait until it did."""
    page.evaluate("document.querySelectorAll('.jp-OutputArea-child').forEach(e => e.setAttribute('data-old', ''))")
    page.keyboard.press("Alt+r")
    ready = page.locator(".jp-OutputArea-child:not([data-old])").get_by_text("Ready", exact=True)  # not "x2 already"
    ready.wait_for(state="attached", timeout=90_000)


def measured(page):
    page.wait_for_timeout(300)
    return page.evaluate(MEASURE)


def flip_to(page, number):
    """Flip to a slide by the keys that do it."""
    for _ in range(40):
        now = int(measured(page)["number"] or 0)
        if now == number:
            return
        page.keyboard.press("n" if now < number else "p")
    pytest.fail(f"slide {number} is not reached, but {now}")


@pytest.mark.parametrize("slides", DECKS, ids=[path.stem for path in DECKS], indirect=True)
def test_every_slide_is_reached_fits_and_can_be_read(slides):
    page, path = slides
    flip_to(page, 0)
    count = len(slides_of(read(path))) - 1
    for number in range(count + 1):
        slide = measured(page)
        assert slide["number"] == (str(number) if number else None)
        assert slide["bottom"] <= 720, slide
        assert slide["right"] <= 1280, slide
        assert slide["scrolling"] == [], slide
        assert slide["cut"] == [], slide
        assert slide["errors"] == 0, slide
        assert slide["smallest"] >= 18, f"slide {number} has text of {slide['smallest']} pixels"
        assert all(height >= 150 for height in slide["pictures"]), slide
        page.keyboard.press("PageDown")
    assert measured(page)["number"] == str(count), "the last slide stays"


def flip_to_explorer(page, path):
    """Flip to the first slide with an explorer; its number."""
    numbered = enumerate(slides_of(read(path))[1:], start=1)
    number = next(n for n, slide in numbered if any("Explorer(" in source(c) for c in slide.cells))
    flip_to(page, number)
    return number


@first_deck
def test_the_arrow_keys_move_the_slider_and_n_flips(slides):
    page, path = slides
    number = flip_to_explorer(page, path)
    picture = page.locator(".jp-deck-mod-visible .widget-html-content img")
    before = picture.get_attribute("alt")
    assert "x2" in before
    for _ in range(12):
        page.keyboard.press("Tab")
        if "factor" in page.evaluate("document.activeElement.closest('.widget-hslider')?.textContent ?? ''"):
            break
    page.keyboard.press("ArrowRight")
    page.locator(".jp-deck-mod-visible .widget-html-content img[alt*='x4']").wait_for(timeout=10_000)
    assert measured(page)["number"] == str(number), "the arrow key flipped the slide"
    assert measured(page)["bottom"] <= 720
    page.keyboard.press("n")
    assert measured(page)["number"] == str(number + 1)
    page.keyboard.press("p")
    assert measured(page)["number"] == str(number)


@first_deck
def test_after_a_hang_one_key_brings_the_slide_back(slides):
    page, path = slides
    number = flip_to_explorer(page, path)
    run_everything(page)
    assert measured(page)["number"] == str(number)
    page.locator(".jp-deck-mod-visible .noUi-handle").nth(1).focus()
    page.keyboard.press("ArrowRight")
    page.locator(".jp-deck-mod-visible .widget-html-content img[alt*='x4']").wait_for(timeout=10_000)

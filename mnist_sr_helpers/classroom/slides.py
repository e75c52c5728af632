"""Present a lesson live, as `python -m mnist_sr_helpers present NN` does.

The slides are a lean copy of the lesson's notebook in a temporary folder: of the cells that its author marked, Markdown
is cut to what can be read from the back of a room, and all other code runs out of sight. jupyterlab-slideshow shows
them in JupyterLab, so that every slider is alive, with the settings in `slides.json` and the styles in `slides.css`.
`frame.json` is a notebook of what stands before all slides and after them. CONTRIBUTING.md says what the marks mean.
"""

import json
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import jinja2
import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

HERE = Path(__file__).parent
NOTES = jinja2.Template((HERE / "notes.html").read_text("utf-8"), autoescape=True)
HEADING = re.compile(r"#{1,6} .+")
SECTION = re.compile(r"^##? .+$", re.MULTILINE)  # an exercise has ###
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
UNFOLDED = re.compile(r"<summary>.*?</summary>|</?details[^>]*>")
LESSON_LINK = re.compile(r"\[([^]]+)\]\([\w/]+\.ipynb[^)]*\)")
LISTED = re.compile(r"^(- |\d+\. |\||```)", re.MULTILINE)
# A bold label, then up to a full stop that is in no code or formula and ends the paragraph or precedes a capital.
SENTENCE = re.compile(r"(?:\*\*[^*]+\*\* )?(?:`[^`]*`|\$[^$]*\$|[^`$])+?[.?!][*)\"]*(?= [A-Z0-9*(`\"]|$)")


@contextmanager
def presentation(path: Path) -> Iterator[list[str]]:
    """The launcher's arguments for the slides of the notebook at `path`, in a folder that goes with the context."""
    with tempfile.TemporaryDirectory(prefix="mnist-sr-present-", ignore_cleanup_errors=True) as name:
        folder, notebook = Path(name), nbformat.read(path, as_version=4)
        copy, notes = folder / "slides" / path.name, folder / "notes.html"
        copy.parent.mkdir()
        nbformat.write(deck(notebook), copy)
        notes.write_text(notes_page(notebook), "utf-8")
        settings = json.loads((HERE / "slides.json").read_text("utf-8"))
        settings["@deathbeds/jupyterlab-fonts/fonts"] = {"styles": rules((HERE / "slides.css").read_text("utf-8"))}
        for plugin, values in settings.items():
            file = folder / "settings" / f"{plugin}.jupyterlab-settings"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(values), "utf-8")
        os.environ["MNIST_SR_STATE"] = name  # a room is not shown the presenter's earlier predictions
        print(f"Slides of {path}, in a copy that goes when JupyterLab stops: {copy.parent}")
        print(f"Your notes, for a second window: {notes.as_uri()}", flush=True)
        yield [str(copy), f"--LabApp.user_settings_dir={folder}/settings", f"--LabApp.workspaces_dir={folder}/spaces"]


def rules(css: str) -> dict[str, dict[str, str]]:
    """A style sheet without nested rules as jupyterlab-fonts wants it: for each selector its properties."""
    found = re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    pair = re.compile(r"([\w-]+): ([^;]+?)\s*(?:;|$)")
    return {" ".join(selector.split()): dict(pair.findall(properties)) for selector, properties in found}


class Slide(NamedTuple):
    """One slide: `heading`; marked `cells` and code to run out of sight; `notes`, asides for instructors among them."""

    heading: str
    cells: list[NotebookNode]
    notes: list[str]


def slides_of(notebook: NotebookNode) -> list[Slide]:
    """The slides of a notebook, after one of what runs before them; ValueError for a mark not in CONTRIBUTING.md."""
    slides, heading = [Slide("", [], [])], ""
    for cell in notebook.cells:
        text, markdown, tags = cell.source, cell.cell_type == "markdown", set(cell.metadata.get("tags", []))
        kind, notes = marks(cell)["slide_type"], marks(cell)["notes"]
        if kind not in ("slide", "-", "skip"):
            raise ValueError(f"slide_type must be 'slide', '-' or 'skip', got {kind!r} in the cell {text[:60]!r}.")
        if kind == "slide":
            own = markdown and HEADING.match(text)
            slides.append(Slide(own[0] if own else heading, [], []))
        if markdown:
            heading = (SECTION.findall(FENCED.sub("", text)) or [heading])[-1]
        if kind != "skip" or not (markdown or {"exercise", "check"} & tags):
            slides[-1].cells.append(cell)
        if notes:
            slides[-1].notes.append(notes)
        if "instructor" in tags:
            slides[-1].notes.append(UNFOLDED.sub("", text).strip())
    return slides


def deck(notebook: NotebookNode) -> NotebookNode:
    """The slides of a notebook as one for jupyterlab-slideshow, after the keys.

    Raises ValueError for a last slide of several cells: the extension shows the first.
    """
    before, *slides = slides_of(notebook)
    if any(marks(cell)["slide_type"] == "-" for cell in slides[-1].cells):
        raise ValueError(f"the last slide must be one Markdown cell, but {slides[-1].heading!r} has several.")
    keys, begins, ends = nbformat.read(HERE / "frame.json", as_version=4).cells
    keys.source = keys.source.format(title=title(notebook))
    cells = [keys, begins, *(placed(cell, "skip") for cell in before.cells)]
    for number, slide in enumerate(slides, start=1):
        heading, rest = f"{slide.heading} <small>{number}</small>", slide.cells
        if rest[0].source.startswith(slide.heading):
            heading += shortened(rest[0].source).removeprefix(slide.heading)
            rest = rest[1:]
        cells.append(placed(new_markdown_cell(heading), "slide"))
        for cell in rest:
            kind = "skip" if marks(cell)["slide_type"] == "skip" else "-"
            if cell.cell_type == "markdown":
                cells.append(placed(new_markdown_cell(shortened(cell.source)), kind))
            elif marks(cell)["run"]:
                cells.append(placed(cell, kind))
            elif kind == "-":
                code = "\n".join(map(code_that_shows, cell.outputs))
                cells.append(placed(new_code_cell(code, outputs=cell.outputs), kind))
    numbered = [{**cell, "id": f"slides-{number}"} for number, cell in enumerate([*cells, ends])]
    return nbformat.from_dict({**notebook, "cells": numbered})


def placed(cell: NotebookNode, kind: str) -> NotebookNode:
    """A copy of a cell that begins a slide ("slide"), stands on it ("-") or is out of sight ("skip")."""
    where = {"slideshow": {"slide_type": kind}} if kind != "-" else {"jupyterlab-slideshow": {"layer": "slide"}}
    hidden = {"jupyter": {"source_hidden": True}} if cell.cell_type == "code" and not marks(cell)["code"] else {}
    return NotebookNode({**cell, "metadata": {**where, **hidden}})


def code_that_shows(output: NotebookNode) -> str:
    """Code that shows a saved output when it is run."""
    if output.output_type == "stream":
        return f"print({output.text!r}, end='')"
    return f"display({output.data!r}, metadata={output.metadata!r}, raw=True)"


def shortened(markdown: str) -> str:
    """What of a lesson's Markdown stands on a slide: headings, lists and tables; of a paragraph its first sentence."""
    kept = []
    markdown = LESSON_LINK.sub(r"\1", UNFOLDED.sub("", markdown))  # the copy that is presented lies alone
    for block in re.split(r"\n\s*\n", markdown.strip()):
        if HEADING.match(block) or LISTED.search(block):
            kept.append(block)
        elif not block.startswith("**You need**"):
            paragraph = " ".join(block.split()).removeprefix("**What it shows.** ")
            sentence = SENTENCE.match(paragraph)
            kept.append(sentence[0] if sentence else paragraph)
    return "\n\n".join(kept)


def notes_page(notebook: NotebookNode) -> str:
    """The speaker's notes as a page of HTML, one section a slide, numbered as on the slides."""
    return NOTES.render(title=title(notebook), slides=slides_of(notebook)[1:])


def has_slides(notebook: NotebookNode) -> bool:
    """Whether any cell of the notebook is on a slide."""
    return any(marks(cell)["slide_type"] != "skip" for cell in notebook.cells)


def marks(cell: NotebookNode) -> dict:
    """The cell's `slideshow` metadata; its `slide_type` is "slide", "-", or "skip", which is the same as none."""
    made = cell.metadata.get("slideshow", {})
    return {"notes": "", "run": True, "code": False, **made, "slide_type": made.get("slide_type") or "skip"}


def title(notebook: NotebookNode) -> str:
    """The lesson's own heading, without its mark."""
    return next(SECTION.finditer(notebook.cells[0].source))[0].lstrip("# ")

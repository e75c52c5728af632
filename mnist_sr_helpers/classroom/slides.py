"""Present a lesson live, as `python -m mnist_sr_helpers present NN` does.

The slides are a lean copy of the lesson's notebook in a temporary folder: of the cells that its author marked, Markdown
is cut to what can be read from the back of a room, and all other code runs out of sight. jupyterlab-slideshow shows
them in JupyterLab, so that every slider is alive, with the settings in `slides.json` and the styles in `slides.css`.
"""

import html
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

HERE = Path(__file__).parent
HEADING = re.compile(r"#{1,6} .+")
SECTION = re.compile(r"^##? .+$", re.MULTILINE)  # an exercise has ###
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
UNFOLDED = re.compile(r"<summary>.*?</summary>|</?details>")
LISTED = re.compile(r"^(- |\d+\. |\||```)", re.MULTILINE)
# A bold label, then up to a full stop that is in no code or formula and ends the paragraph or precedes a capital.
SENTENCE = re.compile(r"(?:\*\*[^*]+\*\* )?(?:`[^`]*`|\$[^$]*\$|[^`$])+?[.?!][*)\"]*(?= [A-Z0-9*(`\"]|$)")
SHOWS, NEEDS = "**What it shows.** ", "**You need**"

KEYS = """# {title}: before you begin

| press | |
| --- | --- |
| Alt+R | runs everything: **now**, and whenever something hangs. The slide stays |
| N, P | next and previous slide, from anywhere |
| Page Down | the same as N, from a remote control, while no slider has the focus |
| Tab | to the slide's controls; there ← and → move a slider, Space ticks, Enter presses |
| Esc | leaves the slides; the last button of the notebook's toolbar leads back |

Your notes to each slide: `{notes}`
"""
BEGINS = """import time

_began = time.monotonic()
_status = display({"text/markdown": "Running ..."}, raw=True, display_id=True)"""
ENDS = """_status.update({"text/markdown": f"**Ready** after {time.monotonic() - _began:.0f} s."}, raw=True)"""


@contextmanager
def presentation(path: Path) -> Iterator[list[str]]:
    """From the notebook at `path` to arguments of the launcher, good as long as the context lasts.

    The slides, the presenter's answers to the lesson's questions and JupyterLab's settings lie in a temporary folder,
    which goes with the context. SystemExit, with the way on in words, without the extension that shows slides.
    """
    try:
        version("jupyterlab-slideshow")
    except PackageNotFoundError:
        sys.exit("jupyterlab-slideshow is not installed: python -m pip install -r requirements.txt")
    with tempfile.TemporaryDirectory(prefix="mnist-sr-present-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        copy, notes = write_slides(path, folder)
        os.environ["MNIST_SR_STATE"] = name
        print(
            f"Slides of {path}, in a copy that goes when JupyterLab stops: {copy.parent}\n"
            f"Your notes, for a second window: {notes.as_uri()}",
            flush=True,
        )
        places = {"user_settings_dir": "settings", "workspaces_dir": "spaces"}
        yield [str(copy), *(f"--LabApp.{option}={folder / place}" for option, place in places.items())]


def write_slides(path: Path, folder: Path) -> tuple[Path, Path]:
    """Write the slides of the notebook at `path`, the notes and JupyterLab's settings; where slides and notes lie."""
    notebook, copy, notes = nbformat.read(path, as_version=4), folder / "slides" / path.name, folder / "notes.html"
    copy.parent.mkdir()
    nbformat.write(deck(notebook, str(notes)), copy)
    notes.write_text(notes_page(notebook), "utf-8")
    styles = {"styles": rules((HERE / "slides.css").read_text("utf-8"))}
    settings = json.loads((HERE / "slides.json").read_text("utf-8"))
    for name, values in {**settings, "@deathbeds/jupyterlab-fonts/fonts": styles}.items():
        file = folder / "settings" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values), "utf-8")
    return copy, notes


def rules(css: str) -> dict[str, dict[str, str]]:
    """A style sheet without nested rules as jupyterlab-fonts wants it: for each selector its properties."""
    found = re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    return {
        " ".join(selector.split()): dict(re.findall(r"([\w-]+): ([^;]+?)\s*(?:;|$)", properties))
        for selector, properties in found
    }


class Slide(NamedTuple):
    """One slide: `heading`; marked `cells` and code to run out of sight; `notes`, asides for instructors among them."""

    heading: str
    cells: list[NotebookNode]
    notes: list[str]


def slides_of(notebook: NotebookNode) -> list[Slide]:
    """The slides of a notebook; the first holds only what runs before them.

    A cell is on a slide if the `slide_type` in its `slideshow` metadata is "slide", which begins one, or "-". A slide
    that begins with anything but a heading gets the last section's. Raises ValueError for any other slide type.
    """
    slides, heading = [Slide("", [], [])], ""
    for cell in notebook.cells:
        text, markdown, kind, tags = cell.source, cell.cell_type == "markdown", slide_type(cell), tags_of(cell)
        if kind not in ("slide", "-", "skip"):
            raise ValueError(f"slide_type must be 'slide', '-' or 'skip', got {kind!r} in the cell {text[:60]!r}.")
        if kind == "slide":
            own = markdown and HEADING.match(text)
            slides.append(Slide(own[0] if own else heading, [], []))
        if markdown:
            heading = (SECTION.findall(FENCED.sub("", text)) or [heading])[-1]
        if kind != "skip" or not (markdown or {"exercise", "check"} & tags):
            slides[-1].cells.append(cell)
        if notes := mark(cell, "notes"):
            slides[-1].notes.append(notes)
        if "instructor" in tags:
            slides[-1].notes.append(UNFOLDED.sub("", text).strip())
    return slides


def deck(notebook: NotebookNode, notes: str = "notes.html") -> NotebookNode:
    """The slides of a notebook as a notebook for jupyterlab-slideshow; the first says which keys do what.

    `notes` tells the presenter where the notes lie. Of a code cell the output is shown, and its code if its `slideshow`
    metadata holds `"code": true`; with `"run": false` the saved output, for what takes too long before a room. Raises
    ValueError for a last slide of several cells: the extension shows the first.
    """
    before, *slides = slides_of(notebook)
    if any(slide_type(cell) == "-" for cell in slides[-1].cells):
        raise ValueError(f"the last slide must be one Markdown cell, but {slides[-1].heading!r} has several.")
    not_yet = new_output("display_data", {"text/markdown": "Not run yet."})
    cells = [
        placed(new_markdown_cell(KEYS.format(title=title(notebook), notes=notes)), "slide"),
        placed(new_code_cell(BEGINS, outputs=[not_yet]), "-"),
        *(placed(cell, "skip") for cell in before.cells),
    ]
    for number, slide in enumerate(slides, start=1):
        heading, rest = f"{slide.heading} <small>{number}</small>", slide.cells
        if rest[0].source.startswith(slide.heading):
            heading += shortened(rest[0].source).removeprefix(slide.heading)
            rest = rest[1:]
        cells.append(placed(new_markdown_cell(heading), "slide"))
        for cell in rest:
            kind = "skip" if slide_type(cell) == "skip" else "-"
            if cell.cell_type == "markdown":
                cells.append(placed(new_markdown_cell(shortened(cell.source)), kind))
            elif mark(cell, "run", True):
                cells.append(placed(cell, kind, code=mark(cell, "code", False)))
            elif kind == "-":
                cells.append(placed(new_code_cell(code_that_shows(cell.outputs), outputs=cell.outputs), kind))
    cells.append(placed(new_code_cell(ENDS), "skip"))
    return nbformat.from_dict({**notebook, "cells": [{**cell, "id": f"slides-{i}"} for i, cell in enumerate(cells)]})


def placed(cell: NotebookNode, kind: str, *, code: bool = False) -> dict:
    """A copy of a cell that begins a slide ("slide"), stands on it ("-") or is out of sight ("skip")."""
    where = {"slideshow": {"slide_type": kind}} if kind != "-" else {"jupyterlab-slideshow": {"layer": "slide"}}
    hidden = {"jupyter": {"source_hidden": True}} if cell.cell_type == "code" and not code else {}
    return {**cell, "metadata": {**where, **hidden}}


def code_that_shows(outputs: list[NotebookNode]) -> str:
    """Code that shows saved outputs when it is run."""
    return "\n".join(
        f"print({output.text!r}, end='')"
        if output.output_type == "stream"
        else f"display({output.data!r}, metadata={output.metadata!r}, raw=True)"
        for output in outputs
    )


def shortened(markdown: str) -> str:
    """What of a lesson's Markdown stands on a slide: headings, lists and tables; of a paragraph its first sentence."""
    kept = []
    for block in re.split(r"\n\s*\n", markdown.strip()):
        if HEADING.match(block) or LISTED.search(block):
            kept.append(block)
        elif not block.startswith(NEEDS):
            paragraph = " ".join(block.split()).removeprefix(SHOWS)
            sentence = SENTENCE.match(paragraph)
            kept.append(sentence[0] if sentence else paragraph)
    return "\n\n".join(kept)


def notes_page(notebook: NotebookNode) -> str:
    """The speaker's notes as a page of HTML, one section a slide, numbered as on the slides."""
    heading = f"{html.escape(title(notebook))}: notes"
    parts = [f"<!doctype html><html lang=en><meta charset=utf-8><title>{heading}</title>"]
    parts.append("<style>body {font: 1.3em sans-serif; max-width: 34em; margin: 1em auto}</style>")
    parts.append(f"<h1>{heading}</h1>")
    for number, slide in enumerate(slides_of(notebook)[1:], start=1):
        parts.append(f"<h2>{number}. {html.escape(slide.heading.lstrip('# '))}</h2>")
        parts += [f"<p>{html.escape(paragraph)}</p>" for notes in slide.notes for paragraph in notes.split("\n\n")]
    return "".join(parts)


def has_slides(notebook: NotebookNode) -> bool:
    """Whether any cell of the notebook is on a slide."""
    return any(slide_type(cell) != "skip" for cell in notebook.cells)


def slide_type(cell: NotebookNode) -> str:
    """The cell's place on the slides: "slide", "-", or "skip", which is the same as none."""
    return mark(cell, "slide_type") or "skip"


def mark(cell: NotebookNode, name: str, otherwise=None):
    """What the cell's `slideshow` metadata holds under `name`."""
    return cell.metadata.get("slideshow", {}).get(name, otherwise)


def tags_of(cell: NotebookNode) -> set[str]:
    """The cell's tags."""
    return set(cell.metadata.get("tags", []))


def title(notebook: NotebookNode) -> str:
    """The lesson's own heading, without its mark."""
    return next(SECTION.finditer(notebook.cells[0].source))[0].lstrip("# ")

"""Present a lesson live: python -m mnist_sr_helpers present NN [OPTION OF JUPYTER LAB ...]

The slides are a lean copy of the lesson's notebook in a temporary folder: of the cells that its author marked, Markdown
is cut to what can be read from the back of a room, and all other code runs out of sight. jupyterlab-slideshow shows
them in JupyterLab, so that every slider is alive.
"""

import html
import json
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

NOTEBOOKS = Path("notebooks")
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
NOT_YET = [{"output_type": "display_data", "data": {"text/markdown": "Not run yet."}, "metadata": {}}]

DECK = ".jp-Deck .jp-Notebook"
ANYWHERE = ".jp-Deck .jp-Notebook.jp-mod-commandMode:not(.jp-mod-readWrite) :focus"
NEXT, PREVIOUS = {"direction": "down", "alternate": "forward"}, {"direction": "up", "alternate": "back"}
PICTURE = ":has(.jp-OutputArea-output > img)"
AROUND = f"{DECK} :is(.jp-Cell.jp-deck-mod-onscreen, .jp-Cell-outputWrapper, .jp-OutputArea, .jp-OutputArea-child)"
UNIT = "min(1vh, 0.5625vw)"  # a hundredth of the height at 16:9, so that any projector shows the same slide


def units(number: float) -> str:
    """A length in hundredths of the screen's height."""
    return f"calc({number} * {UNIT})"


STYLES = {
    ".jp-Deck.jp-NotebookPanel": {
        "place-content": "flex-start !important",
        "left": "0 !important",
        "right": "0 !important",
        "padding-top": units(2),
        "--jp-widgets-font-size": units(2.7),
        "--jp-widgets-inline-height": units(4.8),
        "--jp-widgets-inline-label-width": "4em",
        "--jp-widgets-slider-handle-size": units(3),
    },
    DECK: {"max-height": "98vh !important"},
    # The extension pins layers to the screen; here they follow the slide's first cell.
    ".jp-Deck .jp-deck-mod-layer": {"position": "static !important"},
    ".jp-Deck .jp-InputPlaceholder, .jp-Deck .jp-Collapser, .jp-Deck-DesignTools": {"display": "none !important"},
    ".jp-Deck-Remote": {"opacity": "0.4"},
    ".jp-Deck-Remote .jp-deck-mod-direction-up, .jp-Deck-Remote .jp-deck-mod-direction-down": {"display": "none"},
    f"{DECK} .jp-RenderedMarkdown": {"font-size": units(4.1), "line-height": "1.35"},
    f"{DECK} .jp-RenderedMarkdown :is(h1, h2, h3)": {"font-size": units(5.6), "margin": f"0 0 {units(2)}"},
    f"{DECK} .jp-RenderedMarkdown :is(p, ul, table)": {"margin": f"0 0 {units(1.5)}"},
    f"{DECK} .jp-RenderedMarkdown small": {"float": "right", "font-size": units(3), "font-weight": "normal"},
    f"{DECK} .jp-RenderedMarkdown :is(table, code)": {"font-size": units(3.2)},
    f"{DECK} .jp-RenderedText pre": {
        "font-size": units(3.1),
        "line-height": "1.35",
        "margin-bottom": units(2),
        "word-break": "normal",
        "overflow-wrap": "anywhere",
    },
    f"{DECK} .cm-editor": {"font-size": units(2.8)},
    # A slide is a column of its cells, in which a picture takes the height that text leaves.
    f"{DECK} .jp-WindowedPanel-viewport": {"display": "flex", "flex-direction": "column", "max-height": units(94)},
    f"{DECK} .jp-Cell.jp-deck-mod-onscreen": {"flex": "0 0 auto !important"},
    f"{AROUND}{PICTURE}, {DECK} .jp-OutputArea-output:has(> img)": {
        "display": "flex",
        "flex-direction": "column",
        "flex": "0 1 auto !important",
        "min-height": "0",
    },
    f"{DECK} .jp-OutputArea-output img": {
        "width": "100% !important",
        "height": "auto !important",
        "min-height": "0",
        "max-width": "100% !important",
        "object-fit": "contain",
        "object-position": "left top",
    },
    f"{DECK} .widget-html-content": {"font-size": units(3.8), "line-height": "1.35"},
    f"{DECK} .widget-html-content img": {"max-height": units(48)},
    f"{DECK} .widget-html-content table": {"font-size": f"{units(3)} !important"},
    f"{DECK} .widget-html-content tr": {"display": "inline-block", "margin-right": "2em"},
    f"{DECK} .widget-hslider": {"width": "auto !important", "flex": "1 1 15em"},
    f"{DECK} .widget-hslider .widget-readout": {"min-width": "max-content", "max-width": "none"},
    f"{DECK} .widget-checkbox": {"margin-left": "1em"},
    f"{DECK} .widget-html-content pre": {"font-size": units(2.8)},
    f"{DECK} .widget-button": {"font-size": units(3.6), "height": "auto", "line-height": "1.6"},
}
SETTINGS = {
    "jupyterlab-slideshow/plugin": {"active": True},
    "@deathbeds/jupyterlab-fonts/fonts": {"styles": STYLES},
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/apputils-extension/sessionDialogs": {"skipKernelRestartDialog": True},
    "@jupyterlab/shortcuts-extension/shortcuts": {
        "shortcuts": [
            {"command": "notebook:restart-run-all", "keys": ["Alt R"], "selector": "body"},
            {"command": "deck:go", "args": NEXT, "keys": ["N"], "selector": ANYWHERE},
            {"command": "deck:go", "args": PREVIOUS, "keys": ["P"], "selector": ANYWHERE},
            {"command": "deck:go", "args": NEXT, "keys": ["PageDown"], "selector": "body"},
            {"command": "deck:go", "args": PREVIOUS, "keys": ["PageUp"], "selector": "body"},
        ]
    },
}


@contextmanager
def presentation(words: list[str]) -> Iterator[list[str]]:
    """From the words after `present` to arguments of the launcher, good as long as the context lasts.

    The slides, the presenter's answers to the lesson's questions and JupyterLab's settings lie in a temporary folder,
    which goes with the context. SystemExit, with the way on in words, for anything but a lesson that has slides.
    """
    try:
        version("jupyterlab-slideshow")
    except PackageNotFoundError:
        sys.exit("jupyterlab-slideshow is not installed: python -m pip install -r requirements.txt")
    path = find_lesson(words, "present", "slides", has_slides)
    with tempfile.TemporaryDirectory(prefix="mnist-sr-present-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        write_slides(path, folder)
        os.environ["MNIST_SR_STATE"] = str(folder)
        print(
            f"Slides of {path}, in a copy that goes when JupyterLab stops: {folder / 'slides'}\n"
            f"Your notes, for a second window: {(folder / 'notes.html').as_uri()}",
            flush=True,
        )
        places = [f"--LabApp.user_settings_dir={folder / 'settings'}", f"--LabApp.workspaces_dir={folder / 'spaces'}"]
        yield [str(folder / "slides" / path.name), *places, *words[1:]]


def find_lesson(words: list[str], command: str, wanted: str, has: Callable[[dict], object]) -> Path:
    """The notebook of the lesson whose number is the first of `words`; SystemExit if there is none that `has` it.

    `command` and `wanted` are for the message: "present" wants a lesson that has "slides".
    """
    found = {path.name[:2]: path for path in sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))}
    if not found:
        sys.exit(f"{NOTEBOOKS}/ is not there. Run this from the course's folder, which holds it.")
    number = words[0].zfill(2) if words else ""
    ready = [lesson for lesson, path in found.items() if has(read(path))]
    if number not in ready:
        came = repr(words[0]) if words else "nothing"
        sys.exit(f"{command} wants the number of a lesson that has {wanted} ({', '.join(ready)}), got {came}.")
    return found[number]


def write_slides(path: Path, folder: Path) -> None:
    """Write the slides of the notebook at `path`, the speaker's notes and JupyterLab's settings into `folder`."""
    notebook = read(path)
    (folder / "slides").mkdir()
    slides = deck(notebook, str(folder / "notes.html"))
    (folder / "slides" / path.name).write_text(json.dumps(slides, indent=1), "utf-8")
    (folder / "notes.html").write_text(notes_page(notebook), "utf-8")
    for name, settings in SETTINGS.items():
        file = folder / "settings" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(settings), "utf-8")


class Slide(NamedTuple):
    """One slide: `heading`; marked `cells` and code to run out of sight; `notes`, asides for instructors among them."""

    heading: str
    cells: list[dict]
    notes: list[str]


def slides_of(notebook: dict) -> list[Slide]:
    """The slides of a notebook, as read from its JSON; the first holds only what runs before them.

    A cell is on a slide if the `slide_type` in its `slideshow` metadata is "slide", which begins one, or "-". A slide
    that begins with anything but a heading gets the last section's. Raises ValueError for any other slide type.
    """
    slides, heading = [Slide("", [], [])], ""
    for cell in notebook["cells"]:
        text, markdown, kind = source(cell), cell["cell_type"] == "markdown", slide_type(cell)
        if kind not in ("slide", "-", "skip"):
            raise ValueError(f"slide_type must be 'slide', '-' or 'skip', got {kind!r} in the cell {text[:60]!r}.")
        if kind == "slide":
            own = markdown and HEADING.match(text)
            slides.append(Slide(own[0] if own else heading, [], []))
        if markdown:
            heading = (SECTION.findall(FENCED.sub("", text)) or [heading])[-1]
        tags = cell["metadata"].get("tags", [])
        if kind != "skip" or not (markdown or {"exercise", "check"} & set(tags)):
            slides[-1].cells.append(cell)
        if notes := cell["metadata"].get("slideshow", {}).get("notes"):
            slides[-1].notes.append(notes)
        if "instructor" in tags:
            slides[-1].notes.append(UNFOLDED.sub("", text).strip())
    return slides


def deck(notebook: dict, notes: str = "notes.html") -> dict:
    """The slides of a notebook as a notebook for jupyterlab-slideshow; the first says which keys do what.

    `notes` tells the presenter where the notes lie. Of a code cell the output is shown, and its code if its `slideshow`
    metadata holds `"code": true`; with `"run": false` the saved output, for what takes too long before a room. Raises
    ValueError for a last slide of several cells: the extension shows the first.
    """
    before, *slides = slides_of(notebook)
    if any(slide_type(cell) == "-" for cell in slides[-1].cells):
        raise ValueError(f"the last slide must be one Markdown cell, but {slides[-1].heading!r} has several.")
    cells = [
        markdown_cell(KEYS.format(title=title(notebook), notes=notes), "slide"),
        code_cell(BEGINS, "-", NOT_YET),
        *({**cell, "metadata": place("skip")} for cell in before.cells),
    ]
    for number, slide in enumerate(slides, start=1):
        opening = f"{slide.heading} <small>{number}</small>"
        rest = slide.cells
        if source(rest[0]).startswith(slide.heading):
            opening += lean(source(rest[0])).removeprefix(slide.heading)
            rest = rest[1:]
        cells.append(markdown_cell(opening, "slide"))
        for cell in rest:
            mark = cell["metadata"].get("slideshow", {})
            kind = "skip" if slide_type(cell) == "skip" else "-"
            if cell["cell_type"] == "markdown":
                cells.append(markdown_cell(lean(source(cell)), kind))
            elif not mark.get("run", True):
                cells += [code_cell(again(cell["outputs"]), kind, cell["outputs"])] if kind == "-" else []
            else:
                cells.append({**cell, "metadata": place(kind, code=mark.get("code", False))})
    cells.append(code_cell(ENDS, "skip"))
    return {**notebook, "cells": [{**cell, "id": f"slides-{i}"} for i, cell in enumerate(cells)]}


def place(kind: str, *, code: bool = False) -> dict:
    """The metadata that put a cell on a slide: "slide" begins one, "-" stands on it, "skip" is out of sight."""
    where = {"slideshow": {"slide_type": kind}} if kind != "-" else {"jupyterlab-slideshow": {"layer": "slide"}}
    return where if code else {**where, "jupyter": {"source_hidden": True}}


def markdown_cell(text: str, kind: str) -> dict:
    """A Markdown cell at its place."""
    return {"cell_type": "markdown", "metadata": place(kind, code=True), "source": text}


def code_cell(code: str, kind: str, outputs: list[dict] = ()) -> dict:
    """A code cell at its place, the code hidden."""
    return {
        "cell_type": "code",
        "metadata": place(kind),
        "source": code,
        "outputs": list(outputs),
        "execution_count": None,
    }


def again(outputs: list[dict]) -> str:
    """Code that shows saved outputs again."""
    lines = []
    for output in outputs:
        if output["output_type"] == "stream":
            lines.append(f"print({''.join(output['text'])!r}, end='')")
        else:
            data = {kind: "".join(parts) for kind, parts in output["data"].items()}
            lines.append(f"display({data!r}, metadata={output['metadata']!r}, raw=True)")
    return "\n".join(lines)


def lean(markdown: str) -> str:
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


def notes_page(notebook: dict) -> str:
    """The speaker's notes as a page of HTML, one section a slide, numbered as on the slides."""
    parts = [f"<h1>{html.escape(title(notebook))}: notes</h1>"]
    for number, slide in enumerate(slides_of(notebook)[1:], start=1):
        parts.append(f"<h2>{number}. {html.escape(slide.heading.lstrip('# '))}</h2>")
        parts += [f"<p>{html.escape(paragraph)}</p>" for notes in slide.notes for paragraph in notes.split("\n\n")]
    head = f"<!doctype html><html lang=en><meta charset=utf-8><title>{html.escape(title(notebook))}: notes</title>"
    return f"{head}<style>body {{font: 1.3em sans-serif; max-width: 34em; margin: 1em auto}}</style>{''.join(parts)}"


def has_slides(notebook: dict) -> bool:
    """Whether any cell of the notebook is on a slide."""
    return any(slide_type(cell) != "skip" for cell in notebook["cells"])


def read(path: Path) -> dict:
    """The notebook at `path` as JSON."""
    return json.loads(path.read_text("utf-8"))


def slide_type(cell: dict) -> str:
    """The cell's place on the slides: "slide", "-", or "skip", which is the same as none."""
    return cell["metadata"].get("slideshow", {}).get("slide_type") or "skip"


def source(cell: dict) -> str:
    """The text of a cell, which a notebook's file holds whole or as a list of lines."""
    return "".join(cell["source"])


def title(notebook: dict) -> str:
    """The lesson's own heading, without its mark."""
    return SECTION.search(source(notebook["cells"][0]))[0].lstrip("# ")

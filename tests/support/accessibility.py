"""Rules for readers who don't see a lesson, or don't see its colours: each takes a notebook and returns its faults.

A fault is a sentence for the lesson's author: where, what, and the way on.
"""

import itertools
import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from nbformat import NotebookNode

MARKDOWN = MarkdownIt("commonmark").enable("table")
SHORTEST = 6  # words of an alt text
FILE_NAME = re.compile(r"\.(png|jpe?g|gif|svg|webp)\b", re.IGNORECASE)
EMPTY_OPENING = re.compile(r"(an? )?(image|picture|figure|plot|graph|photo) (of|showing)\b", re.IGNORECASE)
VAGUE = re.compile(
    r"(click )?(here|this|that|it|link|more|source|details|read more|see (here|more)|(this|the) "
    r"(link|page|site|website|paper|article|one))|https?://\S*|www\.\S*|",
    re.IGNORECASE,
)

COLOURS = (
    r"(?:red|green|blue|orange|yellow|purple|violet|pink|brown|cyan|magenta|teal|turquoise|olive|gr[ea]y|black|white)"
    # "grey values", "black pixels": what the digits are made of, not what a drawing is coloured with
    r"(?:ish)?\b(?! (?:values?|levels?|scale|pixels?|ink|strokes?|digits?|pictures?|background|paper|patch(?:es)?)\b)"
)
THINGS = r"(?:lines?|bars?|points?|curves?|dots?|bands?|stripes?|arrows?|rows?|columns?|cells?|entry|entries|labels?)"
BY_COLOUR = re.compile(
    rf"\b{COLOURS}(?:[ -]+\w+){{0,2}}?[ -]+{THINGS}\b"  # the blue line
    rf"|\b{THINGS} (?:\w+ )?(?:in|is|are|was|were) (?:\w+ )?{COLOURS}"  # the line drawn in blue
    rf"|\b(?:shown|drawn|marked|highlighted|coloured|printed|plotted|set) in (?:\w+ )?{COLOURS}",
    re.IGNORECASE,
)
SECOND_CUE = re.compile(
    r"\b(dashed|dotted|dash-dotted|solid|hatched|striped|filled|hollow|thick|thin|upper|lower|topmost|bottom|"
    r"leftmost|rightmost|middle|circles?|squares?|triangles?|crosses|diamonds?|stars?|labelled|called)\b",
    re.IGNORECASE,
)
CODE = re.compile(r"```.*?```|`[^`]*`|\$[^$]*\$", re.DOTALL)
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n\s*\n|\n(?=\s*(?:[-|#]|\d+\. ))")


def outputs(notebook: NotebookNode) -> Iterator[tuple[str, NotebookNode]]:
    """Each output with the place where it stands."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            yield place(cell), output


def place(cell: NotebookNode) -> str:
    """Where an author finds the cell: its id, and how it begins."""
    first = next((line for line in cell.source.splitlines() if line.strip()), "")
    return f"cell {cell.get('id', '?')} ({first[:60]!r})"


def pages(notebook: NotebookNode) -> Iterator[tuple[str, BeautifulSoup]]:
    """All that is shown as HTML: Markdown cells, and outputs in Markdown or HTML."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            yield place(cell), BeautifulSoup(MARKDOWN.render(cell.source), "html.parser")
    for where, output in outputs(notebook):
        data = output.get("data", {})
        for text in (data.get("text/html"), MARKDOWN.render(data.get("text/markdown", ""))):
            if text:
                yield where, BeautifulSoup(text, "html.parser")


def alt_faults(notebook: NotebookNode) -> list[str]:
    """Every picture says in a sentence of its own what it shows, in its metadata and as the output's text."""
    faults, seen = [], {}
    for where, output in outputs(notebook):
        for kind, data in output.get("data", {}).items():
            if not kind.startswith("image/"):
                continue
            alt = output.metadata.get(kind, {}).get("alt", "")
            faults += [f"{where}: {fault}" for fault in in_a_sentence(alt)]
            if output["data"].get("text/plain") != alt:
                faults.append(f"{where}: the output's text is not its alt text. Draw it with grid or to_picture.")
            if seen.setdefault(alt, data) != data:
                faults.append(f"{where}: another picture has the alt text {alt!r}. Say what differs.")
    for where, page in pages(notebook):
        for picture in page.find_all("img"):
            faults += [f"{where}: {fault}" for fault in in_a_sentence(picture.get("alt", ""))]
    return faults


def in_a_sentence(alt: str) -> list[str]:
    """What keeps `alt` from saying, in a sentence, what a picture shows."""
    if not alt.strip():
        return ["a picture without alt text. Say in a sentence what it shows."]
    if FILE_NAME.search(alt):
        return [f"the alt text names a file: {alt!r}. Say in a sentence what the picture shows."]
    faults = []
    if len(alt.split()) < SHORTEST:
        faults.append(f"the alt text {alt!r} has fewer than {SHORTEST} words. Say what there is to see.")
    if EMPTY_OPENING.match(alt):
        faults.append(f"the alt text begins {alt[:20]!r}: a screen reader says that already. Begin with what it shows.")
    if not re.match(r"[\"'(]?[A-Z0-9]", alt) or alt.rstrip()[-1] not in ".!?":
        faults.append(f"the alt text {alt!r} is no sentence: begin with a capital, end with a full stop.")
    return faults


def heading_faults(notebook: NotebookNode) -> list[str]:
    """One first-level heading, at the top; then down one level at a time."""
    found = [
        (where, int(heading.name[1]), heading.get_text(" ", strip=True))
        for where, page in pages(notebook)
        for heading in page.find_all(re.compile(r"^h[1-6]$"))
    ]
    levels = [level for _, level, _ in found]
    faults = [f"{where}: a heading without text." for where, _, text in found if not text]
    if levels[:1] != [1] or levels.count(1) != 1:
        faults.append(f"headings of level 1 (`# `) must be one, the first; the lesson's levels are {levels}.")
    for (_, above, _), (where, level, text) in itertools.pairwise(found):
        if level > above + 1:
            faults.append(f"{where}: heading {text!r} goes from level {above} to {level}. Use level {above + 1}.")
    return faults


def link_faults(notebook: NotebookNode) -> list[str]:
    """A link's text says where it leads, read without its surroundings; equal texts lead to one place."""
    faults, targets = [], {}
    for where, page in pages(notebook):
        for link in page.find_all("a", href=True):
            text = link.get_text(" ", strip=True) or " ".join(image.get("alt", "") for image in link.find_all("img"))
            if VAGUE.fullmatch(text.strip(" .")):
                faults.append(f"{where}: the link {text!r} doesn't say where it leads. Link the name of the page.")
            elif targets.setdefault(text, link["href"]) != link["href"]:
                faults.append(f"{where}: links with the text {text!r} lead to different places. Name each.")
    return faults


def table_faults(notebook: NotebookNode) -> list[str]:
    """Every table has header cells, and each header cell has text."""
    faults = []
    for where, page in pages(notebook):
        for table in page.find_all("table"):
            headers = [cell.get_text(" ", strip=True) for cell in table.find_all("th")]
            if not headers:
                faults.append(f'{where}: a table without header cells. Write it in Markdown, or use <th scope="col">.')
            elif "" in headers:
                faults.append(f"{where}: a table's header cell is empty: {headers}. Name the column.")
    return faults


def colour_faults(notebook: NotebookNode) -> list[str]:
    """No sentence tells things apart by their colour alone; line style, marker, place or a label is a second cue."""
    texts = [(place(cell), CODE.sub("x", cell.source)) for cell in notebook.cells if cell.cell_type == "markdown"]
    for where, output in outputs(notebook):
        texts += [(where, output.get("text", "")), (where, output.get("data", {}).get("text/plain", ""))]
    return [
        f"{where}: {match[0]!r} tells a thing by its colour alone. Add a second cue, as in 'the dashed blue line'."
        for where, text in texts
        for sentence in SENTENCE_END.split(text)
        if (match := BY_COLOUR.search(" ".join(sentence.split()))) and not SECOND_CUE.search(sentence)
    ]


RULES = (alt_faults, heading_faults, link_faults, table_faults, colour_faults)

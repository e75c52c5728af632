"""A lesson's executed notebook as a page of the site: what `tools.build_site` hands to Sphinx.

Nothing is run. Widgets become the places where the site's live.js puts its own, each with a picture for where that
doesn't run; a question's answer stays folded; exercises keep their text and their stub; instructors' asides go.
"""

import ast
import hashlib
import html
import json
import re
from base64 import b64decode
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_output

from mnist_sr_helpers._files import write_whole
from tools.build_notebooks import ASK, asked
from tools.glossary import linked

EMBEDDED = re.compile(r'src="data:image/png;base64,([A-Za-z0-9+/=]+)"')
ANSWER = re.compile(r'(<details class="mnist-sr-answer mnist-sr-answer-([\w-]+)")')
SCROLLED = re.compile(r'<div style="overflow-x:auto">(?=<table>(?:<caption[^>]*>(.*?)</caption>)?)', re.DOTALL)
LIKE = {"there_and_back": "degradation"}  # a view that a lesson writes itself, and the live one that shows the same
OWN = re.compile(r"\b(DigitPad|Wipe)\(\)")
ASLEEP = '<p class="mnist-sr-run">{}: it runs in the notebook.</p>'
PICTURES = "_static/pictures"


def lesson_page(notebook: NotebookNode, name: str, static: Path, terms: Sequence[str] = ()) -> NotebookNode:
    """The page of a `notebook` called `name`; its pictures are written into the folder `static`/pictures.

    The first of each of `terms` is linked to the glossary.
    """
    title, _, text = notebook.cells[0].source.partition("\n")
    cells = [new_markdown_cell(part) for part in (title, how_to_read(name), text.strip())]
    explored, done = False, set[str]()
    for cell, follower in zip(notebook.cells[1:], [*notebook.cells[2:], None], strict=True):
        tags = cell.metadata.get("tags", [])
        if {"instructor", "colab"} & set(tags):
            continue
        if cell.cell_type == "markdown":
            cells.append(new_markdown_cell(ANSWER.sub(r'\1 data-answer="\2"', linked(cell.source, done, terms))))
        elif "check" in tags:
            cells.append(new_markdown_cell(where_to_run(name)))
        else:
            widget = live(cell, follower, partial(drawn, static=static))
            outputs = [html_output(widget)] if widget else [as_html(output, static) for output in cell.outputs]
            if explored:
                outputs = folded_picture(outputs)
            shown = {"tags": shown_how(cell, bool(widget))}
            cells.append(NotebookNode({**cell, "outputs": outputs, "metadata": NotebookNode(shown)}))
            explored = bool(widget) and not ASK.search(cell.source)
    return NotebookNode(cells=cells, metadata=notebook.metadata, nbformat=4, nbformat_minor=5)


def how_to_read(name: str) -> str:
    """The line under a lesson's title."""
    return aside(
        "You read the lesson as it ran. To change its code and to write its exercises, "
        f"[install the course](install.md) and open `notebooks/{name}.ipynb`."
    )


def where_to_run(name: str) -> str:
    """What stands in place of an exercise's check."""
    return aside(
        f"Write it in `notebooks/{name}.ipynb`, where a check answers in words: [install the course](install.md)."
    )


def aside(text: str) -> str:
    """Markdown set apart from the lesson's own."""
    return f'<div class="mnist-sr-run">\n\n{text}\n\n</div>'


def shown_how(cell: NotebookNode, widget: bool) -> list[str]:
    """myst-nb's tags for a code cell: code that asks goes, code that only draws or makes a `widget` is folded."""
    if ASK.search(cell.source):
        return ["remove-input"]
    return ["hide-input"] if widget or cell.metadata.get("jupyter", {}).get("source_hidden") else []


def live(cell: NotebookNode, follower: NotebookNode | None, draw: Callable[[NotebookNode], str]) -> str | None:
    """The place that live.js fills for a code cell that ends in a widget, with what it holds until then; or None.

    A question holds its options, an explorer or a pad the picture of states that the `follower` cell drew, which `draw`
    makes an `img` of.
    """
    if question := asked(cell):
        key, words, answers = question
        listed = "".join(f"<li>{html.escape(answer)}</li>" for answer in answers)
        inside = f"<p><strong>{html.escape(words)}</strong></p><ul>{listed}</ul>"
        return place(inside, question=key, options=answers)
    if "explorer" in cell.metadata.get("tags", []):
        name, state = explorer(cell.source)
    elif own := OWN.search(cell.source):
        name, state = {"DigitPad": "pad", "Wipe": "wipe"}[own[1]], {}
    else:
        return None
    below = follower.outputs if follower else []
    picture = next((draw(output) for output in below if "image/png" in output.get("data", {})), None)
    if picture is None:
        raise ValueError(f"the cell below the explorer {name} must draw its states: it holds no picture.")
    return place(picture, explorer=name, state=state)


def place(inside: str, **data) -> str:
    """A `div` for live.js that holds `inside`; words of `data` as they are, all else as JSON."""
    words = {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) for name, value in data.items()
    }
    attributes = "".join(f' data-{name}="{html.escape(word)}"' for name, word in words.items())
    return f'<div class="mnist-sr-live"{attributes}>{inside}</div>'


def explorer(code: str) -> tuple[str, dict]:
    """Name and first state of the explorer that `code` makes: its view's name without `_view`, and its `start`."""
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    made = next(call for call in calls if ast.unparse(call.func) == "Explorer")
    name = ast.unparse(made.args[0]).removesuffix("_view")
    start = next((keyword.value for keyword in made.keywords if keyword.arg == "start"), ast.Dict([], []))
    return LIKE.get(name, name), ast.literal_eval(start)


def folded_picture(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """The outputs below an explorer, the picture of its states folded: it stands in the explorer's place, too."""
    first, *rest = outputs
    unfold = "<details class='mnist-sr-states'><summary>Its states in one picture</summary>"
    return [html_output(f"{unfold}{first.data['text/html']}</details>"), *rest]


def as_html(output: NotebookNode, static: Path) -> NotebookNode:
    """An output with its pictures in files, alt text on each, its answer marked; text stays as it is."""
    data = output.get("data", {})
    if "image/png" in data:
        return html_output(drawn(output, static))
    if "text/html" not in data:
        what, asleep, _ = data.get("text/plain", "").partition(": needs a running kernel")
        return html_output(ASLEEP.format(html.escape(what))) if asleep else output
    text = EMBEDDED.sub(lambda match: f'src="{stored(match[1], static)}" loading="lazy"', data["text/html"])
    text = SCROLLED.sub(
        lambda match: f'<div class="mnist-sr-table" role="group" aria-label="{match[1] or "Table"}">', text
    )
    text = ANSWER.sub(r'\1 data-answer="\2"', text).replace("No prediction.\nIt is: ", "It is: ")
    return html_output(text)


def drawn(output: NotebookNode, static: Path) -> str:
    """The picture of an output as an `img` that lies in the folder `static`."""
    return img(output, stored(output.data["image/png"], static))


def img(output: NotebookNode, source: str) -> str:
    """An `img` at `source` with the size and the alt text of an output's picture."""
    meta = output.metadata["image/png"]
    size = f'width="{meta["width"]}" height="{meta["height"]}"'
    return f'<img src="{source}" alt="{html.escape(meta["alt"])}" {size} loading="lazy">'


def stored(base64: str, static: Path) -> str:
    """Write a picture into the folder `static`/pictures under the hash of its bytes; its address on a page."""
    content = b64decode(base64)
    name = f"{hashlib.sha256(content).hexdigest()[:16]}.png"
    write_whole(static / "pictures" / name, content)
    return f"{PICTURES}/{name}"


def html_output(text: str) -> NotebookNode:
    """An output that is HTML."""
    return new_output("display_data", {"text/html": text})

"""A lesson's explorer as one page for phones: python -m mnist_sr_helpers page NN [FILE.html]

Every state is drawn beforehand and lies in the page, so it needs no kernel, no network and no program but a browser.
By default it is written into `pages/`; `python -m http.server --directory pages` hands that folder out in a room.
"""

import ast
import html
import io
import itertools
import json
from base64 import b64encode
from pathlib import Path

from PIL import Image
from tqdm.auto import tqdm

from .._files import write_whole
from ..explorers.shell import Explorer
from .slides import find_lesson, read, source, title

PAGE = (Path(__file__).parent / "page.html").read_text("utf-8")


def main(words: list[str]) -> None:
    """Write the page of the lesson whose number is the first of `words`; SystemExit, with the way on, if none."""
    lesson = find_lesson(words, "page", "an explorer", explorer_cell)
    to = Path(words[1]) if words[1:] else Path("pages") / f"{lesson.stem}.html"
    notebook = read(lesson)
    page = explorer_page(run(explorer_cell(notebook)), title(notebook))
    to.parent.mkdir(parents=True, exist_ok=True)
    write_whole(to, page.encode())
    print(f"{to}: {to.stat().st_size / 1e6:.1f} MB. For the phones in a room: python -m http.server -d {to.parent}")


def explorer_cell(notebook: dict) -> str:
    """The code of the notebook's first cell with an explorer, up to the explorer itself; "" if there is none.

    Such a cell needs nothing of the lesson but the names of the package.
    """
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and "Explorer(" in source(cell):
            steps = [ast.unparse(step) for step in ast.parse(source(cell)).body]
            last = next(i for i, step in enumerate(steps) if "Explorer(" in step)
            return "\n".join(["from mnist_sr_helpers import *", *steps[: last + 1]])
    return ""


def run(code: str) -> Explorer:
    """Run `code`, whose last statement is an expression, and return the explorer that it makes."""
    *before, last = ast.parse(code).body
    names = {}
    exec(compile(ast.Module(before, []), "<lesson>", "exec"), names)
    return eval(compile(ast.Expression(last.value), "<lesson>", "eval"), names)


def explorer_page(explorer: Explorer, heading: str) -> str:
    """One page of HTML, about 5 kB a state, with a slider or checkbox for each control of `explorer`.

    The page opens at the explorer's own state. Raises TypeError for anything but an `Explorer`.
    """
    if not isinstance(explorer, Explorer):
        raise TypeError(f"explorer must be an Explorer, got {type(explorer).__name__} {explorer!r}.")
    controls = [
        {"name": name, "labels": [label for label, _ in options], "start": [v for _, v in options].index(widget.value)}
        for name, widget in explorer.controls.items()
        for options in [choices(widget)]
    ]
    values = [[value for _, value in choices(widget)] for widget in explorer.controls.values()]
    states = []
    for state in tqdm(list(itertools.product(*values)), desc="states", disable=None):
        picture, rows = explorer.view(**dict(zip(explorer.controls, state, strict=True)))
        states.append([b64encode(smaller(picture.png)).decode(), picture.alt, rows])
    data = json.dumps({"controls": controls, "states": states}, separators=(",", ":")).replace("<", "\\u003c")
    return PAGE.replace("HEADING", html.escape(heading)).replace("DATA", data)


def choices(widget) -> list[tuple[str, object]]:
    """What a control offers: (label, value) of each position; a checkbox offers off and on."""
    return list(widget.options) if hasattr(widget, "options") else [("off", False), ("on", True)]


def smaller(png: bytes) -> bytes:
    """The same pixels in fewer bytes: a page is loaded once by many, a slider's picture is made in a hurry."""
    buffer = io.BytesIO()
    Image.open(io.BytesIO(png)).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()

"""A lesson's explorer as one page for phones, as `python -m mnist_sr_helpers page NN` writes it.

Every state is drawn beforehand and lies in the page, so it needs no kernel, no network and no program but a browser.
`python -m http.server --directory pages` hands the folder of pages out in a room.
"""

import ast
import html
import io
import itertools
import json
from base64 import b64encode
from pathlib import Path
from string import Template

import nbformat
from nbformat import NotebookNode
from PIL import Image
from tqdm.auto import tqdm

from .._files import write_whole
from ..explorers.shell import Explorer
from .slides import title

PAGE = Template((Path(__file__).parent / "page.html").read_text("utf-8"))


def write_page(lesson: Path, to: Path | None = None) -> None:
    """Write the page of the notebook `lesson` to the file `to`, by default into `pages/`."""
    notebook, to = nbformat.read(lesson, as_version=4), to or Path("pages") / f"{lesson.stem}.html"
    page = explorer_page(run(explorer_code(notebook)), title(notebook))
    to.parent.mkdir(parents=True, exist_ok=True)
    write_whole(to, page.encode())
    print(f"{to}: {to.stat().st_size / 1e6:.1f} MB. For the phones in a room: python -m http.server -d {to.parent}")


def explorer_code(notebook: NotebookNode) -> str:
    """The code of the cell tagged `explorer`, which ends in one and needs only the package's names; "" without one."""
    return next((cell.source for cell in notebook.cells if "explorer" in cell.metadata.get("tags", [])), "")


def run(code: str) -> Explorer:
    """Run `code`, given the names of the package, and return the value of its last line."""
    *before, last = ast.parse(f"from mnist_sr_helpers import *\n{code}").body
    assert isinstance(last, ast.Expr), f"An explorer's cell must end in its explorer, not in {ast.unparse(last)}."
    names: dict[str, object] = {}
    exec(compile(ast.Module(before, []), "<lesson>", "exec"), names)
    return eval(compile(ast.Expression(last.value), "<lesson>", "eval"), names)


def explorer_page(explorer: Explorer, heading: str) -> str:
    """One page of HTML, about 5 kB a state, that opens at the state of `explorer`; TypeError if it is no Explorer."""
    if not isinstance(explorer, Explorer):
        raise TypeError(f"explorer must be an Explorer, got {type(explorer).__name__} {explorer!r}.")
    checkbox = {"off": False, "on": True}
    offered = {name: dict(getattr(control, "options", checkbox)) for name, control in explorer.controls.items()}
    controls = [
        {"name": name, "labels": list(options), "start": list(options.values()).index(explorer.controls[name].value)}
        for name, options in offered.items()
    ]
    states = []
    for values in tqdm(list(itertools.product(*(options.values() for options in offered.values()))), disable=None):
        picture, rows = explorer.view(**dict(zip(offered, values, strict=True)))
        smaller = io.BytesIO()  # the same pixels: a page is loaded once by many, a slider's picture is made in a hurry
        Image.open(io.BytesIO(picture.png)).save(smaller, "PNG", optimize=True)
        states.append([b64encode(smaller.getvalue()).decode(), picture.alt, rows])
    data = json.dumps({"controls": controls, "states": states}, separators=(",", ":")).replace("<", "\\u003c")
    return PAGE.substitute(heading=html.escape(heading), data=data)

"""Fingerprints in the notebooks that the tools write, so that nobody's own work is overwritten.

A notebook is *edited* when what a person writes in it differs from what was written when the tools made it. Running it
changes outputs only and is no edit. Opening and saving it, folding cells, or the empty cell that running the last cell
appends are none either.
"""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbformat import NotebookNode

KEY = "mnist_sr_helpers"  # in the notebook's metadata, which Jupyter keeps when it saves


def stamp(notebook: NotebookNode) -> None:
    """Store the fingerprints of the inputs and outputs that `notebook` has now in its metadata."""
    notebook.metadata[KEY] = NotebookNode(inputs=of_inputs(notebook), outputs=of_outputs(notebook))


def of_inputs(notebook: NotebookNode) -> str:
    """SHA-256 of all that a person writes: kind, tags, slide marks and text of each cell that isn't empty."""
    return _digest(
        [
            cell.cell_type,
            cell.metadata.get("tags", []),
            {mark: value for mark, value in cell.metadata.get("slideshow", {}).items() if value},
            cell.source,
        ]
        for cell in notebook.cells
        if cell.source.strip()
    )


def of_outputs(notebook: NotebookNode) -> str:
    """SHA-256 of the outputs of all code cells that aren't empty."""
    return _digest(cell.outputs for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip())


def read_notebook(path: Path) -> NotebookNode | None:
    """The notebook at `path`; None if it is no valid one, as with the marks of a merge conflict in it."""
    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except (ValueError, AttributeError, KeyError, TypeError, nbformat.ValidationError):
        return None
    return notebook


def edited(path: Path, coming: NotebookNode) -> bool:
    """Whether the file at `path` holds inputs that somebody wrote and that writing `coming` there would lose.

    A file without fingerprint counts as edited unless its inputs are those of `coming`; so does one that can't be read.
    """
    if not path.exists():
        return False
    found = read_notebook(path)
    return not found or of_inputs(found) not in (found.metadata.get(KEY, {}).get("inputs"), of_inputs(coming))


def as_written(notebook: NotebookNode) -> bool:
    """Whether neither inputs nor outputs changed since `notebook` was written; False without fingerprints."""
    return notebook.metadata.get(KEY) == {"inputs": of_inputs(notebook), "outputs": of_outputs(notebook)}


def shown(paths: Iterable[Path]) -> str:
    """Paths for a message, one a line, from the working folder where they lie in it."""
    here = Path.cwd()
    return "\n".join(f"  {path.relative_to(here) if path.is_relative_to(here) else path}" for path in paths)


def _digest(parts: Iterable) -> str:
    return hashlib.sha256(json.dumps(list(parts), sort_keys=True).encode("utf-8")).hexdigest()

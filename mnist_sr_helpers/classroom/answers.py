"""A student's answers as one small file, to hand in: `python -m tools.room_answers` draws a room's files together.

A file holds predictions and verdicts of exercises, and a random word by which a second file of the same student
replaces the first; a name only if the student writes one. Nothing is sent: students hand the file in as anything else.
"""

import json
import re
import secrets
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import nbformat

from .._files import write_whole
from .predictions import all_answers, state_file

KIND = "mnist-sr-answers, 1"
STATUSES = ("right", "not yet", "not attempted")  # of a check's verdict, the best first
CHECK = re.compile(r"^(check_\w+)\(", re.MULTILINE)


def write_export(folder: Path, to: Path | None = None, name: str = "") -> Path:
    """Write this student's answers, and the verdicts in the saved notebooks of `folder`, to the file `to`.

    By default that is answers-WORD.json in the working folder. Raises FileExistsError if `to` holds anything else.
    """
    who = own_word()
    to = to or Path(f"answers-{who}.json")
    if to.exists() and f'"kind": "{KIND}"' not in to.read_text("utf-8", errors="replace"):
        raise FileExistsError(f"{to} is there, and is no file of answers. Name another one.")
    content = {
        "kind": KIND,
        "who": who,
        "name": name,
        "written": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "answers": {key: [kept.get("question") or "", kept["answer"]] for key, kept in all_answers().items()},
        "exercises": verdicts(folder),
    }
    write_whole(to, (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode("utf-8"))
    return to


def own_word() -> str:
    """A random word that lies beside this student's predictions and stays the same."""
    path = state_file().with_name("word.txt")
    if not path.exists():
        write_whole(path, secrets.token_hex(6).encode())
    return path.read_text("utf-8").strip()


def verdicts(folder: Path) -> dict[str, str]:
    """The best verdict of each check in the notebooks of `folder` as they were saved, a student's copies among them."""
    found: dict[str, str] = {}
    for notebook in notebooks(folder):
        for cell in notebook.cells:
            data = (output.get("data", {}) for output in cell.get("outputs", []))
            text = "".join(one.get("text/plain", "") for one in data).lower()
            for check in CHECK.findall(cell.source) if "check" in cell.metadata.get("tags", []) else []:
                for status in STATUSES:
                    if text.startswith(f"{status}."):
                        found[check] = min(status, found.get(check, status), key=STATUSES.index)
    return found


def notebooks(folder: Path, names: str = "*.ipynb") -> Iterator[nbformat.NotebookNode]:
    """The notebooks of `folder` in order; what can't be read as one is left out."""
    for path in sorted(folder.glob(names)):
        try:
            notebook = nbformat.read(path, as_version=4)
            nbformat.validate(notebook)
            yield notebook
        except Exception:  # nbformat raises what its readers raise; a student's broken copy must not stop the others
            continue

"""A class's answers together: each student exports a small file, and a folder of them becomes one page for the room.

A file holds predictions and verdicts of exercises, and a random word by which a second file of the same student
replaces the first; a name only if the student writes one. Nothing is sent: students hand the file in as anything else.
"""

import json
import re
import secrets
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
import nbformat

from .._files import write_whole
from .predictions import all_answers, state_file

KIND = "mnist-sr-answers, 1"
STATUSES = ("right", "not yet", "not attempted")  # of a check's verdict, the best first
LONGEST, LARGEST = 1_000, 1_000_000  # characters of a text; bytes of a file
ASK, CHECK = re.compile(r"\bask\(\s*[\"']([\w-]+)"), re.compile(r"^(check_\w+)\(", re.MULTILINE)
HEADING = re.compile(r"^#{2,6} (Exercise \d+: .+?)(?: \(.*)?$", re.MULTILINE)
PAGE = jinja2.Template((Path(__file__).parent / "answers.html").read_text("utf-8"), autoescape=True)


class Export(NamedTuple):
    """What one student handed in: `answers` as (question, answer) by key, `exercises` as a status by their check."""

    who: str
    name: str
    written: str
    answers: dict[str, tuple[str, str]]
    exercises: dict[str, str]


class Asked(NamedTuple):
    """A question or exercise of the course: the `lesson` that has it, its `text`, and the `options`, for a question."""

    lesson: str
    text: str
    options: list[str]


def write_export(folder: Path, to: Path | None = None, name: str = "") -> Path:
    """Write this student's answers, and the verdicts in the saved notebooks of `folder`, to the file `to`.

    By default that is answers-WORD.json in the working folder. Raises FileExistsError if `to` holds anything else.
    """
    who = own_word()
    to = to or Path(f"answers-{who}.json")
    if to.exists() and not isinstance(read_export(to), Export):
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
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, secrets.token_hex(6).encode())
    return path.read_text("utf-8").strip()


def verdicts(folder: Path) -> dict[str, str]:
    """The best verdict of each check in the notebooks of `folder` as they were saved, a student's copies among them."""
    found: dict[str, str] = {}
    for notebook in notebooks(folder):
        for cell in notebook.cells:
            text = "".join(shown(cell)).lower()
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


def shown(cell: nbformat.NotebookNode) -> Iterator[str]:
    """What a cell's saved outputs say as text."""
    return (output.get("data", {}).get("text/plain", "") for output in cell.get("outputs", []))


def read_export(path: Path) -> Export | str:
    """What the file at `path` holds, or in words why it is none of these files."""
    try:
        if path.is_symlink() or not path.is_file():
            return "no file of its own"
        if path.stat().st_size > LARGEST:
            return f"larger than {LARGEST:,} bytes"
        return parsed(json.loads(path.read_bytes().decode("utf-8")))
    except OSError as error:
        return str(error.strerror)
    except RecursionError:
        return "no answers of this course: nested too deeply"
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        return f"no answers of this course: {type(error).__name__}"


def parsed(content: Any) -> Export:
    """`content`, read from JSON, as an Export; one of the errors that `read_export` names if it is none."""
    if content["kind"] != KIND:
        raise ValueError("another kind of file")
    answers = {text(key): (text(question), text(said)) for key, (question, said) in content["answers"].items()}
    exercises = {text(check): STATUSES[STATUSES.index(status)] for check, status in content["exercises"].items()}
    if not all(re.fullmatch(r"[\w-]+", key) for key in [*answers, *exercises]):
        raise ValueError("a key is one word")
    written = datetime.fromisoformat(text(content["written"])).astimezone(timezone.utc).isoformat()
    return Export(text(content["who"]), text(content["name"]), written, answers, exercises)


def text(value: Any) -> str:
    """`value`, if it is a text that a page can hold; else TypeError or ValueError."""
    if not isinstance(value, str):
        raise TypeError("not a text")
    if len(value) > LONGEST:
        raise ValueError("too long")
    value.encode("utf-8")  # half a surrogate pair can't be
    return value


def read_folder(folder: Path) -> tuple[list[Export], dict[Path, str]]:
    """The exports in `folder` and below, of each student the newest; and the other files, with why they are skipped."""
    newest: dict[str, Export] = {}
    skipped = {}
    for path in sorted(folder.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            continue
        export = read_export(path)
        if isinstance(export, str):
            skipped[path] = export
        elif export.who not in newest or newest[export.who].written < export.written:
            newest[export.who] = export
    return list(newest.values()), skipped


def course(folder: Path) -> tuple[dict[str, Asked], dict[str, Asked]]:
    """The questions by key and the exercises by check, in the order of the course's notebooks in `folder`."""
    questions, exercises = {}, {}
    for notebook in notebooks(folder, "[0-9][0-9]_*.ipynb"):
        lesson, exercise = notebook.cells[0].source.splitlines()[0].lstrip("# "), ""
        for cell in notebook.cells:
            exercise = (HEADING.findall(cell.source) or [exercise])[-1]
            for key in ASK.findall(cell.source) if cell.cell_type == "code" else []:
                question, *lines = "".join(shown(cell)).split("\n  ( ) ")
                if lines:
                    lines[-1] = lines[-1].partition("\n(")[0]
                    questions[key] = Asked(lesson, question, lines)
            for check in CHECK.findall(cell.source) if "check" in cell.metadata.get("tags", []) else []:
                exercises[check] = Asked(lesson, exercise or check, [])
    return questions, exercises


def room_page(exports: list[Export], folder: Path) -> str:
    """One page of HTML: how the room answered each question, and how far it is with the exercises.

    Options and order are those of the course's notebooks in `folder`; where these are not, those of the exports.
    """
    questions, exercises = course(folder)
    if not questions:
        for export in exports:
            for key, (said, _) in export.answers.items():
                questions.setdefault(key, Asked("", said or key, []))
            exercises |= {check: Asked("", check, []) for check in export.exercises}
    asked = []
    for key, question in questions.items():
        votes = Counter(export.answers[key][1] for export in exports if key in export.answers)
        options = question.options or [answer for answer, _ in votes.most_common()]
        counts = {option: votes.pop(option, 0) for option in options}
        if other := sum(votes.values()):
            counts["another answer, of another edition"] = other
        asked.append((key, question, counts, sum(counts.values())))
    rows = []
    for check, exercise in exercises.items():
        verdict = Counter(export.exercises.get(check, "none") for export in exports)
        rows.append((exercise, [verdict[status] for status in (*STATUSES, "none")]))
    return PAGE.render(asked=asked, exercises=rows, statuses=STATUSES, room=len(exports))


def draw(folder: Path, notebook_folder: Path, to: Path) -> str:
    """Write the page of the exports in `folder` to the file `to`; return in words what was read and what skipped.

    Raises NotADirectoryError for a `folder` that is none, ValueError if nothing in it is an export.
    """
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder} is no folder. Name the one that holds the files that students handed in.")
    exports, skipped = read_folder(folder)
    lines = [f"Skipped {path}: {why}." for path, why in skipped.items()]
    if not exports:
        raise ValueError("\n".join([*lines, f"{folder} holds no file of answers."]))
    write_whole(to, room_page(exports, notebook_folder).encode("utf-8"))
    if named := sorted(export.name for export in exports if export.name):
        lines.append(f"Signed, which the page doesn't show: {', '.join(named)}.")
    return "\n".join([*lines, f"{to}: the answers of {len(exports)}. Open it in a browser."])

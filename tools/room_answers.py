"""Draw a room's answers together: python -m tools.room_answers FOLDER [--to PAGE]

FOLDER holds the files that students handed in, as `python -m mnist_sr_helpers answers` writes them; of several of one
student the newest counts. The page shows of each question how many chose what, of each exercise how many have it right,
and no name. Beside it lies room.json: where MNIST_SR_ROOM names it, a lesson's questions show its votes, on slides too.
Other files are named and skipped, and so are answers to what the notebooks here don't ask.
"""

import argparse
import json
import re
import sys
from collections import Counter
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, NamedTuple

import jinja2

from mnist_sr_helpers._files import write_whole
from mnist_sr_helpers.classroom.answers import CHECK, KIND, STATUSES, notebooks
from tools.build_notebooks import ROOT, asked

LONGEST, LARGEST = 1_000, 1_000_000  # characters of a text; bytes of a file
HEADING = re.compile(r"^#{2,6} (Exercise \d+: .+?)(?: \(.*)?$", re.MULTILINE)
PAGE = jinja2.Template(Path(__file__).with_suffix(".html").read_text("utf-8"), autoescape=True)


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
            if question := asked(cell):
                key, words, options = question
                questions[key] = Asked(lesson, words, options)
            for check in CHECK.findall(cell.source) if "check" in cell.metadata.get("tags", []) else []:
                exercises[check] = Asked(lesson, exercise or check, [])
    return questions, exercises


def votes_of(exports: list[Export], questions: dict[str, Asked]) -> dict[str, dict[str, int]]:
    """Of each question how many chose each option; what is none comes last, as one."""
    room = {}
    for key, question in questions.items():
        votes = Counter(export.answers[key][1] for export in exports if key in export.answers)
        room[key] = {option: votes.pop(option, 0) for option in question.options}
        if other := sum(votes.values()):
            room[key]["another answer, of another edition"] = other
    return room


def room_page(exports: list[Export], questions: dict[str, Asked], exercises: dict[str, Asked]) -> str:
    """One page of HTML: how the room answered each question, and how far it is with the exercises."""
    room = votes_of(exports, questions)
    votes_on = [(key, questions[key], counts, sum(counts.values())) for key, counts in room.items()]
    rows = []
    for check, exercise in exercises.items():
        verdict = Counter(export.exercises.get(check, "none") for export in exports)
        rows.append((exercise, [verdict[status] for status in (*STATUSES, "none")]))
    return PAGE.render(asked=votes_on, exercises=rows, statuses=STATUSES, room=len(exports))


def draw(folder: Path, to: Path) -> str:
    """Write the page of the exports in `folder` to the file `to`, room.json beside it; return in words what was read.

    Raises NotADirectoryError for a `folder` that is none, ValueError if nothing in it is an export.
    """
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder} is no folder. Name the one that holds the files that students handed in.")
    exports, skipped = read_folder(folder)
    lines = [f"Skipped {path}: {why}." for path, why in skipped.items()]
    if not exports:
        raise ValueError("\n".join([*lines, f"{folder} holds no file of answers."]))
    questions, exercises = course(ROOT / "notebooks")
    write_whole(to, room_page(exports, questions, exercises).encode("utf-8"))
    room = votes_of(exports, questions)
    write_whole(to.with_name("room.json"), json.dumps(room, indent=1, ensure_ascii=False).encode("utf-8"))
    if unknown := {key for one in exports for key in [*one.answers, *one.exercises]} - {*questions, *exercises}:
        lines.append(f"Not in the notebooks here, so left out: {', '.join(sorted(unknown))}.")
    if named := sorted(export.name for export in exports if export.name):
        lines.append(f"Signed, which the page doesn't show: {', '.join(named)}.")
    return "\n".join([*lines, f"{to}: the answers of {len(exports)}. Open it in a browser."])


def main(words: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path, help="with the files that students handed in")
    parser.add_argument("--to", type=Path, default=Path("answers.html"), help="the page to write")
    arguments = parser.parse_args(words)
    try:
        print(draw(arguments.folder, arguments.to))
    except (OSError, ValueError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()

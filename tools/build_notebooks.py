"""Build the notebooks from the lessons: python -m tools.build_notebooks [--check | --discard] [NN ...]

`lessons/NN_name.py` (py:percent) is the only source of `notebooks/NN_name.ipynb`. An exercise stands there solved;
the build turns it into a stub and folds the solution away behind its check. It folds cells for instructors, too, and
prose that answers a question (`answers="KEY"`), which opens with the question's answer. Once the repository's address
is set, a folded first cell installs the course on Colab. The notebook is then run and saved with its outputs, the same
bytes each time on one machine and one set of versions.
`--check` runs nothing: it says whether the notebooks' inputs are those of the lessons. A notebook that was edited by
hand since it was built is not overwritten, unless `--discard` says so.
"""

import argparse
import copy
import os
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from deploy.colab import first_cell
from deploy.links import PYPROJECT
from mnist_sr_helpers._files import write_whole
from tools.fingerprints import edited, read_notebook, shown, stamp

ROOT = Path(__file__).resolve().parent.parent
LESSONS, NOTEBOOKS = ROOT / "lessons", ROOT / "notebooks"
SETTINGS = PYPROJECT.read_text("utf-8")
CELL_SECONDS = 600  # a guard against hanging
SOLUTION = re.compile(r"^( *)### BEGIN SOLUTION\n(.*?)^ *### END SOLUTION\n?", re.DOTALL | re.MULTILINE)
LESSON = re.compile(r"\[\[([a-z_]{4,})\]\]")  # a lesson by its topic, or next, or previous
ASK = re.compile(r"\bask\(\s*[\"']([\w-]+)")
YOU_SAID = re.compile(r"\byou_said\(\s*[\"']([\w-]+)")
STUB = r"\1# Write your code here, in place of the next line.\n\1return None\n"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def lesson_paths(numbers: Sequence[str] = ()) -> list[Path]:
    """The lessons' sources in order; only those of the `numbers`, as 1 or 01, if any are given.

    ValueError for a number that no lesson has.
    """
    wanted = {number.zfill(2) for number in numbers}
    found = {path.name[:2]: path for path in sorted(LESSONS.glob("[0-9][0-9]_*.py"))}
    if unknown := wanted - set(found):
        raise ValueError(f"numbers must be of {', '.join(found)}, got {', '.join(sorted(unknown))}.")
    return [path for number, path in found.items() if not wanted or number in wanted]


def notebook_path(lesson: Path) -> Path:
    """Where the notebook of `lesson` stands."""
    return NOTEBOOKS / f"{lesson.stem}.ipynb"


def read_lesson(lesson: Path, *, solved: bool = False, settings: str = SETTINGS) -> NotebookNode:
    """The notebook of a lesson without outputs: exercises as stubs, or `solved`; solutions and asides folded.

    If `settings`, the text of pyproject.toml, hold the repository's address, Colab's cell stands before all code.
    """
    notebook = jupytext.reads(lesson.read_text("utf-8"), fmt="py:percent")
    notebook.cells[0].source = re.sub("^# ", f"# {lesson.stem[:2]} ", notebook.cells[0].source)
    cells: list[NotebookNode] = []
    solution = None
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        notes = cell.metadata.get("slideshow", {}).get("slide_type") == "notes"
        cell.source = numbered(cell.source, lesson, links=cell.cell_type == "markdown" and not notes)
        if notes:
            # Students don't see a speaker's notes: they wait in the metadata of the slide for `present`.
            if not cells or "slideshow" not in cells[-1].metadata:
                raise ValueError(f"{lesson.name}: notes must follow a cell on a slide, not: {cell.source[:60]!r}.")
            cells[-1].metadata.slideshow["notes"] = cell.source
            continue
        if "exercise" in tags:
            if solution is not None:
                raise ValueError(f"{lesson.name}: no check follows the exercise before {cell.source[:60]!r}.")
            solution = SOLUTION.sub(r"\2", cell.source)
            if solution == cell.source:
                raise ValueError(f"{lesson.name}: an exercise has no lines between BEGIN and END SOLUTION.")
            cell.source = solution if solved else SOLUTION.sub(STUB, cell.source).rstrip("\n")
        if "instructor" in tags:
            if cell.cell_type != "markdown":
                raise ValueError(f"{lesson.name}: a code cell is tagged instructor; only Markdown cells can be folded.")
            cell.source = folded("For instructors", cell.source)
        if key := cell.metadata.get("answers"):
            if not any(key in YOU_SAID.findall(above.source) for above in cells):
                raise ValueError(f'{lesson.name}: no cell above says you_said("{key}"), as answers="{key}" needs.')
            text = cell.source.removeprefix("**What it shows.** ")
            cell.source = folded(
                "<strong>What it shows</strong>", text, f' class="mnist-sr-answer mnist-sr-answer-{key}"'
            )
        cells.append(cell)
        if "check" in tags:
            if solution is None:
                raise ValueError(f"{lesson.name}: a check has no exercise before it.")
            text = folded("Solution (try first)", f"```python\n{solution.strip()}\n```")
            cells.append(new_markdown_cell(text, metadata={"tags": ["solution"]}))
            solution = None
    if solution is not None:
        raise ValueError(f"{lesson.name}: no check follows the last exercise.")
    for position, cell in enumerate(cells):
        cell.id = f"{lesson.stem[:2]}-{position:02d}"
    if colab := first_cell(settings):
        colab.id = f"{lesson.stem[:2]}-colab"
        cells.insert(next(i for i, cell in enumerate(cells) if cell.cell_type == "code"), colab)
    notebook.cells = cells
    notebook.metadata = NotebookNode(kernelspec=KERNEL, language_info={"name": "python"})
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def numbered(text: str, lesson: Path, *, links: bool) -> str:
    """`text` with [[topic]] replaced by the number of that lesson, [[next]] and [[previous]] by number and title."""
    paths = {path.stem[3:]: path for path in lesson_paths()}
    beside = list(paths.values())
    for name, step in (("previous", -1), ("next", 1)):
        position = beside.index(lesson) + step if lesson in beside else -1
        if 0 <= position < len(beside):
            paths[name] = beside[position]

    def shown(match: re.Match) -> str:
        path = paths.get(match[1])
        if path is None:
            raise ValueError(f"{lesson.name}: [[{match[1]}]] is no lesson's topic; there are {', '.join(paths)}.")
        number, title = path.stem[:2], path.read_text("utf-8").partition("\n# # ")[2].partition("\n")[0]
        target = notebook_path(path).name
        if match[1] in ("next", "previous"):
            return f"[{number} {title}]({target})" if links else f"{number} {title}"
        return f'[{number}]({target} "{title}")' if links else number

    return LESSON.sub(shown, text)


def folded(summary: str, text: str, attributes: str = "") -> str:
    """Markdown that shows `summary` and unfolds `text`; `attributes` are HTML's, as ' class="x"'."""
    return f"<details{attributes}>\n<summary>{summary}</summary>\n\n{text.strip()}\n\n</details>"


def execute(notebook: NotebookNode, folder: Path = NOTEBOOKS) -> NotebookNode:
    """Run a copy of `notebook` in `folder`, as students do, without bars and answers; return it cleaned."""
    notebook = copy.deepcopy(notebook)
    with tempfile.TemporaryDirectory() as state:
        environment = {**os.environ, "TQDM_DISABLE": "1", "MNIST_SR_PNG_ONLY": "1", "MNIST_SR_STATE": state}
        client = NotebookClient(
            notebook,
            timeout=CELL_SECONDS,
            kernel_name="python3",
            record_timing=False,
            coalesce_streams=True,
            resources={"metadata": {"path": str(folder)}},
        )
        client.execute(env=environment)
    notebook.metadata = NotebookNode(kernelspec=KERNEL, language_info={"name": "python"})
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            # Model ids are random, and widgets need a kernel: their text stays.
            output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
    return notebook


def write(notebook: NotebookNode, path: Path) -> None:
    """Write a notebook whole or not at all, with the fingerprints by which `edited` knows it again."""
    stamp(notebook)
    nbformat.validate(notebook)
    write_whole(path, (nbformat.writes(notebook) + "\n").encode("utf-8"))


def inputs(notebook: NotebookNode) -> list[tuple]:
    """What a notebook and its lesson must agree on: kind, id, tags, slide and text of each cell."""
    return [
        (cell.cell_type, cell.get("id"), cell.metadata.get("tags", []), cell.metadata.get("slideshow", {}), cell.source)
        for cell in notebook.cells
    ]


def differences(lesson: Path) -> str | None:
    """In words how the notebook differs from its lesson, or None if their inputs agree."""
    path = notebook_path(lesson)
    if not path.exists():
        return f"{path.name} is missing"
    notebook = read_notebook(path)
    if notebook is None:
        return f"{path.name} can't be read as a notebook"
    wanted, found = inputs(read_lesson(lesson)), inputs(notebook)
    for position, (a, b) in enumerate(zip(wanted, found, strict=False)):
        if a != b:
            return f"{path.name} differs from {lesson.name} in cell {position}"
    if len(wanted) != len(found):
        return f"{path.name} has {len(found)} cells, {lesson.name} makes {len(wanted)}"
    return None


def refuse(paths: list[Path]) -> int:
    """Say which notebooks are not overwritten and how to go on; the exit code."""
    mine = ", ".join(f"my_{path.name}" for path in paths)
    numbers = " ".join(path.name[:2] for path in paths)
    print(
        f"Not overwritten, because edited since they were built, or not built by this command:\n{shown(paths)}\n"
        f"To keep the edits, copy each under another name, as {mine}; an author writes them into lessons/.\n"
        f"Then, or to throw them away: python -m tools.build_notebooks --discard {numbers}",
        file=sys.stderr,
    )
    return 1


def asked(cell: NotebookNode) -> tuple[str, str, list[str]] | None:
    """Key, question and options of a code cell that asks, the last two from its saved output; else None."""
    key = ASK.search(cell.source) if cell.cell_type == "code" else None
    shown = [output.data["text/plain"] for output in cell.get("outputs", []) if "text/plain" in output.get("data", {})]
    if not key or not shown:
        return None
    question, *lines = shown[0].split("\n")
    return key[1], question, [line.removeprefix("  ( ) ") for line in lines if line.startswith("  ( ) ")]


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("numbers", nargs="*", help="lessons to build, as 01 03; all by default")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--check", action="store_true", help="compare inputs, run nothing")
    mode.add_argument("--discard", action="store_true", help="overwrite notebooks that were edited by hand")
    arguments = parser.parse_args(words)
    try:
        lessons = lesson_paths(arguments.numbers)
    except ValueError as error:
        parser.error(str(error))
    if arguments.check:
        faults = [fault for lesson in lessons if (fault := differences(lesson))]
        way_on = "\nBuild again: python -m tools.build_notebooks" if faults else ""
        print("\n".join(faults) + way_on if faults else "notebooks and lessons agree")
        return int(bool(faults))
    notebooks = {notebook_path(lesson): read_lesson(lesson) for lesson in lessons}
    if lost := [path for path, notebook in notebooks.items() if edited(path, notebook)]:
        if not arguments.discard:
            return refuse(lost)
        print(f"--discard: these edits are overwritten:\n{shown(lost)}")
    for path, notebook in notebooks.items():
        built = execute(notebook)
        if not arguments.discard and edited(path, built):  # meanwhile: a run takes up to a minute
            return refuse([path])
        write(built, path)
        print(f"built {path.parent.name}/{path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Write a class's copies of the lessons: python -m tools.class_copies [--to FOLDER] [NN ...]

Three folders, `class/` by default. In `student/` are the lessons to hand out, without solutions, asides for instructors
and outputs that would answer a question. In `solutions/` they are as in `notebooks/`, solutions and asides folded. In
`answers/` the exercises are filled in. Nothing is run: saved outputs come from `notebooks/`. A copy that somebody has
edited is not overwritten.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

try:
    from nbconvert.preprocessors import TagRemovePreprocessor
    from nbformat import NotebookNode

    from tools.build_notebooks import ASK, ROOT, YOU_SAID, differences, lesson_paths, notebook_path, read_lesson, write
    from tools.fingerprints import as_written, edited, read_notebook, shown
except ModuleNotFoundError as gone:
    sys.exit(f"{gone.name} is not installed: {Path(sys.executable).name} -m pip install -r requirements-dev.txt")

KINDS = ("student", "solutions", "answers")


def class_copy(lesson: Path, kind: str) -> NotebookNode:
    """The copy of `lesson` for one of KINDS, with the saved outputs that hold for it, if there are any."""
    notebook = read_lesson(lesson, solved=kind == "answers")
    if saved := as_built(lesson):
        for cell, ran in zip(notebook.cells, saved.cells, strict=True):
            # A filled-in exercise changes the verdict of its check, and nothing else.
            if cell.cell_type == "code" and not (kind == "answers" and "check" in cell.metadata.get("tags", [])):
                cell.outputs, cell.execution_count = ran.outputs, ran.execution_count
    if kind == "solutions":
        return notebook
    unwanted = {"solution"}
    if kind == "student":
        unwanted.add("instructor")
        for cell in notebook.cells:
            cell.metadata.get("slideshow", {}).pop("notes", None)
        for cell in unanswered(notebook):
            cell.outputs, cell.execution_count = [], None
    return TagRemovePreprocessor(remove_cell_tags=unwanted).preprocess(notebook, {})[0]


def unanswered(notebook: NotebookNode) -> Iterator[NotebookNode]:
    """The code cells below each question, as far as the one that holds its answer: their outputs would tell it."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for start, cell in enumerate(cells):
        for key in ASK.findall(cell.source):
            ends = [end for end, below in enumerate(cells) if end > start and key in YOU_SAID.findall(below.source)]
            yield from cells[start + 1 : max(ends, default=start) + 1]


def as_built(lesson: Path) -> NotebookNode | None:
    """The notebook of `lesson` with the outputs of its build; None if it is missing, older, or was edited or run since.

    A run of one's own would hand one's predictions out to the class.
    """
    if differences(lesson):
        return None
    notebook = read_notebook(notebook_path(lesson))
    return notebook if notebook and as_written(notebook) else None


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("numbers", nargs="*", help="lessons to copy, as 01 03; all by default")
    parser.add_argument("--to", type=Path, default=ROOT / "class", metavar="FOLDER", help="where; class/ by default")
    arguments = parser.parse_args(words)
    try:
        lessons = lesson_paths(arguments.numbers)
    except ValueError as error:
        parser.error(str(error))
    folder = arguments.to.absolute()
    copies = {
        folder / kind / notebook_path(lesson).name: class_copy(lesson, kind) for kind in KINDS for lesson in lessons
    }
    if lost := [path for path, notebook in copies.items() if edited(path, notebook)]:
        print(
            f"Edited since they were written, or not written by this command:\n{shown(lost)}\n"
            "Nothing was written. To keep both, either write the new copies elsewhere (--to FOLDER), or rename "
            f"the edited ones (as my_{lost[0].name}) and run this again.",
            file=sys.stderr,
        )
        return 1
    for path, notebook in copies.items():
        write(notebook, path)
    numbers = ", ".join(lesson.stem[:2] for lesson in lessons)
    print(f"Lessons {numbers} in each of:\n{shown(folder / kind for kind in KINDS)}")
    if bare := [notebook_path(lesson) for lesson in lessons if not as_built(lesson)]:
        print(
            f"Without outputs, because these are not as built from their lessons:\n{shown(bare)}\n"
            "Build them (python -m tools.build_notebooks) or take back what changed (git restore), and run this again."
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())

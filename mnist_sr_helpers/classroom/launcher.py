"""The course's command, `python -m mnist_sr_helpers`: each of its commands is a function here, its docstring the help.

What a command needs is imported there, so that JupyterLab starts without what draws or trains.
"""

import argparse
import os
import sys
from pathlib import Path
from urllib.parse import quote

NOTEBOOKS = Path("notebooks")
PROMPT = "--ServerApp.kernel_websocket_connection_class=mnist_sr_helpers.classroom.connection.PromptConnection"


def main(words: list[str] | None = None) -> None:
    """Do what `words` say, by default those of the command line; SystemExit, with the way on, if it can't be done."""
    # JupyterLab is loaded in a third of the time: to check addresses that nothing here checks, a parser would be built.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    words = sys.argv[1:] if words is None else words
    parser = argparse.ArgumentParser("python -m mnist_sr_helpers", description="What runs the course.")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for run in (lab, present, answers, health):
        does = str(run.__doc__).split("\n")[0]
        command = commands.add_parser(run.__name__, help=does, description=run.__doc__, allow_abbrev=False)
        command.set_defaults(run=run)
        if run is present:
            command.add_argument("lesson", nargs="?", default="nothing", help="the lesson's number, as 01")
        if run is answers:
            command.add_argument("file", nargs="?", type=Path, help="the file to write; answers-WORD.json by default")
            command.add_argument("--name", default="", help="your name, if you want it in the file")
    named = words[:1] in ([word] for word in ("-h", "--help", *commands.choices))
    arguments, others = parser.parse_known_args(words if named else ["lab", *words])
    if others and arguments.run in (answers, health):
        parser.error(f"{arguments.run.__name__} takes no {' '.join(others)}")
    arguments.run(arguments, others)


def lab(arguments: argparse.Namespace, others: list[str]) -> None:
    """Open JupyterLab, with sliders that answer at once; lab is what runs if no command is named.

    All other words go to JupyterLab (see jupyter lab --help), but NOTEBOOK.ipynb is opened.
    """
    from jupyterlab.labapp import LabApp

    options = [PROMPT]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--allow-root")  # as in a container
    for word in others:
        path = Path(word).resolve()
        if path.suffix != ".ipynb" or word.startswith("-"):
            options.append(word)
        elif path.is_file():  # named in the address that JupyterLab prints, for where no browser opens by itself
            options += [f"--ServerApp.root_dir={path.parent}", f"--LabApp.default_url=/lab/tree/{quote(path.name)}"]
        else:
            sys.exit(f"{word} is not there. Run this from the course's folder, which holds notebooks/.")
    LabApp.launch_instance(options)


def present(arguments: argparse.Namespace, others: list[str]) -> None:
    """Show a lesson as slides with live sliders; your notes lie beside them.

    All other words go to JupyterLab (see jupyter lab --help).
    """
    from .slides import presentation

    if room := os.environ.get("MNIST_SR_ROOM"):
        os.environ["MNIST_SR_ROOM"] = str(Path(room).resolve())  # the lesson runs in another folder
    with presentation(find_deck(arguments.lesson)) as opened:
        lab(arguments, [*opened, *others])


def answers(arguments: argparse.Namespace, others: list[str]) -> None:
    """Write your predictions, and the verdicts in the notebooks as you saved them, to a small file to hand in."""
    from .answers import write_export

    folder = NOTEBOOKS if NOTEBOOKS.is_dir() else Path()
    try:
        print(f"Written, for whoever collects the answers: {write_export(folder, arguments.file, arguments.name)}")
    except OSError as error:
        sys.exit(str(error))


def health(arguments: argparse.Namespace, others: list[str]) -> None:
    """Say whether this machine runs the course, and what to do if not."""
    from .health import health_check

    health_check()


def find_deck(lesson: str) -> Path:
    """The notebook of the lesson with the number `lesson`; SystemExit if there is none that has slides."""
    import nbformat

    from .slides import has_slides

    found = {path.name[:2]: path for path in sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))}
    if not found:
        sys.exit(f"{NOTEBOOKS}/ is not there. Run this from the course's folder, which holds it.")
    ready = [number for number, path in found.items() if has_slides(nbformat.read(path, as_version=4))]
    if lesson.zfill(2) not in ready:
        sys.exit(f"Name the number of a lesson that has slides ({', '.join(ready)}); got {lesson}.")
    return found[lesson.zfill(2)]

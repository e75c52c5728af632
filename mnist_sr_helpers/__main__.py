"""Open JupyterLab for the course: python -m mnist_sr_helpers [NOTEBOOK | present NN] [OPTION OF JUPYTER LAB ...]

The same as `jupyter lab`, with a connection on which sliders answer at once (see `classroom.connection`), allowed for
root, which is who one is in a container, and with the notebook in the address that it prints, for where no browser
opens by itself. `present 01` shows lesson 01 as slides (see `classroom.slides`); `page 01` writes its explorer as a
page for phones (see `classroom.page`) and opens nothing.
"""

import os
import sys
from contextlib import nullcontext
from pathlib import Path
from urllib.parse import quote

from jupyterlab.labapp import LabApp

from .classroom.slides import presentation

PROMPT = "--ServerApp.kernel_websocket_connection_class=mnist_sr_helpers.classroom.connection.PromptConnection"


def lab_arguments(arguments: list[str]) -> list[str]:
    """The arguments of `jupyter lab` for those of this command; SystemExit if the notebook does not exist."""
    as_root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    options = [PROMPT, *as_root]
    for argument in arguments:
        if not argument.endswith(".ipynb"):
            options.append(argument)
            continue
        path = Path(argument).resolve()
        if not path.is_file():
            sys.exit(f"{argument} is not there. Run this from the course's folder, which holds notebooks/.")
        options += [f"--ServerApp.root_dir={path.parent}", f"--LabApp.default_url=/lab/tree/{quote(path.name)}"]
    return options


def main(words: list[str]) -> None:
    """Open JupyterLab, for a presentation if the first word says so, and wait until it stops; or write a page."""
    if words[:1] == ["page"]:
        from .classroom import page  # draws, so it loads what JupyterLab starts without

        return page.main(words[1:])
    with presentation(words[1:]) if words[:1] == ["present"] else nullcontext(words) as arguments:
        LabApp.launch_instance(lab_arguments(arguments))


if __name__ == "__main__":
    main(sys.argv[1:])

"""Open JupyterLab for the course: python -m mnist_sr_helpers [NOTEBOOK] [OPTION OF JUPYTER LAB ...]

The same as `jupyter lab`, with a connection on which sliders answer at once (see `server`), and allowed for root,
which is who one is in a container.
"""

import os
import sys

from jupyterlab.labapp import LabApp

ARGUMENTS = ["--ServerApp.kernel_websocket_connection_class=mnist_sr_helpers.server.PromptConnection"]


def main() -> None:
    as_root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    LabApp.launch_instance([*ARGUMENTS, *as_root, *sys.argv[1:]])


if __name__ == "__main__":
    main()

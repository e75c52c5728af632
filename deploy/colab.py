"""What a notebook runs first on Colab: it brings the course's package at the notebook's version, and shows sliders."""

import re

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from deploy.links import repository

# Read as Python, too, so no magic. Colab's own module tells where it runs; elsewhere the cell is silent.
SOURCE = """\
try:
    from google.colab import output
except ImportError:  # not on Colab: the course is installed
    pass
else:
    import subprocess
    import sys

    print("Colab: installing mnist_sr_helpers {version}, the course's helpers, digits and networks: about a minute.")
    package = "mnist-sr-helpers @ git+{address}@v{version}"
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", package], check=True)
    output.enable_custom_widget_manager()  # lets sliders show"""


def first_cell(settings: str) -> NotebookNode | None:
    """Folded, on no slide, on no page of the site; None as long as the `settings`, pyproject.toml, hold no address."""
    address, version = repository(settings), re.search(r'^version = "(.+)"', settings, re.MULTILINE)
    if not address or not version:
        return None
    metadata = {
        "tags": ["colab"],
        "slideshow": {"slide_type": "skip"},
        "jupyter": {"source_hidden": True},
    }
    return new_code_cell(SOURCE.format(address=address, version=version[1]), metadata=metadata)

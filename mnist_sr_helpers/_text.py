"""Text that JupyterLab doesn't break in the middle of a word."""

import textwrap

WIDTH = 95
"""Characters of a line that fit an output; JupyterLab breaks longer ones anywhere."""


def fill(text: str) -> str:
    """`text` in lines of at most WIDTH characters."""
    return textwrap.fill(text, WIDTH)

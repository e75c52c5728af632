"""Short texts: in lines that JupyterLab doesn't break in the middle of a word, and as notices that look unlike."""

import html
import re
import textwrap
from functools import partial

fill = partial(textwrap.fill, width=95)  # JupyterLab breaks longer lines anywhere


def notice(border: str, head: str, text: str) -> str:
    """A message as HTML after a bold `head`; its `border`, a CSS line style, tells its kind without colours."""
    look = f"border-left:5px {border} currentColor;padding:0.1em 0.8em;margin:0.3em 0;white-space:pre-line"
    text = re.sub("`([^`]+)`", r"<code>\1</code>", html.escape(text))
    return f'<div style="{look}">{f"<strong>{html.escape(head)}</strong> " if head else ""}{text}</div>'

"""Sphinx's settings for the course's site. Its pages are written by `tools.build_site`, which calls Sphinx."""

import html
import os
from pathlib import Path

from docutils import nodes
from latex2mathml.converter import convert

try:
    import tomllib
except ModuleNotFoundError:  # Python 3.10
    import tomli as tomllib

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
REPOSITORY = PROJECT.get("urls", {}).get("Repository")

project = "Why does super-resolution fail on MNIST?"
html_title = project
language = "en_GB"
extensions = ["myst_nb"]
nb_execution_mode = "off"
nb_merge_streams = True
nb_code_prompt_show = "Show the code"
nb_code_prompt_hide = "Hide the code"
myst_enable_extensions = ["dollarmath", "colon_fence"]
myst_heading_anchors = 3
nitpick_ignore_regex = [("py:.*", r".*")]  # types in signatures: PyTorch's pages are not on this site
python_display_short_literal_types = True

html_theme = "furo"
html_baseurl = os.environ.get("SITE_URL", "")
html_copy_source = False
html_show_sphinx = False
html_permalinks_icon = "#"
templates_path = []
html_css_files = ["live/live.css", "site.css"]
html_js_files = [("live/live.js", {"defer": "defer"}), ("site.js", {"defer": "defer"})]
pygments_style, pygments_dark_style = "a11y-high-contrast-light", "a11y-high-contrast-dark"
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#1d4f8c", "color-brand-content": "#1d4f8c"},
    "dark_css_variables": {"color-brand-primary": "#8ab8ee", "color-brand-content": "#8ab8ee"},
    "footer_icons": [],
}
if REPOSITORY:
    html_theme_options["source_repository"] = REPOSITORY


def visit_math(self, node):
    """A formula as MathML, which browsers draw by themselves; its source for who copies it."""
    block = isinstance(node, nodes.math_block)
    text = node.astext()
    made = convert(text, display="block" if block else "inline")
    made = made.replace("<math ", f'<math alttext="{html.escape(text)}" ', 1)
    self.body.append(f'<div class="mnist-sr-formula">{made}</div>' if block else made)
    raise nodes.SkipNode


def setup(app):
    """Draw formulas as MathML in place of Sphinx's MathJax, which asks a network for itself."""
    app.add_html_math_renderer("mathml", (visit_math, None), (visit_math, None))
    app.config.html_math_renderer = "mathml"
    return {"parallel_read_safe": True, "parallel_write_safe": True}

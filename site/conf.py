"""Sphinx's settings for the course's site. Its pages are written by `tools.build_site`, which calls Sphinx."""

import os
import re
from pathlib import Path

import ziamath
from docutils import nodes
from ziamath.tex import tex2mml

try:
    import tomllib
except ModuleNotFoundError:  # Python 3.10
    import tomli as tomllib

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EM = 16  # pixels at which formulas are drawn
ziamath.config.svg2 = False  # paths, not symbols, whose ids would come twice
REPOSITORY = PROJECT.get("urls", {}).get("Repository")

project = "Why does super-resolution fail on MNIST?"
html_title = project
language = "en"  # with en_GB the search stops at its own result: a plural is missing from its translation
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
html_show_search_summary = False  # it is fetched, which browsers refuse for files
html_show_sphinx = False
html_show_copyright = False
html_permalinks_icon = "#"
templates_path = []
html_css_files = ["site.css"]
html_js_files = [("site.js", {"defer": "defer"})]
add_module_names = False
pygments_style, pygments_dark_style = "a11y-high-contrast-light", "a11y-high-contrast-dark"
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#1d4f8c", "color-brand-content": "#1d4f8c"},
    "dark_css_variables": {"color-brand-primary": "#8ab8ee", "color-brand-content": "#8ab8ee"},
    "footer_icons": [],
}
if REPOSITORY:
    html_theme_options["source_repository"] = REPOSITORY


def visit_math(self, node):
    """A formula drawn as SVG, alike in every browser and with no font to load, and as MathML for the ears."""
    block, text = isinstance(node, nodes.math_block), re.sub(r"(?<=[(\[])-", "{-}", node.astext())
    head, paths = ziamath.Latex(text, size=EM, inline=not block).svg().replace("black", "currentColor").split(">", 1)
    left, top, width, height = (float(number) for number in re.search(r'viewBox="(.*?)"', head)[1].split())
    size = f"width:{width / EM:.3f}em;height:{height / EM:.3f}em;vertical-align:{-(top + height) / EM:.3f}em"
    svg = f'<svg viewBox="{left} {top} {width} {height}" style="{size}" aria-hidden="true">{paths}&#8288;'
    tag = "div" if block else "span"
    self.body.append(f'<{tag} class="mnist-sr-formula">{svg}{tex2mml(text, inline=not block)}</{tag}>')
    raise nodes.SkipNode


def mend_captions(app, pagename, templatename, context, doctree):
    """Give the captions beside the page, which Sphinx calls headings, the level that a heading needs."""
    tree = context.get("furo_navigation_tree", "")
    context["furo_navigation_tree"] = tree.replace('role="heading"', 'role="heading" aria-level="2"')


def setup(app):
    """Draw formulas here, in place of Sphinx's MathJax, which asks a network for itself."""
    app.add_html_math_renderer("drawn", (visit_math, None), (visit_math, None))
    app.config.html_math_renderer = "drawn"
    app.connect("html-page-context", mend_captions, priority=900)  # after the theme's own
    if (Path(app.srcdir) / "_static" / "live" / "live.js").exists():
        app.add_css_file("live/live.css")
        app.add_js_file("live/live.js", defer="defer")
    return {"parallel_read_safe": True, "parallel_write_safe": True}

"""axe-core on the lessons' content as HTML, and that each of its findings, and of the keyboard's, can come."""

import re

import pytest
from axe_page import findings, keyboard_faults
from jupyterlab_page import NOTEBOOKS, new_page
from nbconvert import HTMLExporter

LESSONS = [path for path in sorted(NOTEBOOKS.glob("*.ipynb")) if not path.name.startswith("my_")]


@pytest.fixture(scope="module")
def page(browser):
    page = new_page(browser)
    # nbconvert's pages ask content delivery networks for MathJax.
    page.route(re.compile(r"^https?://(?!127\.0\.0\.1)"), lambda route: route.abort())
    yield page
    page.context.close()


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_as_html(page, path, tmp_path):
    html = tmp_path / f"{path.stem}.html"
    exporter = HTMLExporter(template_name="lab", exclude_input=True)  # the code cells' look is the theme's
    html.write_text(exporter.from_filename(str(path))[0], "utf-8")
    page.goto(html.as_uri(), wait_until="domcontentloaded")
    assert findings(page) == []


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ("<img src='data:,'>", "image-alt"),
        ("<button></button>", "button-name"),
        ("<a href='x.html'></a>", "link-name"),
        ("<p style='color:#bbb'>pale</p>", "color-contrast"),
        ("<div role=slider tabindex=0 aria-valuenow=1></div>", "aria-input-field-name"),
        ("<details><summary>more</summary><img src='data:,'></details>", "image-alt"),
    ],
)
def test_a_planted_fault_is_found(page, fault, rule):
    page.set_content(f"<div class='jp-OutputArea-output'>{fault}</div>")
    (found,) = findings(page)
    assert found.startswith(f"{rule}: ")


def test_what_is_not_the_courses_is_left_out(page):
    page.set_content("<img src='data:,'><div class='jp-RenderedMarkdown'><p>Text</p></div>")
    assert findings(page) == []


def test_planted_faults_of_the_keyboard_are_found(page):
    ring = "<style>.good :focus-visible {outline: 3px solid #000}</style>"
    page.set_content(f"{ring}<div class=good><button>a</button><input type=checkbox></div>")
    assert keyboard_faults(page, page.locator("div")) == []
    page.set_content(f"{ring}<div class=good><button>a</button><button tabindex=-1>b</button></div>")
    assert keyboard_faults(page, page.locator("div")) == ["Tab doesn't reach 'b'"]
    for style in ("none", "1px solid #000", "3px solid #ddd"):
        page.set_content(f"<div><button style='outline: {style} !important'>a</button></div>")
        assert "'a' has the focus, but no ring" in keyboard_faults(page, page.locator("div"))[0]

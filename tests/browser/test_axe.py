"""axe-core on the lessons' own content, as HTML and live in JupyterLab; every control by Tab, with a ring around it.

axe finds what breaks WCAG by rule: names, roles, alt text, contrast. JupyterLab's own frame is not looked at.
"""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from coloraide import Color
from jupyterlab_page import NOTEBOOKS, chromium, jupyterlab, open_and_run, require_browser
from nbconvert import HTMLExporter
from playwright.sync_api import expect

LESSONS = [path for path in sorted(NOTEBOOKS.glob("*.ipynb")) if not path.name.startswith("my_")]
CONTENT = [".jp-RenderedMarkdown", ".jp-OutputArea-output"]
"""Markdown cells and outputs, in JupyterLab and in nbconvert's pages; widgets live in outputs."""
WORST = ("serious", "critical")
# A control by its position in the box, when the focus is on it; how its ring looks.
FOCUS = """(controls) => {
    const at = document.activeElement, style = getComputedStyle(at);
    const {outlineStyle: kind, outlineWidth: width, outlineColor: colour} = style;
    return {position: controls.indexOf(at), kind, width: parseFloat(width), colour};
}"""


@pytest.fixture(scope="module")
def page():
    require_browser()
    with chromium() as page:
        # nbconvert's pages ask content delivery networks for MathJax.
        page.route(re.compile(r"^https?://(?!127\.0\.0\.1)"), lambda route: route.abort())
        yield page


@pytest.fixture(scope="module")
def lab(page, tmp_path_factory):
    with jupyterlab(tmp_path_factory.mktemp("lab")) as address:
        yield address


def findings(page) -> list[str]:
    """What axe finds in the course's content on the page, worst kinds only."""
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    include = [selector for selector in CONTENT if page.locator(selector).count()]
    assert include, "the page holds no content of the course"
    found = []
    for violation in Axe().run(page, context={"include": include}).response["violations"]:
        for node in violation["nodes"]:
            if violation["impact"] in WORST:
                reasons = [check["message"] for check in node["any"] + node["all"] + node["none"]]
                found.append(f"{violation['id']}: {violation['help']}: {node['html'][:200]}\n    {reasons[0]}")
    return found


def keyboard_faults(page, box) -> list[str]:
    """Controls of a box that Tab doesn't reach, or whose focus doesn't show."""
    controls = box.locator("button:enabled, input:enabled, [role=slider], canvas").element_handles()
    assert controls, "a box without controls"
    names = [control.evaluate("e => e.textContent || e.className || e.type") for control in controls]
    box.scroll_into_view_if_needed()
    controls[0].focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    found, reached = [], set()
    for _ in range(2 * len(controls) + 2):  # a slider's readout takes the focus, too
        at = page.evaluate(FOCUS, controls)
        if at["position"] >= 0:
            reached.add(at["position"])
            colour = Color(at["colour"])
            ring = at["kind"] != "none" and at["width"] >= 2 and colour.contrast("white", method="wcag21") >= 3
            if not ring:
                found.append(f"{names[at['position']]!r} has the focus, but no ring of 2 pixels that shows: {at}")
        page.keyboard.press("Tab")
    return found + [f"Tab doesn't reach {names[i]!r}" for i in range(len(controls)) if i not in reached]


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_as_html(page, path, tmp_path):
    html = tmp_path / f"{path.stem}.html"
    exporter = HTMLExporter(template_name="lab", exclude_input=True)  # the code cells' look is the theme's
    html.write_text(exporter.from_filename(str(path))[0], "utf-8")
    page.goto(html.as_uri(), wait_until="domcontentloaded")
    assert findings(page) == []


@pytest.mark.parametrize("name", ["00_start_here.ipynb", "03_seeing_the_failure.ipynb"])
def test_in_jupyterlab(page, lab, name):
    open_and_run(page, lab, name)
    pictures = page.locator(".jp-OutputArea-output img")
    assert pictures.count() >= 3
    expect(page.locator(".mnist-sr .noUi-handle:not([aria-label])")).to_have_count(0, timeout=10_000)
    assert findings(page) == []
    boxes = page.locator(".jp-OutputArea-output .mnist-sr")
    assert boxes.count() >= 2, "an explorer and a question"
    for box in boxes.all():
        assert keyboard_faults(page, box) == []
    for slider in page.locator(".mnist-sr .widget-slider").all():
        handle, label, readout = (slider.locator(part) for part in (".noUi-handle", ".widget-label", ".widget-readout"))
        expect(handle).to_have_attribute("aria-label", label.inner_text())
        before = readout.inner_text()
        handle.press("ArrowRight")
        expect(readout).not_to_have_text(before)
        expect(handle).to_have_attribute("aria-valuetext", readout.inner_text())
    # Once more when questions are answered and the quiz is over.
    for box in boxes.all():
        text = box.inner_text()
        if "Choose one" in text:
            box.locator("button").first.press("Enter")
            box.get_by_text("Your answer is kept").wait_for(timeout=10_000)
        for number in range(1, 11) if "which digit is it" in text else ():
            box.get_by_text(f"Picture {number} of 10").wait_for(timeout=10_000)
            box.locator("button").nth(3).press("Enter")
        if "which digit is it" in text:
            box.get_by_text("the classifier, on bicubic").wait_for(timeout=10_000)
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

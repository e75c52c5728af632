"""axe-core on the lessons' own content, as HTML and live in JupyterLab; every control by Tab, with a ring around it.

axe finds what breaks WCAG by rule: names, roles, alt text, contrast. JupyterLab's own frame is not looked at.
"""

from axe_playwright_python.sync_playwright import Axe
from coloraide import Color

CONTENT = [".jp-RenderedMarkdown", ".jp-OutputArea-output"]
"""Markdown cells and outputs, in JupyterLab and in nbconvert's pages; widgets live in outputs."""
WORST = ("serious", "critical")
OPTIONS = {"rules": {"link-in-text-block": {"enabled": False}}, "resultTypes": ["violations"]}
"""Left to JupyterLab's theme, and to nbconvert's: links there are told from text by colour until one points at them."""
# A control by its position in the box, when the focus is on it; how its ring looks.
FOCUS = """(controls) => {
    const at = document.activeElement, style = getComputedStyle(at);
    const {outlineStyle: kind, outlineWidth: width, outlineColor: colour} = style;
    return {position: controls.indexOf(at), kind, width: parseFloat(width), colour};
}"""


def findings(page) -> list[str]:
    """What axe finds in the course's content on the page, worst kinds only."""
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    include = [selector for selector in CONTENT if page.locator(selector).count()]
    assert include, "the page holds no content of the course"
    found = []
    for violation in Axe().run(page, context={"include": include}, options=OPTIONS).response["violations"]:
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

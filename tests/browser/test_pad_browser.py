"""The drawing field in a real browser: drawn on by mouse and finger, left by keyboard.

Prints the time from the pen's last move to the picture; how fast is fast enough is not tested here, since it depends
on the machine.
"""

import statistics

import nbformat
import pytest
from jupyterlab_page import open_and_run, save_notebook
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import expect

from tools.build_notebooks import KERNEL

CELLS = ["from mnist_sr_helpers import DigitPad\n\npad = DigitPad()\npad", "pad.sheet()"]
# The time of the pen's last move, and of each new picture once it is decoded and painted.
WATCH = """(pad) => {
    const screen = [...pad.querySelectorAll('.widget-html-content')].find(e => e.querySelector('img'));
    window.pen = {moved: 0, shown: [], blanks: 0, heights: new Set([screen.offsetHeight])};
    for (const kind of ['pointerdown', 'pointermove'])
        pad.addEventListener(kind, (e) => { if (e.buttons) window.pen.moved = performance.now(); }, true);
    new MutationObserver(async () => {
        const picture = screen.querySelector('img');
        if (!picture) { window.pen.blanks += 1; return; }
        await picture.decode().catch(() => {});  // replaced meanwhile by the next one
        requestAnimationFrame(() => {
            window.pen.shown.push(performance.now());
            window.pen.heights.add(screen.offsetHeight);
        });
    }).observe(screen, {childList: true, subtree: true, attributes: true});
}"""


# The Clear button's messages are answered in order: after the answer to a later one all earlier ones are done. The
# page's answers to those may be under way, so twice. (Strokes go another way: Jupyter has several.)
SETTLE = """async () => {
    const kernel = jupyterapp.shell.currentWidget.sessionContext.session.kernel;
    for (let i = 0; i < 2; i++) {
        await kernel.requestKernelInfo();
        await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    }
}"""


CLEARED = """canvas => {
    window.cleared = new Promise(done => canvas.parentElement.addEventListener('mnist-sr-move', done, {once: true}));
}"""


@pytest.fixture(scope="module")
def asked():
    """The addresses that the page asks."""
    return []


@pytest.fixture(scope="module")
def page(page, asked):
    notebook = new_notebook(cells=[new_code_cell(cell) for cell in CELLS], metadata={"kernelspec": KERNEL})
    page.on("request", note := lambda request: asked.append(request.url))
    save_notebook(page, "pad.ipynb", nbformat.writes(notebook))
    open_and_run(page, "pad.ipynb")
    page.locator(".jp-OutputArea canvas").wait_for()
    yield page
    page.remove_listener("request", note)


@pytest.fixture
def canvas(page):
    """The field, empty."""
    clear(page)
    canvas = page.locator(".jp-OutputArea canvas")
    canvas.scroll_into_view_if_needed()
    return canvas


def clear(page):
    """Press Clear, and wait until the kernel's word to clear has come: it would take what is drawn before."""
    page.locator(".jp-OutputArea canvas").evaluate(CLEARED)
    page.get_by_role("button", name="Clear").click()
    page.evaluate("cleared.then(() => true)")
    reads(page, 5)


def pad_of(page):
    return page.locator(".jp-OutputArea .mnist-sr").filter(has=page.locator("canvas")).first


def reads(page, digit):
    """Wait until the classifier reads `digit` in the digit shown."""
    pad_of(page).locator(f"[aria-label*='original, reads {digit}']").wait_for()


def stroke(page, canvas, start, end, moves=20, until=None):
    """Draw a line with the mouse, from and to (x, y) from 0 to 1; `until`: the pen stays down until this holds."""
    box = canvas.bounding_box()
    for i in range(moves + 1):
        x, y = (a + (b - a) * i / moves for a, b in zip(start, end, strict=True))
        page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
        if i == 0:
            page.mouse.down()
    if until:
        page.wait_for_function(until)
    page.mouse.up()


def settle(page):
    """Wait until the kernel has answered everything that it was sent, and the page has shown it."""
    page.evaluate(SETTLE)


def level(canvas, x, y):
    """The grey level of the field at (x, y) from 0 to 1."""
    script = "(c, [x, y]) => c.getContext('2d').getImageData(x * c.width, y * c.height, 1, 1).data[0]"
    return canvas.evaluate(script, [x, y])


def test_it_runs_and_asks_nobody_else(page, asked, canvas):
    assert page.locator(".jp-OutputArea [data-mime-type='application/vnd.jupyter.error']").count() == 0
    assert page.locator(".jp-OutputArea [data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    address = page.evaluate("location.origin")
    own = (address, address.replace("http", "ws"), "data:", "blob:")
    assert any(url.startswith(address) for url in asked)
    assert [url for url in asked if not url.startswith(own)] == []


def test_a_one_and_a_seven_are_drawn_and_read(page, canvas):
    stroke(page, canvas, (0.5, 0.15), (0.5, 0.85))
    assert level(canvas, 0.5, 0.5) == 255
    assert level(canvas, 0.2, 0.5) == 0
    reads(page, 1)
    clear(page)
    assert level(canvas, 0.5, 0.5) == 0
    stroke(page, canvas, (0.28, 0.18), (0.72, 0.18))
    stroke(page, canvas, (0.72, 0.18), (0.42, 0.86))
    reads(page, 7)


def test_pictures_come_while_drawing(page, canvas, capsys):
    """With the pen still down: the picture of its first moves, and then that of its last."""
    pad_of(page).evaluate(WATCH)
    times, moves = [], 20
    for i in range(3):
        page.evaluate("window.pen.shown = []")
        stroke(page, canvas, (0.2 + 0.2 * i, 0.15), (0.3 + 0.15 * i, 0.85), moves, until="window.pen.shown.length > 1")
        settle(page)
        pen = page.evaluate("({...window.pen, heights: [...window.pen.heights]})")
        times.append(pen["shown"][-1] - pen["moved"])
        clear(page)
        settle(page)
    assert pen["blanks"] == 0, "the picture was blank between two states"
    assert len(pen["heights"]) == 1, f"the page jumps: heights {pen['heights']}"
    with capsys.disabled():
        median = statistics.median(times)
        print(f"\nfrom the pen's last move to its picture: median {median:.0f} ms of {len(times)} strokes")


def test_a_finger_draws_and_does_not_scroll(page, canvas):
    box = canvas.bounding_box()
    session = page.context.new_cdp_session(page)

    def touch(kind, *points):
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})

    x, top, height = box["x"] + 0.5 * box["width"], box["y"], box["height"]
    touch("touchStart", (x, top + 0.85 * height))
    for i in range(1, 11):
        touch("touchMove", (x, top + (0.85 - 0.07 * i) * height))
    touch("touchEnd")
    reads(page, 1)
    assert level(canvas, 0.5, 0.5) == 255
    assert canvas.bounding_box() == box


def test_clear_wins_over_strokes_on_their_way(page, canvas):
    for _ in range(5):
        stroke(page, canvas, (0.3, 0.2), (0.7, 0.8), moves=8)
        page.get_by_role("button", name="Clear").click()
        settle(page)
        reads(page, 5)
        assert level(canvas, 0.5, 0.5) == 0


def test_drawing_beyond_the_edge_stays_inside(page, canvas):
    picture = pad_of(page).locator(".mnist-sr-grid").first
    before = picture.get_attribute("aria-label")
    stroke(page, canvas, (0.5, 0.5), (0.5, -0.3))
    assert level(canvas, 0.5, 0.01) == 255
    expect(picture).not_to_have_attribute("aria-label", before)
    assert pad_of(page).get_by_role("alert").count() == 0


def test_the_keyboard_reaches_leaves_and_clears_it(page, canvas):
    assert "draw a digit" in canvas.get_attribute("aria-label")
    stroke(page, canvas, (0.5, 0.15), (0.5, 0.85))
    reads(page, 1)
    page.keyboard.press("Tab")
    handle = pad_of(page).locator("input[type=range]").first
    assert handle.evaluate("(e) => e === document.activeElement"), "Tab leads from the field to the first slider"
    page.keyboard.press("Shift+Tab")
    assert canvas.evaluate("(e) => e === document.activeElement")
    outline = canvas.evaluate("(e) => getComputedStyle(e).outlineStyle + getComputedStyle(e).outlineWidth")
    assert outline == "solid3px", "the focus is visible"
    page.keyboard.press("Backspace")
    reads(page, 5)
    assert level(canvas, 0.5, 0.5) == 0
    page.keyboard.press("Backspace")  # nothing left to take back
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    reads(page, 6)
    page.keyboard.press("ArrowLeft")
    reads(page, 5)
    assert page.locator(".jp-CodeCell").count() >= 2, "no key was taken as a command on the cells"

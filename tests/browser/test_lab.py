"""JupyterLab in a real browser: lessons run, their sliders, questions and quiz answer to the keyboard.

Prints the time from key press to new picture; how fast is fast enough is not tested here, since it depends on the
machine.
"""

import statistics

import pytest
from axe_page import findings, keyboard_faults
from jupyterlab_page import open_and_run, resize
from playwright.sync_api import expect

# From each key press on: the time until the new picture is decoded and painted; empty screens; other heights.
WATCH = """(explorer) => {
    const screen = [...explorer.querySelectorAll('.widget-html-content')].find(e => e.querySelector('img'));
    window.moves = {times: [], blanks: 0, heights: new Set([screen.offsetHeight]), pressed: null};
    explorer.addEventListener('keydown', () => { window.moves.pressed = performance.now(); }, true);
    new MutationObserver(async () => {
        const picture = screen.querySelector('img');
        if (!picture) { window.moves.blanks += 1; return; }
        const pressed = window.moves.pressed;
        await picture.decode();
        requestAnimationFrame(() => {
            window.moves.times.push(performance.now() - pressed);
            window.moves.heights.add(screen.offsetHeight);
        });
    }).observe(screen, {childList: true, subtree: true, attributes: true});
}"""


@pytest.fixture(scope="module")
def page(request, page):
    """The page, with the lesson `request.param`, all cells run."""
    open_and_run(page, request.param)
    return page


def lessons(*names):
    return pytest.mark.parametrize("page", names, indirect=True)


def explorer_of(page):
    """The first explorer in the notebook: the box that holds the slider called factor."""
    box = page.locator(".jp-OutputArea .mnist-sr").filter(has_text="factor").filter(has=page.locator("img"))
    box.first.scroll_into_view_if_needed()
    return box.first


@lessons("01_degradation.ipynb", "03_seeing_the_failure.ipynb")
def test_sliders_answer_to_the_keyboard(page, request, capsys):
    name = request.node.callspec.params["page"]
    assert page.locator(".jp-OutputArea [data-mime-type='application/vnd.jupyter.error']").count() == 0
    assert page.locator(".jp-OutputArea [data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    explorer = explorer_of(page)
    handles = explorer.locator("input[type=range]")
    expect(handles).to_have_count(3)  # digit, factor, kernel or model

    picture = explorer.locator(".mnist-sr-grid").first
    explorer.evaluate(WATCH)
    moves = 0
    factor, digit, method = handles.nth(1), handles.nth(0), handles.nth(2)
    steps = ((factor, "RRRLLLLR"), (digit, "LLLLRRRR"), (method, "RL"))  # there and back
    for handle, keys in steps:
        handle.focus()
        for key in keys:
            before = picture.get_attribute("aria-label")
            page.keyboard.press({"L": "ArrowLeft", "R": "ArrowRight"}[key])
            page.wait_for_function("(n) => window.moves.times.length > n", arg=moves)
            moves += 1
            assert picture.get_attribute("aria-label") != before
    seen = page.evaluate("({...window.moves, heights: [...window.moves.heights]})")
    assert len(seen["times"]) == moves
    assert seen["blanks"] == 0, "the picture was blank between two states"
    assert len(seen["heights"]) == 1, f"the page jumps: heights {seen['heights']}"
    times = sorted(seen["times"])
    with capsys.disabled():
        print(
            f"\n{name}: key press to new picture, median {statistics.median(times):.0f} ms, "
            f"95th percentile {times[int(0.95 * (len(times) - 1))]:.0f} ms, {moves} moves"
        )


@lessons("00_start_here.ipynb", "03_seeing_the_failure.ipynb")
def test_everybody_can_use_it(page):
    """By axe and by keyboard, before and after questions are answered and the quiz is played."""
    pictures = page.locator(".jp-OutputArea-output img")
    assert pictures.count() >= 3
    for explorer in page.locator(".mnist-sr-controls").all():
        explorer.locator("input").last.wait_for()  # each comes by itself
    sliders = page.locator(".mnist-sr-slider").all()
    assert sliders
    expect(page.locator(".mnist-sr input[type=range]:not([aria-label])")).to_have_count(0)
    assert findings(page) == []
    boxes = page.locator(".jp-OutputArea-output .mnist-sr")
    assert boxes.count() >= 2, "an explorer and a question"
    for box in boxes.all():
        assert keyboard_faults(page, box) == []
    for slider in sliders:
        handle, label, readout = (slider.locator(part) for part in ("input", ".mnist-sr-name", "output"))
        expect(handle).to_have_attribute("aria-label", label.inner_text())
        before = readout.inner_text()
        handle.press("ArrowRight")
        expect(readout).not_to_have_text(before)
        expect(handle).to_have_attribute("aria-valuetext", readout.inner_text())
    for box in boxes.all():
        text = box.inner_text()
        if "Choose one" in text:
            box.locator("button").first.press("Enter")
            box.get_by_text("You said").wait_for()
        for number in range(1, 11) if "which digit is it" in text else ():
            box.get_by_text(f"Picture {number} of 10").wait_for()
            box.locator("button").nth(3).press("Enter")
        if "which digit is it" in text:
            box.get_by_text("You read").wait_for()
    assert findings(page) == []


@lessons("01_degradation.ipynb")
def test_the_whole_picture_is_seen_in_a_narrow_window(page):
    """1,024 pixels: what is left of 1,280 at a zoom of 125%, as the instructor's guide advises."""
    picture = explorer_of(page).locator("img").first
    wide = picture.bounding_box()
    resize(page, 1024, 800)
    narrow, around = picture.bounding_box(), explorer_of(page).bounding_box()
    resize(page, 1280, 900)  # as the next tests want it
    assert narrow["x"] + narrow["width"] <= around["x"] + around["width"]
    assert narrow["height"] / narrow["width"] == pytest.approx(wide["height"] / wide["width"], rel=0.02)


@lessons("01_degradation.ipynb")
def test_every_control_of_an_explorer_is_reached_by_tab(page):
    explorer = explorer_of(page)
    explorer.locator("input[type=range]").first.focus()
    reached = []
    for _ in range(9):
        reached.append(page.evaluate("document.activeElement.role || document.activeElement.type"))
        page.keyboard.press("Tab")
    assert [kind for kind in reached if kind in ("range", "checkbox")] == ["range"] * 3 + ["checkbox"] * 2
    box, picture = explorer.locator("input[type=checkbox]").first, explorer.locator(".mnist-sr-grid").first
    assert "not antialiased" not in picture.get_attribute("aria-label")
    box.focus()
    page.keyboard.press("Space")
    explorer.locator("[aria-label*='not antialiased']").wait_for()

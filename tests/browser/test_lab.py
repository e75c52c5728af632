"""JupyterLab in a real browser: lessons 01 and 03 run, their sliders answer to the keyboard.

Prints the time from key press to new picture; how fast is fast enough is not tested here, since it depends on the
machine.
"""

import statistics

import pytest
from jupyterlab_page import chromium, jupyterlab, open_and_run, require_browser

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
def lab(tmp_path_factory):
    require_browser()
    with jupyterlab(tmp_path_factory.mktemp("lab")) as address:
        yield address


@pytest.fixture(scope="module")
def page(lab):
    with chromium() as page:
        yield page


def open_lesson(page, lab, name):
    """Open and run a lesson, unless it is open already."""
    if name not in page.url:
        open_and_run(page, lab, name)


def explorer_of(page):
    """The first explorer in the notebook: the box that holds the slider called factor."""
    box = page.locator(".jp-OutputArea .widget-vbox").filter(has_text="factor").filter(has=page.locator("img"))
    box.first.scroll_into_view_if_needed()
    return box.first


@pytest.mark.parametrize("name", ["01_degradation.ipynb", "03_seeing_the_failure.ipynb"])
def test_sliders_answer_to_the_keyboard(lab, page, name, capsys):
    open_and_run(page, lab, name)
    assert page.locator(".jp-OutputArea [data-mime-type='application/vnd.jupyter.error']").count() == 0
    assert page.locator(".jp-OutputArea [data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    explorer = explorer_of(page)
    handles = explorer.locator(".noUi-handle")
    assert handles.count() == 3, "digit, factor, kernel or model"

    picture = explorer.locator("img").first
    explorer.evaluate(WATCH)
    moves = 0
    factor, digit, method = handles.nth(1), handles.nth(0), handles.nth(2)
    there_and_back = ["ArrowRight"] * 3 + ["ArrowLeft"] * 4 + ["ArrowRight"] * 4
    for handle, keys in ((factor, there_and_back), (digit, ["ArrowLeft"] * 4), (method, ["ArrowRight"])):
        handle.focus()
        for key in keys:
            before = picture.get_attribute("alt")
            page.keyboard.press(key)
            page.wait_for_function("(n) => window.moves.times.length > n", arg=moves, timeout=10_000)
            moves += 1
            assert picture.get_attribute("alt") != before
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


def test_a_prediction_is_kept_by_keyboard(lab, page):
    open_lesson(page, lab, "03_seeing_the_failure.ipynb")
    question = page.locator(".widget-vbox").filter(has_text="best fifty").first
    question.locator("button").nth(0).focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    question.get_by_text("Your answer is kept: 1, it is a single stroke.").wait_for(timeout=10_000)


def test_the_quiz_is_played_by_keyboard(lab, page):
    open_lesson(page, lab, "03_seeing_the_failure.ipynb")
    quiz = page.locator(".widget-vbox").filter(has_text="which digit is it").first
    quiz.locator("button").nth(3).focus()
    for _ in range(10):
        page.keyboard.press("Enter")
        page.wait_for_timeout(200)
    page.get_by_text("the classifier, on bicubic").first.wait_for(timeout=10_000)


def test_the_whole_picture_is_seen_in_a_narrow_window(lab, page):
    """1,024 pixels: what is left of 1,280 at a zoom of 125%, as the instructor's guide advises."""
    open_lesson(page, lab, "01_degradation.ipynb")
    picture = explorer_of(page).locator("img").first
    wide = picture.bounding_box()
    page.set_viewport_size({"width": 1024, "height": 800})
    page.wait_for_function("(wide) => document.querySelector('.widget-vbox img').clientWidth < wide", arg=wide["width"])
    narrow, around = picture.bounding_box(), explorer_of(page).bounding_box()
    assert narrow["x"] + narrow["width"] <= around["x"] + around["width"]
    assert narrow["height"] / narrow["width"] == pytest.approx(wide["height"] / wide["width"], rel=0.02)
    page.set_viewport_size({"width": 1280, "height": 900})


def test_every_control_of_lesson_01_is_reached_by_tab(lab, page):
    open_lesson(page, lab, "01_degradation.ipynb")
    explorer = explorer_of(page)
    explorer.locator(".noUi-handle").first.focus()
    reached = []
    for _ in range(7):
        reached.append(page.evaluate("document.activeElement.role || document.activeElement.type"))
        page.keyboard.press("Tab")
    assert [kind for kind in reached if kind in ("slider", "checkbox")] == ["slider"] * 3 + ["checkbox"]
    box, picture = explorer.locator("input[type=checkbox]"), explorer.locator("img").first
    assert "not antialiased" not in picture.get_attribute("alt")
    box.focus()
    page.keyboard.press("Space")
    explorer.locator("img[alt*='not antialiased']").wait_for(timeout=10_000)

"""The live explorers on a page from file://: every control, what they say against the package's views, links, keys."""

import json
import re
import shutil
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest
import torch
from axe_page import findings
from live_page import SWEEP, assets, opened  # noqa: F401, a fixture
from playwright.sync_api import expect

from mnist_sr_helpers import degradation_view, forger_view, hedge_view, ladder_view, mismatch_view, model_view
from mnist_sr_helpers.digits import sample_digit
from mnist_sr_helpers.explorers.drawing import drawing_view
from mnist_sr_helpers.explorers.flow import flow_view
from mnist_sr_helpers.explorers.footprint import footprint_view

NAMES = ("front", "degradation", "model", "ladder", "mismatch", "footprint", "wipe", "forger", "hedge", "pad", "flow")
FALLBACK = (
    '<p><img alt="its states" src="data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="></p>'
)
QUESTION = """<h2>Ask</h2><div class="mnist-sr-live" data-question="k" data-options='["a", "at large factors"]'>
<p><strong>Which?</strong></p><ul><li>a</li><li>at large factors</li></ul></div>
<details data-answer="k" data-right="at large factors"><summary>The answer</summary><p>It is so.</p></details>"""
FIRST_LOAD = 1.5e6  # bytes of the front page
PRECISION = 0.03  # dB: what 16-bit weights may change (test_engine.py)
# Notes an argument of each view that is made, in `made`.
WATCH = """([name, key]) => {
    const explorer = mnistSr.EXPLORERS[name], {show} = explorer;
    window.made = [];
    explorer.show = (state, ...more) => { made.push(state[key]); return show(state, ...more); };
}"""
LAST_DIGIT = 1.01e-4  # the Hedge's numbers, all from the same floats


def live(name: str, state: str = "{}") -> str:
    """A place for the explorer `name`, with what it holds until then."""
    return f"<h2>{name}</h2><div class='mnist-sr-live' data-explorer='{name}' data-state='{state}'>{FALLBACK}</div>"


def started(page, name: str) -> None:
    """Scroll to the explorer and wait until it is live."""
    page.locator(f"[data-explorer={name}]").scroll_into_view_if_needed()
    page.locator(f"[data-explorer={name}] .mnist-sr").wait_for()


def said(page, name: str, state: dict) -> str:
    """What the explorer says of its picture in a state, reached by its link."""
    state = {key: str(value).lower() if isinstance(value, bool) else str(value) for key, value in state.items()}
    page.evaluate("words => { location.hash = words }", f"{name}?{urlencode(state)}")
    page.wait_for_function(
        """([name, state]) => {
            const {shown} = document.querySelector(`[data-explorer=${name}] .mnist-sr`).dataset;
            return Object.entries(state).every(([key, value]) => new URLSearchParams(shown).get(key) === value);
        }""",
        arg=[name, state],
    )
    return page.locator(f"[data-explorer={name}] [role=img].mnist-sr-grid").first.get_attribute("aria-label")


def same(found: str, expected: str, precision: float = PRECISION) -> bool:
    """Whether two sentences agree, numbers within `precision`, whole percents within the next one."""
    number = re.compile(r"(-?\d+(?:\.\d+)?)(%?)")
    pairs = zip(number.findall(found), number.findall(expected), strict=False)
    near = (
        abs(float(a) - float(b)) <= (1 if percent and "." not in a + b else precision) for (a, percent), (b, _) in pairs
    )
    return number.sub(r"#\2", found) == number.sub(r"#\2", expected) and all(near)


def tight(markup: str) -> str:
    """Markup without the blanks between its tags, and with one for each other stretch of them."""
    return re.sub(r"\s+", " ", re.sub(r">\s+<", "><", markup))


WHOLE = f"<main class=jp-RenderedMarkdown>{''.join(map(live, NAMES))}{QUESTION}</main>"
"""All explorers and a question, in a box of the class that axe_page looks at."""


@pytest.fixture(scope="module")
def whole(browser, assets):  # noqa: F811
    """A page with all explorers and a question."""
    with opened(browser, assets, WHOLE) as (page, faults):
        for name in NAMES:
            started(page, name)
        yield page
        assert faults == []


@pytest.mark.parametrize("name", NAMES)
def test_every_control_through_its_range(whole, name):
    assert whole.evaluate(SWEEP, name) == []


def test_a_picture_changed_in_place_is_as_if_drawn_anew(browser, assets):  # noqa: F811
    """From one factor to all and back: words, sizes and pixels; and of a move only what differs is new."""
    look = """() => [document.querySelector('.mnist-sr-view').outerHTML,
        ...[...document.querySelectorAll('.mnist-sr-view canvas')].map(canvas => canvas.toDataURL())]"""
    states = [{"digit": digit, "factor": factor} for digit, factor in ((5, 2), (3, "all"), (3, 7), (8, 14))]
    drawn = []
    for state in states:
        with opened(browser, assets, live("degradation", json.dumps(state))) as (page, _):
            started(page, "degradation")
            drawn.append(page.evaluate(look))
            for other in states if state is states[-1] else ():
                said(page, "degradation", other)
                assert page.evaluate(look) == drawn[states.index(other)]
            page.evaluate("window.kept = document.querySelector('.mnist-sr-view canvas')")
            said(page, "degradation", {**state, "digit": 0})
            assert page.evaluate("kept.isConnected")


@pytest.mark.parametrize(("view_takes", "expected"), [(15, [2, 3, 4, 5, 3, 2]), (16, [2, 3, 4, 3])])
def test_the_same_move_once_more_is_made_ahead(browser, assets, view_takes, expected):  # noqa: F811
    """That of the next digit while nothing moves, shown when it is asked for; but not where a view takes a frame.

    The page's clock is the test's: it goes on by `view_takes` milliseconds each time that it is read.
    """
    clock = f"let now = 0; performance.now = () => (now += {view_takes});"
    with opened(browser, assets, live("degradation", '{"digit": 1}'), before=clock) as (page, faults):
        started(page, "degradation")
        page.evaluate(WATCH, ["degradation", "digit"])
        for key, digit in (("ArrowRight", 2), ("ArrowRight", 3), ("ArrowRight", 4), ("ArrowLeft", 3)):
            page.get_by_role("slider", name="digit").press(key)
            page.locator(f"[data-shown*='digit={digit}']").wait_for()
            page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")  # what is made ahead is
            assert page.get_by_role("img", name=f"A digit {digit}, ").count() == 1
        assert page.evaluate("made") == expected
        assert faults == []


def test_names_in_a_browser_that_knows_them_as_attributes_only(browser, assets):  # noqa: F811
    before = "delete Element.prototype.role; delete Element.prototype.ariaLabel"
    with opened(browser, assets, live("front") + live("wipe"), before=before) as (page, faults):
        started(page, "front")
        started(page, "wipe")
        assert page.get_by_role("img", name="A digit 5").count() == 1
        for name in ("factor", "divider"):
            assert page.get_by_role("slider", name=name).count() >= 1
        assert page.locator("[role=status]").count() == 2
        assert faults == []


def test_axe(browser, assets):  # noqa: F811
    with opened(browser, assets, WHOLE) as (page, _):  # axe itself asks for the style sheet, in vain
        for name in NAMES:
            started(page, name)
        for colours in ("#fff; color: #222", "#131416; color: #ddd"):
            page.evaluate(f"document.body.style = 'background: {colours}'")
            assert findings(page) == []


def test_no_sideways_scroll_on_a_phone(whole):
    whole.set_viewport_size({"width": 390, "height": 844})
    whole.wait_for_function("document.documentElement.scrollWidth <= 390")  # labels move once sliders hear of it
    whole.set_viewport_size({"width": 1280, "height": 720})


@pytest.mark.parametrize(
    "state",
    [
        {"digit": 5, "factor": 2, "kernel": "bicubic", "antialias": True, "file": False},
        {"digit": 8, "factor": 7, "kernel": "bilinear", "antialias": False, "file": True},
        {"digit": 0, "factor": 14, "kernel": "area", "antialias": True, "file": True},
        {"digit": 3, "factor": 1, "kernel": "nearest", "antialias": True, "file": False},
        {"digit": 4, "factor": "all", "kernel": "bicubic", "antialias": False, "file": False},
    ],
    ids=lambda state: f"x{state['factor']}",
)
def test_degradation_says_what_python_says(whole, state):
    assert same(said(whole, "degradation", state), degradation_view(**state).picture.alt)


@pytest.mark.parametrize("factor", [2, 4, 7, 14])
def test_networks_say_what_python_says(whole, factor):
    for model in ("article, enlarge last", "SimpleSR, residual"):
        state = {"digit": 6, "factor": factor, "model": model}
        assert same(said(whole, "model", state), model_view(**state).picture.alt)
    for rung in ("linear MMSE", "EDSR-like", "residual MLP"):
        state = {"digit": 2, "factor": factor, "rung": rung}
        assert same(said(whole, "ladder", state), ladder_view(**state).picture.alt)
    state = {"digit": 9, "factor": factor, "file": True}
    expected = drawing_view(sample_digit(9), factor, True).picture.alt
    assert same(said(whole, "pad", state), expected)


@pytest.mark.parametrize(
    ("train", "test"),
    [("bicubic", "bicubic, 8 bit"), ("bicubic, 8 bit", "area"), ("mixed", "bicubic, noisy"), ("nearest", "nearest")],
)
def test_mismatch_says_what_python_says(whole, train, test):
    state = {"digit": 5, "train": train, "test": test}
    assert same(said(whole, "mismatch", state), mismatch_view(**state).picture.alt)


@pytest.mark.parametrize("factor", [2, 4, 7, 14, "all"])
def test_the_forger_says_what_python_says(whole, factor):
    for digit, lie in ((5, 3), (5, 5), (8, 0)):
        state = {"digit": digit, "lie": lie, "factor": factor}
        assert same(said(whole, "forger", state), forger_view(**state).picture.alt)


@pytest.mark.parametrize(("query", "t", "sample"), [(4, 0.3, 0), (4, 1, 2), (9, 0, 1)])
def test_the_hedge_says_and_draws_what_python_does(whole, query, t, sample):
    view = hedge_view(query, float(t), sample)
    assert same(said(whole, "hedge", {"query": query, "t": t, "sample": sample}), view.picture.alt, LAST_DIGIT)
    (numbers,) = view.rows
    assert same(whole.locator("[data-explorer=hedge] .mnist-sr-numbers").inner_text(), "\n".join(numbers), LAST_DIGIT)
    parsed = "words => { const box = document.createElement('p'); box.innerHTML = words; return box.innerHTML }"
    drawn = whole.locator("[data-explorer=hedge] svg").evaluate("svg => svg.outerHTML")
    assert same(tight(drawn), tight(whole.evaluate(parsed, view.drawing)), precision=0.101)  # in tenths of a pixel


@pytest.mark.parametrize("factor", [7, 14])
def test_the_flow_says_what_python_says(whole, factor):
    for step in (0, 5, 10):
        state = {"digit": 3, "factor": factor, "seed": 2, "step": step}
        expected = flow_view(**state).picture.alt
        said(whole, "flow", state)
        # The way is shown as it comes: wait for the chosen step.
        whole.wait_for_function(
            "words => document.querySelector('[data-explorer=flow] .mnist-sr-grid').ariaLabel.startsWith(words)",
            arg=expected.split(":")[0],
        )
        found = whole.locator("[data-explorer=flow] .mnist-sr-grid").get_attribute("aria-label")
        assert same(found, expected)


@pytest.mark.parametrize("factor", [2, 4, 7, 14])
def test_the_footprint_says_what_python_says(whole, factor):
    for kernel, antialias, across, down in (
        ("bicubic", True, 13, 13),
        ("bilinear", False, 0, 27),
        ("area", True, 27, 0),
    ):
        state = {"digit": 3, "factor": factor, "kernel": kernel, "antialias": antialias, "across": across, "down": down}
        assert same(said(whole, "footprint", state), footprint_view(**state).picture.alt), state


def test_a_wrong_sentence_would_be_found():
    assert same("a 5; 18.24 dB", "a 5; 18.25 dB")
    assert not same("a 5; 18.24 dB", "a 5; 18.34 dB")
    assert not same("a 5; 18.24 dB", "a 5; identical")


def test_the_wipe_by_keys_and_by_mouse(browser, assets):  # noqa: F811
    with opened(browser, assets, live("wipe")) as (page, faults):
        started(page, "wipe")
        page.evaluate(WATCH, ["wipe", "digit"])
        place = "getComputedStyle(document.querySelector('.mnist-sr-divided')).getPropertyValue('--at')"
        divider = page.get_by_label("divider")
        divider.focus()
        for key, at in {"ArrowRight": 51, "ArrowLeft": 50, "Home": 0, "End": 100}.items():
            page.keyboard.press(key)
            page.wait_for_function(f"{place} === '{at}%'")
        box = page.locator(".mnist-sr-divided").bounding_box()
        for share in (0.25, 0.75):
            page.mouse.click(box["x"] + share * box["width"], box["y"] + box["height"] / 2)
            page.wait_for_function(f"Math.abs(parseFloat({place}) - {100 * share}) <= 1")
        assert "bicubic at the left" in divider.get_attribute("aria-valuetext")
        page.wait_for_function("/at=7[456]/.test(location.hash)")
        assert page.evaluate("made") == [], "the divider changes no picture"
        page.get_by_role("slider", name="digit").press("ArrowRight")
        page.wait_for_function("made.length === 1")
        assert faults == []


def test_a_drawing_takes_the_digits_place_and_goes(browser, assets):  # noqa: F811
    with opened(browser, assets, live("pad"), viewport={"width": 1280, "height": 900}) as (page, faults):
        started(page, "pad")
        grid = page.locator("[data-explorer=pad] .mnist-sr-picture [role=img]")
        before, field = grid.get_attribute("aria-label"), page.locator("[data-explorer=pad] canvas[tabindex]")
        box = field.bounding_box()
        page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.2 * box["height"])
        page.mouse.down()
        for height in (0.3, 0.5, 0.8):
            page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + height * box["height"])
        page.mouse.up()
        changed = "words => document.querySelector('.mnist-sr-picture [role=img]').ariaLabel !== words"
        page.wait_for_function(changed, arg=before)
        output = page.locator("output").first
        assert output.text_content() == "drawn"
        page.get_by_role("button", name="Clear").click()
        page.wait_for_function(changed.replace("!==", "==="), arg=before)
        assert output.text_content() == "5"
        page.mouse.click(box["x"] + 5, box["y"] + 5)  # a dot in the corner
        page.wait_for_function(changed, arg=before)
        assert "NaN" not in page.locator("body").text_content()
        field.press("Backspace")
        page.wait_for_function(changed.replace("!==", "==="), arg=before)
        assert faults == []


def test_touching_a_pixel_shows_what_it_sees(browser, assets):  # noqa: F811
    with opened(browser, assets, live("footprint", '{"factor": 4}')) as (page, faults):
        started(page, "footprint")
        box = page.locator(".mnist-sr-touch").first.bounding_box()
        page.evaluate(WATCH, ["footprint", "across"])
        page.mouse.click(box["x"] + box["width"] / 7 / 2, box["y"] + 2.5 * box["height"] / 7)
        page.wait_for_function("document.querySelector('.mnist-sr-grid').ariaLabel.includes('column 1, row 3')")
        weights = "document.querySelector('.mnist-sr-grid').ariaLabel.match(/it sees (\\d+)/)[1]"
        unit = torch.eye(784).view(-1, 1, 28, 28)
        from mnist_sr_helpers import downsample

        expected = (downsample(unit, 4)[:, 0, 2, 0].abs() > 1e-6).sum().item()
        assert int(page.evaluate(weights)) == expected
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert page.evaluate("made") == [2], "the sliders that are set draw it no second time"
        page.mouse.click(box["x"] + 0.8 * box["width"], box["y"] + 0.5 * box["height"], button="right")
        page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.5 * box["height"])
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert page.evaluate("made") == [2], "a menu is no touch"
        assert faults == []


def test_a_question_is_remembered_and_opens_its_answer(browser, assets):  # noqa: F811
    with opened(browser, assets, QUESTION) as (page, faults):
        assert not page.evaluate("document.querySelector('details').open")
        page.get_by_role("button", name="at large factors").click()
        assert page.locator("details").inner_text().startswith("The answer")
        assert '✓ Right. You said: "at large factors".' in page.locator("details").inner_text()
        page.reload()
        assert page.locator("[aria-pressed=true]").inner_text() == "✓ at large factors"
        page.get_by_role("button", name="a", exact=True).click()
        words = page.locator("details").inner_text()
        assert '✗ Not this time. You said: "a", it is: "at large factors".' in words
        assert "Right" not in words
        assert faults == []


def test_a_questions_options_are_grouped_under_its_words(browser, assets):  # noqa: F811
    with opened(browser, assets, QUESTION) as (page, _):
        assert page.get_by_role("group", name="Which?").get_by_role("button").count() == 2


def test_a_refused_memory_is_no_obstacle(browser, assets):  # noqa: F811
    refuse = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})"
    with opened(browser, assets, QUESTION, before=refuse) as (page, faults):
        page.get_by_role("button", name="at large factors").click()
        assert "refuses to keep it" in page.get_by_role("status").inner_text()
        assert "Right" in page.locator("details").inner_text()
        assert faults == []


def test_a_link_holds_the_state(browser, assets):  # noqa: F811
    body = "<div style='height: 3000px'></div>" + live("degradation", '{"digit": 1, "kernel": "area"}')
    link = "#degradation?digit=7&factor=14&antialias=false&kernel=nonsense"
    with opened(browser, assets, body, link) as (page, faults):
        page.locator(".mnist-sr").wait_for()  # it was scrolled to
        shown = page.locator(".mnist-sr").get_attribute("data-shown")
        for part in ("digit=7", "factor=14", "antialias=false", "kernel=area"):
            assert part in shown
        page.get_by_label("factor").press("ArrowLeft")
        page.wait_for_function("location.hash.includes('factor=7')")
        page.reload()
        page.locator(".mnist-sr").wait_for()
        assert "factor=7&" in page.locator(".mnist-sr").get_attribute("data-shown")
        assert faults == []


def test_a_link_is_followed_though_a_drag_pauses_just_then(browser, assets):  # noqa: F811
    both = "() => { location.hash = 'degradation?digit=7'; history.replaceState(null, '', '#degradation?digit=2') }"
    with opened(browser, assets, live("degradation")) as (page, faults):
        started(page, "degradation")
        page.evaluate(both)
        page.locator("[data-shown*='digit=7']").wait_for()
        page.wait_for_function("location.hash.includes('digit=7&')")
        assert faults == []


def test_a_link_is_followed_on_the_page_that_is_open(browser, assets):  # noqa: F811
    """To an explorer that was not in sight, and so not live yet; a reload stays where the reader is."""
    body = live("front") + "<div style='height: 5000px'></div>" + live("degradation")
    with opened(browser, assets, body) as (page, faults):
        started(page, "front")
        assert page.locator(".mnist-sr").count() == 1
        page.evaluate("location.hash = 'degradation?digit=7'")
        page.locator("[data-explorer=degradation] [data-shown*='digit=7&']").wait_for()
        page.wait_for_function("scrollY > 3000")
        page.evaluate("scrollTo(0, 0)")
        page.wait_for_function("scrollY === 0")
        page.reload()
        started(page, "front")
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert page.evaluate("scrollY") == 0
        assert faults == []


@contextmanager
def held(page, name: str):
    """Keeps the file `name` from coming until the block is left."""
    asked = []
    page.route(f"**/{name}.js*", lambda route: asked.append(route))  # a function of its own, as it is marked
    yield
    page.unroute(f"**/{name}.js*")
    for route in asked:
        route.continue_()


def test_waiting_is_said_until_the_chosen_state_is_shown(browser, assets):  # noqa: F811
    with opened(browser, assets, live("front")) as (page, _):
        started(page, "front")
        slider, said = page.get_by_label("factor"), page.locator(".mnist-sr-drawing")
        with held(page, "weights_x14"):
            with held(page, "weights_x7"):
                slider.press("ArrowRight")
                said.get_by_text("loading ...").wait_for()
                slider.press("ArrowRight")
            page.wait_for_function("mnistSr.here.has('weights_x7')")
            assert said.inner_text() == "loading ...", "x14 is not there"
            slider.press("Home")
            page.locator("[data-shown*='factor=1&']").wait_for()
            assert said.inner_text() == "", "and nobody waits for it"


def test_a_drawing_stays_that_was_made_while_files_came(browser, assets):  # noqa: F811
    with opened(browser, assets, live("pad")) as (page, faults):
        started(page, "pad")
        field = page.locator("[data-explorer=pad] canvas[tabindex]")
        with held(page, "weights_x7"):
            page.get_by_label("factor").press("ArrowRight")
            page.get_by_role("slider", name="digit").press("ArrowRight")
            field.click()
        page.locator("[data-shown*='digit=6&factor=7']").wait_for()
        assert page.locator("output").first.text_content() == "drawn"
        assert faults == []


def test_a_stroke_ends_with_backspace_and_with_the_buttons(browser, assets):  # noqa: F811
    with opened(browser, assets, live("pad")) as (page, faults):
        started(page, "pad")
        field, words = page.locator("[data-explorer=pad] canvas[tabindex]"), page.locator("output").first
        box = field.bounding_box()
        page.mouse.move(box["x"] + 50, box["y"] + 50)
        page.mouse.down()
        page.mouse.move(box["x"] + 80, box["y"] + 80)
        expect(words).to_have_text("drawn")
        field.press("Backspace")
        page.mouse.move(box["x"] + 90, box["y"] + 60)
        page.mouse.up()
        expect(words).to_have_text("5")
        page.mouse.down()
        now = field.evaluate("field => field.toDataURL()")
        field.dispatch_event("pointermove", {"isPrimary": True, "buttons": 0})  # after a menu
        page.mouse.move(box["x"] + 30, box["y"] + 30)
        assert field.evaluate("field => field.toDataURL()") == now
        assert faults == []


@pytest.mark.parametrize("fault", ["no weights", "no digits", "an old browser"])
def test_a_picture_stays_and_a_sentence_says_why(browser, assets, tmp_path, fault):  # noqa: F811
    shutil.copytree(assets / "live", tmp_path / "live")
    gone = {"no weights": "weights_x4.js", "no digits": "digits.js"}.get(fault)
    if gone:
        (tmp_path / "live" / gone).unlink()
    before = "delete window.DecompressionStream" if fault == "an old browser" else ""
    with opened(browser, tmp_path, live("front") + live("degradation"), before=before) as (page, _):
        note = page.locator("[data-explorer=front] .mnist-sr-sentence")
        note.wait_for()
        assert (gone or "newer browser") in note.inner_text()
        assert page.locator("[data-explorer=front] img").get_attribute("alt") == "its states"
        if fault == "no weights":
            started(page, "degradation")  # the rest works


def test_a_later_fault_is_said_and_goes_again(browser, assets, tmp_path):  # noqa: F811
    shutil.copytree(assets / "live", tmp_path / "live")
    (tmp_path / "live" / "weights_x7.js").write_text("")
    with opened(browser, tmp_path, live("front")) as (page, _):
        started(page, "front")
        slider = page.get_by_label("factor")
        slider.press("ArrowRight")
        page.locator("[role=alert]").wait_for()
        assert "weights_x7.js is damaged" in page.locator("[role=alert]").inner_text()
        slider.press("ArrowRight")
        page.locator("[role=alert]").wait_for(state="detached")
        assert "x14" in page.locator(".mnist-sr-grid").get_attribute("aria-label")


@pytest.mark.parametrize(
    "before",
    [
        "delete window.WebAssembly",
        "WebAssembly.Module = function () { throw new WebAssembly.CompileError('forbidden by the page') }",
    ],
    ids=["none", "forbidden"],
)
def test_without_webassembly_it_is_plain_javascript(browser, assets, before):  # noqa: F811
    with opened(browser, assets, live("front"), before=before) as (page, faults):
        started(page, "front")
        assert page.evaluate("mnistSr.lab.engine.name") == "JavaScript"
        assert faults == []


def test_the_front_page_loads_little(browser, assets):  # noqa: F811
    with opened(browser, assets, live("front")) as (page, _):
        started(page, "front")
        loaded = page.evaluate("[...document.scripts].map(one => new URL(one.src).pathname.split('/').pop())")
        versions = page.evaluate("[...document.scripts].slice(1).map(one => one.src.split('?v=')[1])")
        (version,) = set(versions)
        assert re.fullmatch("[0-9a-f]{8}", version), "or a browser may keep an older site's"
    size = sum((assets / "live" / name).stat().st_size for name in [*loaded, "live.css"])
    print(f"front page: {size / 1e6:.2f} MB in {loaded}")
    assert size < FIRST_LOAD


def test_playing_steps_through_the_factors(browser, assets):  # noqa: F811
    with opened(browser, assets, live("front")) as (page, _):
        started(page, "front")
        page.get_by_role("button", name="Play").click()
        page.wait_for_function("document.querySelector('.mnist-sr').dataset.shown.includes('factor=14')")
        stopped = """() => {
            const button = document.querySelector('.mnist-sr-play');
            button.click();
            const playing = button.textContent;
            [...document.querySelectorAll('.mnist-sr-marks span')].find(mark => mark.textContent === 'x2').click();
            return [playing, button.textContent];
        }"""  # at once, as it goes on playing
        assert page.evaluate(stopped) == ["Pause", "Play"]
        page.locator("[data-shown*='factor=2&']").wait_for()


def test_who_wants_less_motion_sees_the_chosen_step_at_once(browser, assets):  # noqa: F811
    seen = """new MutationObserver(() => {
        const grid = document.querySelector('.mnist-sr-grid');
        if (grid) (window.said ??= []).push(grid.ariaLabel);
    }).observe(document, {subtree: true, childList: true})"""
    for motion, shown in (("reduce", {"step 4"}), ("no-preference", {"step 0", "step 4"})):
        with opened(browser, assets, live("flow"), before=seen, reduced_motion=motion) as (page, faults):
            started(page, "flow")
            page.wait_for_function("window.said?.at(-1).includes('step 4 of')")
            steps = {re.search(r"step \d+", words)[0] for words in page.evaluate("said")}
            assert shown <= steps
            assert motion == "no-preference" or steps == shown
            assert faults == []

"""A page for phones holds every state of an explorer, and works in a browser by finger and by keyboard, alone."""

import base64
import io
import json
import re

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from jupyterlab_page import chromium, require_browser
from PIL import Image

from mnist_sr_helpers import FACTORS, Explorer, View, degradation_view
from mnist_sr_helpers.classroom.page import explorer_code, explorer_page, run, write_page
from tools.build_notebooks import lesson_paths, read_lesson

KERNELS = ("area", "bicubic")
LESSONS = [path for path in lesson_paths() if explorer_code(read_lesson(path))]


@pytest.fixture(scope="module")
def explorer():
    start = {"factor": 4, "antialias": True}
    choices = {"digit": (3, 5), "factor": FACTORS, "kernel": KERNELS, "antialias": (True, False)}
    return Explorer(degradation_view, start=start, **choices)


@pytest.fixture(scope="module")
def page(explorer):
    return explorer_page(explorer, "Small & <large>")


def data_of(page):
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)[1])


def test_every_state_lies_in_the_page_in_the_order_of_the_controls(page):
    data = data_of(page)
    assert [control["name"] for control in data["controls"]] == ["digit", "factor", "kernel", "antialias"]
    assert [control["start"] for control in data["controls"]] == [0, 2, 0, 1]
    assert data["controls"][1]["labels"] == ["x1", "x2", "x4", "x7", "x14", "all"]
    states = [(d, f, k, a) for d in (3, 5) for f in (*FACTORS, "all") for k in KERNELS for a in (False, True)]
    for state, (png, alt, rows) in zip(states, data["states"], strict=True):
        picture, numbers = degradation_view(*state)
        pixels = [np.asarray(Image.open(io.BytesIO(each))) for each in (base64.b64decode(png), picture.png)]
        assert np.array_equal(*pixels), state
        assert alt == picture.alt
        assert [tuple(row) for row in rows] == numbers


def test_text_can_not_end_the_page(page):
    def view(factor):
        return View(to_picture_of(factor), [("</script>", "<b>")])

    def to_picture_of(factor):
        picture, _ = degradation_view(3, factor, "area", True)
        picture.alt = 'a "</script>" & more'
        return picture

    data = data_of(explorer_page(Explorer(view, factor=(1, 2)), "heading"))
    assert data["states"][0][1:] == ['a "</script>" & more', [["</script>", "<b>"]]]
    assert "<title>Small &amp; &lt;large&gt;</title>" in page


@pytest.mark.parametrize("lesson", LESSONS, ids=[path.stem for path in LESSONS])
def test_the_explorers_cell_stands_alone(lesson):
    explorer = run(explorer_code(read_lesson(lesson)))
    assert isinstance(explorer, Explorer)
    assert explorer.screen.value.count("<img") == 1


def test_only_the_page_itself_is_filled_in():
    def view(factor):
        return View(degradation_view(3, factor, "area", True).picture, [("$data", "$heading")])

    page = explorer_page(Explorer(view, factor=(1, 2)), "DATA, $data and $heading: 5 $")
    assert page.count("<title>DATA, $data and $heading: 5 $</title>") == 1
    assert data_of(page)["states"][0][2] == [["$data", "$heading"]]


def test_a_page_is_written_and_it_is_said_how_to_hand_it_out(in_course, tmp_path, capsys):
    file = tmp_path / "new" / "first.html"
    write_page(in_course / "notebooks" / f"{LESSONS[0].stem}.ipynb", file)
    assert len(data_of(file.read_text("utf-8"))["states"]) == 5 * 20
    assert [path.name for path in file.parent.iterdir()] == ["first.html"]
    assert "python -m http.server" in capsys.readouterr().out


def test_a_page_wants_an_explorer():
    with pytest.raises(TypeError, match="explorer must be an Explorer, got str 'view'"):
        explorer_page("view", "heading")


@pytest.mark.parametrize(("width", "height"), [(390, 844), (844, 390), (1280, 720)])
def test_in_a_browser(page, tmp_path, width, height):
    require_browser()
    file = tmp_path / "page.html"
    file.write_text(page, "utf-8")
    with chromium(width, height) as browser:
        asked, said = [], []
        browser.on("request", lambda request: asked.append(request.url))
        browser.on("console", lambda message: said.append(message.text))
        browser.on("pageerror", lambda error: said.append(str(error)))
        browser.goto(file.as_uri())
        image = browser.locator("img")
        shown = image.get_attribute("alt")
        assert "A digit 3, x4, area:" in shown
        factor = browser.get_by_role("slider", name="factor")
        factor.focus()
        browser.keyboard.press("ArrowRight")
        assert "A digit 3, x7, area:" in image.get_attribute("alt")
        assert factor.get_attribute("aria-valuetext") == "x7"
        assert browser.locator("td").first.inner_text() in image.get_attribute("alt")
        kernel = browser.get_by_role("slider", name="kernel").bounding_box()
        browser.mouse.click(kernel["x"] + kernel["width"] - 4, kernel["y"] + kernel["height"] / 2)
        browser.get_by_role("checkbox", name="antialias").uncheck()
        assert "A digit 3, x7, bicubic, not antialiased:" in image.get_attribute("alt")
        assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") > 500
        assert browser.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
        assert browser.locator("#hint").is_visible() == (width < height)
        assert Axe().run(browser).response["violations"] == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert said == []

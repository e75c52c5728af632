"""A phone page is one file: it works alone, by finger and by keyboard, and the estimate is in sight."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from jupyterlab_page import GUARD
from live_page import SWEEP

from tools.phone_page import main

ESTIMATE = 2  # its place among the pictures of `compare`


def test_a_page_is_written_and_it_is_said_how_to_hand_it_out(tmp_path, capsys):
    file = tmp_path / "new" / "first.html"
    main(["0", str(file)])
    assert 0.5e6 < file.stat().st_size < 1e6
    assert [path.name for path in file.parent.iterdir()] == ["first.html"]
    assert "python -m http.server" in capsys.readouterr().out


def test_a_lesson_without_one_is_told_which_have_one():
    with pytest.raises(SystemExit, match=r"runs on a page \(00, 01, .*\); got 02"):
        main(["2"])


def test_nothing_of_the_code_ends_the_page(tmp_path):
    main(["1", str(tmp_path / "page.html")])
    page = (tmp_path / "page.html").read_text("utf-8")
    assert page.count("</script>") == page.count("<script>")
    assert "$place" not in page


@pytest.mark.parametrize(
    ("lesson", "name"),
    [
        ("01", "degradation"),
        ("03", "model"),
        ("05", "forger"),
        ("06", "hedge"),
        ("07", "ladder"),
        ("08", "mismatch"),
        ("10", "flow"),
    ],
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone(browser, tmp_path, lesson, name, scheme):
    main([lesson, str(tmp_path / "page.html")])
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme, offline=True)
    context.set_default_timeout(GUARD * 1000)
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url))
    page.goto((tmp_path / "page.html").as_uri())
    page.locator(".mnist-sr").wait_for()
    assert [words for words in said if not words.startswith(("file:", "data:", "blob:"))] == []
    estimate = page.locator("canvas").nth(ESTIMATE).bounding_box()
    assert estimate["width"] > 120
    assert estimate["y"] + estimate["height"] < 844
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    if scheme == "light":
        assert page.evaluate(SWEEP, name) == []
    assert Axe().run(page).response["violations"] == []
    assert len([words for words in said if words.startswith("file:")]) == 1, said
    context.close()

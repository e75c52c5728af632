"""Predictions in a real browser: an answer opens the result where it stands, and nothing runs again."""

import re

import pytest
from axe_page import findings, keyboard_faults
from jupyterlab_page import IDLE, NOTEBOOKS, new_page, open_here, run_all
from nbconvert import HTMLExporter
from playwright.sync_api import expect

LESSON = "00_start_here.ipynb"
FOLDED = "details.mnist-sr-answer-binary"
COUNTS = "[...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(prompt => prompt.textContent)"
FORGET = """() => jupyterapp.shell.currentWidget.sessionContext.session.kernel.requestExecute(
    {code: 'import os, shutil; shutil.rmtree(os.environ["MNIST_SR_STATE"], ignore_errors=True)'}).done"""
AGAIN = """async part => {
    const panel = jupyterapp.shell.currentWidget.content;
    panel.activeCellIndex = panel.widgets.findIndex(cell => cell.model.sharedModel.source.includes(part));
    panel.deselectAll();
    await jupyterapp.commands.execute('notebook:run-cell');
}"""


@pytest.fixture
def ran(page):
    """The lesson, all cells run; nobody has answered yet."""
    open_here(page, LESSON)
    page.wait_for_function(IDLE)
    page.evaluate(FORGET)
    run_all(page)
    page.wait_for_selector(FOLDED)
    return page


def question(page):
    return page.locator(".jp-OutputArea-output .mnist-sr").filter(has_text="Of the pixels that hold any ink")


def opened(page) -> list[bool]:
    return page.locator(FOLDED).evaluate_all("parts => parts.map(part => part.open)")


def test_an_answer_opens_result_and_prose_where_they_stand(ran):
    assert opened(ran) == [False, False], "after Run All, the result and the prose about it are closed"
    expect(ran.locator(f"{FOLDED} .mnist-sr-figure")).to_be_hidden()
    assert keyboard_faults(ran, question(ran)) == []
    before = ran.evaluate(COUNTS)
    look = question(ran).get_by_role("button", name="Show the answer without a guess")
    look.press("Enter")
    expect(ran.locator(f"{FOLDED} .mnist-sr-figure")).to_be_visible()
    assert opened(ran) == [True, True]
    expect(ran.locator(f"{FOLDED} .mnist-sr-said")).to_contain_text("No prediction.")
    ran.locator(f"{FOLDED} summary").last.press("Enter")
    assert opened(ran) == [True, False], "whoever closes one wants it closed"
    question(ran).get_by_role("button", name="about two in three").press("Enter")
    said = re.compile(r'Not this time. You said: "about two in three".\s*It is: [\d.]+% of ink pixels are white')
    for place in (ran.locator(f"{FOLDED} .mnist-sr-said"), question(ran).locator("div[role=status]")):
        expect(place).to_have_text(said)
    assert opened(ran) == [True, True]
    question(ran).get_by_role("button", name="fewer than half").press("Enter")
    expect(ran.locator(f"{FOLDED} .mnist-sr-said")).to_contain_text('Right. You said: "fewer than half".')
    assert ran.evaluate(COUNTS) == before, "no cell has run again"
    assert findings(ran) == []
    # Run again, it comes out open.
    ran.evaluate(AGAIN, 'you_said("binary"')
    ran.wait_for_function(f"before => ({COUNTS}).join() !== before.join()", arg=before)
    expect(ran.locator(f"{FOLDED} .mnist-sr-said")).to_contain_text('You said: "fewer than half".')
    assert opened(ran)[0]


def test_a_saved_copy_is_closed_and_opens_without_a_kernel(browser, tmp_path):
    page, path = new_page(browser), tmp_path / "saved.html"
    page.route(re.compile(r"^https?://"), lambda route: route.abort())
    path.write_text(HTMLExporter(template_name="lab").from_filename(str(NOTEBOOKS / LESSON))[0], "utf-8")
    page.goto(path.as_uri(), wait_until="domcontentloaded")
    assert opened(page) == [False, False]
    page.locator(f"{FOLDED} summary").first.press("Enter")
    assert opened(page) == [True, False]
    picture = page.locator(f"{FOLDED} img")
    expect(picture).to_be_visible()
    assert picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 0
    expect(page.locator(f"{FOLDED} .mnist-sr-said")).to_contain_text("No prediction.")
    page.context.close()

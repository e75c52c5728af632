"""Explorers, pad, question and quiz in JupyterLab: they fit their window, play, and say when they sleep."""

import os
import re

import nbformat
import pytest
from axe_page import findings
from jupyterlab_page import IDLE, open_and_run, open_here, resize, save_notebook, wait_seldom
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import expect

from tools.build_notebooks import KERNEL, lesson_paths, read_lesson

EXPLORERS = [
    cell.source
    for path in lesson_paths()
    for cell in read_lesson(path).cells
    if "explorer" in cell.metadata.get("tags", [])
]
OTHERS = [
    "from mnist_sr_helpers import *\nDigitPad()",
    "Wipe()",
    'ask("sleep", "Does it sleep?", ["yes", "no"])',
    "Quiz()",
    "quiz = Quiz()\nfor digit in (3, 1, 4, 1, 5, 9, 2, 6, 5, 3):\n    quiz.answer(digit)\nquiz",
]
WIPE = len(EXPLORERS) + 1
WINDOWS = [(1366, 680), (911, 453)]
# What is compared with one another is measured at once.
FITS = """e => ({
    height: e.getBoundingClientRect().height, room: document.querySelector('.jp-WindowedPanel-outer').clientHeight,
    sideways: e.scrollWidth - e.clientWidth,
    tracks: [...e.querySelectorAll('.mnist-sr-slider input')].map(t => Math.round(t.getBoundingClientRect().width)),
})"""
TOGETHER = """e => {
    const [field, best] = ['canvas', '.mnist-sr-picture'].map(part => e.querySelector(part).getBoundingClientRect());
    const height = Math.max(field.bottom, best.bottom) - Math.min(field.top, best.top);
    const room = document.querySelector('.jp-WindowedPanel-outer').clientHeight;
    return {height, room, between: best.left - field.right};
}"""
TOPS = "cards => cards.map(card => Math.round(card.getBoundingClientRect().top))"
# What a slider and its button say after each move.
RECORD = """panel => {
    window.moves = [];
    panel.addEventListener('mnist-sr-move', ({target}) =>
        window.moves.push(['output', 'button'].map(part => target.querySelector(part).textContent)));
}"""
# The kernel stops, until another process sees go.txt: while a cell runs, newer ones answer sliders on another thread.
HANG = """
import os, signal, subprocess, sys
stopped = f"while psutil.Process({os.getpid()}).status() != 'stopped': time.sleep(0.01)"
wait = "while not os.path.exists('go.txt'): time.sleep(0.1)"
steps = ["import os, psutil, signal, time", stopped, "open('stopped.txt', 'w')", wait]
wake = "\\n".join([*steps, f"os.kill({os.getpid()}, signal.SIGCONT)"])
subprocess.Popen([sys.executable, "-c", wake])
os.kill(os.getpid(), signal.SIGSTOP)
"""
RUN = "code => void jupyterapp.shell.currentWidget.sessionContext.session.kernel.requestExecute({code})"
STOPPED = "jupyterapp.serviceManager.contents.get('stopped.txt', {content: false}).then(() => true, () => false)"
GO = "jupyterapp.serviceManager.contents.save('go.txt', {type: 'file', format: 'text', content: ''})"
RESTART = "jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"


@pytest.fixture(scope="module")
def page(page):
    cells = [new_code_cell(code) for code in [*EXPLORERS, *OTHERS]]
    resize(page, *WINDOWS[0])
    save_notebook(page, "panels.ipynb", nbformat.writes(new_notebook(cells=cells, metadata={"kernelspec": KERNEL})))
    open_and_run(page, "panels.ipynb")
    expect(panels(page)).to_have_count(len(cells))
    for number in (*range(len(EXPLORERS)), WIPE):
        panels(page).nth(number).locator(".mnist-sr-slider input").last.wait_for()  # each comes by itself
    return page


def panels(page):
    return page.locator(".jp-OutputArea-output.mnist-sr, .jp-OutputArea-output .mnist-sr")


@pytest.mark.parametrize(("width", "height"), WINDOWS)
def test_each_explorer_fits_its_window_and_its_tracks_are_equal(page, width, height):
    resize(page, width, height)
    for number in (*range(len(EXPLORERS)), WIPE):
        seen = panels(page).nth(number).evaluate(FITS)
        assert seen["height"] <= seen["room"], f"explorer {number}: {seen}"
        assert seen["sideways"] <= 1, f"explorer {number} scrolls sideways: {seen}"
        assert len(set(seen["tracks"])) == 1, f"explorer {number}: {seen}"


@pytest.mark.parametrize(("width", "height"), WINDOWS)
def test_field_and_best_restoration_are_seen_together(page, width, height):
    resize(page, width, height)
    seen = panels(page).nth(len(EXPLORERS)).evaluate(TOGETHER)
    assert seen["height"] <= seen["room"], seen
    assert seen["between"] >= 0, "the pictures stand beside the field"


def test_each_panel_is_a_group_with_a_name(page):
    names = re.compile("controls for|A field to draw|Two pictures|Does it sleep|Quiz with")
    groups = page.get_by_role("group", name=names)
    expect(groups).to_have_count(len(EXPLORERS) + len(OTHERS))


def test_the_quiz_ends_in_two_rows_of_five(page):
    resize(page, 1366, 680)
    cards = panels(page).last.locator("li")
    expect(cards).to_have_count(10)
    tops = cards.evaluate_all(TOPS)
    assert [tops.count(top) for top in sorted(set(tops))] == [5, 5]
    for card in cards.all():
        assert all(word in card.inner_text() for word in ("it is", "you:", "network:"))
        assert card.get_by_role("img", name="right").or_(card.get_by_role("img", name="wrong")).count() == 2


def test_a_double_click_is_one_answer_and_its_status_stays(page):
    quiz = panels(page).nth(len(EXPLORERS) + OTHERS.index("Quiz()"))
    said = quiz.locator(".mnist-sr-says[role=status]")
    expect(said).to_have_text("Picture 1 of 10: which digit is it?")
    said.evaluate("e => { e.same = true; }")
    quiz.get_by_role("button", name="7").dblclick()
    expect(said).to_have_text("Picture 2 of 10: which digit is it?")
    quiz.get_by_role("button", name="7").click()
    expect(said).to_have_text("Picture 3 of 10: which digit is it?")
    assert said.evaluate("e => e.same"), "or few screen readers would read it out"


def test_axe_finds_nothing(page):
    assert findings(page) == []


def test_a_mark_chooses_and_play_steps_to_the_end(page):
    panel = panels(page).nth(1)
    factor = panel.locator(".mnist-sr-slider").filter(has_text="factor")
    factor.get_by_text("x7", exact=True).last.click()
    expect(factor.locator("output")).to_have_text("x7")
    panel.locator("[aria-label*='x7,']").wait_for()
    panel.evaluate(RECORD)
    factor.get_by_role("button", name="Play").click()
    expect(factor.locator("output")).to_have_text("all")
    expect(factor.get_by_role("button")).to_have_text("Play")
    assert page.evaluate("moves") == [["x14", "Pause"], ["all", "Pause"]]
    panel.locator("[aria-label*='at every factor']").wait_for()


def test_up_and_down_are_the_sliders_own(page):
    """JupyterLab would go to the next cell."""
    digit = panels(page).nth(1).locator("input[type=range]").first
    digit.focus()
    before = digit.input_value()
    page.keyboard.press("ArrowUp")
    assert digit.input_value() == str(int(before) + 1)
    assert digit.evaluate("e => e === document.activeElement")


def test_the_arrow_keys_move_the_divider(page):
    divider = panels(page).nth(WIPE).get_by_role("slider", name="divider")
    divider.focus()
    for key, at in (("ArrowRight", 51), ("ArrowUp", 52), ("ArrowDown", 51), ("Home", 0), ("End", 100)):
        page.keyboard.press(key)
        assert divider.get_attribute("aria-valuetext").startswith(f"{at}% bicubic at the left")
        assert divider.evaluate("e => getComputedStyle(e.parentNode).getPropertyValue('--at')") == f"{at}%"
    assert divider.evaluate("e => e === document.activeElement")


def test_live_panels_hide_the_sentence_for_sleeping_ones(page):
    sentences = page.locator(".mnist-sr-asleep")
    assert sentences.count() == len(EXPLORERS) + len(OTHERS)
    assert not any(sentence.is_visible() for sentence in sentences.all())


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
def test_a_kernel_that_hangs_is_told_and_taken_back(page):
    panel = panels(page).nth(1)
    page.evaluate(RUN, HANG)
    wait_seldom(page, STOPPED)  # or it would draw once more
    panel.locator("input[type=range]").first.press("ArrowRight")
    expect(panel.get_by_role("status").filter(has_text="drawing")).to_be_visible()
    expect(panel.get_by_role("alert")).to_contain_text("The kernel doesn't answer")
    page.evaluate(GO)
    expect(panel.get_by_role("alert")).to_have_count(0)


def test_after_a_restart_the_panel_says_so_and_a_saved_notebook_says_asleep(page):
    page.evaluate(RESTART)
    page.wait_for_function(IDLE)
    panel = panels(page).nth(1)
    panel.locator("input[type=range]").first.press("ArrowLeft")
    expect(panel.get_by_role("alert")).to_contain_text("restarted")
    page.evaluate("jupyterapp.commands.execute('docmanager:save')")
    page.evaluate("jupyterapp.shell.currentWidget.dispose()")  # or it would not be read anew
    open_here(page, "panels.ipynb")
    sentences = page.locator(".mnist-sr-asleep")
    expect(sentences).to_have_count(len(EXPLORERS) + len(OTHERS))
    assert all(sentence.is_visible() for sentence in sentences.all())
    assert "The picture below shows its states." in sentences.first.inner_text()
    page.wait_for_function(IDLE)  # its kernel has started, and does not stand in the next one's way

"""You against the network: the whole game, by its buttons and by its rules."""

import re

import numpy as np
import pytest
from shown import shown

from mnist_sr_helpers import Quiz
from mnist_sr_helpers.pictures.grid import to_pixels


def test_ten_right_answers():
    quiz = Quiz(seed=0)
    assert str(quiz.score()) == "10 of 10 pictures unread:  answer above, then run this cell again"
    for done, label in enumerate(quiz.labels):
        assert f"Picture {done + 1} of 10" in quiz.said.value
        quiz.buttons[label].click()
    assert quiz.score().rows["you"] == [*map(str, quiz.labels), "10"]
    assert "You read 10 of 10 right." in quiz.said.value
    assert quiz.screen.value.count("<li>") == 10
    assert quiz.screen.value.count('aria-label="right"') >= 10
    assert all(button.disabled for button in quiz.buttons)


def test_the_classifier_plays_with_the_same_pixels_and_its_score_is_counted():
    quiz = Quiz(seed=1)
    for label in quiz.labels:
        quiz.answer((label + 1) % 10)
    rows = quiz.score().rows
    assert rows["you"][-1] == "0"
    for name, read in quiz.readings().items():
        right = sum(a == b for a, b in zip(read, quiz.labels, strict=True))
        assert rows[name] == [*map(str, read), str(right)]
    read = quiz.readings()["the classifier, on article, enlarge last"]
    lines = re.findall(r"it is (\d)</strong><br>you: (\d) .*?<br>network: (\d) ", quiz.screen.value)
    assert lines == [tuple(map(str, line)) for line in zip(quiz.labels, quiz.answers, read, strict=True)]
    assert rows["they are"] == [*map(str, quiz.labels), ""]


def test_the_game_ends():
    quiz = Quiz()
    for _ in range(12):
        quiz.answer(3)
    assert len(quiz.answers) == 10


def test_seeds_draw_different_digits():
    assert Quiz(0).labels == Quiz(0).labels
    assert not Quiz(0).original.equal(Quiz(1).original)
    assert tuple(Quiz(0).low.shape) == (10, 1, 4, 4)


def test_the_sheet_gives_nothing_away():
    quiz = Quiz()
    assert "numbered 1 to 10" in quiz.sheet().alt
    for cell, low in zip(shown(quiz.sheet()), quiz.low, strict=True):
        assert np.array_equal(cell, to_pixels(low[0]))


@pytest.mark.parametrize("digit", [-1, 10])
def test_wrong_answers_are_refused(digit):
    with pytest.raises(ValueError, match="digit must be"):
        Quiz().answer(digit)


def test_an_error_at_a_button_is_shown(monkeypatch):
    quiz = Quiz()
    monkeypatch.setattr(quiz, "draw", lambda: 1 / 0)
    quiz.buttons[3].click()  # ipywidgets keeps a button's exceptions to its log
    assert 'role="alert"' in quiz.screen.value
    assert "ZeroDivisionError" in quiz.screen.value

"""Predictions: kept at once, shown again, never in the way."""

import json

import pytest

from mnist_sr_helpers import ask, you_said
from mnist_sr_helpers.classroom import predictions

ANSWERS = ["yes", "no", "it depends – \u00bd"]


def recalled(key):
    return predictions.recall(key)[1]


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch):
    monkeypatch.setenv("MNIST_SR_STATE", str(tmp_path / "state"))
    return tmp_path / "state" / "predictions.json"


def test_kept_and_shown_beside_the_truth(state, capsys):
    question = ask("key", "Is it?", ANSWERS)
    assert [button.description for button in question.buttons] == ANSWERS
    question.buttons[2].click()
    assert f">Your answer is kept: {ANSWERS[2]}.<" in question.note.value
    assert [button.description for button in question.buttons] == [*ANSWERS[:2], f"\u2713 {ANSWERS[2]}"]
    assert json.loads(state.read_text("utf-8")) == {"key": {"question": "Is it?", "answer": ANSWERS[2]}}
    you_said("key", "no.")
    assert capsys.readouterr().out == f'Asked: Is it?\nYou said: "{ANSWERS[2]}".\nIt is: no.\n'


def test_without_an_answer_the_lesson_goes_on(capsys):
    ask("key", "Is it?", ANSWERS)
    you_said("key", "no.")
    assert capsys.readouterr().out == "No prediction.\nIt is: no.\n"


def test_an_answer_kept_without_its_question_is_shown(state, capsys):
    state.parent.mkdir()
    state.write_text('{"old": "yes"}')
    you_said("old", "no.")
    assert capsys.readouterr().out == 'You said: "yes".\nIt is: no.\n'
    ask("key", "Is it?", ANSWERS).choose("no")
    assert (recalled("old"), recalled("key")) == ("yes", "no")


@pytest.mark.parametrize("entry", [1, [], {}, {"answer": 1}, {"question": "Is it?"}])
def test_a_damaged_entry_counts_as_no_answer(state, capsys, entry):
    state.parent.mkdir()
    state.write_text(json.dumps({"key": entry}))
    you_said("key", "no.")
    assert capsys.readouterr().out == "No prediction.\nIt is: no.\n"


def test_answers_of_the_first_edition_are_found_without_the_lessons_number(state, capsys):
    state.parent.mkdir()
    state.write_text('{"05-average": {"question": "Is it?", "answer": "yes"}, "01-patches": "no", "100-1": "yes"}')
    you_said("average", "no.")
    assert capsys.readouterr().out == 'Asked: Is it?\nYou said: "yes".\nIt is: no.\n'
    assert ask("patches", "Is it?", ANSWERS).buttons[1].description == "\u2713 no"
    assert recalled("100-1") == "yes"
    ask("average", "Is it?", ANSWERS).choose("no")
    assert [recalled(key) for key in ("average", "patches", "100-1")] == ["no", "no", "yes"], "the newer answer"


def test_an_answer_is_there_again_next_time_and_can_change():
    ask("key", "Is it?", ANSWERS).choose("yes")
    again = ask("key", "Is it?", ANSWERS)
    assert again.buttons[0].description == "\u2713 yes"
    again.choose("no")
    assert recalled("key") == "no"


def test_an_answer_that_no_longer_exists_is_not_chosen():
    ask("key", "Is it?", ANSWERS).choose("yes")
    assert "kept at once" in ask("key", "Is it?", ["one", "two"]).note.value


def test_answers_to_other_questions_stay():
    ask("one", "?", ANSWERS).choose("yes")
    ask("two", "?", ANSWERS).choose("no")
    assert [recalled(key) for key in ("one", "two")] == ["yes", "no"]


@pytest.mark.parametrize("content", ["", "{", "[1]", "\udcff"])
def test_a_damaged_file_counts_as_no_answer(state, content):
    state.parent.mkdir()
    state.write_bytes(content.encode("utf-8", "surrogateescape"))
    assert recalled("key") is None
    ask("key", "Is it?", ANSWERS).choose("yes")
    assert recalled("key") == "yes"
    assert state.with_suffix(".damaged").exists(), "what could not be read is kept"


def test_a_failed_write_is_shown_and_keeps_the_old_file(state, monkeypatch):
    ask("key", "Is it?", ANSWERS).choose("yes")

    def full(*_):
        raise OSError("no space left")

    monkeypatch.setattr("mnist_sr_helpers._files.os.replace", full)
    question = ask("key", "Is it?", ANSWERS)
    with pytest.raises(OSError, match="no space"):
        question.choose("no")
    assert "could not be kept" in question.note.value
    assert recalled("key") == "yes"
    assert [path.name for path in state.parent.iterdir()] == [state.name]


def test_the_saved_notebook_shows_question_and_answers_as_text():
    text = ask("key", "Is it?", ANSWERS)._repr_mimebundle_()["text/plain"]
    assert text.startswith("Is it?\n  ( ) yes\n  ( ) no\n")


def test_wrong_arguments():
    with pytest.raises(TypeError, match="key and question"):
        ask(1, "?", ANSWERS)
    with pytest.raises(ValueError, match="at least two"):
        ask("key", "?", ["yes"])
    with pytest.raises(ValueError, match="at least two"):
        ask("key", "?", "yes")
    with pytest.raises(ValueError, match="answer must be one of"):
        ask("key", "?", ANSWERS).choose("maybe")

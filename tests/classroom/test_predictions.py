"""Predictions: kept at once, shown again, never in the way."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
import torch
from bs4 import BeautifulSoup

from mnist_sr_helpers import ask, grid, table, you_said
from mnist_sr_helpers.classroom import predictions

ANSWERS = ["yes", "no", "it depends – \u00bd"]


def recalled(key):
    return predictions.recall(key)[1]


BAR = "\u25ae"


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch):
    monkeypatch.setenv("MNIST_SR_STATE", str(tmp_path / "state"))
    monkeypatch.setattr(predictions, "asked", {})
    monkeypatch.setattr(predictions, "measured", {})
    return tmp_path / "state" / "predictions.json"


def folded(answer):
    """The element of an answer's HTML that folds it."""
    return BeautifulSoup(answer._repr_html_(), "html.parser").details


def test_kept_and_shown_beside_the_truth(state):
    question = ask("key", "Is it?", ANSWERS)
    assert [button.description for button in question.buttons] == ANSWERS
    question.buttons[2].click()
    assert f"You said: &quot;{ANSWERS[2]}&quot;.\nThe answer opens where the result stands" in question.note.value
    assert [button.description for button in question.buttons] == [*ANSWERS[:2], f"\u2713 {ANSWERS[2]}"]
    assert json.loads(state.read_text("utf-8")) == {"key": {"question": "Is it?", "answer": ANSWERS[2]}}
    assert repr(you_said("key", "no.")) == f'Asked: Is it?\nYou said: "{ANSWERS[2]}".\nIt is: no.'


def test_without_an_answer_the_lesson_goes_on():
    ask("key", "Is it?", ANSWERS)
    assert repr(you_said("key", "no.")) == "Asked: Is it?\nNo prediction.\nIt is: no."


def test_a_result_is_folded_until_its_question_is_answered():
    question, shown = ask("key", "Is it?", ANSWERS), you_said("key", "no.", right="no")
    details = folded(shown)
    assert not details.has_attr("open")
    assert details["class"] == ["mnist-sr-answer", "mnist-sr-answer-key"]
    assert "choose yours above" in details.summary.text
    assert question.opener.said == ""
    question.buttons[1].click()
    assert folded(shown).has_attr("open")
    assert "choose" not in folded(shown).summary.text
    assert folded(you_said("key", "no.")).has_attr("open"), "it comes out open where the answer was first"


def test_the_truth_reaches_the_question_before_and_after_it_is_answered():
    early, late = ask("early", "?", ANSWERS), ask("late", "?", ANSWERS)
    early.choose("no")
    assert early.opener.said == "", "nothing to open yet"
    you_said("early", "no & no.", right="no")
    you_said("late", "no.", right=["no", ANSWERS[2]])
    late.choose("yes")
    assert "<strong>\u2713 Right.</strong> You said: &quot;no&quot;.\nIt is: no &amp; no." in early.opener.said
    assert "<strong>\u2717 Not this time.</strong> You said: &quot;yes&quot;.\nIt is: no." in late.opener.said
    for question in (early, late):
        assert question.opener.said in question.note.value
        assert question.opener.key == question.key
    late.choose("no")
    assert "Right." in late.note.value


def test_to_look_without_a_guess_opens_and_keeps_no_answer(state):
    question = ask("key", "Is it?", ANSWERS)
    question.look.click()
    assert "opens where the result stands" in question.note.value
    shown = you_said("key", "no.", right="no")
    assert folded(shown).has_attr("open")
    assert "No prediction.\nIt is: no." in question.opener.said
    assert "Not this time" not in question.note.value
    assert not state.exists()


@pytest.mark.parametrize(
    ("right", "head"),
    [
        ("yes", "\u2713 Right. "),
        (["no", "yes"], "\u2713 Right. "),
        ("no", "\u2717 Not this time. "),
        ((), "\u2013 No option was right. "),
        (None, ""),
    ],
)
def test_a_sign_and_words_say_whether_it_was_right(right, head):
    ask("key", "Is it?", ANSWERS).choose("yes")
    assert repr(you_said("key", "so.", right=right)) == f'Asked: Is it?\n{head}You said: "yes".\nIt is: so.'


def test_results_come_folded_in_their_order_and_as_text():
    ask("key", "Is it?", ANSWERS)
    picture = grid([[torch.zeros(28, 28)]], "A black & empty picture, as nothing is drawn.")
    rows = table({"a": [1.5]}, ["share"])
    shown = you_said("key", "no.", picture, rows, "1 <b> 2")
    image, cells, text = folded(shown).find_all(["img", "table", "pre"])
    assert image["src"].startswith("data:image/png;base64,")
    assert (image["alt"], image["width"]) == (picture.alt, str(picture.width))
    assert "1.50" in cells.text
    assert text.text == "1 <b> 2"
    assert repr(shown).endswith(f"It is: no.\n{picture.alt}\n{rows}\n1 <b> 2")


def test_a_result_whose_question_is_in_another_lesson_points_to_none_above():
    details = folded(you_said("elsewhere", "no."))
    assert details.summary.text.strip() == "The answer"
    assert details.p is None


def test_a_right_answer_that_is_no_option_is_refused():
    ask("key", "Is it?", ANSWERS)
    with pytest.raises(ValueError, match="right must be of .*, got 'maybe'"):
        you_said("key", "no.", right=["no", "maybe"])


def test_an_answer_kept_without_its_question_is_shown(state):
    state.parent.mkdir()
    state.write_text('{"old": "yes"}')
    assert repr(you_said("old", "no.")) == 'You said: "yes".\nIt is: no.'
    ask("key", "Is it?", ANSWERS).choose("no")
    assert (recalled("old"), recalled("key")) == ("yes", "no")


@pytest.mark.parametrize("entry", [1, [], {}, {"answer": 1}, {"question": "Is it?"}])
def test_a_damaged_entry_counts_as_no_answer(state, entry):
    state.parent.mkdir()
    state.write_text(json.dumps({"key": entry}))
    assert repr(you_said("key", "no.")) == "No prediction.\nIt is: no."


def test_answers_of_the_first_edition_are_found_without_the_lessons_number(state):
    state.parent.mkdir()
    state.write_text('{"05-average": {"question": "Is it?", "answer": "yes"}, "01-patches": "no", "100-1": "yes"}')
    assert repr(you_said("average", "no.")) == 'Asked: Is it?\nYou said: "yes".\nIt is: no.'
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


def test_answers_given_at_once_all_stay():
    keys = [f"key-{number}" for number in range(40)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda key: predictions.store(key, "yes", "?"), keys))
    assert sorted(predictions.all_answers()) == sorted(keys)


@pytest.mark.parametrize("content", ["", "{", "[1]", "\udcff"])
def test_a_damaged_file_counts_as_no_answer(state, content):
    state.parent.mkdir()
    state.write_bytes(content.encode("utf-8", "surrogateescape"))
    assert recalled("key") is None
    ask("key", "Is it?", ANSWERS).choose("yes")
    assert recalled("key") == "yes"
    assert state.with_suffix(".damaged").exists(), "what could not be read is kept"


def test_a_question_shows_the_rooms_votes_where_they_are_named(tmp_path, monkeypatch):
    (tmp_path / "room.json").write_text('{"vote": {"yes": 3, "no": 1}, "none": {"yes": 0, "no": 0}}', "utf-8")
    monkeypatch.setenv("MNIST_SR_ROOM", str(tmp_path / "room.json"))
    question = ask("vote", "Is it?", ["yes", "no"])
    assert [b.description for b in question.buttons] == [f"yes {15 * BAR} 3 of 4", f"no {5 * BAR} 1 of 4"]
    question.choose("no")
    assert [b.description for b in question.buttons] == [f"yes {15 * BAR} 3 of 4", f"\u2713 no {5 * BAR} 1 of 4"]
    for key in ("none", "unheard-of"):
        assert [b.description for b in ask(key, "Is it?", ["yes", "no"]).buttons] == ["yes", "no"]


@pytest.mark.parametrize("content", [None, "", "[]", "{", '{"vote": 3}', '{"vote": {"yes": []}}'])
def test_votes_that_can_not_be_read_are_named(tmp_path, monkeypatch, content):
    path = tmp_path / "room.json"
    if content is not None:
        path.write_text(content, "utf-8")
    monkeypatch.setenv("MNIST_SR_ROOM", str(path))
    with pytest.raises(ValueError, match=r"room.json, which holds no room's answers .* or unset MNIST_SR_ROOM\."):
        ask("vote", "Is it?", ["yes", "no"])


def test_a_failed_write_is_shown_and_keeps_the_old_file(state, monkeypatch):
    ask("key", "Is it?", ANSWERS).choose("yes")

    def full(*_):
        raise OSError("no space left")

    monkeypatch.setattr("pathlib.Path.replace", full)
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
    with pytest.raises(TypeError, match="the key one word, got 'a key'"):
        ask("a key", "?", ANSWERS)
    with pytest.raises(ValueError, match="at least two"):
        ask("key", "?", ["yes"])
    with pytest.raises(ValueError, match="at least two"):
        ask("key", "?", "yes")
    with pytest.raises(ValueError, match="answer must be one of"):
        ask("key", "?", ANSWERS).choose("maybe")

"""The room's answers: what a student writes to hand in, what is drawn of a folder, and what is named and skipped."""

import json
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from mnist_sr_helpers.classroom import answers, predictions
from mnist_sr_helpers.classroom.launcher import main
from tools import room_answers
from tools.build_notebooks import ASK, ROOT

OPTIONS = ["a <b>", "c & d", "none"]


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A folder with one lesson, a student's copy with the exercise done, and a broken copy; nobody's answers yet."""
    monkeypatch.setenv("MNIST_SR_STATE", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(room_answers, "ROOT", tmp_path)
    (tmp_path / "notebooks").mkdir()
    write_lesson("01_one", "Not attempted. Write it.")
    write_lesson("my_01_one", "Right. That is it.")
    Path("notebooks/my_broken.ipynb").write_text("{", "utf-8")
    return tmp_path


def write_lesson(name: str, verdict: str) -> None:
    """A lesson with a question and an exercise, as it is saved after a run."""

    def ran(code: str, text: str, tags: tuple = ()):
        output = new_output("execute_result", {"text/plain": text}, execution_count=1)
        return new_code_cell(code, outputs=[output], metadata={"tags": list(tags)})

    asked = "\n".join(["Is it?", *(f"  ( ) {option}" for option in OPTIONS), "(needs a kernel)"])
    cells = [
        new_markdown_cell("# 01 One"),
        ran('ask(\n    "is-it", "Is it?", options)', asked),
        new_markdown_cell("### Exercise 1: do it (easy, 5 minutes)"),
        ran("check_it(it)", verdict, ("check",)),
    ]
    nbformat.write(new_notebook(cells=cells), f"notebooks/{name}.ipynb")


def handed_in(folder: Path, file: str, answer: str = "none", **changes) -> Path:
    """A file as a student exports it."""
    content = {"kind": answers.KIND, "who": file, "name": "", "written": "2026-01-02T03:04:05+00:00"}
    content |= {"answers": {"is-it": ["Is it?", answer]}, "exercises": {"check_it": "right"}, **changes}
    folder.mkdir(exist_ok=True)
    path = folder / f"{file}.json"
    path.write_text(json.dumps(content), "utf-8")
    return path


def votes(page: str) -> dict[str, str]:
    """The answers with their counts, as a page's tables say them."""
    rows = [[cell.text for cell in row.select("th, td")] for row in BeautifulSoup(page, "html.parser").select("tr")]
    return {row[0]: " ".join(row[1:]).strip() for row in rows}


def test_an_export_holds_answers_and_verdicts_and_no_name_unless_written(course):
    predictions.store("is-it", OPTIONS[0], "Is it?")
    main(["answers"])
    (path,) = course.glob("answers-*.json")
    content = json.loads(path.read_text("utf-8"))
    assert content["answers"] == {"is-it": ["Is it?", OPTIONS[0]]}
    assert content["exercises"] == {"check_it": "right"}, "the best verdict of the lesson and the student's own copy"
    assert content["name"] == ""
    main(["answers", "mine.json", "--name", "Åsa"])
    signed = json.loads(Path("mine.json").read_text("utf-8"))
    assert (signed["name"], signed["who"]) == ("Åsa", content["who"]), "the second replaces the first"


def test_an_export_overwrites_its_own_kind_only(course):
    Path("mine.json").write_text("[]", "utf-8")
    with pytest.raises(SystemExit, match=r"mine.json is there, and is no file of answers\. Name another"):
        main(["answers", "mine.json"])
    assert Path("mine.json").read_text("utf-8") == "[]"
    for _ in range(2):
        main(["answers", "new/other.json"])
    assert Path("new/other.json").exists()


def test_what_the_notebooks_do_not_ask_is_named(course, capsys):
    handed_in(course / "in", "s", answers={"is-it": ["Is it?", "none"], "my-own": ["And?", "yes"]})
    room_answers.main(["in"])
    assert "Not in the notebooks here, so left out: my-own." in capsys.readouterr().out
    assert json.loads(Path("room.json").read_text("utf-8")).keys() == {"is-it"}


def test_a_folder_becomes_one_page(course, capsys):
    for number, answer in enumerate([OPTIONS[0], OPTIONS[0], OPTIONS[1], "an old option"]):
        handed_in(course / "in", f"s{number}", answer, **({"name": "Zoë"} if number == 3 else {}))
    handed_in(course / "in", "s0-again", OPTIONS[2], who="s0", written="2026-01-02T05:00:00+01:00")
    room_answers.main(["in"])
    page = Path("answers.html").read_text("utf-8")
    assert votes(page) == {
        OPTIONS[0]: "1 25%",
        OPTIONS[1]: "1 25%",
        OPTIONS[2]: "1 25%",
        "another answer, of another edition": "1 25%",
        "exercise": "right not yet not attempted no verdict",
        "01 One, Exercise 1: do it": "4 0 0 0",
    }, "of the two files of s0 the later counts, also across time zones"
    assert "Zoë" not in page, "it may be shown to a room"
    room = json.loads(Path("room.json").read_text("utf-8"))
    assert room == {"is-it": dict.fromkeys([*OPTIONS, "another answer, of another edition"], 1)}
    assert "Signed, which the page doesn't show: Zoë." in capsys.readouterr().out
    assert "http" not in page.replace("http-equiv", "")


def test_the_courses_own_questions_are_found_with_their_options():
    questions, exercises = room_answers.course(ROOT / "notebooks")
    lessons = "".join(path.read_text("utf-8") for path in (ROOT / "lessons").glob("*.py"))
    assert len(questions) == len(set(ASK.findall(lessons)))
    assert len(exercises) == len(set(answers.CHECK.findall(lessons)))
    assert all(len(question.options) >= 2 and question.text for question in questions.values())
    assert not [question for question in questions.values() for option in question.options if "\n" in option]
    assert all(exercise.text.startswith("Exercise ") for exercise in exercises.values())


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "another"},
        {"answers": []},
        {"answers": {"is-it": "none"}},
        {"answers": {"<script>": ["", ""]}},
        {"answers": {"is-it": ["", "x" * 2_000]}},
        {"answers": {"is-it": ["", "\ud800"]}},
        {"exercises": {"check_it": "perfect"}},
        {"name": None},
        {"written": "yesterday"},
    ],
    ids=str,
)
def test_what_is_no_export_is_named_and_skipped(course, capsys, change):
    handed_in(course / "in", "good")
    handed_in(course / "in", "bad", **change)
    room_answers.main(["in"])
    assert f"Skipped {Path('in', 'bad.json')}: no answers of this course" in capsys.readouterr().out
    assert "1 student has handed in" in Path("answers.html").read_text("utf-8")


def test_a_folder_without_exports_and_none_at_all(course):
    Path("in").mkdir()
    Path("in/essay.pdf").write_bytes(b"\xff\xfe")
    for words, says in (
        (["in"], r"Skipped .*essay\.pdf.*holds no file of answers"),
        (["gone"], "no folder"),
    ):
        with pytest.raises(SystemExit, match=f"(?s){says}"):
            room_answers.main(words)
    assert not Path("answers.html").exists()


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
fields = {"who": json_values, "name": json_values, "written": json_values, "answers": json_values}
likely = st.fixed_dictionaries({"kind": st.just(answers.KIND), "exercises": json_values, **fields})
near = st.fixed_dictionaries(
    {
        "kind": st.just(answers.KIND),
        "who": st.text(),
        "name": st.text(),
        "written": st.datetimes().map(lambda when: when.isoformat()),
        "answers": st.dictionaries(
            st.sampled_from(["is-it", "my-own"]), st.lists(st.text(), min_size=2, max_size=2), max_size=2
        ),
        "exercises": st.dictionaries(st.just("check_it"), st.sampled_from(answers.STATUSES)),
    }
)
contents = st.binary() | (json_values | likely | near).map(lambda value: json.dumps(value).encode())


@given(contents)
def test_whatever_a_file_holds_it_is_drawn_or_skipped(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("in")
    (folder / "any.json").write_bytes(content)
    exports, skipped = room_answers.read_folder(folder)
    assert len(exports) + len(skipped) == 1
    questions = {"is-it": room_answers.Asked("<i>01</i>", "<img src=x>?", OPTIONS)}
    exercises = {"check_it": room_answers.Asked("01", "<script>it</script>", [])}
    page = BeautifulSoup(room_answers.room_page(exports, questions, exercises), "html.parser")
    assert "<img src=x>?" in page.text
    assert not page.select("script, img, iframe, a, input")
    assert len(page.select("main")) == 1


def test_a_file_that_is_too_deep_or_too_large(tmp_path):
    deep, large = tmp_path / "deep.json", tmp_path / "large.json"
    deep.write_text("[" * 100_000, "utf-8")
    large.write_text(" " * (room_answers.LARGEST + 1), "utf-8")
    skipped = room_answers.read_folder(tmp_path)[1]
    assert "nested" in skipped[deep]
    assert "larger" in skipped[large]

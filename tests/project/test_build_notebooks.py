"""The build gives lessons their numbers: from the names of their files, and from nowhere else."""

import pytest

from tools import build_notebooks
from tools.build_notebooks import lesson_paths, numbered, read_lesson


@pytest.fixture
def lessons(tmp_path, monkeypatch):
    """Three lessons that refer to one another."""
    monkeypatch.setattr(build_notebooks, "LESSONS", tmp_path)
    texts = {
        "00_start": "See lesson [[averages]].",
        "01_degradation": "As said.",
        "02_averages": "[[start]], [[averages]].",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.py").write_text(
            f"# %% [markdown]\n# # Of {name[3:]}\n#\n# {text}\n\n# %%\n# # no heading\n1\n"
        )
    return tmp_path


def built(folder) -> dict[str, str]:
    """The first cell of each lesson's notebook, by its number."""
    return {path.name[:2]: read_lesson(path).cells[0].source for path in lesson_paths()}


def test_lessons_are_named_by_number_with_or_without_its_zero(lessons):
    (lessons / "10_samples.py").write_text("")
    assert [path.stem for path in lesson_paths(["1", "02"])] == ["01_degradation", "02_averages"]


def test_headings_and_references_get_their_numbers(lessons):
    averages = '[02](02_averages.ipynb "Of averages")'
    assert built(lessons) == {
        "00": f"# 00 Of start\n\nSee lesson {averages}.",
        "01": "# 01 Of degradation\n\nAs said.",
        "02": f'# 02 Of averages\n\n[00](00_start.ipynb "Of start"), {averages}.',
    }
    assert read_lesson(lessons / "00_start.py").cells[1].source == "# # no heading\n1"


def test_the_lessons_before_and_after_are_linked_by_their_titles(lessons):
    degradation, text = lessons / "01_degradation.py", "[[previous]], [[next]]"
    linked = "[00 Of start](00_start.ipynb), [02 Of averages](02_averages.ipynb)"
    assert numbered(text, degradation, links=True) == linked
    assert numbered(text, degradation, links=False) == "00 Of start, 02 Of averages"
    with pytest.raises(ValueError, match=r"\[\[next\]\] is no lesson's topic"):
        numbered(text, lessons / "02_averages.py", links=True)


def test_a_lesson_inserted_between_two_others_touches_no_other_file(lessons):
    texts = {path.name[3:]: path.read_bytes() for path in lesson_paths()}
    (lessons / "02_averages.py").rename(lessons / "03_averages.py")
    (lessons / "02_inserted.py").write_text("# %% [markdown]\n# # New\n#\n# After lesson [[degradation]].\n")
    assert {path.name[3:]: path.read_bytes() for path in lesson_paths() if "inserted" not in path.name} == texts
    assert built(lessons) == {
        "00": '# 00 Of start\n\nSee lesson [03](03_averages.ipynb "Of averages").',
        "01": "# 01 Of degradation\n\nAs said.",
        "02": '# 02 New\n\nAfter lesson [01](01_degradation.ipynb "Of degradation").',
        "03": '# 03 Of averages\n\n[00](00_start.ipynb "Of start"), [03](03_averages.ipynb "Of averages").',
    }
    assert [cell.id for cell in read_lesson(lessons / "03_averages.py").cells] == ["03-00", "03-01"]


def test_an_unknown_topic_is_refused(lessons):
    (lessons / "01_degradation.py").write_text("# %% [markdown]\n# # X\n#\n# See [[avarages]].\n")
    with pytest.raises(
        ValueError, match=r"01_degradation.py: \[\[avarages\]\] is no lesson's topic; there are start, "
    ):
        read_lesson(lessons / "01_degradation.py")


ANSWER = """# %%
you_said("one", "no.")

# %% [markdown] answers="KEY" claims=["a.b"]
# **What it shows.** It is *no*.
#
# **What it doesn't show.** Why.
"""


def test_prose_that_answers_a_question_is_folded_with_it(lessons):
    (lessons / "01_degradation.py").write_text(ANSWER.replace("KEY", "one"))
    cell = read_lesson(lessons / "01_degradation.py").cells[1]
    assert cell.source == (
        '<details class="mnist-sr-answer mnist-sr-answer-one">\n<summary><strong>What it shows</strong></summary>\n\n'
        "It is *no*.\n\n**What it doesn't show.** Why.\n\n</details>"
    )
    assert cell.metadata.claims == ["a.b"]


def test_prose_that_answers_no_question_is_refused(lessons):
    (lessons / "01_degradation.py").write_text(ANSWER.replace("KEY", "two"))
    with pytest.raises(ValueError, match=r'01_degradation.py: no cell above says you_said\("two"\)'):
        read_lesson(lessons / "01_degradation.py")


EXERCISE = """
# %% tags=["exercise"]
def answer():
    ### BEGIN SOLUTION
    return 1
    ### END SOLUTION

"""


@pytest.mark.parametrize("exercises", [1, 2])
def test_an_exercise_without_a_check_is_refused(lessons, exercises):
    (lessons / "01_degradation.py").write_text("# %% [markdown]\n# # X\n" + exercises * EXERCISE)
    with pytest.raises(ValueError, match=r"01_degradation.py: no check follows the (last )?exercise"):
        read_lesson(lessons / "01_degradation.py")


def test_a_number_that_no_lesson_has_is_refused(lessons):
    with pytest.raises(ValueError, match=r"^numbers must be of 00, 01, 02, got 99\.$"):
        lesson_paths(["1", "99"])

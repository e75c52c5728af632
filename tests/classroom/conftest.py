"""The course as its users have it: a folder with notebooks/, here fresh from the lessons, without outputs."""

import nbformat
import pytest

from tools.build_notebooks import lesson_paths, read_lesson


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    """The course's folder."""
    folder = tmp_path_factory.mktemp("course")
    (folder / "notebooks").mkdir()
    for lesson in lesson_paths():
        nbformat.write(read_lesson(lesson), folder / "notebooks" / f"{lesson.stem}.ipynb")
    return folder


@pytest.fixture
def in_course(course, monkeypatch):
    """That folder, as the working folder."""
    monkeypatch.chdir(course)
    return course

"""The glossary holds each term as a lesson introduces it, and lessons link to it where they use the term."""

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_markdown_cell, new_notebook

from tools.build_notebooks import lesson_paths, notebook_path
from tools.glossary import TERMS, glossary, introduced, linked

LESSONS = {path.stem: nbformat.read(notebook_path(path), 4) for path in lesson_paths()}


def lesson(*texts):
    return {"04_x": new_notebook(cells=[new_markdown_cell(text) for text in texts])}


def test_each_term_has_an_entry_with_words_of_its_own(site):
    page = BeautifulSoup((site / "glossary.html").read_text("utf-8"), "html.parser")
    entries = {dt.get_text().rstrip("#"): dt.find_next("dd").get_text() for dt in page.select("dl.glossary dt")}
    assert list(entries) == list(TERMS)
    for term, words in entries.items():
        assert term.lower() in words.lower()
        assert 35 < len(words) < 500, f"{term}: {words}"


def test_a_lesson_links_a_term_once_and_not_before_it_is_introduced(site):
    for stem in LESSONS:
        page = BeautifulSoup((site / f"{stem}.html").read_text("utf-8"), "html.parser")
        found = [link["href"] for link in page.select("article a:has(.std-term)")]
        assert len(found) == len(set(found)) > 0
        terms = {term for term in TERMS if f"glossary.html#term-{term.replace(' ', '-')}" in found}
        assert len(terms) == len(found)
        assert all(introduced(term, LESSONS)[0] <= stem for term in terms)
        assert page.find(string=lambda text: "{term}" in text) is None


def test_a_term_brings_the_sentence_that_it_leans_on():
    told = lesson("First. Second part. This is the *blur* of it. Third.")
    assert introduced("blur", told) == ("04_x", "Second part. This is the *blur* of it.")


def test_a_term_brings_its_formula():
    assert introduced("blur", lesson("The *blur* is:\n\n$$b$$\n\nMore.")) == ("04_x", "The *blur* is:$$b$$")
    assert "  The *blur* is:$$b$$ (Lesson [04](04_x.ipynb))" in glossary({"blur": ("04_x", "The *blur* is:$$b$$")})


@pytest.mark.parametrize("text", ["# The *blur*", "blur", "***blur***", "the *blurred*"])
def test_a_term_that_no_lesson_marks_is_named(text):
    with pytest.raises(ValueError, match="no lesson marks the term blur"):
        introduced("blur", lesson(text))


@pytest.mark.parametrize(
    "text",
    [
        "# A rank",
        "`rank`",
        "$rank$",
        "$$a\nrank$$",
        "[rank](x.md)",
        "| a | rank |",
        '<p id="rank">',
        "cranky",
        "re-rank",
    ],
)
def test_what_is_no_text_stays(text):
    assert linked(text, set(), ["rank"]) == text


def test_the_first_of_each_is_linked_the_longest_term_at_once():
    done = set()
    text = linked("Prior knowledge, a prior, the *Prior*.", done, ["prior", "prior knowledge"])
    assert text == "{term}`Prior knowledge <prior knowledge>`, a {term}`prior <prior>`, the *Prior*."
    assert linked("a prior", done, ["prior"]) == "a prior"

"""Tables: one quantity a cell in HTML and in text, headings for readers who hear them, the best in bold."""

import math
import re

import numpy as np
import pytest
import torch
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from mnist_sr_helpers import table


def soup(made):
    return BeautifulSoup(made._repr_html_(), "html.parser")


def test_text_is_aligned_under_its_headings():
    made = table({"bicubic": [19.9, -1], "SimpleSR": torch.tensor([24.625, 3.0])}, ["x2", "gain"], caption="Mean, dB")
    assert str(made) == "Mean, dB\n             x2  gain\nbicubic   19.90    \u22121\nSimpleSR  24.62  3.00"
    assert repr(made) == str(made)


def test_html_names_every_row_and_column():
    page = soup(table({"a<b": [1.0], "c": [2.0]}, ["x & y"], caption="What", corner="who"))
    assert page.caption.text == "What"
    assert [(th["scope"], th.text) for th in page.thead("th")] == [("col", "who"), ("col", "x & y")]
    assert [(th["scope"], th.text) for th in page.tbody("th")] == [("row", "a<b"), ("row", "c")]


def test_columns_in_groups_get_a_second_line_of_headings():
    made = table({"bicubic": [19.9, 5, 14.5, 3]}, [(x, what) for x in ("x2", "x4") for what in ("PSNR", "reads")])
    groups = soup(made).thead("tr")[0]("th")
    assert [(th["scope"], th["colspan"], th.text) for th in groups] == [
        ("colgroup", "2", "x2"),
        ("colgroup", "2", "x4"),
    ]
    assert str(made).splitlines()[0].split() == ["x2", "x4"]
    assert all(len(row("td")) == 4 for row in soup(made).tbody("tr"))


@pytest.mark.parametrize(("best", "bold"), [("high", ["2.00"]), ("low", ["1.00", "1.00"]), ("", [])])
def test_the_best_is_bold_and_what_reads_the_same_too(best, bold):
    rows = {"nan": [math.nan], "a": [1.001], "b": [2.0], "c": [1.0], "d": ["none"]}
    made = table(rows, ["x"], best=best)
    assert [strong.text for strong in soup(made)("strong")] == bold


def test_numbers_stand_right_and_texts_left_also_without_styles():
    made = table({"a": [1.5, "yes", math.inf], "b": [-0.2, "no", 3]}, ["n", "text", "m"], form=["+.1f", "", ".0f"])
    assert [[td["align"] for td in row("td")] for row in soup(made).tbody("tr")] == [["right", "left", "right"]] * 2
    assert [td.text for td in soup(made).tbody("td")] == ["+1.5", "yes", "\u221e", "\u22120.2", "no", "3"]


def test_without_columns_there_is_no_head():
    made = table({"PSNR": ["identical"]})
    assert soup(made).thead is None
    assert str(made) == "PSNR  identical"


def test_numpys_numbers_are_numbers():
    made = table({"a": [np.float32(1.234)], "b": [np.ones(1)]}, best="high")
    assert str(made) == "a  1.23\nb  1.00"
    assert made.best == {("a", 0)}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: table({}), "rows must map"),
        (lambda: table([[1]]), "rows must map"),
        (lambda: table({"a": [1, 2], "b": [1]}), "one cell for each column"),
        (lambda: table({"a": "text"}), "is mapped to 'text'"),
        (lambda: table({"a": torch.ones(())}), "mapped to tensor"),
        (lambda: table({"a": 3.2}), "mapped to 3.2"),
        (lambda: table({"a": [1, 2]}, ["x"]), "one cell for each column"),
        (lambda: table({"a": [torch.ones(2)]}), "one number a cell"),
        (lambda: table({"a": [1, 2]}, form=[".1f"]), "form must be one text, or 2"),
        (lambda: table({"a": [1]}, best="most"), 'best must be "high"'),
    ],
)
def test_what_is_no_table_is_refused(wrong, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        wrong()


@given(
    rows=st.dictionaries(
        st.text(max_size=8), st.lists(st.floats() | st.text(max_size=8), min_size=2, max_size=2), min_size=1
    )
)
def test_any_cells_make_a_whole_table(rows):
    page = soup(table(rows, ["a", "b"]))
    assert [len(row("td")) for row in page.tbody("tr")] == [2] * len(rows)

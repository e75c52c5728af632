"""Lesson 07's explorer and its tables: every state drawn, quickly, and the numbers where they belong."""

import itertools
import re
import statistics
import time
from pathlib import Path

import pytest
import torch

from mnist_sr_helpers import (
    DEGRADATIONS,
    TRAININGS,
    Explorer,
    draw_matrix,
    load_experiment,
    matrix_text,
    mismatch_sheet,
    mismatch_view,
    psnr,
)
from mnist_sr_helpers.explorers import mismatch
from mnist_sr_helpers.pictures.matrix import luminance

STATES = list(itertools.product(range(10), TRAININGS, DEGRADATIONS))
ROWS = [
    "PSNR",
    "PSNR of bicubic enlargement",
    "Downsampled as in training",
    "Values before clipping",
    "Classifier reads",
]


def test_every_state_is_drawn_quickly():
    mismatch_view(0, "area", "area")  # loads what is shared
    sizes, seconds = set(), []
    for digit, train, test in STATES:
        start = time.perf_counter()
        picture, rows = mismatch_view(digit, train, test)
        seconds.append(time.perf_counter() - start)
        assert picture.png.startswith(b"\x89PNG")
        assert f"digit {digit}, trained on {train}, tested on {test}:" in picture.alt
        assert [name for name, _ in rows] == ROWS
        assert all(5 < float(text.removesuffix(" dB")) < 40 for _, text in rows[:2])
        sizes.add((picture.width, picture.height, len(rows)))
    assert len(sizes) == 1, "pictures of different sizes would make the page jump"
    assert statistics.median(seconds) < 0.06


def test_states_differ():
    for digit in (0, 7):
        pictures = {mismatch_view(digit, train, test).picture.png for d, train, test in STATES if d == digit}
        assert len(pictures) == len(TRAININGS) * len(DEGRADATIONS)


def test_the_numbers_are_those_of_the_network():
    original, low, estimate = mismatch.mismatched(4, "area", "bicubic")
    assert low.equal(DEGRADATIONS["bicubic"](original))
    with torch.no_grad():
        wanted = load_experiment("degradations", "area")(low)
    assert torch.allclose(estimate, wanted, atol=1e-6)
    rows = dict(mismatch_view(4, "area", "bicubic").rows)
    assert float(rows["PSNR"].split()[0]) == pytest.approx(psnr(wanted.clamp(0, 1), original).item(), abs=0.006)
    off = float(rows["Downsampled as in training"].split()[0])
    assert off == pytest.approx(255 * (DEGRADATIONS["area"](wanted) - low).square().mean().sqrt().item(), abs=0.06)


def test_the_sheet_holds_every_state_of_a_digit():
    picture, table = mismatch_sheet(5)
    lines = table.splitlines()[2:]
    assert len(lines) == len(TRAININGS)
    assert all(len(re.findall(r"\d+\.\d \d", line)) == len(DEGRADATIONS) for line in lines)
    assert max(map(len, table.splitlines())) <= 100, "the table would wrap"
    assert picture.alt.startswith("A table of pictures of a digit 5")
    assert all(train in picture.alt for train in TRAININGS)


def test_the_explorer_moves():
    explorer = Explorer(mismatch_view, digit=range(10), train=TRAININGS, test=tuple(DEGRADATIONS))
    before = explorer.screen.value
    explorer.controls["test"].value = "bicubic, aliased"
    assert explorer.screen.value != before
    assert "tested on bicubic, aliased" in explorer.screen.value


def test_the_view_needs_neither_widgets_nor_pyplot():
    imports = re.findall(r"^\s*(?:from|import) .*", Path(mismatch.__file__).read_text("utf-8"), re.MULTILINE)
    assert len(imports) > 5
    assert not [line for line in imports if re.search("ipywidgets|matplotlib|pyplot|explorers", line)]


@pytest.mark.parametrize("bad", [-1, 10, 2.0, "7", None, True])
def test_wrong_digits(bad):
    with pytest.raises((TypeError, ValueError), match="^digit must be"):
        mismatch_view(bad, "area", "area")
    with pytest.raises((TypeError, ValueError), match="^digit must be"):
        mismatch_sheet(bad)


@pytest.mark.parametrize("bad", ["Area", "lanczos", "", None, 3])
def test_wrong_names(bad):
    with pytest.raises((TypeError, ValueError), match="^train must be"):
        mismatch_view(3, bad, "area")
    with pytest.raises((TypeError, ValueError), match="^test must be"):
        mismatch_view(3, "area", bad)


def test_a_mixture_is_no_test():
    with pytest.raises(ValueError, match="^test must be one of"):
        mismatch_view(3, "area", "mixed")


def test_luminance_is_wcags():
    assert luminance((1, 1, 1, 1)) == pytest.approx(1)
    assert luminance((0, 0, 0)) == 0
    assert luminance((0x76 / 255,) * 3) == pytest.approx(0.1812, abs=1e-3)  # 4.5:1 against white


VALUES = torch.tensor([[16.19, 12.5, 13.0], [12.2, 21.79, 19.8]])
NAMES = ["a", "b, c"], ["a", "b, c", "d"]


def test_a_matrix_as_text():
    assert matrix_text(VALUES, *NAMES).splitlines() == [
        "                     b,",
        "             a        c        d",
        "a        16.19    12.50    13.00",
        "b, c     12.20    21.79    19.80",
    ]
    assert "16.2" in matrix_text(VALUES, *NAMES, digits=1)


def test_a_matrix_as_a_figure():
    picture = draw_matrix(VALUES, *NAMES, "Two rows of numbers.", title="Two rows")
    assert picture.png.startswith(b"\x89PNG")
    assert picture.alt == "Two rows of numbers."


def test_each_number_stands_in_its_cell_with_enough_contrast(monkeypatch):
    figures = []
    monkeypatch.setattr("mnist_sr_helpers.pictures.matrix.to_picture", lambda figure, alt: figures.append(figure))
    draw_matrix(VALUES, *NAMES, "alt")
    axes = figures[0].axes[0]
    texts = {text.get_position(): text.get_text() for text in axes.texts}
    assert texts == {(j, i): f"{VALUES[i, j]:.1f}" for i in range(2) for j in range(3)}
    frames = [patch for patch in axes.patches if not patch.get_fill()]
    assert [(round(f.get_x() + 0.44), round(f.get_y() + 0.4)) for f in frames] == [(0, 0), (1, 1)]
    shades = axes.images[0]
    for text in axes.texts:
        column, row = text.get_position()
        ground = luminance(shades.cmap(shades.norm(VALUES[row, column].item())))
        ink = 1.0 if text.get_color() == "white" else 0.0
        assert (max(ground, ink) + 0.05) / (min(ground, ink) + 0.05) > 4.5


@pytest.mark.parametrize("value", torch.linspace(0, 1, 21).tolist())
def test_numbers_are_readable_on_every_shade(value, monkeypatch):
    figures = []
    monkeypatch.setattr("mnist_sr_helpers.pictures.matrix.to_picture", lambda figure, alt: figures.append(figure))
    draw_matrix(torch.tensor([[0.0, value, 1.0]]), ["r"], ["a", "b", "c"], "alt")
    axes = figures[0].axes[0]
    text = axes.texts[1]
    ground = luminance(axes.images[0].cmap(axes.images[0].norm(value)))
    ink = 1.0 if text.get_color() == "white" else 0.0
    assert (max(ground, ink) + 0.05) / (min(ground, ink) + 0.05) > 4.5


@pytest.mark.parametrize("call", [lambda *a: draw_matrix(*a, "alt"), matrix_text], ids=["figure", "text"])
@pytest.mark.parametrize(
    ("values", "rows", "columns", "error", "words"),
    [
        ([[1.0]], ["a"], ["b"], TypeError, "values must be a float tensor"),
        (torch.zeros(2), ["a"], ["b"], TypeError, r"values must be.*got shape \(2,\)"),
        (torch.zeros(1, 1, dtype=torch.int64), ["a"], ["b"], TypeError, "values must be a float tensor"),
        (torch.zeros(0, 2), [], ["a", "b"], ValueError, "values must be finite"),
        (torch.full((1, 1), float("nan")), ["a"], ["b"], ValueError, "values must be finite"),
        (VALUES, ["a"], NAMES[1], ValueError, "rows must be 2 texts"),
        (VALUES, NAMES[0], "abc", TypeError, "columns must be a list of texts"),
        (VALUES, [], NAMES[1], ValueError, "rows and columns must name"),
    ],
)
def test_wrong_matrices(call, values, rows, columns, error, words):
    with pytest.raises(error, match=f"^{words}"):
        call(values, rows, columns)

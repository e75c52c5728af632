"""The explorer of mismatched degradations: every state drawn, and the numbers where they belong."""

import itertools
import re

import pytest
import torch
from rounding import rounding

from mnist_sr_helpers import (
    DEGRADATIONS,
    TRAININGS,
    Explorer,
    load_experiment,
    mismatch_sheet,
    mismatch_view,
    psnr,
)
from mnist_sr_helpers.explorers.one_digit import mismatched

STATES = list(itertools.product(range(10), TRAININGS, DEGRADATIONS))
ROWS = [
    "PSNR of bicubic enlargement",
    "Downsampled as in training",
    "Values before clipping",
]


def score(picture):
    """PSNR and reading beneath the estimate."""
    return re.search(r"estimate, (\S+) dB, reads (\d)", picture.alt).groups()


def test_every_state_is_drawn():
    sizes, shown = set(), {}
    for digit, train, test in STATES:
        picture, rows, _ = mismatch_view(digit, train, test)
        assert picture.png.startswith(b"\x89PNG")
        assert f"digit {digit}, trained on {train}, tested on {test}:" in picture.alt
        assert [name for name, _ in rows] == ROWS
        assert 5 < float(rows[0][1].removesuffix(" dB")) < 40
        assert 5 < float(score(picture)[0]) < 40
        sizes.add((picture.width, picture.height, len(rows)))
        shown.setdefault(digit, set()).add(picture.png)
    assert len(sizes) == 1, "pictures of different sizes would make the page jump"
    assert all(len(pictures) == len(TRAININGS) * len(DEGRADATIONS) for pictures in shown.values()), "states differ"


def test_the_numbers_are_those_of_the_network():
    original, low, estimate, _ = mismatched(4, "area", "bicubic")
    assert low.equal(DEGRADATIONS["bicubic"](original))
    with torch.no_grad():
        wanted = load_experiment("degradations", "area")(low)
    assert torch.allclose(
        estimate, wanted, atol=rounding(9 * 64, wanted.abs().max().item())
    )  # 3 x 3 pixels of 64 channels
    picture, rows, _ = mismatch_view(4, "area", "bicubic")
    assert float(score(picture)[0]) == pytest.approx(psnr(wanted.clamp(0, 1), original).item(), abs=0.006)
    off = float(dict(rows)["Downsampled as in training"].split()[0])
    assert off == pytest.approx(255 * (DEGRADATIONS["area"](wanted) - low).square().mean().sqrt().item(), abs=0.06)


def test_the_sheet_holds_every_state_of_a_digit():
    picture, table = mismatch_sheet(5)
    assert all(name in picture.alt for name in ("digit 5", *TRAININGS, *DEGRADATIONS))
    assert table.columns == [(test, what) for test in DEGRADATIONS for what in ("PSNR", "reads")]
    for train, cells in table.rows.items():
        for test, decibels, read in zip(DEGRADATIONS, cells[::2], cells[1::2], strict=True):
            beneath, reading = score(mismatch_view(5, train, test).picture)
            assert float(decibels) == pytest.approx(float(beneath), abs=0.056)  # as rounded
            assert reading == read
    assert tuple(table.rows) == TRAININGS


def test_the_explorer_moves():
    explorer = Explorer(mismatch_view, digit=range(10), train=TRAININGS, test=tuple(DEGRADATIONS))
    before = explorer.screen.value
    explorer.controls["test"].value = "bicubic, aliased"
    assert explorer.screen.value != before
    assert "tested on bicubic, aliased" in explorer.screen.value


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

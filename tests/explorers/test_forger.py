"""The Forger: its projections, and every state of its explorer."""

import re

import numpy as np
import pytest
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rounding import PICTURE, rounding
from seeded import random_pictures
from shown import shown

from mnist_sr_helpers import (
    FACTORS,
    KERNELS,
    downsample,
    forge,
    forger_sheet,
    forger_view,
    load_digits,
    nearest_of_class,
    project,
    read_digits,
)
from mnist_sr_helpers.explorers.forger import deviation, forgeries, outcome
from mnist_sr_helpers.pictures.grid import to_pixels

LIES = FACTORS[1:]


@pytest.fixture(scope="module")
def x():
    return load_digits(split="test").images[:6]


def misfit(x, y, factor):
    """How far each picture is from the nearest that fits y."""
    return (project(x, y, factor) - x).square().sum((1, 2, 3)).sqrt()


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("factor", FACTORS)
def test_it_alternates_between_the_two_projections(x, factor, kernel):
    start, y = random_pictures(len(x)), downsample(x, factor, kernel)
    by_hand = start
    for _ in range(3):
        by_hand = project(by_hand, y, factor, kernel).clamp(0, 1)
    assert torch.allclose(forge(start, y, factor, 3, kernel), by_hand, atol=3 * PICTURE)


@settings(max_examples=40)
@given(
    factor=st.sampled_from(LIES),
    seed=st.integers(0, 2**32),
    offset=st.floats(-1, 1, width=32),
    steps=st.integers(1, 20),
)
@example(factor=14, seed=1, offset=-1.0, steps=1)  # fits but for the rounding from the first step on
def test_from_any_start_it_stays_in_range_and_comes_nearer(factor, seed, offset, steps):
    truth = random_pictures(1, seed)
    start = (random_pictures(1, seed + 1) + offset).clamp(-1, 2)
    y = downsample(truth, factor)
    one, more = forge(start, y, factor, steps), forge(start, y, factor, 2 * steps)
    for picture in (one, more):
        assert picture.shape == (1, 1, 28, 28)
        assert picture.dtype == torch.float32
        assert 0 <= picture.min() <= picture.max() <= 1
    # Norms over 28 x 28 pixels. What does not fit is mended at the next step, what is lost adds up over the steps.
    assert misfit(more, y, factor) <= misfit(one, y, factor) + 28 * PICTURE
    # Fejér: no step leads away from any picture that fits, the truth among them.
    slack = 28 * rounding(28 * 28 * 2 * steps)
    assert (one - truth).norm() <= (start - truth).norm() + slack
    assert (more - truth).norm() <= (one - truth).norm() + slack


@pytest.mark.parametrize("factor", LIES)
def test_with_patience_it_fits(x, factor):
    y = downsample(x, factor)
    start = x.roll(1, 0)
    off = [(downsample(forge(start, y, factor, steps), factor) - y).abs().max() * 255 for steps in (5, 50, 500)]
    assert off[0] >= off[1] >= off[2]
    assert off[2] < 2.5


def test_what_fits_already_stays(x):
    assert torch.allclose(forge(x, downsample(x, 4), 4, 10), x, atol=rounding(28 * 28 * 10))


def test_what_cannot_fit_ends_at_the_nearest_it_can():
    white = torch.full((1, 1, 4, 4), 2.0)
    assert torch.allclose(forge(torch.zeros(1, 1, 28, 28), white, 7, 50), torch.ones(1, 1, 28, 28), atol=1e-3)


def test_the_start_is_the_nearest_of_its_class(x):
    images, labels = load_digits()
    images, labels = images[:400], labels[:400]
    wanted = torch.tensor([3, 1, 4, 1, 5, 9])
    y = downsample(x, 4)
    found = nearest_of_class(y, wanted, images, labels, 4)
    assert labels[found].tolist() == wanted.tolist()
    for i, position in enumerate(found):
        distances = (downsample(images, 4) - y[i]).square().sum((1, 2, 3))
        assert distances[position] <= distances[labels == wanted[i]].min() * (1 + rounding(49))


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda x, y: forge(x, y[:2], 4), ValueError, "^start and y must be equally many"),
        (lambda x, y: forge(x[..., :14], y, 4), ValueError, "^start must be 28 x 28"),
        (lambda x, y: forge(x * 255, y, 4), ValueError, r"^start must lie in \[-1, 2\]"),
        (lambda x, y: forge(x, y * 255, 4), ValueError, r"^y must lie in \[-1, 2\]"),
        (lambda x, y: forge(x, x, 4), ValueError, "^y must be 7 x 7 pixels at x4"),
        (lambda x, y: forge(x, y, 3), ValueError, "^factor must be"),
        (lambda x, y: forge(x, y, 4, 0), ValueError, "^steps must be at least 1"),
        (lambda x, y: forge(x, y, 4, 1.5), TypeError, "^steps must be a whole number"),
        (lambda x, y: forge(x, y, 4, 1, "lanczos"), ValueError, "^kernel must be"),
        (lambda x, y: nearest_of_class(y, [1] * 6, x, torch.ones(6).long(), 4), TypeError, "^wanted must be a tensor"),
        (lambda x, y: nearest_of_class(y, torch.ones(6), x, torch.ones(6).long(), 4), TypeError, "^wanted must be"),
        (
            lambda x, y: nearest_of_class(y, torch.ones(2).long(), x, torch.ones(6).long(), 4),
            ValueError,
            "^wanted must",
        ),
        (
            lambda x, y: nearest_of_class(y, torch.ones(6).long(), x, torch.ones(2).long(), 4),
            ValueError,
            "^labels must",
        ),
        (
            lambda x, y: nearest_of_class(y, torch.ones(6).long(), x, torch.zeros(6).long(), 4),
            ValueError,
            r"classes \[1\]",
        ),
        (lambda x, y: forger_view(10, 3, 4), ValueError, "^digit must be"),
        (lambda x, y: forger_view(5, "3", 4), TypeError, "^lie must be"),
        (lambda x, y: forger_view(5, 3, 1), ValueError, "^factor must be"),
        (lambda x, y: (forger_view(1, 3, 4), forger_view(True, 3, 4)), TypeError, "^digit must be"),
        (lambda x, y: forger_view([1], 3, 4), TypeError, "^digit must be"),
        (lambda x, y: forger_sheet(-1), ValueError, "^digit must be"),
    ],
)
def test_wrong_arguments(x, call, error, words):
    with pytest.raises(error, match=words):
        call(x, downsample(x, 4))


ROWS = ["The low resolutions differ by at most", "The digits differ by (RMS)"]


@pytest.mark.parametrize("factor", LIES)
def test_every_state_is_drawn(factor):
    sizes, pictures = set(), set()
    for digit in range(10):
        for lie in range(10):
            state = digit, lie, factor
            picture, rows, _ = forger_view(*state)
            assert picture.png.startswith(b"\x89PNG"), state
            assert f"digit {digit}, x{factor}, forged into a {lie}:" in picture.alt, state
            assert [name for name, _ in rows] == ROWS, state
            deviation, apart = (text.split()[0] for _, text in rows)
            read, verdict = re.search(r"the forgery, reads (\d): (.*?);", picture.alt).groups()
            assert 0 <= float(deviation) < 8, state
            assert 0 <= float(apart) < 130, state
            forged = forgeries(digit, factor)[lie].estimate
            assert int(read) == read_digits(forged).item(), state
            assert (verdict == "begun at another") == (digit == lie), state
            assert digit == lie or ("succeeds" in verdict) == (int(read) == lie), state
            sizes.add((picture.width, picture.height, len(rows)))
            pictures.add(picture.png)
    assert len(sizes) == 1, "pictures of different sizes would make the page jump"
    assert len(pictures) == 100


def test_the_numbers_are_those_of_the_pictures():
    told = forgeries(5, 7)
    original = load_digits(split="test")
    original = original.images[original.labels == 5][:1]
    for one in told:
        assert torch.equal(one.original, original)
        assert torch.equal(one.low, downsample(original, 7))
        off = 255 * (downsample(one.estimate, 7) - downsample(original, 7)).abs().max()
        assert deviation(one, 7) == pytest.approx(off.item(), abs=255 * PICTURE)
        assert 0 <= one.estimate.min() <= one.estimate.max() <= 1


def test_the_truth_and_the_forgery_stand_beside_their_low_resolutions():
    forged = forgeries(5, 7)[3].estimate
    original = forgeries(5, 7)[3].original
    wanted = [original, downsample(original, 7), forged, downsample(forged, 7)]
    for cell, picture in zip(shown(forger_view(5, 3, 7).picture), wanted, strict=True):
        assert np.array_equal(cell, to_pixels(picture[0, 0]))


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ((5, 5, 5), "begun at another"),
        ((5, 3, 3), "the lie succeeds"),
        ((5, 3, 5), "the truth shows"),
        ((5, 3, 8), "neither"),
    ],
)
def test_what_the_reading_says(case, words):
    assert outcome(*case) == f"reads {case[2]}: {words}"


def test_the_sheet_holds_every_state_of_one_digit():
    picture, table = forger_sheet(5)
    assert picture.alt.startswith("Forgeries of a digit 5. Rows: x2; x4; x7; x14. Columns: as 0; as 1; ")
    assert table.columns == [(f"x{factor}", what) for factor in LIES for what in ("reads", "off")]
    assert list(table.rows) == [f"as {lie}" for lie in range(10)]
    for lie, cells in enumerate(table.rows.values()):
        told = [(forgeries(5, factor)[lie], factor) for factor in LIES]
        assert [int(read) for read in cells[::2]] == [read_digits(one.estimate).item() for one, _ in told]
        assert cells[1::2] == [f"{deviation(*each):.1f}" for each in told]

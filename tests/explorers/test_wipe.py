"""The wipe: both sides in every state, and its picture for readers without a kernel."""

import itertools

import numpy as np
import pytest
import torch
from shown import shown

from mnist_sr_helpers import FACTORS, Wipe, downsample, psnr, rung
from mnist_sr_helpers.digits import CLASSES, sample_digit
from mnist_sr_helpers.explorers.wipe import SIDES, side
from mnist_sr_helpers.pictures.grid import to_pixels


@pytest.fixture(scope="module")
def wipe():
    return Wipe()


def pictures(wipe):
    return [torch.tensor(side["picture"]) for side in wipe.divided.sides]


@pytest.mark.parametrize("factor", FACTORS[1:])
def test_every_side_of_every_digit(factor):
    for digit, name in itertools.product(CLASSES, SIDES):
        _, picture, words = side(digit, factor, name)
        assert picture.shape == ((28 // factor,) * 2 if name == "low resolution" else (28, 28))
        assert 0 <= picture.min() <= picture.max() <= 1
        assert words


def test_the_sliders_change_their_side_only(wipe):
    left, right = pictures(wipe)
    for control, names in (("right", ("original", "EDSR-like")), ("left", ("low resolution", "bicubic"))):
        wipe.controls[control].value = names[0]
        changed = pictures(wipe)
        assert changed[0].equal(left) == (control == "right")
        assert changed[1].equal(right) == (control == "left")
        wipe.controls[control].value = names[1]
    assert [side["name"] for side in wipe.divided.sides] == ["bicubic", "EDSR-like"]


def test_the_words_are_the_estimates_own(wipe):
    x = sample_digit(7)
    estimate = rung("EDSR-like", 7)(downsample(x, 7)).clamp(0, 1)
    assert wipe.divided.sides[1]["words"].startswith(f"{psnr(estimate, x).item():.2f} dB, reads ")
    assert pictures(wipe)[1].equal(estimate.flatten())


def test_the_sheet_shows_both_and_their_halves(wipe):
    sheet = wipe.sheet()
    assert all(word in sheet.alt for word in ("bicubic", "half and half", "EDSR-like", "dB"))
    left, halves, right = shown(sheet)
    assert np.array_equal(left, to_pixels(pictures(wipe)[0].view(28, 28)))
    assert np.array_equal(right, to_pixels(pictures(wipe)[1].view(28, 28)))
    assert np.array_equal(halves, np.hstack([left[:, :14], right[:, 14:]]))


def test_a_side_that_can_not_be_drawn_is_told(wipe, monkeypatch):
    monkeypatch.setattr("mnist_sr_helpers.explorers.wipe.side", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        wipe.draw()
    assert 'role="alert"' in wipe.screen.value
    monkeypatch.undo()
    wipe.draw()
    assert wipe.screen.value == ""

"""The flow's explorer: every state is drawn, ends at the sample, and says what is guessed."""

import itertools

import numpy as np
import pytest
import torch
from shown import shown

from mnist_sr_helpers import downsample, flow_sheet, flow_view, sample
from mnist_sr_helpers.digits import sample_digit
from mnist_sr_helpers.explorers.flow import NOISES, flow
from mnist_sr_helpers.pictures.grid import to_pixels
from mnist_sr_helpers.sampling import STEPS


def test_every_step_of_some_digits_is_drawn():
    for digit, factor in ((4, 7), (9, 14)):
        seen = set()
        for step in range(STEPS + 1):
            picture, rows, _ = flow_view(digit, factor, 0, step)
            assert picture.png.startswith(b"\x89PNG")
            assert f"A digit {digit} at x{factor}, step {step} of 10" in picture.alt
            assert "reads" in picture.alt
            assert rows == []
            seen.add(picture.png)
        assert len(seen) == STEPS + 1


@pytest.mark.parametrize("step", [0, 3, STEPS])
def test_a_step_shows_its_own_picture_and_guess(step):
    path, guesses = flow(4, 7, 0)
    original, _, on_the_way, guess, _ = shown(flow_view(4, 7, 0, step).picture)
    for cell, picture in ((original, sample_digit(4)), (on_the_way, path[step]), (guess, guesses[step])):
        assert np.array_equal(cell, to_pixels(picture[0, 0].clamp(0, 1)))


def test_the_last_step_is_the_sample():
    for digit, factor, seed in itertools.product((0, 5), (7, 14), NOISES[:2]):
        path, guesses = flow(digit, factor, seed)
        assert len(path) == len(guesses) == STEPS + 1
        drawn = sample(downsample(sample_digit(digit), factor), factor, seed=seed)
        assert torch.equal(path[-1], drawn)


def test_the_sheet_shows_four_ways():
    assert (
        flow_sheet(7, 4).alt
        == "Rows: seed 0; seed 1; seed 2; seed 3. Columns: step 0; step 2; step 4; step 6; step 8; step 10."
    )


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ((10, 7, 0, 0), "^digit must"),
        ((4, 2, 0, 0), "^factor must"),
        ((4, 7, 6, 0), "^seed must"),
        ((4, 7, 0, 11), "^step must"),
    ],
)
def test_wrong_states(state, words):
    with pytest.raises(ValueError, match=words):
        flow_view(*state)
    if words.startswith(("^digit", "^factor")):
        with pytest.raises(ValueError, match=words):
            flow_sheet(state[1], state[0])

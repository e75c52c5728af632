"""The Hedge: every state drawn, and its numbers right."""

import itertools
import math
import re

import numpy as np
import pytest
import torch
from rounding import EPS
from shown import shown

from mnist_sr_helpers import hedge_sheet, hedge_view, load_digits, posterior_weights
from mnist_sr_helpers.explorers import hedge
from mnist_sr_helpers.explorers.hedge import FACTOR, SAMPLES, SIGMA, STEPS, known_world
from mnist_sr_helpers.pictures.grid import to_pixels


@pytest.fixture(scope="module")
def known():
    return known_world()


def numbers(view):
    """The errors against this truth and a random one, of all pictures, and what is predicted for these."""
    return list(map(float, re.findall(r"(?:truth|picture|measured|=):? (0\.\d{4})\b", view.picture.alt)))


def test_every_state_is_drawn(known):
    sizes, shown = set(), set()
    for query, t, sample in itertools.product(range(10), STEPS, SAMPLES):
        picture, rows, _ = view = hedge_view(query, t, sample)
        assert picture.png.startswith(b"\x89PNG")
        assert picture.alt.startswith(f"A digit {query}, ")
        assert f"sample {sample}; estimate, t = {t};" in picture.alt
        assert [name for name, _ in rows] == ["MSE of 2,000 pictures"]
        here, random, measured, predicted = numbers(view)
        assert 0 <= here < 0.5
        assert 0 < random < 0.5
        assert measured == pytest.approx(predicted, rel=0.03)
        sizes.add((picture.width, picture.height, len(rows)))
        shown.add(picture.png)
    assert len(sizes) == 1, "pictures of different sizes would make the page jump"
    assert len(shown) == 330, "each state has a picture of its own"


def test_markers_move_on_the_curves(known):
    """Each marker lies on its curve, which stays while t moves."""
    curves = set()
    for t in STEPS:
        drawing = hedge_view(4, t, 0).drawing
        lines = [
            [point.split(",") for point in line.split()]
            for line in re.findall(r'<polyline[^>]*points="([^"]*)"', drawing)
        ]
        marks = re.findall(r'<circle cx="([^"]*)" cy="([^"]*)"', drawing)
        assert len(lines) == len(marks) == 3
        assert all(list(mark) == line[round(10 * t)] for mark, line in zip(marks, lines, strict=True))
        curves.add(str(lines))
    assert len(curves) == 1


def test_the_ends_are_the_mean_and_the_sample(known):
    for query, sample in ((4, 0), (3, 2)):
        position = known.ten[query]
        assert hedge.hedged(query, 0, sample).equal(known.mean[position, 0])
        assert torch.allclose(hedge.hedged(query, 1, sample), known.samples[sample, position, 0], atol=2 * EPS)


def test_each_panel_shows_what_its_heading_says(known):
    at = known.ten[4]
    wanted = [known.truth[at], known.y[at], known.mean[at], known.samples[1, at], hedge.hedged(4, 0.3, 1)[None]]
    for cell, picture in zip(shown(hedge_view(4, 0.3, 1).picture), wanted, strict=True):
        assert np.array_equal(cell, to_pixels(picture[0]))


def test_the_ten_pictures_leave_doubt_and_are_of_the_ten_classes(known):
    images, labels = load_digits()
    weights = posterior_weights(known.y[known.ten], images, FACTOR, SIGMA)
    assert (weights.amax(1) < 0.5).all()
    truths = known.truth[known.ten]
    found = [labels[(images == truth).flatten(1).all(1)][0].item() for truth in truths]
    assert found == list(range(10))


def test_measured_is_the_mean_squared_error_over_all_pictures(known):
    for t, sample in ((0.3, 0), (0.7, 1), (1.0, 2)):
        estimate = known.mean + t * (known.samples[sample] - known.mean)
        assert hedge.measured(t, sample) == pytest.approx((estimate - known.truth).square().mean().item(), rel=1e-4)


def test_against_a_random_truth_is_the_expectation_over_the_posterior(known):
    images = load_digits().images
    for query, t, sample in ((4, 0.5, 0), (9, 1.0, 1), (0, 0.0, 2)):
        weights = posterior_weights(known.y[known.ten[query]][None], images, FACTOR, SIGMA)[0]
        errors = (images[:, 0] - hedge.hedged(query, t, sample)).double().square().mean((1, 2))
        assert hedge.errors(query, t, sample)[1] == pytest.approx((weights @ errors).item(), rel=1e-4)


def test_samples_hit_the_truth_as_often_as_the_weights_say(known):
    images = load_digits().images
    weights = posterior_weights(known.y, images, FACTOR, SIGMA)
    position = torch.cdist(known.truth.flatten(1), images.flatten(1)).argmin(1)
    chance = weights[torch.arange(len(position)), position].mean().item()
    for sample in SAMPLES:
        hits = (known.samples[sample] == known.truth).flatten(1).all(1).double().mean().item()
        assert hits == pytest.approx(chance, abs=4 * math.sqrt(chance * (1 - chance) / len(position)))
    assert not any(a.equal(b) for a, b in itertools.combinations(known.samples, 2))


def test_the_sheet_holds_every_state_of_one_query():
    picture, curves = hedge_sheet(4)
    assert picture.alt.startswith("Rows: sample 0; sample 1; sample 2. Columns: t = 0.0; 0.1; ")
    assert picture.png.startswith(b"\x89PNG")
    for sample in SAMPLES:
        assert f"sample {sample}. Across: t." in curves.alt
        assert f"{hedge.errors(4, 1, sample)[0]:.3g} at 1" in curves.alt
        assert f"{hedge.errors(4, 1, sample)[1]:.3g} at 1" in curves.alt
    assert f"predicted: {hedge.predicted(0):.3g} at 0" in curves.alt


@pytest.mark.parametrize(
    ("state", "error", "words"),
    [
        ((10, 0.5, 0), ValueError, "^query must be one of"),
        (("4", 0.5, 0), TypeError, "^query must be int"),
        ((4, 1.1, 0), ValueError, "^t must be at most 1"),
        ((4, math.nan, 0), ValueError, "^t must be at least 0"),
        ((4, "0.5", 0), TypeError, "^t must be a number"),
        ((4, 0.5, 3), ValueError, "^sample must be one of"),
    ],
)
def test_wrong_states(state, error, words):
    with pytest.raises(error, match=words):
        hedge_view(*state)
    if words.startswith("^query"):
        with pytest.raises(error, match=words):
            hedge_sheet(state[0])

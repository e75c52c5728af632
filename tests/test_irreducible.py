"""Neighbours as samples of the posterior: exact where a posterior is known, too high where they are far away."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from rounding import rounding
from seeded import seeded

from mnist_sr_helpers import downsample, load_digits, nearest_apart, neighbour_error, null_part, within_class_variance
from mnist_sr_helpers.digits import Digits


def doubtful_world(count: int, seed: int) -> tuple[torch.Tensor, float]:
    """Pictures of which the low resolution at x14 tells the grey and nothing of a drawing, black on white or reverse.

    And the error of the posterior mean, which is the mere grey.
    """
    drawing = null_part(load_digits().images[:1], 14)
    signs = torch.randint(0, 2, (count, 1, 1, 1), generator=seeded(seed)) * 2.0 - 1
    greys = 0.5 + 0.001 * torch.randn(count, 1, 1, 1, generator=seeded(seed + 100))
    return greys + 0.5 * signs * drawing, (0.25 * drawing.square().mean()).item()


@pytest.mark.parametrize("k", [1, 2, 4, 8])
def test_in_a_world_of_one_drawing_it_is_the_error_of_the_mean(k):
    (x, error), (images, _) = doubtful_world(1000, 1), doubtful_world(1000, 2)
    found = neighbour_error(x, images, 14, k).mean().item()
    assert abs(found / error - 1) < 0.2


def test_far_neighbours_come_out_too_high():
    """A digit is found among more digits with less error, towards the limit, never below what a copy would give."""
    train, test = load_digits(), load_digits(split="test")
    found = [neighbour_error(test.images, train.images[:n], 7).mean().item() for n in (50, 500, 5000)]
    assert found[0] > found[1] > found[2] > 0.0116, "above the error of the best network"


def test_the_nearest_of_all_are_told_from_rounding():
    known = load_digits()
    moved = Digits((known.images[:100] + 1e-4), known.labels[:100])
    assert torch.allclose(nearest_apart(moved, known, 4), torch.full((100,), 255e-4), rtol=1e-2)


def test_among_one_class_there_is_no_neighbour_of_another():
    known = load_digits()
    own = Digits(known.images[known.labels == 3], known.labels[known.labels == 3])
    with pytest.raises(ValueError, match="^among must hold a digit of another class"):
        nearest_apart(own, own, 4, across=True)


def test_its_own_copy_has_no_error():
    x = load_digits().images[:5]
    assert neighbour_error(x, x, 4).abs().max() == 0


def test_nearest_apart_is_what_a_search_by_hand_finds():
    train, test = load_digits(), load_digits(split="test")
    some, known = Digits(test.images[:30], test.labels[:30]), Digits(train.images[:70], train.labels[:70])
    for across in (False, True):
        found = nearest_apart(some, known, 4, across=across)
        for i in range(30):
            apart = [
                255
                * (downsample(some.images[i : i + 1], 4) - downsample(known.images[j : j + 1], 4)).square().mean()
                ** 0.5
                for j in range(70)
                if not across or known.labels[j] != some.labels[i]
            ]
            assert abs(found[i] - min(apart)) < 255 * rounding(16 * 16)  # pixels of bicubic at x4


def test_the_nearest_of_another_class_is_never_nearer():
    train, test = load_digits(), load_digits(split="test")
    assert (nearest_apart(test, train, 7, across=True) >= nearest_apart(test, train, 7)).all()


@given(seed=st.integers(0, 1000), classes=st.integers(1, 10))
def test_the_variance_within_classes_is_the_error_of_the_class_means(seed, classes):
    x = torch.rand(40, 1, 4, 4, generator=seeded(seed))
    labels = torch.randint(0, classes, (40,), generator=seeded(seed))
    means = torch.stack([x[labels == label].mean(0) for label in labels])
    error = (x - means).square().mean().item()
    assert abs(within_class_variance(x, labels) - error) < rounding(x.numel(), error)


def test_bad_input():
    train, test = load_digits(), load_digits(split="test")
    for argument, call in (
        ("x", lambda: neighbour_error(test.images[0], train.images, 7)),
        ("images", lambda: neighbour_error(test.images, train.images[:, :, :14], 7)),
        ("k", lambda: neighbour_error(test.images, train.images, 7, 0)),
        ("k", lambda: neighbour_error(test.images, train.images[:5], 7, 6)),
        ("factor", lambda: nearest_apart(test, train, 3)),
        ("of.images", lambda: nearest_apart(Digits(test.images * torch.nan, test.labels), train, 7)),
        ("of", lambda: nearest_apart(test.images, train, 7)),
        ("of.labels", lambda: nearest_apart(Digits(test.images, test.labels[:5]), train, 7)),
        ("among.labels", lambda: nearest_apart(test, Digits(train.images, train.labels.float()), 7, across=True)),
        ("x", lambda: within_class_variance(test.labels, test.labels)),
        ("labels", lambda: within_class_variance(test.images, test.labels[:5])),
    ):
        with pytest.raises((TypeError, ValueError), match=f"^{argument} "):
            call()

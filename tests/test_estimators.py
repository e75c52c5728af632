"""Estimators against their defining properties."""

import pytest
import torch
from rounding import PICTURE, rounding
from seeded import random_pictures, seeded

from mnist_sr_helpers import (
    FACTORS,
    KERNELS,
    degradation_matrix,
    downsample,
    least_norm,
    linear_mmse,
    load_digits,
    look_alikes,
    null_part,
    project,
    upsample,
)
from mnist_sr_helpers.estimators import mean_of_look_alikes

ALL = [(factor, kernel, antialias) for factor in FACTORS for kernel in KERNELS for antialias in (True, False)]


@pytest.fixture(scope="module")
def x():
    return load_digits(split="test").images[:50]


@pytest.mark.parametrize("degradation", ALL)
def test_the_matrix_is_downsample(x, degradation):
    y = downsample(x, *degradation).flatten(1)
    assert ((x.flatten(1).double() @ degradation_matrix(*degradation).T) - y).abs().max() < PICTURE


@pytest.mark.parametrize("degradation", ALL)
def test_projection_meets_the_data_and_moves_no_further_than_needed(x, degradation):
    start, y = random_pictures(len(x)), downsample(x, *degradation)
    projected = project(start, y, *degradation)
    assert (downsample(projected, *degradation) - y).abs().max() < PICTURE
    assert (project(projected, y, *degradation) - projected).abs().max() < PICTURE
    # The step is orthogonal to the null space: no shorter one leads there.
    assert null_part(projected - start, *degradation).abs().max() < PICTURE


@pytest.mark.parametrize("degradation", ALL)
def test_null_part_is_lost_and_the_rest_is_kept(x, degradation):
    lost = null_part(x, *degradation)
    assert downsample(lost, *degradation).abs().max() < PICTURE
    assert torch.allclose(x - lost, least_norm(downsample(x, *degradation), *degradation), atol=PICTURE)


@pytest.mark.parametrize("factor", FACTORS)
def test_full_row_rank_with_antialiased_bicubic(factor):
    a = degradation_matrix(factor)
    assert torch.linalg.matrix_rank(a) == (28 // factor) ** 2


@pytest.mark.parametrize("factor", FACTORS)
def test_least_norm_is_the_shortest_that_fits(x, factor):
    y = downsample(x, factor)
    shortest = least_norm(y, factor)
    assert (downsample(shortest, factor) - y).abs().max() < PICTURE
    other = shortest + null_part(random_pictures(len(x)), factor)
    assert (downsample(other, factor) - y).abs().max() < PICTURE
    if factor > 1:  # at factor 1 nothing is lost, and no other fits
        assert (other.square().sum((1, 2, 3)) > shortest.square().sum((1, 2, 3))).all()


@pytest.mark.parametrize("degradation", ALL)
def test_kept_and_lost_energy_add_up_and_projection_never_hurts(x, degradation):
    """Pythagoras: the two parts are perpendicular."""
    lost = null_part(x, *degradation).double()
    kept = x.double() - lost
    assert torch.allclose(kept.square().sum((1, 2, 3)) + lost.square().sum((1, 2, 3)), energies(x), rtol=PICTURE)
    estimate = random_pictures(len(x))
    projected = project(estimate, downsample(x, *degradation), *degradation)
    assert (energies(projected - x) <= energies(estimate - x) * (1 + PICTURE)).all()
    left = null_part(estimate - x, *degradation)
    assert torch.allclose(energies(projected - x), energies(left), rtol=PICTURE)


def energies(pictures):
    return pictures.double().square().sum((1, 2, 3))


def error(estimate, x):
    return (estimate - x).square().mean().item()


@pytest.mark.parametrize("factor", FACTORS[1:])
def test_linear_mmse_is_the_best_affine_map_on_its_digits(factor):
    images = load_digits().images[:2000]
    y = downsample(images, factor)
    best = linear_mmse(images, y, ridge=1e-9)
    at_best = error(best(y), images)
    assert at_best < error(upsample(y, factor), images)
    assert at_best < error(least_norm(y, factor), images)
    generator = seeded(factor)
    for _ in range(3):
        nudge = 1e-3 * torch.randn(best.weight.shape, generator=generator, dtype=torch.float64)
        assert error(best._replace(weight=best.weight + nudge)(y), images) > at_best


def test_look_alikes_find_the_digit_itself_first():
    images = load_digits().images[:500]
    y = downsample(images[:40], 4)
    assert look_alikes(y, images, 4, 3)[:, 0].tolist() == list(range(40))
    assert torch.allclose(mean_of_look_alikes(y, images, 4, 1), images[:40])
    mean = mean_of_look_alikes(y, images, 4, 3)
    assert torch.allclose(mean, images[look_alikes(y, images, 4, 3)].mean(1), atol=rounding(3))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda x: least_norm(x, 2), "^y must be 14 x 14 pixels at x2"),
        (lambda x: project(x[..., :14], x[..., :14, :14], 2), "^x must be 28 x 28"),
        (lambda x: project(x, x[:3, :, :14, :14], 2), "^x and y must be equally many"),
        (lambda x: null_part(x, 3), "^factor must be"),
        (lambda x: degradation_matrix(2, "lanczos"), "^kernel must be"),
        (lambda x: linear_mmse(x[:0], x[:0]), "^images is empty"),
        (lambda x: linear_mmse(x, x[1:, :, :14, :14]), "^images and y must be equally many"),
        (lambda x: look_alikes(x[..., :14, :14], x, 2, 51), "^k must be at most 50"),
    ],
)
def test_wrong_arguments(x, call, words):
    with pytest.raises(ValueError, match=words):
        call(x)

"""Augmentation: exact where it can be, black at the border, repeatable, and true to the class where it should be."""

import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st
from rounding import rounding
from seeded import seeded

from mnist_sr_helpers import AUGMENTATIONS, load_digits, read_digits
from mnist_sr_helpers.augmentation import deform, flip, rotate, shift, warp

PLACE = rounding(1, 2 * 60)
"""For places of up to 60 pixels, in each of two directions: as far as a place is off, so far are values in [0, 1]."""

KINDS = {name: augment for name, augment in AUGMENTATIONS.items() if augment}
NOISE = torch.rand(3, 1, 28, 28, generator=seeded())


@pytest.fixture(scope="module")
def test_digits():
    return load_digits(split="test")


def moved(x: torch.Tensor, right: int, down: int) -> torch.Tensor:
    """`x` cut out of a wide black border: what shift should give, in another way."""
    height, width = x.shape[-2:]
    wide = F.pad(x, (30, 30, 30, 30))
    return wide[..., 30 - down : 30 - down + height, 30 - right : 30 - right + width]


@given(right=st.integers(-30, 30), down=st.integers(-30, 30), sides=st.tuples(st.integers(1, 30), st.integers(1, 30)))
def test_warp_by_whole_pixels_is_exact_and_black_comes_in(right, down, sides):
    x = torch.rand(2, 1, *sides, generator=seeded())
    got = warp(x, -torch.tensor([right, down]).float().expand(2, *sides, 2))
    assert (got - moved(x, right, down)).abs().max() < PLACE


def test_shift_moves_by_whole_pixels_up_to_most_and_reaches_each():
    x = torch.zeros(600, 1, 11, 11)
    x[..., 5, 5] = 1
    places = shift(x, seeded(), most=2).flatten(1).max(1)
    assert places.values.min() > 1 - PLACE  # the point stays a point
    found = {(place // 11 - 5, place % 11 - 5) for place in places.indices.tolist()}
    assert found == {(down, right) for down in range(-2, 3) for right in range(-2, 3)}


def test_nothing_wraps_around_the_border():
    x = torch.zeros(200, 1, 9, 9)
    x[..., 0] = 1  # a line on the left
    assert shift(x, seeded(), most=3)[..., 4:].abs().max() < PLACE


def test_rotation_by_almost_nothing_changes_almost_nothing():
    assert (rotate(NOISE, seeded(), degrees=1e-4) - NOISE).abs().max() < 1e-3


def test_rotation_turns_about_the_middle_and_no_further_than_said():
    x = torch.zeros(400, 1, 29, 29)
    x[..., 14, 24] = 1  # ten pixels to the right of the middle
    turned = rotate(x, seeded(), degrees=30)
    rows, columns = torch.meshgrid(torch.arange(29.0) - 14, torch.arange(29.0) - 14, indexing="ij")
    ink = turned.sum((1, 2, 3))
    down, right = ((turned[:, 0] * axis).sum((1, 2)) / ink for axis in (rows, columns))
    assert torch.allclose((down**2 + right**2).sqrt(), torch.full((400,), 10.0), atol=0.4)
    angles = torch.rad2deg(torch.atan2(down, right))
    assert 25 < angles.max() < 32
    assert -32 < angles.min() < -25


def test_deformation_moves_a_pixel_by_one_to_two_pixels():
    """The standard deviation that the docstring implies, from where a ramp's values went, away from the border."""
    ramp = (torch.arange(28.0) / 27).expand(200, 1, 28, 28).contiguous()
    pixels = (deform(ramp, seeded()) - ramp)[..., 12:16, 12:16] * 27
    assert 1 < pixels.std() < 2
    assert abs(pixels.mean()) < 0.3


def test_a_small_alpha_deforms_little_and_a_wide_bell_smoothly():
    x = load_digits(split="test").images[:50]
    assert (deform(x, seeded(), alpha=1e-3) - x).abs().max() < 1e-3
    rough, smooth = (deform(x, seeded(), alpha=alpha, sigma=sigma) for alpha, sigma in ((3.4, 0.4), (34, 4)))
    assert rough.diff(dim=-1).abs().mean() > smooth.diff(dim=-1).abs().mean()


def test_flip_mirrors_about_half_of_the_digits_and_leaves_the_others():
    x = torch.rand(400, 1, 6, 5, generator=seeded())
    got = flip(x, seeded())
    mirrored = (got == x.flip(-1)).flatten(1).all(1)
    kept = (got == x).flatten(1).all(1)
    assert (mirrored ^ kept).all()
    assert 160 < mirrored.sum() < 240


@pytest.mark.parametrize("name", KINDS)
@given(count=st.integers(1, 3), sides=st.tuples(st.integers(4, 30), st.integers(4, 30)), seed=st.integers(0, 1000))
def test_shape_range_and_repeats(name, count, sides, seed):
    x = torch.rand(count, 1, *sides, generator=seeded())
    before = x.clone()
    got = KINDS[name](x, seeded(seed))
    assert got.shape == x.shape
    assert got.dtype == torch.float32
    assert got.min() >= 0
    assert got.max() <= 1
    assert got.equal(KINDS[name](x, seeded(seed)))
    assert x.equal(before), "it changes its input"


@pytest.mark.parametrize("name", KINDS)
def test_another_seed_gives_other_digits_and_the_notebooks_numbers_stay(name, test_digits):
    x = test_digits.images[:30]
    before = torch.get_rng_state()
    assert not KINDS[name](x, seeded(0)).equal(KINDS[name](x, seeded(1)))
    assert torch.get_rng_state().equal(before)


@pytest.mark.parametrize(("name", "least"), [("shift", 0.98), ("rotate", 0.985), ("deform", 0.94)])
def test_most_digits_are_still_read_as_what_they_were(name, least, test_digits):
    images, labels = test_digits
    assert (read_digits(KINDS[name](images, seeded())) == labels).float().mean() > least


def test_mirrored_digits_are_read_where_the_class_is_symmetric_only(test_digits):
    images, labels = test_digits
    read = read_digits(images.flip(-1)) == labels
    shares = [read[labels == label].float().mean().item() for label in range(10)]
    assert min(shares[label] for label in (0, 1, 8)) > 0.95
    assert max(shares[label] for label in (2, 3, 5, 6, 7, 9)) < 0.25


BAD = [
    (shift, {"most": 0}, ValueError, "most must be at least 1"),
    (shift, {"most": 28}, ValueError, "most must be at most 27"),
    (shift, {"most": 1.5}, TypeError, "most must be a whole number"),
    (rotate, {"degrees": 0}, ValueError, "degrees must be a finite number above 0"),
    (rotate, {"degrees": 181}, ValueError, "degrees must be at most 180"),
    (rotate, {"degrees": "ten"}, TypeError, "degrees must be a number"),
    (deform, {"alpha": -1}, ValueError, "alpha must be a finite number above 0"),
    (deform, {"alpha": 1e9}, ValueError, "alpha must be at most 1000"),
    (deform, {"sigma": float("inf")}, ValueError, "sigma must be a finite number"),
    (deform, {"sigma": 29}, ValueError, "sigma must be at most 28"),
]


@pytest.mark.parametrize(("augment", "arguments", "error", "words"), BAD)
def test_wrong_settings(augment, arguments, error, words):
    with pytest.raises(error, match=f"^{words}"):
        augment(NOISE, seeded(), **arguments)


@pytest.mark.parametrize("augment", KINDS.values(), ids=KINDS)
@given(value=st.one_of(st.none(), st.integers(), st.floats(), st.text(max_size=3), st.lists(st.floats(), max_size=2)))
def test_wrong_arguments(augment, value):
    with pytest.raises(TypeError, match="^x must be a torch tensor"):
        augment(value, seeded())
    with pytest.raises(TypeError, match=r"^generator must be a torch\.Generator"):
        augment(NOISE, value)


@pytest.mark.parametrize("augment", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("bad", [NOISE * 255, NOISE * 2 - 1, NOISE[0], NOISE[:0], NOISE.double(), NOISE / 0])
def test_wrong_pictures(augment, bad):
    with pytest.raises((TypeError, ValueError), match="^x (must|is|holds)"):
        augment(bad, seeded())


@given(most=st.integers(1, 27), degrees=st.floats(1e-3, 180), alpha=st.floats(1e-3, 1000), sigma=st.floats(1e-3, 28))
def test_every_allowed_setting_works(most, degrees, alpha, sigma):
    for got in (
        shift(NOISE, seeded(), most),
        rotate(NOISE, seeded(), degrees),
        deform(NOISE, seeded(), alpha, sigma),
    ):
        assert got.shape == NOISE.shape
        assert torch.isfinite(got).all()

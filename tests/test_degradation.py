"""Degradation against its definitions and against PIL."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from rounding import PICTURE, rounding
from seeded import seeded

from mnist_sr_helpers import FACTORS, KERNELS, downsample, load_digits, quantise, round_trip, upsample

PIL_FILTERS = {"bilinear": Image.Resampling.BILINEAR, "bicubic": Image.Resampling.BICUBIC}


@pytest.fixture(scope="module")
def x():
    return load_digits(split="test").images[:20]


def pil_resize(batch: torch.Tensor, side: int, kernel: Image.Resampling) -> torch.Tensor:
    pictures = [Image.fromarray(x[0].numpy(), mode="F").resize((side, side), kernel) for x in batch]
    return torch.from_numpy(np.stack([np.asarray(picture) for picture in pictures]))[:, None]


@pytest.mark.filterwarnings("ignore:'mode' parameter is deprecated")
@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("kernel", PIL_FILTERS)
def test_agrees_with_pil_in_both_directions(x, factor, kernel):
    low = downsample(x, factor, kernel)
    assert (low - pil_resize(x, 28 // factor, PIL_FILTERS[kernel])).abs().max() < PICTURE
    assert (upsample(low, factor, kernel) - pil_resize(low, 28, PIL_FILTERS[kernel])).abs().max() < PICTURE


@pytest.mark.filterwarnings("ignore:'mode' parameter is deprecated")
@pytest.mark.parametrize("factor", FACTORS)
def test_nearest_is_pils(x, factor):
    assert downsample(x, factor, "nearest").equal(pil_resize(x, 28 // factor, Image.Resampling.NEAREST))


@pytest.mark.parametrize("factor", FACTORS)
def test_area_averages_blocks_and_repeats_pixels(x, factor):
    low = downsample(x, factor, "area")
    blocks = x.reshape(len(x), 1, 28 // factor, factor, 28 // factor, factor)
    assert torch.allclose(low, blocks.mean((3, 5)), atol=rounding(factor**2))
    repeated = low.repeat_interleave(factor, 2).repeat_interleave(factor, 3)
    assert upsample(low, factor, "area").equal(repeated)
    assert upsample(low, factor, "nearest").equal(repeated)


def test_defaults_are_antialiased_bicubic(x):
    assert downsample(x, 4).equal(downsample(x, 4, kernel="bicubic", antialias=True))
    assert not downsample(x, 4).equal(downsample(x, 4, antialias=False))


@pytest.mark.parametrize("kernel", ["nearest", "area"])
def test_antialias_does_not_act_on_nearest_and_area(x, kernel):
    assert downsample(x, 2, kernel, True).equal(downsample(x, 2, kernel, False))


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("antialias", [True, False])
def test_factor_one_is_identical_and_a_copy(x, kernel, antialias):
    for same in (downsample(x, 1, kernel, antialias), upsample(x, 1, kernel), round_trip(x, 1, kernel, antialias)):
        assert same.equal(x)
        assert same.data_ptr() != x.data_ptr()


def test_bicubic_overshoots_and_is_not_clipped(x):
    assert round_trip(x, 2).min() < -0.05
    assert upsample(downsample(1 - x, 2), 2).max() > 1.05


@given(
    factor=st.sampled_from(FACTORS),
    kernel=st.sampled_from(KERNELS),
    antialias=st.booleans(),
    blocks=st.tuples(st.integers(1, 4), st.integers(1, 4)),
    value=st.floats(-1, 2, width=32),
)
def test_shapes_and_constants_survive(factor, kernel, antialias, blocks, value):
    height, width = (factor * size for size in blocks)
    low = downsample(torch.full((2, 1, height, width), value), factor, kernel, antialias)
    assert low.shape == (2, 1, *blocks)
    assert torch.allclose(low, torch.full_like(low, value), atol=2 * PICTURE)
    assert upsample(low, factor, kernel).shape == (2, 1, height, width)


@given(factor=st.sampled_from(FACTORS), kernel=st.sampled_from(KERNELS), weight=st.floats(-2, 2, width=32))
def test_linear(factor, kernel, weight):
    generator = seeded()
    a, b = torch.rand(2, 1, 1, 28, 28, generator=generator)
    both = downsample(a + weight * b, factor, kernel)
    assert torch.allclose(
        both, downsample(a, factor, kernel) + weight * downsample(b, factor, kernel), atol=3 * PICTURE
    )


def test_quantise_is_what_a_file_holds(x, tmp_path):
    """Written as an ordinary PNG and read again."""
    low = downsample(x, 4)
    assert low.min() < 0
    for picture, held in zip(low, quantise(low), strict=True):
        levels = (picture[0].clamp(0, 1) * 255).round().to(torch.uint8)
        Image.fromarray(levels.numpy()).save(tmp_path / "low.png")
        again = torch.from_numpy(np.array(Image.open(tmp_path / "low.png"))).float() / 255
        assert held[0].equal(again)


@given(st.lists(st.floats(-3, 3, width=32), min_size=1, max_size=20))
def test_quantise_moves_nothing_inside_by_more_than_half_a_level(values):
    y = torch.tensor(values)
    held = quantise(y)
    assert held.min() >= 0
    assert held.max() <= 1
    assert (held - y.clamp(0, 1)).abs().max() <= 0.5 / 255 + rounding(1)
    assert quantise(held).equal(held)


@pytest.mark.parametrize("bad", [None, [0.5], torch.tensor([1]), torch.tensor([torch.nan]), torch.empty(0)])
def test_quantise_refuses_what_is_no_float(bad):
    with pytest.raises((TypeError, ValueError), match="^y "):
        quantise(bad)

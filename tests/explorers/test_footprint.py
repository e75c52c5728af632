"""The footprint's explorer: what a new pixel sees is what moves it, and SimpleSR's window is what SimpleSR sees."""

import itertools

import numpy as np
import pytest
import torch
from seeded import seeded
from shown import shown

from mnist_sr_helpers import FACTORS, KERNELS, downsample, footprint_view
from mnist_sr_helpers.explorers.footprint import SEEN
from mnist_sr_helpers.models import SimpleSR
from mnist_sr_helpers.pictures.grid import signed, to_pixels

PLACES = (0, 13, 27)


@pytest.mark.parametrize("factor", FACTORS[1:])
def test_every_setting_is_drawn_in_corners_and_middle(factor):
    for kernel, antialias, across, down in itertools.product(KERNELS, (True, False), PLACES, PLACES):
        picture, _, _ = footprint_view(5, factor, kernel, antialias, across, down)
        assert picture.png.startswith(b"\x89PNG")
        assert f"column {across // factor + 1}, row {down // factor + 1}" in picture.alt
        assert f"{5 / factor:.2f} small pixels" in picture.alt


def lit(cell):
    """The first and the last row and column of the orange light on a grey picture."""
    places = (cell[..., 0] != cell[..., 2]).nonzero()
    return [(place.min(), place.max()) for place in places]


def test_it_sees_the_pixels_that_move_it():
    """Nearest one pixel of 16, area its block; antialiased bicubic 16 x 16."""
    for kernel, antialias, count in (
        ("nearest", True, 1),
        ("area", True, 16),
        ("bicubic", False, 16),
        ("bicubic", True, 256),
    ):
        alt = footprint_view(5, 4, kernel, antialias, 13, 13).picture.alt
        assert f"it sees {count} pixels" in alt


@pytest.mark.parametrize("kernel", KERNELS)
def test_what_is_lit_moves_the_new_pixel_by_the_weights_that_are_shown(kernel):
    one_lit = torch.eye(784).view(-1, 1, 28, 28)
    weights = downsample(one_lit, 4, kernel)[:, 0, 5, 2].view(28, 28)  # of each pixel in column 3, row 6
    low, original, of_each, *_ = shown(footprint_view(5, 4, kernel, True, 9, 22).picture)
    assert lit(low) == [(5, 5), (2, 2)]
    seen = (weights.abs() > SEEN).nonzero(as_tuple=True)
    assert lit(original) == [(place.min(), place.max()) for place in seen]
    assert np.abs(of_each.astype(int) - to_pixels(signed(weights / weights.max()))).max() <= 1  # as rounded


@pytest.mark.parametrize(("across", "down"), [(13, 13), (0, 27)])
def test_the_window_is_what_simplesr_sees(across, down):
    """Where the gradient of one output pixel reaches is where the enlarged picture is lit."""
    enlarged = torch.rand(1, 1, 28, 28, generator=seeded()).requires_grad_()
    torch.manual_seed(0)
    SimpleSR()(enlarged)[0, 0, down, across].backward()
    seen = enlarged.grad[0, 0].nonzero(as_tuple=True)
    window = shown(footprint_view(5, 4, "bicubic", True, across, down).picture)[3]
    assert lit(window) == [(place.min(), place.max()) for place in seen]


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"digit": 10}, ValueError, "^digit must be"),
        ({"factor": 1}, ValueError, "^factor must be"),
        ({"kernel": "sinc"}, ValueError, "^kernel must be"),
        ({"antialias": 2}, (TypeError, ValueError), "^antialias must be"),
        ({"across": 28}, ValueError, "^across must be"),
        ({"down": "1"}, (TypeError, ValueError), "^down must be"),
    ],
)
def test_wrong_arguments_are_named(change, error, words):
    state = {"digit": 5, "factor": 4, "kernel": "bicubic", "antialias": True, "across": 13, "down": 13}
    with pytest.raises(error, match=words):
        footprint_view(**state | change)

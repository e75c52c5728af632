"""The footprint's explorer: what a new pixel sees is what moves it, and SimpleSR's window is what SimpleSR sees."""

import itertools

import pytest
import torch

from mnist_sr_helpers import FACTORS, KERNELS, degradation_matrix, downsample, footprint_view
from mnist_sr_helpers.explorers import footprint
from mnist_sr_helpers.models import SimpleSR

PLACES = (0, 13, 27)


@pytest.mark.parametrize("factor", FACTORS[1:])
def test_every_setting_is_drawn_in_corners_and_middle(factor):
    for kernel, antialias, across, down in itertools.product(KERNELS, (True, False), PLACES, PLACES):
        picture, _, _ = footprint_view(5, factor, kernel, antialias, across, down)
        assert picture.png.startswith(b"\x89PNG")
        assert f"column {across // factor + 1}, row {down // factor + 1}" in picture.alt
        assert f"{5 / factor:.2f} small pixels" in picture.alt


def test_it_sees_the_pixels_that_move_it():
    """Nearest one pixel of 16, area its block; antialiased bicubic 16 x 16. Their weights make the new pixel."""
    for kernel, antialias, count in (
        ("nearest", True, 1),
        ("area", True, 16),
        ("bicubic", False, 16),
        ("bicubic", True, 256),
    ):
        alt = footprint_view(5, 4, kernel, antialias, 13, 13).picture.alt
        assert f"it sees {count} pixels" in alt
    weights = degradation_matrix(4)[3 * 7 + 3].view(28, 28).float()
    digit = torch.rand(1, 1, 28, 28, generator=torch.Generator().manual_seed(0))
    assert (weights * digit[0, 0]).sum().isclose(downsample(digit, 4)[0, 0, 3, 3], atol=1e-5)


@pytest.mark.parametrize(("across", "down"), [(13, 13), (0, 27)])
def test_the_window_is_what_simplesr_sees(monkeypatch, across, down):
    """Where the gradient of one output pixel reaches is where the enlarged picture is lit."""
    drawn = []
    monkeypatch.setattr(footprint, "draw_view", lambda cells, *_, **__: drawn.extend(cells[0]))
    footprint_view(5, 4, "bicubic", True, across, down)
    enlarged = torch.rand(1, 1, 28, 28, generator=torch.Generator().manual_seed(0)).requires_grad_()
    torch.manual_seed(0)
    SimpleSR()(enlarged)[0, 0, down, across].backward()
    lit = (drawn[3][..., 0] != drawn[3][..., 2]).nonzero()
    seen = enlarged.grad[0, 0].nonzero()
    assert lit.min(0).values.equal(seen.min(0).values)
    assert lit.max(0).values.equal(seen.max(0).values)


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

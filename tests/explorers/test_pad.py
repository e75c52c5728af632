"""Draw your own digit: centred as MNIST's are, every state drawn, the pad used without a browser."""

import io
import math
import re

import ipywidgets as widgets
import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from PIL import Image
from rounding import PICTURE, rounding
from sweep import values

from mnist_sr_helpers import FACTORS, DigitPad, downsample, load_digits, psnr, quantise, read_digits, upsample
from mnist_sr_helpers.digits import sample_digit
from mnist_sr_helpers.explorers import drawing
from mnist_sr_helpers.explorers.drawing import METHODS, centre_like_mnist, draw_strokes, drawing_sheet, drawing_view


def arc(x, y, width, height, start, end):
    """Points on an ellipse, angles in degrees, clockwise from the right as y goes down."""
    angles = [math.radians(start + (end - start) * i / 24) for i in range(25)]
    return [(x + width * math.cos(angle), y + height * math.sin(angle)) for angle in angles]


GLYPHS = {
    0: [arc(0.5, 0.5, 0.22, 0.35, -90, 270)],
    1: [[(0.5, 0.15), (0.5, 0.85)]],
    2: [[*arc(0.5, 0.33, 0.2, 0.18, 200, 380), (0.3, 0.85), (0.72, 0.85)]],
    3: [arc(0.48, 0.32, 0.2, 0.17, -160, 90) + arc(0.48, 0.66, 0.23, 0.18, -90, 150)],
    4: [[(0.35, 0.15), (0.3, 0.5), (0.72, 0.5)], [(0.65, 0.15), (0.62, 0.88)]],
    5: [[(0.7, 0.15), (0.38, 0.15), (0.35, 0.45), *arc(0.48, 0.62, 0.22, 0.2, -120, 140)]],
    6: [arc(0.75, 0.65, 0.45, 0.55, -115, -180) + arc(0.5, 0.68, 0.2, 0.18, 180, 540)],
    7: [[(0.28, 0.18), (0.72, 0.18)], [(0.72, 0.18), (0.42, 0.86)]],
    8: [arc(0.5, 0.32, 0.17, 0.16, 90, 450) + arc(0.5, 0.67, 0.2, 0.19, -90, 270)],
    9: [[*arc(0.5, 0.35, 0.18, 0.18, 0, 360), (0.66, 0.85)]],
}
SEVEN = GLYPHS[7]


@pytest.fixture(scope="module")
def digits():
    return load_digits(split="test").images


# Centring


def test_mnists_own_digits_come_out_unchanged(digits):
    centred = torch.cat([centre_like_mnist(x[None]) for x in digits])
    assert centred.equal(digits)


def test_enlarged_tenfold_they_come_back(digits):
    enlarged = digits.repeat_interleave(10, 2).repeat_interleave(10, 3)
    back = torch.cat([centre_like_mnist(x[None]) for x in enlarged])
    assert (back - digits).abs().max() < rounding(10 * 10)


def test_scanned_in_black_and_white_they_come_back_nearly(digits):
    """From 280 x 280 black or white pixels, as a drawing has: close, and read as before."""
    scans = (upsample(digits, 2).clamp(0, 1).repeat_interleave(5, 2).repeat_interleave(5, 3) > 0.5).float()
    back = torch.cat([centre_like_mnist(x[None]) for x in scans])
    assert (read_digits(back) == read_digits(digits)).float().mean() > 0.99
    assert psnr(back, digits).mean() > 20


@pytest.mark.parametrize("digit", GLYPHS)
def test_drawn_digits_are_read_right(digit):
    centred = centre_like_mnist(draw_strokes(GLYPHS[digit]))
    assert read_digits(centred).item() == digit
    assert ((centred > 0) & (centred < 1)).any(), "its edges are grey"


def test_where_and_how_large_it_is_drawn_matters_little():
    small = [[(0.1 + 0.5 * x, 0.4 + 0.5 * y) for x, y in stroke] for stroke in SEVEN]
    large, moved = (centre_like_mnist(draw_strokes(strokes)) for strokes in (SEVEN, small))
    assert read_digits(large).item() == read_digits(moved).item() == 7


ink_pictures = arrays(
    np.float32,
    array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=80),
    elements=st.floats(0, 1, width=32),
    fill=st.just(0),
)


@given(picture=ink_pictures)
def test_any_picture_with_ink_fills_the_box_and_is_centred(picture):
    picture = torch.from_numpy(picture)[None, None]
    if not (picture > 0.5 / 255).any():
        with pytest.raises(ValueError, match="^picture holds no ink"):
            centre_like_mnist(picture)
        return
    x = centre_like_mnist(picture)
    assert tuple(x.shape) == (1, 1, 28, 28)
    assert x.dtype == torch.float32
    assert 0 <= x.min() < x.max() <= 1
    for dim in (2, 3):
        mass = x.double().sum((0, 1, 5 - dim))
        taken = mass.nonzero()
        first, last = taken.min().item(), taken.max().item()
        assert last - first < 20
        centre = (mass * torch.arange(28)).sum() / mass.sum()
        # In the middle, unless the digit would leave the frame.
        assert abs(centre - 14) <= 0.5 + PICTURE or first == 0 or last == 27


@given(left=st.integers(0, 60), top=st.integers(0, 60))
def test_margins_change_nothing(left, top):
    picture = torch.zeros(1, 1, 120, 130)
    picture[..., top : top + 50, left : left + 12] = 1
    bar = centre_like_mnist(torch.ones(1, 1, 50, 12))
    assert centre_like_mnist(picture).equal(bar)
    assert bar.sum() == 20 * 5, "the aspect is kept, rounded to whole pixels"


def test_a_tiny_picture_is_enlarged_smoothly():
    x = centre_like_mnist(torch.tensor([[[[0.0, 1.0], [1.0, 0.2]]]]))
    assert (x > 0).sum() > 300
    assert x.unique().numel() > 10


@pytest.mark.parametrize(
    ("picture", "error", "words"),
    [
        (np.zeros((28, 28)), TypeError, "must be a torch tensor"),
        (torch.zeros(1, 1, 28, 28), ValueError, "holds no ink.*Draw a digit first"),
        (torch.ones(1, 1, 28, 28, dtype=torch.uint8), TypeError, "must be float32"),
        (torch.ones(28, 28), ValueError, r"must have shape \(N, 1, H, W\)"),
        (torch.ones(2, 1, 28, 28), ValueError, r"must be one picture \(1, 1, H, W\), got 2"),
        (torch.full((1, 1, 28, 28), 255.0), ValueError, r"must lie in \[0, 1\]"),
        (torch.full((1, 1, 28, 28), float("nan")), ValueError, "holds NaN"),
        (torch.ones(1, 1, 0, 4), ValueError, "is empty"),
    ],
)
def test_pictures_that_cant_be_centred(picture, error, words):
    with pytest.raises(error, match=f"^picture {words}"):
        centre_like_mnist(picture)


# Strokes


def test_strokes_are_drawn_where_they_are():
    x = draw_strokes([[(0.25, 0.5), (0.75, 0.5)], [(0.5, 0.1)]])
    assert tuple(x.shape) == (1, 1, 280, 280)
    assert set(x.unique().tolist()) == {0, 1}
    assert x[0, 0, 140, 70:210].all()
    assert x[0, 0, 28, 140], "a stroke of one point is a dot"
    assert not x[0, 0, 200:].any()
    assert not x[0, 0, 140, :50].any()
    assert draw_strokes([]).sum() == 0


points = st.tuples(st.floats(0, 1), st.floats(0, 1))


@given(strokes=st.lists(st.lists(points, min_size=1, max_size=6), min_size=1, max_size=4))
def test_all_strokes_can_be_drawn_and_centred(strokes):
    assert centre_like_mnist(draw_strokes(strokes)).max() > 0


nonsense = st.one_of(st.none(), st.booleans(), st.text(max_size=3), st.floats(), st.integers(), st.binary(max_size=3))


@given(
    strokes=st.one_of(
        nonsense,
        st.lists(nonsense, min_size=1, max_size=2),
        st.lists(st.lists(nonsense, min_size=1, max_size=2), min_size=1, max_size=2),
        st.lists(st.lists(st.lists(nonsense, min_size=3, max_size=4), min_size=1, max_size=2), min_size=1, max_size=2),
        st.lists(st.lists(st.tuples(st.floats(1.001), st.floats(0, 1)), min_size=1), min_size=1),
        st.just([[]]),
        st.just([[(True, 0.5)]]),
        st.just([[(float("nan"), 0.5)]]),
        st.just([[(10**400, 0.5)]]),
    )
)
def test_strokes_that_are_none(strokes):
    with pytest.raises((TypeError, ValueError), match="^strokes must be a list of strokes, .*, got ") as caught:
        draw_strokes(strokes)
    assert len(str(caught.value)) < 400


# The view


@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("drawn", [True, False], ids=["drawn", "sample"])
def test_every_factor_is_shown(factor, drawn, digits):
    image = centre_like_mnist(draw_strokes(SEVEN)) if drawn else digits[:1]
    view = drawing_view(image, factor)
    picture, _, _ = view
    assert f"original, reads {read_digits(image).item()}" in picture.alt
    assert f"The low resolution: {28 // factor} x {28 // factor} pixels, as floats, not clipped." in view.drawing
    others = re.search(r"Below them: original; (.*?)\.\"", view.drawing)[1].split("; ")
    for name, text in zip(METHODS[:-1], others, strict=True):
        words = "identical" if factor == 1 else r"\d+\.\d\d(, reads \d)?"
        assert re.fullmatch(rf"{re.escape(drawing.short_name(name))} {words}", text), (name, text)
    words = "identical, reads 7" if factor == 1 else r"\d+\.\d\d dB, reads \d"
    assert re.search(rf"; EDSR-like, {words}( \(\d+%\))?\.$", picture.alt)
    assert f"x{factor}" in picture.alt
    assert (picture.width, picture.height) == Image.open(io.BytesIO(picture.png)).size


def test_all_factors_are_shown_in_one_size(digits):
    assert len({(p.width, p.height) for p in (drawing_view(digits[:1], f).picture for f in FACTORS)}) == 1


def test_the_numbers_are_those_of_the_methods(digits):
    """Bicubic's row, computed once more from the public functions."""
    drawn = drawing_view(digits[3:4], 4).drawing
    bicubic = upsample(downsample(digits[3:4], 4), 4).clamp(0, 1)
    assert read_digits(bicubic).equal(read_digits(digits[3:4]))
    assert f"bicubic {psnr(bicubic, digits[3:4]).item():.2f};" in drawn


def test_only_disagreement_is_said():
    assert drawing.in_reading(7, 0.996) == "reads 7"
    assert drawing.in_reading(7, 0.994) == "reads 7 (99%)"


def test_a_file_changes_the_low_resolution_and_it_is_said(digits):
    low, _ = drawing.restorations(digits[:1], 4)
    stored, _ = drawing.restorations(digits[:1], 4, file=True)
    assert stored.equal(quantise(low))
    view = drawing_view(digits[:1], 4, True)
    assert "in 8 bit, as in a file; the networks learnt from floats" in view.drawing
    assert "in 8 bit, as in a file; the networks learnt from floats" in view.picture.alt


@pytest.mark.parametrize("show", [lambda x: drawing_view(x, 2), drawing_sheet], ids=["view", "sheet"])
@pytest.mark.parametrize(
    ("image", "error", "words"),
    [
        (torch.rand(1, 1, 14, 14), ValueError, "must be 28 x 28 pixels, got 14 x 14"),
        (torch.rand(2, 1, 28, 28), ValueError, r"must be one picture \(1, 1, H, W\), got 2"),
        (torch.rand(28, 28), ValueError, r"must have shape \(N, 1, H, W\)"),
        (torch.rand(1, 1, 28, 28) * 255, ValueError, r"must lie in \[0, 1\]"),
        (None, TypeError, "must be a torch tensor"),
    ],
)
def test_images_that_cant_be_shown(show, image, error, words):
    with pytest.raises(error, match=f"^image {words}"):
        show(image)


@given(factor=st.one_of(st.integers(), st.floats(), st.text(max_size=3), st.booleans(), st.none()))
def test_factors_that_are_none(factor):
    if type(factor) is int and factor in FACTORS:
        return
    with pytest.raises((TypeError, ValueError), match="^factor must be"):
        drawing_view(torch.zeros(1, 1, 28, 28), factor)


def test_the_sheet_holds_every_factor(digits):
    sheet = drawing_sheet(digits[:1])
    for name in METHODS:
        assert f"; {drawing.short_name(name)}" in sheet.alt
    assert "Columns: x1; x2; x4; x7; x14." in sheet.alt
    assert len(re.findall(r"; reads \d", sheet.alt)) == len(METHODS) * len(FACTORS)


# The pad


@pytest.fixture
def pad():
    return DigitPad()


def test_before_anything_is_drawn_a_sample_digit_is_shown(pad):
    assert pad.image.equal(sample_digit(5))
    assert "original, reads 5" in pad.screen.value
    assert "<img alt=" in pad.screen.value


def test_a_stroke_changes_the_picture(pad):
    before = pad.screen.value
    pad.canvas.strokes = [SEVEN[0]]
    between = pad.screen.value
    pad.canvas.strokes = [[list(point) for point in stroke] for stroke in SEVEN]  # as the browser sends them
    assert len({before, between, pad.screen.value}) == 3
    assert read_digits(pad.image).item() == 7
    assert "original, reads 7" in pad.screen.value
    assert pad.image.equal(centre_like_mnist(draw_strokes(SEVEN)))


def test_while_something_is_drawn_no_slider_pretends(pad):
    """The slider digit says "drawn" until the sample digit is back."""
    assert pad.controls["digit"].note == ""
    pad.canvas.strokes = SEVEN
    assert pad.controls["digit"].note == "drawn"
    pad.controls["digit"].value = 3
    assert pad.controls["digit"].note == ""


def test_clear_reaches_the_browser_before_the_strokes_reach_the_kernel(pad, monkeypatch):
    """Strokes that wait in the browser for a busy kernel are overtaken by the button; they must go, too."""
    sent = []
    monkeypatch.setattr(pad.canvas, "send", sent.append)
    assert pad.canvas.strokes == []
    pad.clear_button.click()
    assert sent == ["clear"]


def test_clear_brings_the_sample_digit_back(pad):
    before = pad.screen.value
    pad.canvas.strokes = SEVEN
    pad.clear_button.click()
    assert pad.canvas.strokes == []
    assert pad.screen.value == before
    pad.clear_button.click()
    assert pad.screen.value == before


def test_the_slider_digit_takes_the_drawings_place(pad, monkeypatch):
    pad.canvas.strokes = SEVEN
    drawn = []
    monkeypatch.setattr(pad, "view", lambda **state: drawn.append(state) or pad.show(**state))
    pad.controls["digit"].value = 3
    assert pad.canvas.strokes == []
    assert "original, reads 3" in pad.screen.value
    pad.controls["digit"].value = 4
    assert "original, reads 4" in pad.screen.value
    assert len(drawn) == 2, "one picture for each move"


@pytest.mark.parametrize("drawn", [True, False], ids=["drawn", "sample"])
def test_right_and_down_move_the_digit(pad, drawn):
    pad.canvas.strokes = SEVEN if drawn else []
    still = pad.image
    pad.controls["right"].value = 3
    pad.controls["down"].value = -2
    assert pad.image[..., :26, 3:].equal(still[..., 2:, :25])
    assert pad.image[..., :3].sum() == 0
    assert pad.image[..., 26:, :].sum() == 0
    assert pad.canvas.strokes == (SEVEN if drawn else [])


def test_every_value_of_every_control(pad):
    for strokes in ([], SEVEN):
        for control in pad.controls.values():
            for value in values(control):
                pad.canvas.strokes = strokes
                control.value = value
                assert "<img" in pad.screen.value
                assert "alert" not in pad.screen.value


@pytest.mark.parametrize(
    ("strokes", "error", "words"),
    [
        ([[(0.5, 2.0)]], ValueError, "got list [[(0.5, 2.0)]]"),
        ([SEVEN[0], ["<b>"]], ValueError, "[&#x27;&lt;b&gt;&#x27;]]"),
    ],
)
def test_an_error_is_shown_and_raised(pad, strokes, error, words):
    with pytest.raises(error, match="^strokes must be"):
        pad.canvas.strokes = strokes
    assert 'role="alert"' in pad.screen.value
    assert words in pad.screen.value
    pad.clear_button.click()
    assert "alert" not in pad.screen.value


def test_a_failing_network_is_shown_and_raised(pad, monkeypatch):
    monkeypatch.setattr(drawing, "rung", lambda name, factor: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        pad.controls["factor"].value = 14
    assert "ZeroDivisionError" in pad.screen.value
    pad.screen.value = ""
    pad.clear_button.click()  # ipywidgets keeps a button's exceptions to its log
    assert 'role="alert"' in pad.screen.value


def test_the_sheet_shows_what_is_drawn(pad):
    sample = pad.sheet()
    assert "; 2 x 2; reads 5;" in sample.alt
    pad.canvas.strokes = SEVEN
    assert "; 2 x 2; reads 7;" in pad.sheet().alt
    assert pad.sheet().png != sample.png


def test_a_long_drawing_leaves_nothing_behind(pad):
    count = len(widgets.Widget.get_manager_state()["state"])
    for i in range(20):
        pad.canvas.strokes = [[(0.3, 0.2 + 0.03 * k) for k in range(i + 1)]]
    assert len(widgets.Widget.get_manager_state()["state"]) == count
    assert read_digits(pad.image).item() == 1

"""Bad input to every public function: an error that names the argument and says what is wanted."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from seeded import seeded

from mnist_sr_helpers import (
    FACTORS,
    KERNELS,
    MODELS,
    EnlargeFirstResidual,
    Quiz,
    bootstrap_interval,
    degradation_view,
    downsample,
    fit,
    grid,
    ladder_view,
    load_digits,
    load_model,
    look,
    model_view,
    observe,
    pooled_psnr,
    psnr,
    read_digits,
    restore,
    round_trip,
    ssim,
    to_picture,
    upsample,
    wrap,
)
from mnist_sr_helpers.explorers.drawing import drawing_view
from mnist_sr_helpers.ladder import LADDER
from mnist_sr_helpers.models import EnlargeFirst, EnlargeLast
from mnist_sr_helpers.pictures.case_file import STAGES, case_entries
from mnist_sr_helpers.pictures.grid import to_pixels

GOOD = torch.rand(2, 1, 28, 28, generator=seeded())
NAN = GOOD.clone()
NAN[1, 0, 3, 3] = float("nan")

BAD_IMAGES = [
    (GOOD.tolist(), TypeError, "must be a torch tensor"),
    (GOOD.numpy(), TypeError, "must be a torch tensor.*got ndarray"),
    (None, TypeError, "got NoneType"),
    ((GOOD * 255).byte(), TypeError, "must be float32, got torch.uint8"),
    (GOOD.double(), TypeError, "must be float32, got torch.float64"),
    (GOOD[0], ValueError, r"must have shape \(N, 1, H, W\), got \(1, 28, 28\)"),
    (GOOD.expand(2, 3, 28, 28), ValueError, r"got \(2, 3, 28, 28\)"),
    (GOOD[:0], ValueError, "is empty"),
    (NAN, ValueError, "NaN or infinite"),
    (GOOD / 0, ValueError, "NaN or infinite"),
]
TAKES_IMAGES = {
    "downsample": ("x", lambda x: downsample(x, 2)),
    "upsample": ("y", lambda x: upsample(x, 2)),
    "round_trip": ("x", lambda x: round_trip(x, 2)),
    "psnr": ("prediction", lambda x: psnr(x, GOOD)),
    "psnr's target": ("target", lambda x: psnr(GOOD, x)),
    "pooled_psnr": ("prediction", lambda x: pooled_psnr(x, GOOD)),
    "ssim": ("prediction", lambda x: ssim(x, GOOD)),
    "read_digits": ("images", read_digits),
    "fit": ("images", lambda x: fit(EnlargeFirst(2), x, 2)),
    "restore": ("y", lambda x: restore(EnlargeFirst(2), x)),
}


@pytest.mark.parametrize(("bad", "error", "words"), BAD_IMAGES)
@pytest.mark.parametrize(("argument", "call"), TAKES_IMAGES.values(), ids=TAKES_IMAGES)
def test_images(argument, call, bad, error, words):
    with pytest.raises(error, match=f"^{argument} .*{words}"):
        call(bad)


TAKES_FACTOR = {
    "downsample": lambda factor: downsample(GOOD, factor),
    "upsample": lambda factor: upsample(GOOD, factor),
    "round_trip": lambda factor: round_trip(GOOD, factor),
    "EnlargeFirst": EnlargeFirst,
    "EnlargeLast": EnlargeLast,
    "EnlargeFirstResidual": EnlargeFirstResidual,
    "fit": lambda factor: fit(EnlargeFirst(2), GOOD, factor),
    "load_model": lambda factor: load_model("residual", factor),
    "case_entries": lambda factor: case_entries(factor, "degradation"),
    "degradation_view": lambda factor: degradation_view(3, factor, "area", True),
    "model_view": lambda factor: model_view(3, factor, "bicubic"),
}


@pytest.mark.parametrize("call", TAKES_FACTOR.values(), ids=TAKES_FACTOR)
@given(factor=st.one_of(st.integers(), st.floats(), st.text(max_size=2), st.booleans(), st.none()))
def test_factor(call, factor):
    """No longer texts, as "all" is a factor of the explorers."""
    if type(factor) is int and factor in FACTORS:
        return
    with pytest.raises((TypeError, ValueError), match="^factor must be"):
        call(factor)


@given(name=st.one_of(st.text(max_size=12), st.integers(), st.none(), st.binary(max_size=3)))
def test_unknown_names(name):
    for argument, call in (
        ("kernel", lambda: downsample(GOOD, 2, name)),
        ("kernel", lambda: upsample(GOOD, 2, name)),
        ("kernel", lambda: degradation_view(3, 2, name, True)),
        ("name", lambda: load_model(name, 2)),
        ("model", lambda: model_view(3, 2, name)),
        ("rung", lambda: ladder_view(3, 1, name)),
        ("file", lambda: drawing_view(GOOD[:1], 2, name)),
        ("until", lambda: case_entries(2, name)),
    ):
        if name in (*KERNELS, *STAGES, *MODELS, *LADDER):
            continue
        with pytest.raises((TypeError, ValueError), match=f"^{argument} must be"):
            call()


@given(value=st.one_of(st.integers(max_value=0), st.floats(), st.text(max_size=3), st.booleans(), st.none()))
def test_counts(value):
    for argument, call in (
        ("epochs", lambda: fit(EnlargeFirst(2), GOOD, 2, epochs=value)),
        ("batch_size", lambda: fit(EnlargeFirst(2), GOOD, 2, batch_size=value)),
        ("batch_size", lambda: restore(EnlargeFirst(2), GOOD, batch_size=value)),
        ("side", lambda: grid([[GOOD[0, 0]]], "alt", side=value)),
    ):
        with pytest.raises((TypeError, ValueError), match=f"^{argument} must be"):
            call()


def test_counts_of_numpy_are_counts():
    two = np.int64(2)
    same = [fit(EnlargeFirst(2), GOOD, 2, epochs=n, batch_size=n, seed=n, learning_rate=1e-9) for n in (2, two)]
    assert len({len(history.losses) for history in same}) == 1
    assert restore(EnlargeFirst(2), downsample(GOOD, 2), batch_size=two).shape == GOOD.shape
    assert observe(GOOD, 2, 0.1, seed=two).equal(observe(GOOD, 2, 0.1, seed=2))
    assert bootstrap_interval(GOOD.flatten(), two, two, two) == bootstrap_interval(GOOD.flatten(), 2, 2, 2)
    assert Quiz(two).labels == Quiz(2).labels
    assert look(two) == look(2)


@pytest.mark.parametrize("rate", [0, -1.0, float("nan"), float("inf"), "fast", None, True, 10**400])
def test_learning_rate(rate):
    with pytest.raises((TypeError, ValueError), match="^learning_rate must be"):
        fit(EnlargeFirst(2), GOOD, 2, learning_rate=rate)


def test_ranges():
    for argument, call in (
        ("images", lambda: fit(EnlargeFirst(2), GOOD * 255, 2)),
        ("images", lambda: fit(EnlargeFirst(2), GOOD * 2 - 1, 2)),
        ("images", lambda: read_digits(GOOD * 255)),
        ("y", lambda: restore(EnlargeFirst(2), GOOD * 255)),
    ):
        with pytest.raises(ValueError, match=rf"^{argument} must lie in \["):
            call()


def test_what_rounding_puts_beyond_a_limit_is_no_other_range():
    white = torch.ones(2, 1, 28, 28)
    assert psnr(white, white + 2e-7).min() > 100


def test_digits_instead_of_their_images():
    with pytest.raises(TypeError, match="Pass its .images"):
        downsample(load_digits(split="test"), 2)


@pytest.mark.parametrize("bad", [[0.5], None, torch.zeros(2, dtype=torch.uint8), torch.tensor([float("nan")])])
def test_wrap(bad):
    with pytest.raises((TypeError, ValueError), match="^x (must be|holds)"):
        wrap(bad)


@pytest.mark.parametrize("seed", [-1, 0.5, "0", None, 2**64])
def test_seed(seed):
    for call in (lambda: fit(EnlargeFirst(2), GOOD, 2, seed=seed), lambda: Quiz(seed)):
        with pytest.raises((TypeError, ValueError), match="^seed must be"):
            call()


def test_a_truth_value_of_numpy_is_one():
    for antialias in (True, False):
        assert downsample(GOOD, 7, antialias=np.bool_(antialias)).equal(downsample(GOOD, 7, antialias=antialias))


@pytest.mark.parametrize("antialias", [1, "yes", None])
def test_antialias(antialias):
    with pytest.raises(TypeError, match=r"^antialias must be bool, got .*Choose from \(True, False\)"):
        downsample(GOOD, 2, antialias=antialias)


@given(height=st.integers(1, 40), width=st.integers(1, 40), factor=st.sampled_from(FACTORS))
def test_sides_that_are_no_multiples(height, width, factor):
    x = torch.zeros(1, 1, height, width)
    if height % factor or width % factor:
        with pytest.raises(ValueError, match=f"^x must have sides that are multiples of factor {factor}"):
            downsample(x, factor)
    else:
        assert downsample(x, factor).shape == (1, 1, height // factor, width // factor)


@pytest.mark.parametrize("model", [None, "SimpleSR", EnlargeFirst])
def test_models(model):
    for call in (lambda: fit(model, GOOD, 2), lambda: restore(model, GOOD)):
        with pytest.raises(TypeError, match="^model must be a torch.nn.Module"):
            call()


def test_pictures():
    with pytest.raises(TypeError, match=r"^x must be a float tensor of shape \(H, W\), got list"):
        to_pixels([[0.0]])
    with pytest.raises(ValueError, match=r"^x must be a .*\(H, W\), got torch.float32 of shape \(2, 1, 28, 28\)"):
        to_pixels(GOOD)
    with pytest.raises(ValueError, match="^x holds NaN"):
        to_pixels(NAN[1, 0])
    with pytest.raises(TypeError, match="^x must be a float .* got torch.uint8.*divide 0-255"):
        to_pixels(torch.zeros(3, 3, dtype=torch.uint8))
    with pytest.raises(ValueError, match=r"^x must lie in \[-1, 2\]"):
        to_pixels(GOOD[0, 0] * 255)
    x = GOOD[0, 0]
    for cells in (5, x, [x], [[x], [x, x]], [[GOOD]], [[x[:5]]], [[None]]):
        with pytest.raises((TypeError, ValueError), match="^cells must (be a float|h)"):
            grid(cells, "alt")
    with pytest.raises(ValueError, match="^columns must be 1 texts"):
        grid([[x]], "alt", columns=["a", "b"])
    with pytest.raises(TypeError, match="^rows must be a list of texts"):
        grid([[x]], "alt", rows=[3])
    with pytest.raises(TypeError, match="^columns must be a list of texts"):
        grid([[x]], "alt", columns=5)
    with pytest.raises(ValueError, match="^captions must have 1 rows"):
        grid([[x]], "alt", captions=[["a"], ["b"]])
    with pytest.raises(ValueError, match="^captions must have 1 rows"):
        grid([[x]], "alt", captions=5)
    with pytest.raises(ValueError, match="^side must be a multiple"):
        grid([[GOOD[0, 0]]], "alt", side=30)
    with pytest.raises(TypeError, match="^figure must be"):
        to_picture(None, "alt")
    with pytest.raises(ValueError, match="^cells must hold"):
        grid([], "alt")
    for alt in ("", None):
        with pytest.raises(ValueError, match="^alt must say in words"):
            grid([[GOOD[0, 0]]], alt)


@pytest.mark.parametrize("digit", [-1, 10, 2.0, "7", None, True])
def test_digit(digit):
    for call in (lambda: degradation_view(digit, 2, "area", True), lambda: model_view(digit, 2, "bicubic")):
        with pytest.raises((TypeError, ValueError), match="^digit must be"):
            call()

"""Metrics against scikit-image and against cases that can be computed by hand."""

import math

import pytest
import torch
from rounding import EPS
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

from mnist_sr_helpers import load_digits, pooled_psnr, psnr, read_digits, round_trip, ssim


@pytest.fixture(scope="module")
def pair():
    target = load_digits(split="test").images[:30]
    return round_trip(target, 2), target


def test_psnr_by_hand():
    target = torch.tensor([0.0, 0.5, 1.0]).view(1, 1, 1, 3)
    prediction = torch.tensor([0.1, 0.5, 0.8]).view(1, 1, 1, 3)
    assert psnr(prediction, target).item() == pytest.approx(-10 * math.log10(0.05 / 3), rel=8 * EPS)


def test_psnr_is_scikit_images(pair):
    wanted = [peak_signal_noise_ratio(t[0].numpy(), p[0].numpy(), data_range=1) for p, t in zip(*pair, strict=True)]
    assert psnr(*pair).tolist() == pytest.approx(wanted, rel=8 * EPS)


def test_ssim_is_scikit_images(pair):
    settings = {"gaussian_weights": True, "sigma": 1.5, "use_sample_covariance": False, "data_range": 1}
    wanted = [
        structural_similarity(t[0].double().numpy(), p[0].double().numpy(), **settings)
        for p, t in zip(*pair, strict=True)
    ]
    assert ssim(*pair).tolist() == pytest.approx(wanted, abs=8 * EPS)


def test_one_value_for_each_picture(pair):
    assert psnr(*pair).shape == ssim(*pair).shape == (30,)
    assert isinstance(pooled_psnr(*pair), float)


def test_identical_pictures(pair):
    target = pair[1]
    assert psnr(target, target).tolist() == [math.inf] * 30
    assert pooled_psnr(target, target) == math.inf
    assert ssim(target, target).tolist() == pytest.approx([1] * 30)


def test_pooled_is_the_psnr_of_the_pooled_error_and_never_above_the_mean(pair):
    prediction, target = pair
    assert pooled_psnr(*pair) == pytest.approx(
        -10 * math.log10((prediction - target).square().mean().item()), rel=8 * EPS
    )
    assert pooled_psnr(*pair) <= psnr(*pair).mean()


@pytest.mark.parametrize("score", [psnr, ssim, pooled_psnr])
def test_wrong_ranges_are_refused_not_scored(pair, score):
    prediction, target = pair
    with pytest.raises(ValueError, match=r"target must lie in \[0, 1\]"):
        score(prediction * 255, target * 255)
    with pytest.raises(ValueError, match=r"target must lie in \[0, 1\]"):
        score(2 * prediction - 1, 2 * target - 1)
    with pytest.raises(ValueError, match=r"prediction must lie in \[-1, 2\]"):
        score(prediction * 255, target)
    with pytest.raises(ValueError, match="one shape"):
        score(prediction[:5], target)


def test_overshoot_is_scored_as_it_is(pair):
    prediction, target = pair
    assert (psnr(prediction, target) < psnr(prediction.clamp(0, 1), target)).all()


def test_the_reader_reads_the_sample():
    images, labels = load_digits(split="test")
    assert (read_digits(images) == labels).float().mean() >= 0.99


def test_the_reader_reads_what_a_person_sees(pair):
    prediction, _ = pair
    assert read_digits(prediction).equal(read_digits(prediction.clamp(0, 1)))
    with pytest.raises(ValueError, match="28 x 28"):
        read_digits(prediction[..., :14, :14])

"""The known world: the posterior against brute force, and the laws that follow from it."""

import itertools
import math

import pytest
import torch
from rounding import EPS
from seeded import seeded

from mnist_sr_helpers import (
    FACTORS,
    downsample,
    load_digits,
    observe,
    posterior_mean,
    posterior_median,
    posterior_sample,
    posterior_weights,
)

FACTOR, SIGMA = 7, 0.05


@pytest.fixture(scope="module")
def tiny():
    """A world of twelve digits and thirty pictures of it, seen through strong noise."""
    world = load_digits().images[:12]
    drawn = torch.randint(12, (30,), generator=seeded())
    return world, drawn, observe(world[drawn], FACTOR, 0.2, seed=1)


@pytest.fixture(scope="module")
def world():
    return load_digits().images


@pytest.fixture(scope="module")
def seen(world):
    """Truths, posterior weights and posterior means of 2,000 pictures of the 5,000 digits."""
    truth = world[torch.randint(5000, (2000,), generator=seeded(10))]
    weights = posterior_weights(observe(truth, FACTOR, SIGMA, seed=11), world, FACTOR, SIGMA)
    return truth, weights, posterior_mean(weights, world)


def squared_error(estimate, truth):
    return (estimate - truth).square().mean((1, 2, 3))


@pytest.mark.parametrize("factor", FACTORS)
def test_what_is_seen_is_the_low_resolution_and_noise(world, factor):
    x = world[:200]
    noise = observe(x, factor, 0.1, seed=3) - downsample(x, factor)
    assert noise.std().item() == pytest.approx(0.1, rel=0.05)
    assert abs(noise.mean().item()) < 0.01
    assert observe(x, factor, 0.1, seed=3).equal(observe(x, factor, 0.1, seed=3))
    assert not observe(x, factor, 0.1, seed=4).equal(observe(x, factor, 0.1, seed=3))


def test_weights_by_brute_force(tiny):
    world, _, y = tiny
    weights = posterior_weights(y, world, FACTOR, 0.2)
    small = downsample(world, FACTOR)
    for row, picture in zip(weights, y, strict=True):
        pixels = picture.flatten().tolist()
        densities = []
        for x in small:
            squares = [(a - b) ** 2 for a, b in zip(pixels, x.flatten().tolist(), strict=True)]
            densities.append(math.exp(-sum(squares) / (2 * 0.2**2)))
        assert row.tolist() == pytest.approx([density / sum(densities) for density in densities], rel=1e-4, abs=1e-12)


@pytest.mark.parametrize("factor", FACTORS[1:])
@pytest.mark.parametrize("sigma", [0.01, 0.05, 0.5])
def test_weights_are_probabilities(world, factor, sigma):
    weights = posterior_weights(observe(world[:5], factor, sigma), world[:300], factor, sigma)
    assert weights.shape == (5, 300)
    assert weights.dtype == torch.float64
    assert (weights >= 0).all()
    assert torch.allclose(weights.sum(1), torch.ones(5, dtype=torch.float64))


def test_weights_are_as_often_right_as_they_say(seen, world):
    """Calibration: of the digits that are given a third of the probability, a third are the truth."""
    truth, weights, _ = seen
    most, where = weights.max(1)
    right = (world[where] == truth).flatten(1).all(1).double()
    for low, high in ((0.1, 0.4), (0.4, 0.7), (0.7, 1.0)):
        part = (most > low) & (most <= high)
        error = 4 * (most[part] * (1 - most[part])).mean().sqrt() / part.sum().sqrt()
        assert abs(right[part].mean() - most[part].mean()) < error


def test_without_noise_to_speak_of_the_digit_is_found(world):
    truth = world[:50]
    for factor in (2, 4, 7):
        weights = posterior_weights(observe(truth, factor, 1e-4), world, factor, 1e-4)
        assert weights.argmax(1).tolist() == list(range(50))
        assert torch.allclose(posterior_mean(weights, world), truth, atol=EPS)
        assert posterior_median(weights, world).equal(truth)
        assert posterior_sample(weights, world).equal(truth)


def test_mean_median_and_sample_by_hand():
    world = torch.zeros(3, 1, 28, 28)
    world[2] = 1.0
    weights = torch.tensor([[1 / 3, 1 / 3, 1 / 3], [0.1, 0.2, 0.7], [0.5, 0.0, 0.5]], dtype=torch.float64)
    assert posterior_mean(weights, world)[:, 0, 5, 5].tolist() == pytest.approx([1 / 3, 0.7, 0.5])
    assert posterior_median(weights, world)[:, 0, 5, 5].tolist() == [0, 1, 0]
    many = posterior_sample(weights[1:2].expand(4000, 3), world, seed=0)
    assert many.mean().item() == pytest.approx(0.7, abs=0.03)
    assert posterior_mean(weights.float(), world)[:, 0, 0, 0].tolist() == pytest.approx([1 / 3, 0.7, 0.5])


def test_no_other_answer_has_less_expected_squared_error(tiny):
    """The expectation itself, not a draw: the mean against the digits, the median, and nudges of the mean."""
    world, _, y = tiny
    weights = posterior_weights(y, world, FACTOR, 0.2)
    mean = posterior_mean(weights, world)

    def expected(estimate, power):
        return (weights * (estimate.double()[:, None] - world.double()[None]).abs().pow(power).mean((2, 3, 4))).sum(1)

    others = [digit[None].expand_as(mean) for digit in world] + [posterior_median(weights, world)]
    others += [(mean + 0.01 * torch.randn(mean.shape, generator=seeded(i))) for i in range(5)]
    for other in others:
        assert (expected(other, 2) >= expected(mean, 2) - EPS**2).all()
        # What it costs more is how far it lies from the mean.
        distance = (other - mean).double().square().mean((1, 2, 3))
        assert torch.allclose(expected(other, 2) - expected(mean, 2), distance, atol=EPS)
    median = posterior_median(weights, world)
    for other in [mean, *others]:
        assert (expected(other, 1) >= expected(median, 1) - EPS).all()
    assert (expected(mean, 1) > expected(median, 1) + 1e-4).any()


def test_each_has_the_least_pooled_error_of_its_kind(seen, world):
    truth, weights, mean = (part[:150] for part in seen)
    answers = [posterior_median(weights, world), posterior_sample(weights, world), world[weights.argmax(1)]]
    assert all(squared_error(mean, truth).mean() < squared_error(other, truth).mean() for other in answers)
    absolute = [(answer - truth).abs().mean() for answer in [*answers, mean]]
    assert absolute[0] == min(absolute)
    assert absolute[0] < 0.9 * absolute[-1]


def test_a_sample_costs_twice_the_mean(seen, world):
    """3.01 dB, within three standard errors that are themselves small enough to tell 2 from 1.8 or 2.2."""
    truth, weights, mean = seen
    of_mean = squared_error(mean, truth).double()
    of_sample = squared_error(posterior_sample(weights, world, seed=12), truth).double()
    ratio = of_sample.mean() / of_mean.mean()
    error = (of_sample - ratio * of_mean).std() / len(of_mean) ** 0.5 / of_mean.mean()
    assert error < 0.05
    assert abs(ratio - 2) < 3 * error
    assert 10 * math.log10(ratio) == pytest.approx(3.01, abs=0.25)


@pytest.mark.parametrize("t", [0.25, 0.5, 0.75])
def test_in_between_the_price_is_one_plus_t_squared(seen, world, t):
    truth, weights, mean = seen
    sample = posterior_sample(weights, world, seed=12)
    hedge = mean + t * (sample - mean)
    ratio = (squared_error(hedge, truth).mean() / squared_error(mean, truth).mean()).item()
    assert ratio == pytest.approx(1 + t**2, rel=0.03)


def test_the_mean_of_ten_samples(seen, world):
    """2k / (k + 1) between one of k samples and their mean: 2.60 dB for ten."""
    truth, weights, _ = (part[:1000] for part in seen)
    ten = torch.stack([posterior_sample(weights, world, seed=20 + i) for i in range(10)])
    one = (ten - truth).square().mean()
    assert 10 * math.log10(one / (ten.mean(0) - truth).square().mean()) == pytest.approx(2.60, abs=0.1)


def test_samples_are_distributed_as_the_weights_say(tiny):
    world, _, y = tiny
    weights = posterior_weights(y[:1], world, FACTOR, 0.2)
    drawn = posterior_sample(weights.expand(5000, -1), world, seed=5).flatten(1)
    shares = torch.stack([(drawn == digit.flatten()).all(1).double().mean() for digit in world])
    assert torch.allclose(shares, weights[0], atol=0.03)


def test_median_is_the_least_value_that_reaches_half(tiny):
    world, _, y = tiny
    weights = posterior_weights(y[:4], world, FACTOR, 0.2)
    medians = posterior_median(weights, world)
    for row, picture in zip(weights, medians, strict=True):
        for i, j in itertools.product((6, 10, 14, 20), repeat=2):
            pairs = sorted(zip(world[:, 0, i, j].tolist(), row.tolist(), strict=True))
            below = list(itertools.accumulate(weight for _, weight in pairs))
            wanted = next(value for (value, _), total in zip(pairs, below, strict=True) if total >= 0.5)
            assert picture[0, i, j].item() == pytest.approx(wanted)


HALF = torch.full((1, 2), 0.5, dtype=torch.float64)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda x: observe(x, 7, 0.0), ValueError, "^sigma must be a finite number above 0"),
        (lambda x: observe(x, 3, 0.1), ValueError, "^factor must be"),
        (lambda x: observe(x[..., :14, :14], 7, 0.1), ValueError, "^x must be 28 x 28"),
        (lambda x: observe(x, 7, 0.1, seed=-1), ValueError, "^seed must be at least 0"),
        (lambda x: posterior_weights(x, x, 7, 0.1), ValueError, "^y must be 4 x 4 pixels at x7"),
        (lambda x: posterior_weights(downsample(x, 7), x, 7, -0.1), ValueError, "^sigma must be"),
        (lambda x: posterior_weights(downsample(x, 7), x, 7, "0.1"), TypeError, "^sigma must be a number"),
        (lambda x: posterior_weights(downsample(x, 7), x[:0], 7, 0.1), ValueError, "^digits is empty"),
        (lambda x: posterior_mean(HALF, x), ValueError, "^weights must have a column for each of the 3 digits, got 2"),
        (lambda x: posterior_mean(HALF[0], x[:2]), ValueError, r"^weights must be a float tensor .*shape \(2,\)"),
        (lambda x: posterior_mean([[0.5, 0.5]], x[:2]), TypeError, "^weights must be a float tensor .*got list"),
        (lambda x: posterior_mean(HALF.long(), x[:2]), TypeError, "^weights must be a float .*torch.int64"),
        (lambda x: posterior_mean(HALF[:0], x[:2]), ValueError, "^weights is empty"),
        (lambda x: posterior_median(2 * HALF, x[:2]), ValueError, "^weights must be probabilities"),
        (lambda x: posterior_sample(HALF * math.nan, x[:2]), ValueError, "^weights holds NaN"),
        (lambda x: posterior_sample(torch.tensor([[1.5, -0.5]]), x[:2]), ValueError, "^weights must be probabilities"),
        (lambda x: posterior_sample(HALF, x[:2], seed=0.5), TypeError, "^seed must be a whole number"),
        (lambda x: posterior_mean(HALF, x[:2, 0]), ValueError, "^digits must have shape"),
    ],
)
def test_wrong_arguments(call, error, words):
    with pytest.raises(error, match=words):
        call(load_digits().images[:3])

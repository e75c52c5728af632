"""The bootstrap interval: covers the true mean as often as it says, narrows as it should, refuses what is no sample."""

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from seeded import seeded

from mnist_sr_helpers import bootstrap_interval


@pytest.mark.parametrize("skewed", [False, True])
def test_covers_the_true_mean_about_95_times_in_100(skewed):
    """400 samples of 80: the share that covers has a standard deviation of 1.1%."""
    generator = seeded()
    if skewed:
        samples, true = torch.empty(400, 80).exponential_(1, generator=generator), 1.0
    else:
        samples, true = torch.randn(400, 80, generator=generator) + 3, 3.0
    covered = 0
    for seed, sample in enumerate(samples):
        low, high = bootstrap_interval(sample, draws=300, seed=seed)
        covered += low <= true <= high
    # A skewed sample is covered a little less often, as the percentile method does.
    assert (0.89 if skewed else 0.915) < covered / 400 < 0.975


def test_is_close_to_the_normal_interval_and_narrows_with_the_root_of_n():
    wide, narrow = (torch.randn(count, generator=seeded()) for count in (100, 10_000))
    for sample in (wide, narrow):
        low, high = bootstrap_interval(sample)
        half = 1.96 * sample.std().item() / math.sqrt(len(sample))
        assert (high - low) / 2 == pytest.approx(half, rel=0.12)
        assert (high + low) / 2 == pytest.approx(sample.mean().item(), abs=0.2 * half)


def test_pairing_pays():
    """Two networks that find the same digits hard: their difference is known far better than either mean."""
    hard = torch.randn(500, generator=seeded()) * 3
    a, b = (hard + 0.3 * torch.randn(500, generator=seeded(seed)) for seed in (1, 2))
    (low, high), (low_a, high_a) = bootstrap_interval(a - b), bootstrap_interval(a)
    assert high - low < (high_a - low_a) / 4


def test_repeats_and_keeps_the_notebooks_random_numbers():
    sample = torch.randn(50, generator=seeded())
    before = torch.get_rng_state()
    assert bootstrap_interval(sample) == bootstrap_interval(sample)
    assert bootstrap_interval(sample, seed=1) != bootstrap_interval(sample)
    assert torch.get_rng_state().equal(before)


@given(st.lists(st.floats(-100, 100, width=32), min_size=2, max_size=20), st.integers(1, 50))
def test_lies_within_the_sample(values, draws):
    low, high = bootstrap_interval(torch.tensor(values), draws=draws)
    assert isinstance(low, float)
    slack = torch.finfo(torch.float64).eps * len(values) * 100  # means of up to 100 in float64
    assert min(values) - slack <= low <= high <= max(values) + slack


def test_of_equal_numbers_is_a_point():
    assert bootstrap_interval(torch.full((9,), 0.5)) == (0.5, 0.5)


@pytest.mark.parametrize(
    ("differences", "error", "words"),
    [
        ([0.1, 0.2], TypeError, "got list"),
        (torch.tensor([1, 2]), TypeError, r"got torch\.int64 of shape \(2,\)"),
        (torch.rand(3, 2), ValueError, r"of shape \(3, 2\)"),
        (torch.tensor(0.5), ValueError, r"of shape \(\)"),
        (torch.rand(0), ValueError, "is empty"),
        (torch.rand(1), ValueError, "at least two numbers, got 1"),
        (torch.tensor([0.5, math.inf]), ValueError, "NaN or infinite"),
        (torch.tensor([0.5, math.nan]), ValueError, "NaN or infinite"),
    ],
)
def test_wrong_differences(differences, error, words):
    with pytest.raises(error, match=f"^differences .*{words}"):
        bootstrap_interval(differences)


@pytest.mark.parametrize("bad", [-1, 0.5, "7", None, True])
@pytest.mark.parametrize("argument", ["draws", "seed"])
def test_wrong_counts(argument, bad):
    with pytest.raises((TypeError, ValueError), match=f"^{argument} must be"):
        bootstrap_interval(torch.rand(5), **{argument: bad})
    with pytest.raises(ValueError, match="^draws must be at"):
        bootstrap_interval(torch.rand(5), draws=0)


def test_blocks_see_that_neighbours_are_alike():
    """Fifty writers, twenty digits each: what is sure of a thousand digits is what is sure of fifty writers."""
    writers = torch.randn(50, generator=seeded()).repeat_interleave(20)
    (low, high), (low_b, high_b) = bootstrap_interval(writers), bootstrap_interval(writers, block=100)
    assert high_b - low_b > 2.5 * (high - low)
    expected = 2 * 1.96 * writers.std().item() / 50**0.5
    assert 0.6 * expected < high_b - low_b < 1.4 * expected


def test_blocks_of_independent_numbers_change_little():
    sample = torch.randn(1000, generator=seeded())
    (low, high), (low_b, high_b) = bootstrap_interval(sample), bootstrap_interval(sample, block=50)
    assert 0.6 < (high_b - low_b) / (high - low) < 1.4


def test_as_many_digits_are_drawn_where_blocks_leave_a_rest():
    sample = torch.randn(120, generator=seeded())
    (low, high), (low_b, high_b) = bootstrap_interval(sample, block=40), bootstrap_interval(sample[:119], block=40)
    assert 0.85 < (high_b - low_b) / (high - low) < 1.15


@pytest.mark.parametrize("bad", [0, 3, 0.5, "7", None, True])
def test_wrong_blocks(bad):
    with pytest.raises((TypeError, ValueError), match="^block must be"):
        bootstrap_interval(torch.rand(5), block=bad)

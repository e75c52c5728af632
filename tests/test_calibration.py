"""Ranks, coverage and spread: right for samples of the truth's own distribution, wrong for others."""

import pytest
import torch
from seeded import seeded

from mnist_sr_helpers import ink, load_digits, ranks, slant, spread, width


@pytest.fixture(scope="module")
def digits():
    return load_digits(split="test").images


def drawn(*shape, seed=0):
    return torch.randn(shape, generator=seeded(seed))


def test_ranks_are_even_for_samples_like_the_truth_and_uneven_for_others():
    truth = drawn(20_000)
    for strength, even in ((1.0, True), (0.5, False), (2.0, False)):
        counts = ranks(truth, strength * drawn(9, 20_000, seed=1)).bincount(minlength=10)
        assert counts.sum() == 20_000
        off = (counts / 2000 - 1).abs().max()
        assert (off < 0.1) == even, (strength, counts)


def test_among_equal_values_the_rank_is_drawn_and_the_seed_decides():
    truth, samples = torch.zeros(3000), torch.zeros(4, 3000)
    counts = ranks(truth, samples).bincount(minlength=5)
    assert (counts > 500).all()
    assert ranks(truth, samples).equal(ranks(truth, samples, seed=0))
    assert not ranks(truth, samples).equal(ranks(truth, samples, seed=1))


def test_ink_width_and_slant_measure_what_they_say(digits):
    some = digits[:50]
    torch.testing.assert_close(ink(some / 2), ink(some) / 2)
    for feature in (width, slant):
        torch.testing.assert_close(feature(some / 2), feature(some))
        torch.testing.assert_close(feature(some.roll(1, dims=3)), feature(some), atol=1e-4, rtol=1e-4)
    torch.testing.assert_close(width(some.flip(3)), width(some))
    torch.testing.assert_close(slant(some.flip(3)), -slant(some))
    leaning = torch.eye(28)[None, None]
    assert slant(leaning).item() == pytest.approx(1)
    assert slant(leaning.flip(3)).item() == pytest.approx(-1)
    assert torch.isfinite(torch.stack([width(torch.zeros(1, 1, 28, 28)), slant(torch.zeros(1, 1, 28, 28))])).all()


def test_spread_is_the_variance_among_a_digits_samples():
    assert spread(drawn(2000, 2, 1, 4, 4)) == pytest.approx(torch.ones(2), abs=0.1)
    assert spread(torch.ones(3, 5, 1, 4, 4)).equal(torch.zeros(5, dtype=torch.float64))


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: ranks(torch.zeros(3), torch.zeros(4, 2)), ValueError, "^samples must have a column for each of the 3"),
        (lambda: ranks(torch.zeros(3, 1), torch.zeros(4, 3)), ValueError, "^truth must be"),
        (lambda: ranks([1.0], torch.zeros(4, 1)), TypeError, "^truth must be"),
        (lambda: ranks(torch.zeros(3), torch.zeros(4, 3), seed=-1), ValueError, "^seed must be"),
        (lambda: ranks(torch.full((3,), torch.nan), torch.zeros(4, 3)), ValueError, "^truth holds NaN"),
        (lambda: spread(torch.zeros(1, 2, 1, 4, 4)), ValueError, "^samples must be at least two"),
        (lambda: spread([1, 2]), TypeError, "^samples must be a float tensor"),
        (lambda: ink(torch.zeros(28, 28)), ValueError, "^images must have"),
        (lambda: width(2 * torch.ones(1, 1, 28, 28)), ValueError, "^images must lie"),
        (lambda: slant(None), TypeError, "^images must be"),
    ],
)
def test_wrong_arguments_are_named(call, error, words):
    with pytest.raises(error, match=words):
        call()

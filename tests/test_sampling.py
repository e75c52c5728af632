"""The sampler: exact in the known world, learnt for real digits; the same seed gives the same samples."""

import pytest
import torch
import torch.nn.functional as F
from rounding import PICTURE
from seeded import seeded

from mnist_sr_helpers import (
    denoised_mean,
    downsample,
    exact_guess,
    follow,
    load_digits,
    observe,
    posterior_weights,
    psnr,
    rung,
    sample,
    sampling,
)


@pytest.fixture(scope="module")
def digits():
    return load_digits(split="test").images[:40]


def noise(count, seed=0):
    return torch.randn((count, 1, 28, 28), generator=seeded(seed))


@pytest.mark.parametrize("steps", [1, 2, 10])
def test_whoever_guesses_the_same_throughout_arrives_there(steps):
    goal = noise(3, 1)
    path = follow(lambda z, t: goal, noise(3), steps)
    assert len(path) == steps + 1
    assert path[0].equal(noise(3))
    torch.testing.assert_close(path[-1], goal)


def test_steps_get_shorter_and_the_guess_is_asked_where_the_picture_is():
    asked = []

    def guess(z, t):
        asked.append((z.clone(), t[0, 0, 0, 0].item()))
        return torch.zeros_like(z)

    path = follow(guess, noise(2), 4)
    times = [t for _, t in asked]
    assert times == pytest.approx([0, 7 / 16, 7 / 16, 3 / 4, 3 / 4, 15 / 16, 15 / 16])
    assert asked[2][0].equal(path[1])


def test_each_picture_has_its_own_time():
    world = load_digits().images[:30]
    weights = torch.full((2, 30), 1 / 30)
    guess, z, t = exact_guess(weights, world), noise(2), torch.tensor([0.2, 0.9]).view(2, 1, 1, 1)
    one_by_one = [exact_guess(weights[i : i + 1], world)(z[i : i + 1], t[i : i + 1]) for i in range(2)]
    torch.testing.assert_close(guess(z, t), torch.cat(one_by_one))


def test_the_exact_flow_draws_from_the_posterior():
    world = load_digits().images[:12]
    y = observe(world[:1], 14, 0.1, seed=3)
    weights = posterior_weights(y, world, 14, 0.1)
    assert 0.1 < weights.max() < 0.9, "there is doubt"
    count = 400
    guess = exact_guess(weights.expand(count, -1), world)
    ends = (follow(guess, noise(count), 40)[-1] + 1) / 2
    apart = torch.cdist(ends.flatten(1), world.flatten(1))
    assert apart.amin(1).median() < 0.1, "it arrives at digits of the world"
    found = apart.argmin(1).bincount(minlength=12) / count
    off = (found - weights[0]).abs()
    assert (off < 4 * (weights[0] * (1 - weights[0]) / count).sqrt() + 0.02).all(), (found, weights)


def test_at_the_start_the_exact_guess_is_the_posterior_mean():
    world = load_digits().images[:50]
    weights = posterior_weights(observe(world[:3], 7, 0.05), world, 7, 0.05)
    guess = exact_guess(weights, world)(noise(3), torch.zeros(3, 1, 1, 1))
    torch.testing.assert_close((guess + 1) / 2, (weights @ world.flatten(1).double()).float().view(3, 1, 28, 28))


@pytest.mark.parametrize("factor", [7, 14])
def test_samples_are_digits_that_their_seed_decides(digits, factor):
    low = downsample(digits, factor)
    one, again, other = (sample(low, factor, seed=seed) for seed in (0, 0, 1))
    assert one.shape == (40, 1, 28, 28)
    assert one.min() >= 0
    assert one.max() <= 1
    assert one.equal(again)
    assert not one.equal(other)
    off = (downsample(one, factor) - low).square().mean().sqrt()
    assert off < 0.05, "a sample fits the small picture nearly"


@pytest.mark.parametrize("factor", [7, 14])
def test_samples_have_no_specks_and_fit(digits, factor, monkeypatch):
    """Neither ink alone nor a faint veil, which most samples have without the rule; and they fit the small picture."""
    low = downsample(digits, factor)

    def specks(drawn):
        ink = (drawn > 8 / 255).float()
        alone = ((F.conv2d(ink, torch.ones(1, 1, 3, 3), padding=1) == 1) & (ink > 0)).flatten(1).any(1)
        return alone.float().mean(), ((drawn > 0) & (drawn < 0.05)).float().mean()

    drawn = sample(low, factor)
    assert max(specks(drawn)) < 0.01
    assert 255 * (downsample(drawn, factor) - low).square().mean().sqrt() < 2, "grey levels"
    monkeypatch.setattr(sampling, "settled", lambda images, low, factor: images.clamp(0, 1))
    assert min(specks(sample(low, factor))) > 0.3


@pytest.mark.parametrize("factor", [7, 14])
def test_a_guess_that_fits_is_no_worse_for_any_digit(digits, factor):
    low, z = downsample(digits, factor), noise(len(digits))
    for t in (0.0, 0.5, 0.9):
        at, mixed = torch.full((len(digits), 1, 1, 1), t), (1 - t) * z + t * (2 * digits - 1)
        with torch.no_grad():
            plain = sampling.cached_denoiser(factor)(mixed, at, sampling.clues(low, factor))
            fitting = sampling.learnt_guess(low, factor)(mixed, at)
        before, after = ((guess - 2 * digits + 1).square().mean((1, 2, 3)) for guess in (plain, fitting))
        assert (after <= before + PICTURE).all()
        assert (downsample((fitting + 1) / 2, factor) - low).abs().max() < PICTURE


def test_what_is_faint_or_alone_is_removed():
    x = torch.zeros(1, 1, 28, 28)
    x[0, 0, 3:6, 3:6] = 0.6  # a stroke
    x[0, 0, 6, 6] = 0.1  # its pale corner
    speckled = x.clone()
    speckled[0, 0, 0, 27] = 0.9  # at the border, alone
    speckled[0, 0, 20:22, 20] = 0.9 * sampling.ALONE  # two, both pale
    speckled[0, 0, 6, 5] = 0.9 * sampling.FAINT  # at the stroke
    assert sampling.without_specks(speckled).equal(x)


@pytest.mark.parametrize("factor", [7, 14])
def test_its_own_mean_is_at_least_as_good_as_the_best_rung(digits, factor):
    low = downsample(digits, factor)
    own, best = (
        psnr(x.clamp(0, 1), digits).mean() for x in (denoised_mean(low, factor), rung("EDSR-like", factor)(low))
    )
    assert own > best - 0.1
    one = (sample(low, factor) - digits).square().mean() / (denoised_mean(low, factor) - digits).square().mean()
    assert 1.3 < one < 2.4, "a sample costs about twice the error"


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"steps": 0}, ValueError, "^steps must be"),
        ({"steps": 2.5}, TypeError, "^steps must be"),
        ({"seed": "a"}, TypeError, "^seed must be"),
        ({"seed": -1}, ValueError, "^seed must be"),
        ({"factor": 4}, ValueError, r"^factor must be one of \(7, 14\)"),
        ({"y": torch.zeros(2, 1, 7, 7)}, ValueError, "^y "),
        ({"y": torch.full((1, 1, 4, 4), torch.nan)}, ValueError, "^y holds NaN"),
        ({"y": None}, TypeError, "^y must be"),
    ],
)
def test_wrong_arguments_are_named(change, error, words):
    arguments = {"y": torch.zeros(1, 1, 4, 4), "factor": 7, **change}
    with pytest.raises(error, match=words):
        sample(**arguments)
    if not {"steps", "seed"} & set(change):
        with pytest.raises(error, match=words):
            denoised_mean(**arguments)


def test_an_exact_guess_of_what_are_no_weights_or_digits_is_refused():
    world, weights = load_digits().images[:4], torch.full((1, 4), 0.25)
    for argument, call in (
        ("digits", lambda: exact_guess(weights, world * 255)),
        ("weights", lambda: exact_guess(weights[:, :3], world)),
        ("weights", lambda: exact_guess(2 * weights, world)),
    ):
        with pytest.raises(ValueError, match=f"^{argument} "):
            call()


def test_a_damaged_network_is_named(tmp_path, monkeypatch):
    broken = tmp_path / "flow_x7.safetensors"
    broken.write_bytes(b"no weights")
    monkeypatch.setattr(sampling, "checkpoint", lambda key, factor: broken)
    sampling.cached_denoiser.cache_clear()
    with pytest.raises(RuntimeError, match=r"flow_x7\.safetensors is damaged"):
        sample(torch.zeros(1, 1, 4, 4), 7)
    sampling.cached_denoiser.cache_clear()

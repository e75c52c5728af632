"""The critic: it finds what an estimator that is no posterior mean leaves, and nothing where nothing is left."""

import pytest
import torch
from seeded import seeded

from mnist_sr_helpers import critic_gain, downsample, fit_critic, load_digits, rung, upsample
from mnist_sr_helpers.posterior import observe, posterior_mean, posterior_weights


def test_bicubic_fails_it():
    """The control: what it leaves can be known."""
    train, test = load_digits().images[:2000], load_digits(split="test").images[:300]
    y, low = downsample(train, 7), downsample(test, 7)
    critic = fit_critic(train - upsample(y, 7), y, 7, epochs=3)
    residual = test - upsample(low, 7)
    gained = critic_gain(residual, critic(low))
    assert gained.mean() > 0.1 * residual.square().mean()


def test_the_posterior_mean_of_a_known_world_passes():
    """The truth is one of 300 digits: what it leaves is noise to any function of y."""
    world, sigma = load_digits().images[:300], 0.05
    pairs = []
    for seed in (1, 2):
        truth = world[torch.randint(300, (2000,), generator=seeded(seed))]
        y = observe(truth, 7, sigma, seed)
        pairs.append((truth - posterior_mean(posterior_weights(y, world, 7, sigma), world), y))
    (residual, y), (other, seen) = pairs
    critic = fit_critic(residual, y, 7, epochs=2)
    assert critic_gain(other, critic(seen)).mean() < 0.01 * other.square().mean()


def test_the_notebooks_own_random_numbers_go_on_as_they_were():
    x = torch.rand(70, 1, 28, 28, generator=seeded())
    torch.manual_seed(5)
    wanted = torch.rand(3)
    torch.manual_seed(5)
    fit_critic(x, downsample(x, 7), 7, epochs=1)
    assert torch.rand(3).equal(wanted)


def test_the_gain_is_the_drop_of_the_squared_error():
    residual = torch.rand(3, 1, 28, 28, generator=seeded())
    assert critic_gain(residual, residual).allclose(residual.flatten(1).double().square().mean(1))
    assert critic_gain(residual, torch.zeros_like(residual)).abs().max() == 0
    assert (critic_gain(residual, -residual) < 0).all()


def test_a_low_resolution_of_another_factor_is_refused():
    x = load_digits().images[:128]
    critic = fit_critic(x, downsample(x, 7), 7, epochs=1)
    with pytest.raises(ValueError, match=r"^y .*x7"):
        critic(downsample(x, 4))


def test_a_residual_with_a_gradient_teaches_as_without():
    x = load_digits().images[:128]
    y, scale = downsample(x, 14), torch.ones(1, requires_grad=True)
    residual = x - rung("bicubic", 14)(y)
    assert fit_critic(residual * scale, y, 14, epochs=2)(y).equal(fit_critic(residual, y, 14, epochs=2)(y))


def test_an_untrained_critic_predicts_nothing_and_repeats():
    x = load_digits().images[:128]
    y = downsample(x, 14)
    residual = x - rung("bicubic", 14)(y)
    first, again = (fit_critic(residual, y, 14, epochs=1)(y) for _ in range(2))
    assert first.equal(again)
    assert not first.equal(fit_critic(residual, y, 14, epochs=1, seed=1)(y))


def test_bad_input():
    x = load_digits().images[:4]
    for argument, call in (
        ("residual", lambda: fit_critic(x[:, :, :14], downsample(x, 7), 7)),
        ("y", lambda: fit_critic(x, downsample(x, 4), 7)),
        ("residual and y", lambda: fit_critic(x, downsample(x[:2], 7), 7)),
        ("residual and predicted", lambda: critic_gain(x, x[:2])),
        ("predicted", lambda: critic_gain(x, x * torch.nan)),
    ):
        with pytest.raises((TypeError, ValueError), match=f"^{argument} "):
            call()

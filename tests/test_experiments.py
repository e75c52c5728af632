"""The trained variants of the experiments: all there, loaded as said, wrong names refused."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from mnist_sr_helpers import (
    AUGMENTATIONS,
    DEGRADATIONS,
    SEEDS,
    SIZES,
    downsample,
    load_digits,
    load_experiment,
    psnr,
    quantise,
    restore,
    upsample,
)
from mnist_sr_helpers.experiments import EXPERIMENTS, LOSSES, experiment_path
from tools.train import IN_TRAINING, degrade_mixed, read_settings

VARIANTS = [(experiment, name) for experiment, variants in EXPERIMENTS.items() for name in variants]


@pytest.fixture(scope="module")
def x():
    return load_digits(split="test").images[:60]


@pytest.mark.parametrize(("experiment", "name"), VARIANTS)
def test_every_variant_ships_and_beats_bicubic_on_its_own_degradation(experiment, name, x):
    model = load_experiment(experiment, name)
    assert not model.training
    (factor,) = EXPERIMENTS[experiment][name].epochs
    low = DEGRADATIONS[name](x) if name in DEGRADATIONS else downsample(x, factor)
    with torch.no_grad():
        estimate = model(low)
    assert estimate.shape == x.shape
    assert psnr(estimate.clamp(0, 1), x).mean() > psnr(upsample(low, factor).clamp(0, 1), x).mean() + 0.3


def test_the_variants_are_those_that_the_lessons_ask_for():
    assert [len(variants) for variants in EXPERIMENTS.values()] == [
        2 * len(LOSSES) * (len(SEEDS) + 1), 2 * len(SIZES), len(DEGRADATIONS) + 1, 2 * len(AUGMENTATIONS) * len(SEEDS)
    ]  # fmt: skip
    wanted = [("losses", "l1_x7_0"), ("losses", "l2_x4_twice"), ("sizes", "middle_500"), ("sizes", "simplesr_55000"),
              ("degradations", "mixed"),
              ("augmentation", "shift_0"), ("augmentation", "few_none_2")]  # fmt: skip
    assert set(wanted) <= set(VARIANTS)


@pytest.mark.parametrize(("experiment", "name"), VARIANTS)
def test_every_variant_says_how_it_was_trained(experiment, name):
    settings = read_settings(experiment_path(experiment, name), name)
    assert "training digits" in settings["digits"]
    if experiment in ("losses", "augmentation"):
        assert settings["schedule"].endswith(f"seed {'0' if name.endswith('_twice') else name[-1]}")
    if name.endswith("_twice"):
        once = name.replace("twice", "0")
        once = read_settings(experiment_path(experiment, once), once)
        assert [int(how["schedule"].split()[0]) for how in (once, settings)] in ([80, 160], [96, 192])
    if experiment == "augmentation":
        assert settings["digits"].startswith("500 " if name.startswith("few_") else "5,000 ")
        assert settings["digits"].endswith(name.removeprefix("few_")[:-2]) or "none" in name
    if experiment == "sizes":
        assert settings["digits"].split()[0].replace(",", "") == name.split("_")[1]


def test_the_seeds_of_a_variant_are_different_networks():
    first, second = (next(load_experiment("augmentation", f"none_{seed}").parameters()) for seed in (0, 1))
    assert not first.equal(second)


def test_each_caller_gets_a_network_of_its_own():
    mine = load_experiment("degradations", "area")
    torch.nn.init.zeros_(mine.head.weight)
    assert load_experiment("degradations", "area").head.weight.abs().max() > 0


@given(name=st.one_of(st.text(max_size=12), st.integers(), st.none(), st.booleans()))
def test_wrong_names_are_refused(name):
    with pytest.raises((TypeError, ValueError), match="^experiment must be"):
        load_experiment(name, "area")
    with pytest.raises((TypeError, ValueError), match="^name must be"):
        load_experiment("degradations", name)


@pytest.mark.parametrize(
    ("experiment", "name"),
    [("losses", "l3_x7_0"), ("losses", "l2_x4_3"), ("sizes", "middle_501"), ("degradations", "shift_0"),
     ("augmentation", "none"), ("augmentation", "Shift_0"), ("degradations", "bicubic_aliased")],
)  # fmt: skip
def test_names_of_other_experiments_and_files_are_refused(experiment, name):
    with pytest.raises(ValueError, match="^name must be one of"):
        load_experiment(experiment, name)


def test_a_missing_checkpoint_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr("mnist_sr_helpers.experiments.CHECKPOINTS", tmp_path)
    with pytest.raises(RuntimeError, match=r"degradations_2\.safetensors is missing"):
        load_experiment("degradations", "bicubic, aliased")


def test_degradations_are_six_ways_to_downsample_a_file_and_noise(x):
    assert DEGRADATIONS["bicubic"](x).equal(downsample(x, 4))
    assert DEGRADATIONS["bicubic, aliased"](x).equal(downsample(x, 4, antialias=False))
    assert DEGRADATIONS["bilinear, aliased"](x).equal(downsample(x, 4, "bilinear", antialias=False))
    assert DEGRADATIONS["bicubic, 8 bit"](x).equal(quantise(downsample(x, 4)))
    noise = DEGRADATIONS["bicubic, noisy"](x) - downsample(x, 4)
    assert noise.std().item() == pytest.approx(5 / 255, rel=0.05)
    lows = torch.stack([degrade(x) for degrade in DEGRADATIONS.values()])
    assert lows.shape == (8, 60, 1, 7, 7)
    distances = torch.cdist(lows.flatten(1), lows.flatten(1))
    assert distances[~torch.eye(8, dtype=torch.bool)].min() > 0.5, "two of them are the same"


def test_the_noise_is_the_same_each_time_and_another_for_each_digit(x):
    noisy, noise = DEGRADATIONS["bicubic, noisy"], DEGRADATIONS["bicubic, noisy"](x) - downsample(x, 4)
    assert noisy(x).equal(noisy(x))
    assert torch.cdist(noise.flatten(1), noise.flatten(1))[~torch.eye(60, dtype=torch.bool)].min() > 0.1


def test_mixed_takes_the_degradations_in_turn(x):
    mixed = degrade_mixed(x[:16])
    for position, low in enumerate(mixed):  # all of the batch, as noise is drawn by place in it
        way = list(IN_TRAINING.values())[position % 8]
        assert low.equal(way(x[:16])[position]), position
    with pytest.raises(TypeError, match="^x must be a torch tensor"):
        degrade_mixed(x.numpy())


def test_the_mixed_network_is_never_bad(x):
    """What a mixture buys: above bicubic under each degradation."""
    mixed = load_experiment("degradations", "mixed")
    for degrade in DEGRADATIONS.values():
        low = degrade(x)
        gain = psnr(restore(mixed, low).clamp(0, 1), x).mean() - psnr(upsample(low, 4).clamp(0, 1), x).mean()
        assert gain > 1

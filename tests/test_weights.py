"""Checkpoints: whole, small, as good as they must be, and refused when damaged."""

import pytest
import torch

from mnist_sr_helpers import FACTORS, TRAINED, downsample, load_digits, load_model, load_reader, psnr, restore
from mnist_sr_helpers import weights as weights_module
from mnist_sr_helpers.models import EnlargeFirst
from mnist_sr_helpers.weights import CHECKPOINTS, read_settings, read_weights, write_weights


def test_every_checkpoint_is_under_one_megabyte_and_says_how_it_was_made():
    paths = sorted(CHECKPOINTS.glob("*.safetensors"))
    wanted = {f"{name}_x{factor}.safetensors" for name in TRAINED for factor in FACTORS[1:]}
    assert {path.name for path in paths} >= wanted | {"reader.safetensors"}
    for path in paths:
        assert path.stat().st_size < 1_000_000, path.name
        assert {"digits", "schedule"} <= set(read_settings(path)), path.name


def test_the_readers_settings_state_99_in_100():
    right, _, total, *_ = read_settings(CHECKPOINTS / "reader.safetensors")["test"].split()
    assert total == "10000"
    assert int(right) >= 9900


@pytest.mark.parametrize("name", TRAINED)
@pytest.mark.parametrize("factor", FACTORS[1:])
def test_trained_networks_beat_bicubic_on_test_digits(name, factor):
    test = load_digits(split="test").images
    low = downsample(test, factor)
    bicubic = psnr(weights_module.EnlargeFirstResidual(factor)(low).detach().clamp(0, 1), test).mean()
    assert psnr(restore(load_model(name, factor), low).clamp(0, 1), test).mean() > bicubic + 0.3


def test_each_caller_gets_a_copy_in_evaluation_mode():
    mine = load_model("residual", 2)
    torch.nn.init.zeros_(mine.body.conv1.weight)
    assert load_model("residual", 2).body.conv1.weight.abs().max() > 0
    with pytest.raises(TypeError, match="^factor must be"):
        load_model("residual", 2.0)
    assert not load_reader().training
    assert not load_model("residual", 2).training


def test_written_whole_and_read_back(tmp_path):
    path = tmp_path / "model.safetensors"
    model = EnlargeFirst(2)
    write_weights(model, path, {"digits": "none"})
    again = read_weights(EnlargeFirst(2), path)
    assert all(a.equal(b) for a, b in zip(model.parameters(), again.parameters(), strict=True))
    assert read_settings(path) == {"digits": "none"}
    assert [file.name for file in tmp_path.iterdir()] == ["model.safetensors"]


@pytest.mark.parametrize("damage", ["cut", "empty", "other", "text"])
def test_damaged_checkpoints_are_named(tmp_path, damage):
    path = tmp_path / "model.safetensors"
    write_weights(EnlargeFirst(2) if damage != "other" else torch.nn.Linear(2, 2), path, {})
    content = path.read_bytes()
    path.write_bytes({"cut": content[:200], "empty": b"", "other": content, "text": b"<html>"}[damage])
    before = path.read_bytes()
    with pytest.raises(RuntimeError, match=r"model\.safetensors is damaged or is not a EnlargeFirst"):
        read_weights(EnlargeFirst(2), path)
    assert path.read_bytes() == before


def test_a_missing_checkpoint_is_named(tmp_path):
    with pytest.raises(RuntimeError, match=r"gone\.safetensors is missing"):
        read_weights(EnlargeFirst(2), tmp_path / "gone.safetensors")

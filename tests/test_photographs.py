"""The photographs: what they are, where they come from, and that no damage goes unnoticed."""

import shutil

import numpy as np
import pytest
import torch
from PIL import Image

from mnist_sr_helpers import load_photographs, photographs
from mnist_sr_helpers.photographs import PHOTOGRAPHS
from tools import make_photographs


def test_what_they_are():
    found = load_photographs()
    assert tuple(found) == PHOTOGRAPHS
    for patches in found.values():
        assert patches.shape == (81, 1, 28, 28)
        assert patches.dtype == torch.float32
        assert 0 <= patches.min() < 0.1 < 0.6 < patches.max() <= 1
        assert torch.equal(patches * 255, (patches * 255).round()), "8-bit levels"
        assert len(patches.unique(dim=0)) == 81
    assert len({patches[0].sum().item() for patches in found.values()}) == len(found)


@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_the_script_makes_the_same_pixels_again(name):
    with Image.open(photographs.FOLDER / f"{name}.png") as image:
        assert image.mode == "L"
        assert np.array_equal(np.array(image), make_photographs.crop(name))


def test_the_patches_lie_where_the_photograph_has_them():
    whole = photographs.read_grey(photographs.FOLDER / "camera.png")
    patches = load_photographs()["camera"]
    assert torch.equal(patches[0, 0], whole[:28, :28])
    assert torch.equal(patches[1, 0], whole[:28, 28:56])
    assert torch.equal(patches[9, 0], whole[28:56, :28])
    assert torch.equal(patches.view(9, 9, 28, 28).permute(0, 2, 1, 3).reshape(252, 252), whole)


def test_they_are_small_and_carry_their_licence():
    files = {path.name: path for path in photographs.FOLDER.iterdir()}
    assert set(files) == {"LICENSE", *(f"{name}.png" for name in PHOTOGRAPHS)}
    assert sum(path.stat().st_size for path in files.values()) < 300_000
    licence = files["LICENSE"].read_text("utf-8")
    assert "CC0" in licence
    assert all(f"{name}.png" in licence for name in PHOTOGRAPHS)


def damaged(path):
    path.write_bytes(path.read_bytes()[:1000])


def emptied(path):
    path.write_bytes(b"")


def resized(path):
    Image.fromarray(np.zeros((28, 28), np.uint8)).save(path)


def coloured(path):
    Image.fromarray(np.zeros((252, 252, 3), np.uint8)).save(path)


@pytest.mark.parametrize("harm", [damaged, emptied, resized, coloured, lambda path: path.unlink()])
def test_a_broken_file_is_named(tmp_path, monkeypatch, harm):
    folder = tmp_path / "photographs"
    shutil.copytree(photographs.FOLDER, folder)
    harm(folder / "coffee.png")
    monkeypatch.setattr(photographs, "FOLDER", folder)
    with pytest.raises(RuntimeError, match=r"coffee\.png.*Restore it"):
        load_photographs()

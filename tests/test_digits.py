"""The digits: what they are, and that no damage or broken download goes unnoticed."""

import gzip
import shutil
import threading

import pytest
import torch

from mnist_sr_helpers import digits, load_digits


@pytest.mark.parametrize(("split", "count"), [("train", 5000), ("test", 1000)])
def test_sample(split, count):
    images, labels = load_digits(split=split)
    assert images.shape == (count, 1, 28, 28)
    assert images.dtype == torch.float32
    assert labels.dtype == torch.int64
    assert (images.min(), images.max()) == (0, 1)
    assert labels.bincount().tolist() == [count // 10] * 10
    assert len(images.unique(dim=0)) == count


def test_sample_is_small_and_carries_its_licence():
    files = list(digits.SAMPLE_FOLDER.iterdir())
    assert sum(file.stat().st_size for file in files) < 2_000_000
    assert "CC BY-SA 3.0" in (digits.SAMPLE_FOLDER / "LICENSE").read_text()


def test_two_loads_share_no_memory():
    first, second = load_digits(), load_digits()
    first.images.zero_()
    assert second.images.max() == 1


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"source": "whole"}, ValueError, "source must be one of"),
        ({"source": 3}, TypeError, "source must be str, got int"),
        ({"split": "dev"}, ValueError, "split must be one of"),
        ({"root": 5, "source": "full"}, TypeError, "root must be a folder"),
        ({"root": "somewhere"}, ValueError, "source='full' only"),
    ],
)
def test_wrong_arguments(arguments, error, words):
    with pytest.raises(error, match=words):
        load_digits(**arguments)


@pytest.fixture
def damaged(tmp_path, monkeypatch):
    """A copy of the sample to damage, in place of the package's own."""
    folder = tmp_path / "sample"
    shutil.copytree(digits.SAMPLE_FOLDER, folder)
    monkeypatch.setattr(digits, "SAMPLE_FOLDER", folder)
    return folder / "train-images-idx3-ubyte.gz"


def flip_a_pixel(path):
    content = bytearray(gzip.decompress(path.read_bytes()))
    content[5000] ^= 1
    path.write_bytes(gzip.compress(bytes(content)))


def cut_short(path):
    path.write_bytes(path.read_bytes()[:1000])


def no_gzip(path):
    path.write_bytes(b"<html>403</html>")


@pytest.mark.parametrize("damage", [flip_a_pixel, cut_short, no_gzip])
def test_damaged_sample_is_named_and_left_alone(damaged, damage):
    damage(damaged)
    before = damaged.read_bytes()
    with pytest.raises(RuntimeError, match=damaged.name):
        load_digits()
    assert damaged.read_bytes() == before


@pytest.mark.parametrize("content", [None, b"", b"one two three", b"\xff\xfe"])
def test_damaged_checksums_are_named(damaged, content):
    path = damaged.parent / "MD5SUMS"
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(RuntimeError, match="MD5SUMS"):
        load_digits()


def test_missing_sample_is_named(damaged):
    damaged.unlink()
    with pytest.raises(RuntimeError, match="train-images-idx3-ubyte is missing"):
        load_digits()


@pytest.fixture
def small_mnist(monkeypatch):
    """Let the sample's files stand for the full set, and a copy of them for its download."""
    monkeypatch.setattr(digits, "FULL_MD5", digits.sample_checksums())

    class Download:
        fail_after = None  # files, before the network goes away
        barrier = None

        def __init__(self, root, download):
            raw = root / "MNIST" / "raw"
            raw.mkdir(parents=True)
            for count, name in enumerate(digits.FULL_MD5):
                if count == Download.fail_after:
                    raise RuntimeError("Error downloading train-images")
                shutil.copy(digits.SAMPLE_FOLDER / f"{name}.gz", raw)
            if Download.barrier:
                Download.barrier.wait()

    monkeypatch.setattr("torchvision.datasets.MNIST", Download)
    return Download


def test_full_downloads_once_and_leaves_nothing_beside(small_mnist, tmp_path):
    root = tmp_path / "data"
    images, labels = load_digits("full", root=root)
    assert images.dtype == torch.float32
    assert len(images) == len(labels)
    small_mnist.fail_after = 0  # a second download would fail
    assert load_digits("full", "test", root=str(root)).images.max() == 1
    assert [path.name for path in root.iterdir()] == ["MNIST"]


def test_an_older_folder_without_the_files_is_filled(small_mnist, tmp_path):
    (tmp_path / "MNIST" / "processed").mkdir(parents=True)
    assert len(load_digits("full", "test", root=tmp_path).labels) == 1000


def test_a_root_that_is_a_file_is_named(small_mnist, tmp_path):
    path = tmp_path / "data"
    path.write_text("mine")
    with pytest.raises(RuntimeError, match="could not be downloaded"):
        load_digits("full", root=path)
    assert path.read_text() == "mine"


def test_no_network_names_the_sample_as_the_way_on(small_mnist, tmp_path):
    small_mnist.fail_after = 2
    with pytest.raises(RuntimeError, match=r"could not be downloaded.*load_digits\('sample'\)"):
        load_digits("full", root=tmp_path / "data")
    assert not list(tmp_path.iterdir()), "an interrupted download left something behind"
    with pytest.raises(RuntimeError, match="could not be downloaded"):
        load_digits("full", root=tmp_path)
    assert tmp_path.exists(), "a folder that was there stays"


def test_damaged_full_set_is_named_and_not_overwritten(small_mnist, tmp_path):
    load_digits("full", root=tmp_path)
    path = tmp_path / "MNIST" / "raw" / "t10k-images-idx3-ubyte.gz"
    cut_short(path)
    before = path.read_bytes()
    with pytest.raises(RuntimeError, match=path.name):
        load_digits("full", "test", root=tmp_path)
    assert path.read_bytes() == before


def test_two_downloads_at_once(small_mnist, tmp_path):
    small_mnist.barrier = threading.Barrier(2, timeout=600)  # both arrive before either moves into place
    results = []
    workers = [
        threading.Thread(target=lambda: results.append(load_digits("full", root=tmp_path / "data"))) for _ in range(2)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(results) == 2
    assert results[0].images.equal(results[1].images)
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["MNIST"]

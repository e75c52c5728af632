"""The digits: a bundled sample of MNIST that needs no network, and the full set on request.

MNIST is by Yann LeCun, Corinna Cortes and Christopher J.C. Burges, licensed CC BY-SA 3.0.
"""

import contextlib
import gzip
import hashlib
import os
import struct
import tempfile
import zlib
from functools import cache
from http.client import HTTPException
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from platformdirs import user_cache_path

from ._arguments import check_choice

CLASSES = tuple(range(10))
SAMPLE_FOLDER = Path(__file__).parent / "data" / "sample"
FILES = {
    "train": ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"),
    "test": ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"),
}
# MD5 of the decompressed files. Those of the full set are the published ones.
FULL_MD5 = {
    "train-images-idx3-ubyte": "6bbc9ace898e44ae57da46a324031adb",
    "train-labels-idx1-ubyte": "a25bea736e30d166cdddb491f175f624",
    "t10k-images-idx3-ubyte": "2646ac647ad5339dbf082846283269ea",
    "t10k-labels-idx1-ubyte": "27ae3e4e09519cfbb04c329615203637",
}
SAMPLE, FULL = 5_000, 55_000  # training digits: of the bundled sample; of the full set, where the others are held out
RESTORE = "Restore it from the course's own copy, for example with git checkout."


class Digits(NamedTuple):
    """`images` float32 (N, 1, 28, 28) in [0, 1], `labels` int64 (N,): classes. Taught in "Twins and forgeries"."""

    images: torch.Tensor
    labels: torch.Tensor


def load_digits(source: str = "sample", split: str = "train", root: str | os.PathLike | None = None) -> Digits:
    """Load MNIST digits as tensors.

    `source="sample"` is the bundled sample: 5,000 training and 1,000 test digits, 500 and 100 of each class.
    `source="full"` is all of MNIST (60,000 and 10,000), read from `root/MNIST/raw`, downloaded there when the
    folder is missing (`root=None`: this user's cache folder). `split` is "train" or "test".

    Returns float32 images (N, 1, 28, 28) in [0, 1] (0 is background, 1 full ink) and int64 labels (N,).
    Raises ValueError or TypeError for a wrong argument, RuntimeError for a damaged file (named, left as it is)
    and for a download that fails. Taught in "Start here".
    """
    check_choice("source", source, ("sample", "full"))
    check_choice("split", split, ("train", "test"))
    if root is not None and not isinstance(root, (str, os.PathLike)):
        raise TypeError(f"root must be a folder's path or None, got {type(root).__name__} {root!r}.")
    if source == "sample":
        if root is not None:
            raise ValueError(f"root is for source='full' only, got {root!r}. The sample lies in the package.")
        folder, sums = SAMPLE_FOLDER, sample_checksums()
    else:
        root = user_cache_path("mnist-sr-course") if root is None else Path(root).expanduser()
        folder, sums = root / "MNIST" / "raw", FULL_MD5
        if not folder.exists():
            download(root)
    images, labels = (read_idx(folder, name, sums[name]) for name in FILES[split])
    return Digits(torch.from_numpy(images).float().div_(255).unsqueeze_(1), torch.from_numpy(labels).long())


@cache
def ten_digits() -> torch.Tensor:
    """The first test digit of each class in the bundled sample, (10, 1, 28, 28); position = label."""
    images, labels = load_digits(split="test")
    return torch.cat([images[labels == label][:1] for label in CLASSES])


def sample_digit(digit: int) -> torch.Tensor:
    """The first test digit of the class `digit` (0-9), (1, 1, 28, 28)."""
    return ten_digits()[check_choice("digit", digit, CLASSES)][None]


def sample_checksums() -> dict[str, str]:
    """MD5 of each decompressed file of the sample, as `tools.make_sample` wrote them."""
    path = SAMPLE_FOLDER / "MD5SUMS"
    try:
        sums = {name: md5 for md5, name in (line.split() for line in path.read_text("utf-8").splitlines())}
        return {name: sums[name] for name in FULL_MD5}
    except (OSError, ValueError, KeyError) as error:
        raise RuntimeError(f"{path} can't be read ({error}). {RESTORE}") from None


def read_idx(folder: Path, name: str, md5: str) -> np.ndarray:
    """Read one file in MNIST's IDX format, plain or gzipped, as uint8: (N, 28, 28) or (N,).

    IDX: two zero bytes, the type (8: uint8), the number of dimensions, each size as a big-endian 32-bit
    integer, then the values. Raises RuntimeError, naming the file, if it is missing or not what `md5` says.
    """
    way_on = "Move the folder away to download it again, or use the bundled sample: load_digits('sample')."
    if folder == SAMPLE_FOLDER:
        way_on = RESTORE
    path = folder / name
    if not path.exists():
        path = folder / f"{name}.gz"
    try:
        content = path.read_bytes()
        if path.suffix == ".gz":
            content = gzip.decompress(content)
    except FileNotFoundError:
        raise RuntimeError(f"{folder / name} is missing. {way_on}") from None
    except (OSError, EOFError, zlib.error) as error:
        raise RuntimeError(f"{path} can't be read ({error}). {way_on}") from None
    found = hashlib.md5(content, usedforsecurity=False).hexdigest()
    if found != md5:
        raise RuntimeError(f"{path} is damaged: its MD5 is {found}, not {md5}. {way_on}")
    dimensions = content[3]
    shape = struct.unpack_from(f">{dimensions}I", content, 4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * dimensions).reshape(shape).copy()


def download(root: Path) -> None:
    """Download all of MNIST into `root/MNIST/raw`, whole or not at all.

    The files arrive in a temporary folder and move into place when all of them are verified, so an interrupted
    download leaves nothing broken, and of two at once the first to finish wins. The temporary folder lies in
    `root`: what lies beside it may be another disk, from which nothing can be renamed.
    """
    from torchvision.datasets import MNIST  # two seconds to import, needed here only

    raw, new = root / "MNIST" / "raw", not root.exists()
    try:
        root.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".download-", dir=root, ignore_cleanup_errors=True) as arrival:
            MNIST(Path(arrival), download=True)
            arrived = Path(arrival, "MNIST", "raw")
            for name, md5 in FULL_MD5.items():
                read_idx(arrived, name, md5)
            raw.parent.mkdir(exist_ok=True)
            try:
                arrived.rename(raw)
            except OSError:
                if not raw.exists():
                    raise  # not another download that was faster
    except (RuntimeError, OSError, EOFError, HTTPException) as error:
        raise RuntimeError(
            f"MNIST could not be downloaded into {root} ({error}). "
            "Without a network, use the bundled sample: load_digits('sample')."
        ) from None
    finally:
        if new:
            with contextlib.suppress(OSError):
                root.rmdir()  # only if it is empty

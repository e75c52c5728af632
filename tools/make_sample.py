"""Draw the bundled sample from the full MNIST: python -m tools.make_sample [--root FOLDER]

Digits keep the order and the bytes of MNIST's own files. `root` holds MNIST/raw; without it, the full set is
downloaded into this user's cache folder.
"""

import argparse
import gzip
import hashlib
import struct

import numpy as np

from mnist_sr_helpers._files import write_whole
from mnist_sr_helpers.digits import FILES, SAMPLE_FOLDER, load_digits

PER_CLASS = {"train": 500, "test": 100}
SEED = 0


def draw(labels: np.ndarray, per_class: int, rng: np.random.Generator) -> np.ndarray:
    """Sorted positions of `per_class` digits of each class."""
    drawn = [rng.choice(np.flatnonzero(labels == digit), per_class, replace=False) for digit in range(10)]
    return np.sort(np.concatenate(drawn))


def to_idx(values: np.ndarray) -> bytes:
    """MNIST's IDX format for uint8 values."""
    return struct.pack(f">HBB{values.ndim}I", 0, 8, values.ndim, *values.shape) + values.tobytes()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--root", help="folder that holds MNIST/raw")
    root = parser.parse_args().root
    rng = np.random.default_rng(SEED)
    sums = []
    for split, names in FILES.items():
        images, labels = load_digits("full", split, root=root)
        chosen = draw(labels.numpy(), PER_CLASS[split], rng)
        pixels = (images[chosen, 0] * 255).round().byte().numpy()
        for name, values in zip(names, (pixels, labels[chosen].byte().numpy()), strict=True):
            content = to_idx(values)
            path = SAMPLE_FOLDER / f"{name}.gz"
            write_whole(path, gzip.compress(content, mtime=0))
            sums.append(f"{hashlib.md5(content).hexdigest()}  {name}\n")
            print(f"{path.name}: {len(values)} values, {path.stat().st_size:,} bytes")
    write_whole(SAMPLE_FOLDER / "MD5SUMS", "".join(sums).encode())


if __name__ == "__main__":
    main()

"""Crop the bundled photographs from scikit-image's: python -m tools.make_photographs

The middle 252 x 252 pixels of each (nine digits a side), at its own resolution: nothing is resampled, because
resampling would move energy between frequencies, what "What is lost" measures. Colours become grey by ITU-R 601.
"""

import argparse
import io

import numpy as np
import skimage.data
from PIL import Image

from mnist_sr_helpers._files import write_whole
from mnist_sr_helpers.photographs import FOLDER, PHOTOGRAPHS, WIDTH


def crop(name: str) -> np.ndarray:
    """The middle of scikit-image's picture `name` in grey levels: uint8 (WIDTH, WIDTH)."""
    grey = np.asarray(Image.fromarray(getattr(skimage.data, name)()).convert("L"))
    top, left = ((length - WIDTH) // 2 for length in grey.shape)
    return grey[top : top + WIDTH, left : left + WIDTH]


def main() -> None:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter).parse_args()
    for name in PHOTOGRAPHS:
        buffer = io.BytesIO()
        Image.fromarray(crop(name)).save(buffer, "PNG", optimize=True)
        path = FOLDER / f"{name}.png"
        write_whole(path, buffer.getvalue())
        print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

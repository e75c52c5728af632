"""Four photographs, cut into patches of a digit's size, to compare digits with.

They are in the public domain (CC0); `data/photographs/LICENSE` names who took them.
"""

from pathlib import Path

import numpy as np
import torch
from PIL import Image

from ._arguments import SIDE
from .digits import RESTORE

FOLDER = Path(__file__).parent / "data" / "photographs"
PHOTOGRAPHS = ("camera", "chelsea", "coffee", "grass")
"""A man with a camera; a cat; a cup of coffee on a wooden table; grass from above."""
WIDTH = 252


def load_photographs() -> dict[str, torch.Tensor]:
    """The photographs by name, each cut into patches of 28 x 28 pixels: float32 (81, 1, 28, 28) in [0, 1].

    The patches are the nine rows of nine of a photograph of 252 x 252 pixels, from the top left, without overlap.
    Raises RuntimeError, naming the file, for one that is missing or damaged. Made by
    `python -m tools.make_photographs`. Taught in "What is lost".
    """
    rows = WIDTH // SIDE
    pictures = {name: read_grey(FOLDER / f"{name}.png").view(rows, SIDE, rows, SIDE) for name in PHOTOGRAPHS}
    return {name: x.transpose(1, 2).reshape(-1, 1, SIDE, SIDE) for name, x in pictures.items()}


def read_grey(path: Path) -> torch.Tensor:
    """The grey picture at `path`: float32 (WIDTH, WIDTH) in [0, 1]."""
    try:
        with Image.open(path) as image:
            pixels = np.array(image)
        if pixels.shape != (WIDTH, WIDTH) or pixels.dtype != np.uint8:
            raise OSError(f"it is {pixels.shape} {pixels.dtype}, not {WIDTH} x {WIDTH} grey pixels")
    except (OSError, SyntaxError) as error:  # Pillow raises SyntaxError for some broken PNGs
        raise RuntimeError(f"{path} can't be read ({error}). {RESTORE}") from None
    return torch.from_numpy(pixels).float() / 255

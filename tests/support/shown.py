"""What a picture of `grid` shows, read back from its page."""

import base64
import io
import re

import numpy as np
from PIL import Image

from mnist_sr_helpers.pictures.grid import Picture


def shown(picture: Picture) -> list[np.ndarray]:
    """The levels of each cell, row by row, as they reach the page: uint8 (H, W), or (H, W, 3) where it is coloured."""
    pngs = re.findall(r"base64,([\w+/=]+)", picture.page)
    return [np.array(Image.open(io.BytesIO(base64.b64decode(png)))) for png in pngs]

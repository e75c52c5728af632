"""Pixels on the page and on the sheet are the pixels that were given: in their place, clipped, not smoothed."""

import io

import numpy as np
import torch
from PIL import Image
from seeded import seeded
from shown import shown

from mnist_sr_helpers import grid
from mnist_sr_helpers.pictures.grid import ABOVE, BELOW, signed, to_pixels


def test_each_picture_stands_in_its_cell_clipped_and_unsmoothed():
    x = 3 * torch.rand(2, 3, 4, 4, generator=seeded()) - 1
    wanted = (x.clamp(0, 1) * 255).round().byte().numpy()
    picture = grid([list(row) for row in x], "Six pictures of noise, in two rows.", side=32)
    for cell, levels in zip(shown(picture), wanted.reshape(6, 4, 4), strict=True):
        assert np.array_equal(cell, levels)
    sheet = np.array(Image.open(io.BytesIO(picture.png)))
    cells = sheet[..., 0][sheet[..., 1] > 0].reshape(2, 32, 3, 32)  # between them the sheet is transparent
    assert np.array_equal(cells, wanted.transpose(0, 2, 1, 3).repeat(8, axis=1).repeat(8, axis=3))


def test_differences_have_the_colour_of_their_side():
    below, none, above = signed(torch.tensor([[-0.25, 0.0, 0.25]]))[0]
    assert torch.allclose(below, torch.tensor(BELOW) / 2)
    assert torch.allclose(above, torch.tensor(ABOVE) / 2)
    assert not none.any()


def test_coloured_cells_keep_their_colours():
    colours = signed(torch.rand(3, 3, generator=seeded()) * 2 - 1)
    (cell,) = shown(grid([[colours]], "Nine colours.", side=3))
    assert np.array_equal(cell, to_pixels(colours))

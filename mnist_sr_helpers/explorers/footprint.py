"""The footprint, explorer of "Degradation": what one pixel of the low resolution sees, and what SimpleSR sees."""

import torch
import torch.nn.functional as F

from .._arguments import SIDE, check_choice
from ..degradation import FACTORS, downsample, upsample
from ..digits import sample_digit
from ..estimators import degradation_matrix
from ..models import SimpleSR, receptive_field
from ..pictures.grid import ABOVE, signed
from .comparison import PANEL, View, draw_view

SEEN = 1e-6  # a weight below this is none, but for rounding


def footprint_view(digit: int, factor: int, kernel: str, antialias: bool, across: int, down: int) -> View:
    """A pixel of a sample digit, `across` and `down` from the upper left (0 to 27), and who sees it.

    The small pixel that it falls into, with what that one sees of the original and by which weights; and SimpleSR's
    window around it, on the enlarged picture. Other arguments, and errors, as in `degradation_view`. Taught in
    "Degradation".
    """
    check_choice("factor", factor, FACTORS[1:])
    for name, place in {"across": across, "down": down}.items():
        check_choice(name, place, tuple(range(SIDE)))
    original = sample_digit(digit)
    low = downsample(original, factor, kernel, antialias)
    enlarged, row, column = upsample(low, factor), down // factor, across // factor
    weights = degradation_matrix(factor, kernel, antialias)[row * low.shape[3] + column].float().view(SIDE, SIDE)
    size = receptive_field(SimpleSR())
    window = F.pad(enlarged, 4 * [size // 2])[0, 0, down : down + size, across : across + size]
    cells = [
        lit(low[0, 0], slice(row, row + 1), slice(column, column + 1)),
        lit(original[0, 0], *(slice(a.min(), a.max() + 1) for a in (weights.abs() > SEEN).nonzero().T)),
        signed(weights / weights.max()),
        lit(enlarged[0, 0], *(slice(max(0, a - size // 2), a + size // 2 + 1) for a in (down, across))),
        window,
    ]
    columns = ["low resolution", "original", "its weights", "enlarged", "in the window"]
    seen = f"it sees {(weights.abs() > SEEN).sum()} pixels"
    own = f"column {column + 1}, row {row + 1}"
    captions = [own, seen, "blue: below zero", "SimpleSR's window", f"{size / factor:.2f} small pixels"]
    what = f"A digit {digit} at x{factor}, {kernel}:"
    return draw_view([cells], what, [], side=PANEL, columns=columns, captions=[captions])


def lit(x: torch.Tensor, rows: slice, columns: slice) -> torch.Tensor:
    """A picture (H, W) as colours (H, W, 3), in orange light where `rows` and `columns` meet."""
    colours = x.clamp(0, 1)[..., None].repeat(1, 1, 3)
    colours[rows, columns] = 0.6 * colours[rows, columns] + 0.4 * torch.tensor(ABOVE)
    return colours

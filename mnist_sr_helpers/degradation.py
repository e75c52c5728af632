"""Degradation: how a digit becomes a low-resolution picture, and how a picture is enlarged again."""

import math

import torch
import torch.nn.functional as F

from ._arguments import SIDE, check_choice, check_floats, check_images

FACTORS = (1, 2, 4, 7, 14)
"""The divisors of 28 that leave more than one pixel: a digit becomes 28, 14, 7, 4 or 2 pixels wide."""
SCORED = FACTORS[1:4]  # the factors of the benchmark. At x14 one seed of a network is enough.

KERNELS = ("nearest", "bilinear", "bicubic", "area")


def downsample(x: torch.Tensor, factor: int, kernel: str = "bicubic", antialias: bool = True) -> torch.Tensor:
    """Make a low-resolution picture: (N, 1, H, W) float32 to (N, 1, H/factor, W/factor).

    `kernel`: "nearest" keeps one pixel of each block (nearest-exact, PIL's convention), "area" averages the
    block, "bilinear" and "bicubic" weight the neighbours. `antialias` widens those two with the factor, so that
    every pixel counts; it changes nothing for "nearest" and "area". With it, bicubic is Keys' kernel with
    a = -0.5, equal to PIL's; without, PyTorch uses a = -0.75.

    Values are not clipped: bicubic overshoots [0, 1]. H and W must be multiples of `factor`.
    Raises TypeError or ValueError for a wrong argument. Taught in "Degradation".
    """
    check_images("x", x)
    check_degradation(factor, kernel, antialias)
    height, width = x.shape[-2:]
    if height % factor or width % factor:
        raise ValueError(
            f"x must have sides that are multiples of factor {factor}, got {height} x {width}. "
            f"Crop or pad the pictures, or choose another factor of {FACTORS}."
        )
    return resize(x, (height // factor, width // factor), kernel, antialias)


def upsample(y: torch.Tensor, factor: int, kernel: str = "bicubic") -> torch.Tensor:
    """Enlarge a picture: (N, 1, h, w) float32 to (N, 1, h * factor, w * factor).

    `kernel` as in `downsample`; "nearest" and "area" both repeat each pixel. Bicubic is Keys' kernel with
    a = -0.5, equal to PIL's. Values are not clipped. Raises TypeError or ValueError for a wrong argument.
    Taught in "Degradation".
    """
    check_images("y", y)
    check_degradation(factor, kernel)
    height, width = y.shape[-2:]
    # antialias has no effect on weights when enlarging, but it makes PyTorch choose a = -0.5.
    return resize(y, (height * factor, width * factor), kernel, antialias=True)


def round_trip(x: torch.Tensor, factor: int, kernel: str = "bicubic", antialias: bool = True) -> torch.Tensor:
    """Downsample and enlarge again with the same kernel: (N, 1, H, W) to (N, 1, H, W). Taught in "Degradation"."""
    return upsample(downsample(x, factor, kernel, antialias), factor, kernel)


def quantise(y: torch.Tensor) -> torch.Tensor:
    """What a file of 8 bits holds of `y`: clipped to [0, 1] and rounded to the nearest of its 256 grey levels.

    Any shape; float32 in, float32 out. Raises TypeError or ValueError for anything but finite floats.
    Taught in "Degradation".
    """
    check_floats("y", y)
    return (y.clamp(0, 1) * 255).round() / 255


def wrap(x: torch.Tensor) -> torch.Tensor:
    """Values after a conversion to bytes that wraps: 255 x, cut to a whole number, modulo 256, back to [0, 1].

    What torchvision's ToPILImage does to values outside [0, 1] on common processors. Any shape; raises TypeError
    or ValueError for anything but finite floats. Taught in "Degradation".
    """
    check_floats("x", x)
    return ((x * 255).to(torch.int64) % 256).float() / 255


def resize(x: torch.Tensor, size: tuple[int, int], kernel: str, antialias: bool) -> torch.Tensor:
    """Resize to `size` (height, width) with one of KERNELS; the one place that calls PyTorch's interpolation."""
    if kernel in ("nearest", "area"):
        return F.interpolate(x, size, mode={"nearest": "nearest-exact", "area": "area"}[kernel])
    return F.interpolate(x, size, mode=kernel, antialias=antialias, align_corners=False)


def check_degradation(factor: int, kernel: str, antialias: bool = True) -> tuple[int, str, bool]:
    """The three arguments of a degradation, checked."""
    check_choice("factor", factor, FACTORS)
    check_choice("kernel", kernel, KERNELS)
    return int(factor), kernel, check_choice("antialias", antialias, (True, False))


def check_low(name: str, y: torch.Tensor, factor: int, *, low: float = -math.inf, high: float = math.inf) -> None:
    """Refuse anything but low resolutions of digits: pictures of 28 / factor pixels a side, in [low, high]."""
    side = SIDE // check_choice("factor", factor, FACTORS)
    check_images(name, y, low=low, high=high, side=side, why=f" at x{factor}")

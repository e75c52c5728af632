"""Augmentation: changes to training digits that make other digits of the same class, if chosen well.

Each takes a batch (N, 1, H, W) in [0, 1] and a torch.Generator, and returns a changed batch, as `fit` wants it.
What leaves the picture is lost, and black comes in. All raise TypeError or ValueError for a wrong argument.
"""

import torch
import torch.nn.functional as F

from ._arguments import check_count, check_images, check_positive


def shift(x: torch.Tensor, generator: torch.Generator, most: int = 2) -> torch.Tensor:
    """Move each digit by up to `most` whole pixels to each side, up or down: (N, 1, H, W) to the same shape.

    All distances from -most to most are equally likely; `most` is below the sides. Taught in "Changing the training".
    """
    check_batch(x, generator)
    check_count("most", most, most=min(x.shape[-2:]) - 1)
    pixels = torch.randint(-most, most + 1, (len(x), 1, 1, 2), generator=generator)
    return warp(x, pixels.float().expand(-1, *x.shape[-2:], 2))


def rotate(x: torch.Tensor, generator: torch.Generator, degrees: float = 10) -> torch.Tensor:
    """Turn each digit about the picture's middle by up to `degrees` (180 at most) to either side.

    All angles are equally likely; values between pixels are bilinear. Taught in "Changing the training".
    """
    check_batch(x, generator)
    check_positive("degrees", degrees, most=180)
    angles = torch.deg2rad((torch.rand(len(x), generator=generator) * 2 - 1) * degrees)
    cosine, sine = angles.cos(), angles.sin()
    turn = torch.stack([torch.stack([cosine, -sine], 1), torch.stack([sine, cosine], 1)], 1)
    places = pixel_places(x) - (torch.tensor([x.shape[-1], x.shape[-2]]) - 1) / 2  # from the middle
    return warp(x, torch.einsum("nij,hwj->nhwi", turn, places) - places)


def deform(x: torch.Tensor, generator: torch.Generator, alpha: float = 34, sigma: float = 4) -> torch.Tensor:
    """Bend each digit by a smooth random field: uniform noise in [-1, 1], blurred by `sigma` pixels, times `alpha`.

    `alpha` is at most 1000, `sigma` at most the picture's shorter side. With the defaults a pixel moves by 1 to 2
    pixels. Elastic distortion, with the values of Simard, Steinkraus and Platt 2003. Taught in "Changing the training".
    """
    check_batch(x, generator)
    check_positive("alpha", alpha, most=1000)
    check_positive("sigma", sigma, most=min(x.shape[-2:]))
    noise = torch.rand(len(x), 2, *x.shape[-2:], generator=generator) * 2 - 1
    reach = torch.arange(-int(3 * sigma), int(3 * sigma) + 1)
    bell = torch.exp(-(reach**2) / (2 * sigma**2))
    bell = (bell / bell.sum()).view(1, 1, -1)
    smooth = F.conv2d(noise.flatten(0, 1)[:, None], bell[..., None, :], padding=(0, len(reach) // 2))
    smooth = F.conv2d(smooth, bell[..., :, None], padding=(len(reach) // 2, 0))
    return warp(x, alpha * smooth.view_as(noise).permute(0, 2, 3, 1))


def flip(x: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """Mirror each digit left to right, or not, equally likely: wrong for digits. Taught in "Changing the training"."""
    check_batch(x, generator)
    chosen = torch.rand(len(x), 1, 1, 1, generator=generator) < 0.5
    return torch.where(chosen, x.flip(-1), x)


def warp(x: torch.Tensor, pixels: torch.Tensor) -> torch.Tensor:
    """Read each pixel of `x` (N, 1, H, W) `pixels` (N, H, W, 2: right, down) away from its place, bilinearly."""
    height, width = x.shape[-2:]
    places = pixel_places(x) + pixels
    unit = (places + 0.5) * 2 / torch.tensor([width, height]) - 1  # grid_sample counts from -1 to 1
    return F.grid_sample(x, unit, align_corners=False).clamp(0, 1)


def pixel_places(x: torch.Tensor) -> torch.Tensor:
    """The place of each pixel, (H, W, 2): right, down."""
    height, width = x.shape[-2:]
    return torch.stack(torch.meshgrid(torch.arange(width), torch.arange(height), indexing="xy"), -1).float()


def check_batch(x: torch.Tensor, generator: torch.Generator) -> None:
    """Refuse anything but pictures in [0, 1] and a generator."""
    check_images("x", x, low=0, high=1)
    if not isinstance(generator, torch.Generator):
        raise TypeError(f"generator must be a torch.Generator, got {type(generator).__name__}.")

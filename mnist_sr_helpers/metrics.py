"""How good is a restored digit? PSNR, SSIM, and what a digit classifier reads."""

import math

import torch

from ._arguments import check_images


def psnr(prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Peak signal-to-noise ratio of each picture in dB, (N,): 10 log10(1 / MSE), as the range is [0, 1].

    Both (N, 1, H, W) float32; `target` in [0, 1], `prediction` in [-1, 2] (bicubic overshoots, and is scored as
    it is). Identical pictures give inf. There is no data_range to get wrong: other ranges raise ValueError.
    Taught in lesson 02.
    """
    check_pair(prediction, target)
    return -10 * torch.log10((prediction - target).double().square().mean(dim=(1, 2, 3))).float()


def pooled_psnr(prediction: torch.Tensor, target: torch.Tensor) -> float:
    """PSNR in dB of the mean squared error over all pictures together, one number.

    Never above the mean of `psnr` (Jensen's inequality): papers report either, so say which. Arguments as in
    `psnr`. Taught in lesson 02.
    """
    check_pair(prediction, target)
    mse = (prediction - target).double().square().mean().item()
    return math.inf if mse == 0 else -10 * math.log10(mse)


def ssim(prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Structural similarity of each picture, (N,), 1 for identical pictures.

    Wang et al. 2004 as the field reports it: Gaussian window of 11 pixels with sigma 1.5, population covariance,
    range 1, averaged where the window fits whole. Arguments as in `psnr`, and at least 11 pixels a side.
    Taught in lesson 03.
    """
    check_pair(prediction, target)
    if min(target.shape[-2:]) < 11:
        raise ValueError(f"target must be at least 11 pixels a side for SSIM's window, got {tuple(target.shape[-2:])}.")
    from pytorch_msssim import ssim as windowed_ssim

    # In float64: the variances are small differences of large numbers.
    return windowed_ssim(prediction.double(), target.double(), data_range=1, size_average=False).float()


@torch.no_grad()
def read_digits(images: torch.Tensor) -> torch.Tensor:
    """What the course's digit classifier reads in each picture: int64 labels (N,).

    `images` (N, 1, 28, 28) float32 in [-1, 2]; clipped to [0, 1] first, as a person sees them. Raises TypeError or
    ValueError for other input. Taught in lesson 03.
    """
    check_images("images", images, low=-1, high=2)
    if tuple(images.shape[-2:]) != (28, 28):
        raise ValueError(
            f"images must be 28 x 28 pixels, got {tuple(images.shape[-2:])}. Enlarge them first with upsample."
        )
    from .weights import cached_reader

    reader = cached_reader()
    return torch.cat([reader(batch.clamp(0, 1)).argmax(1) for batch in images.split(1000)])


def check_pair(prediction: torch.Tensor, target: torch.Tensor) -> None:
    """Refuse pairs that can't be compared: other shapes, or a range that would be scored silently wrong."""
    check_images("target", target, low=0, high=1)
    check_images("prediction", prediction, low=-1, high=2)
    if prediction.shape != target.shape:
        raise ValueError(
            f"prediction and target must have one shape, got {tuple(prediction.shape)} and {tuple(target.shape)}."
        )

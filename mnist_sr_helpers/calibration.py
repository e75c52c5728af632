"""Whether samples are distributed as the truth is: spread, ranks and coverage."""

import torch

from ._arguments import SIDE, check_count, check_floats, check_images


def ink(images: torch.Tensor) -> torch.Tensor:
    """The mean grey value of each picture (N, 1, 28, 28), (N,). Taught in "Samples"."""
    check_images("images", images, side=SIDE)
    return images.mean((1, 2, 3))


def width(images: torch.Tensor) -> torch.Tensor:
    """How wide each digit is, (N,): the standard deviation of its ink across, in pixels. Taught in "Samples"."""
    return moments(images)[0].sqrt()


def slant(images: torch.Tensor) -> torch.Tensor:
    """How far each digit leans, (N,): pixels across for one pixel down, from its ink. Taught in "Samples"."""
    _, down, both = moments(images)
    return both / down


def moments(images: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Variance of each digit's ink across, down, and their covariance, in pixels squared, each (N,)."""
    check_images("images", images, low=0, high=1, side=SIDE)
    share = images[:, 0].double()
    share = share / share.sum((1, 2), keepdim=True).clamp(min=1e-6)
    place = torch.arange(SIDE, dtype=torch.float64)
    x = place - (share.sum(1) @ place)[:, None]  # from each digit's own middle
    y = place - (share.sum(2) @ place)[:, None]
    across, down = (share.sum(1) * x**2).sum(1), (share.sum(2) * y**2).sum(1)
    return across, down.clamp(min=1e-6), torch.einsum("nyx,ny,nx->n", share, y, x)


def ranks(truth: torch.Tensor, samples: torch.Tensor, seed: int = 0) -> torch.Tensor:
    """How many of the K samples lie below the truth, (N,) from 0 to K; among equal values at random.

    `truth` (N,) and `samples` (K, N) hold one number of each digit. If the samples are distributed as the truth is,
    each rank is as likely as any other (simulation-based calibration, Talts et al. 2018). Raises TypeError or
    ValueError for a wrong argument. Taught in "Samples".
    """
    check_floats("truth", truth, "N")
    check_floats("samples", samples, "K", "N")
    seed = check_count("seed", seed, least=0)
    if samples.shape[1] != len(truth):
        raise ValueError(f"samples must have a column for each of the {len(truth)} digits, got {samples.shape[1]}.")
    equal = (samples == truth).sum(0)
    share = torch.rand(len(truth), generator=torch.Generator().manual_seed(seed))
    return (samples < truth).sum(0) + (share * (equal + 1)).long()


def spread(samples: torch.Tensor) -> torch.Tensor:
    """The variance of the K samples (K, N, 1, 28, 28) of each digit, the mean over pixels, (N,).

    If they are distributed as the truth is, its mean is the error that nobody can avoid. Taught in "Samples".
    """
    check_floats("samples", samples, "K", "N", "1", "H", "W")
    if len(samples) < 2:
        raise ValueError(f"samples must be at least two batches of pictures, got {len(samples)}: one has no variance.")
    return samples.double().var(0).mean((1, 2, 3))

"""How good is a restored digit? PSNR, SSIM, and what a digit classifier reads."""

import torch
from pytorch_msssim import ssim as windowed_ssim

from ._arguments import SIDE, check_count, check_equally_many, check_floats, check_images
from .weights import cached_reader


def psnr(prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Peak signal-to-noise ratio of each picture in dB, (N,): 10 log10(1 / MSE), as the range is [0, 1].

    Both (N, 1, H, W) float32; `target` in [0, 1], `prediction` in [-1, 2] (bicubic overshoots, and is scored as
    it is). Identical pictures give inf. There is no data_range to get wrong: other ranges raise ValueError.
    Taught in "SimpleSR".
    """
    check_pair(prediction, target)
    return -10 * torch.log10((prediction - target).double().square().mean(dim=(1, 2, 3))).float()


def pooled_psnr(prediction: torch.Tensor, target: torch.Tensor) -> float:
    """PSNR in dB of the mean squared error over all pictures together, one number.

    Never above the mean of `psnr` (Jensen's inequality): papers report either, so say which. Arguments as in
    `psnr`. Taught in "Averages".
    """
    check_pair(prediction, target)
    return -10 * (prediction - target).double().square().mean().log10().item()


def ssim(prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Structural similarity of each picture, (N,), 1 for identical pictures.

    Wang et al. 2004 as the field reports it: Gaussian window of 11 pixels with sigma 1.5, population covariance,
    range 1, averaged where the window fits whole. Arguments as in `psnr`, and at least 11 pixels a side.
    Taught in "Seeing the failure".
    """
    check_pair(prediction, target)
    if min(target.shape[-2:]) < 11:
        raise ValueError(f"target must be at least 11 pixels a side for SSIM's window, got {tuple(target.shape[-2:])}.")
    # In float64: the variances are small differences of large numbers.
    return windowed_ssim(prediction.double(), target.double(), data_range=1, size_average=False).float()


@torch.no_grad()
def read_digits(images: torch.Tensor) -> torch.Tensor:
    """What the course's digit classifier reads in each picture: int64 labels (N,).

    `images` (N, 1, 28, 28) float32 in [-1, 2]; clipped to [0, 1] first, as a person sees them. Raises TypeError or
    ValueError for other input. Taught in "Seeing the failure".
    """
    return cached_reader().head[-1](reader_features(images)).argmax(1)


@torch.no_grad()
def reader_features(images: torch.Tensor) -> torch.Tensor:
    """The 64 numbers from which the course's digit classifier decides, (N, 64).

    `images` (N, 1, 28, 28) float32 in [-1, 2], clipped to [0, 1]. Raises TypeError or ValueError for other input.
    """
    check_images("images", images, low=-1, high=2, side=SIDE)
    reader = cached_reader()
    hidden = reader.head[:-1]  # all but the last layer, which turns them into ten scores
    return torch.cat([hidden(reader.features(batch.clamp(0, 1))) for batch in images.split(100)])


def frechet_distance(a: torch.Tensor, b: torch.Tensor) -> float:
    """How far two collections of pictures are apart, seen through the classifier's 64 features; 0 if these agree.

    Both (N, 1, 28, 28), of equal N, because its bias depends on N. The square of the distance of Dowson and
    Landau 1982 between two Gaussians, |m_a - m_b|^2 + tr(C_a + C_b - 2 (C_a C_b)^(1/2)), which Heusel et al. 2017
    (FID) report for the features of a network for photographs. Compare it with the distance of two collections of
    real digits. Raises TypeError or ValueError for other input. Taught in "What a network answers".
    """
    check_images("a", a, low=-1, high=2, side=SIDE)
    check_images("b", b, low=-1, high=2, side=SIDE)
    check_equally_many(a=a, b=b)
    if len(a) < 2:
        raise ValueError(f"a must be at least two pictures, got {len(a)}: a covariance needs them.")
    first, second = reader_features(a).double(), reader_features(b).double()
    c_first, c_second = first.T.cov(), second.T.cov()
    # tr (C_a C_b)^(1/2) is tr (R C_b R)^(1/2) with R the root of C_a: symmetric, so its eigenvalues are real.
    values, vectors = torch.linalg.eigh(c_first)
    root = vectors * values.clamp(min=0).sqrt() @ vectors.T
    roots = torch.linalg.eigvalsh(root @ c_second @ root).clamp(min=0).sqrt().sum()
    gap = (first.mean(0) - second.mean(0)).square().sum()
    return max((gap + c_first.trace() + c_second.trace() - 2 * roots).item(), 0.0)  # rounding can go below


def bootstrap_interval(
    differences: torch.Tensor, draws: int = 1000, seed: int = 0, block: int = 1
) -> tuple[float, float]:
    """95% interval of the mean of `differences` (N,), one for each digit, by bootstrap over digits.

    Draws N digits with replacement, `draws` times, and takes the middle 95% of the means (Efron 1979, percentile
    method). With `block` it draws stretches of that many digits that follow one another, round from the last to the
    first (circular blocks, Politis and Romano 1992): for digits in the file's order, whose neighbours are alike, as
    one writer wrote them. Raises TypeError or ValueError for a wrong argument. Taught in "Changing the training".
    """
    check_floats("differences", differences, "N")
    if len(differences) < 2:
        raise ValueError(f"differences must be at least two numbers, got {len(differences)}: one has no spread.")
    draws = check_count("draws", draws, most=1_000_000)
    seed = check_count("seed", seed, least=0)
    block = check_count("block", block, most=len(differences) // 2)
    generator = torch.Generator().manual_seed(seed)
    values, count = differences.detach().double(), len(differences)
    stretches, enough = torch.cat([values, values[: block - 1]]).unfold(0, block, 1), -(-count // block)
    starts = (torch.randint(count, (enough,), generator=generator) for _ in range(draws))
    means = [stretches[start].flatten()[:count].mean() for start in starts]
    low, high = torch.stack(means).quantile(torch.tensor([0.025, 0.975], dtype=torch.float64)).tolist()
    return low, high


def check_pair(prediction: torch.Tensor, target: torch.Tensor) -> None:
    """Refuse pairs that can't be compared: other shapes, or a range that would be scored silently wrong."""
    check_images("target", target, low=0, high=1)
    check_images("prediction", prediction, low=-1, high=2)
    if prediction.shape != target.shape:
        raise ValueError(
            f"prediction and target must have one shape, got {tuple(prediction.shape)} and {tuple(target.shape)}."
        )

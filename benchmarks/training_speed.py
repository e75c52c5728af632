"""Is `fit` worth having? Its time against the article's loop, repaired, on the same digits at equal PSNR.

    python -m benchmarks.training_speed [--root FOLDER]

Both train EnlargeFirst(2), the article's network after a bicubic enlargement, on the first 4,000 digits of the
bundled sample, or with --root on the 60,000 of the full set found there. The article's loop: 5 epochs, batch 32,
Adam 1e-3, low resolution made digit by digit with PIL in a DataLoader, values in [-1, 1]. `fit`: its defaults.
Times include preparing the low resolution and exclude imports and loading; both use the same threads. Printed:
median time and mean PSNR (mean over the test digits, clipped to [0, 1]) of three seeds. Exits with 1 when `fit`
is more than 0.1 dB short.
"""

import argparse
import statistics
import sys
import time

import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset
from torchvision.transforms import Compose, InterpolationMode, Normalize, Resize, ToTensor
from torchvision.transforms.functional import to_pil_image

from mnist_sr_helpers import downsample, fit, load_digits, psnr, restore
from mnist_sr_helpers.models import EnlargeFirst

FACTOR = 2
SEEDS = (0, 1, 2)
TOLERANCE_DB = 0.1


class Pairs(Dataset):
    """Digits as the article hands them to its network: PIL pictures, resized one by one, in [-1, 1]."""

    def __init__(self, images: torch.Tensor):
        self.pictures = [to_pil_image(image) for image in images]
        to_tensor = [ToTensor(), Normalize(0.5, 0.5)]
        small, large = Resize(28 // FACTOR, InterpolationMode.BICUBIC), Resize(28, InterpolationMode.BICUBIC)
        self.low = Compose([small, large, *to_tensor])
        self.high = Compose(to_tensor)

    def __len__(self) -> int:
        return len(self.pictures)

    def __getitem__(self, i: int) -> tuple[torch.Tensor, torch.Tensor]:
        return self.low(self.pictures[i]), self.high(self.pictures[i])


def article_loop(model: EnlargeFirst, pairs: Pairs, seed: int) -> None:
    """The article's training with its shape error repaired: the enlargement happens in the data."""
    loader = DataLoader(pairs, batch_size=32, shuffle=True, generator=torch.Generator().manual_seed(seed))
    optimiser = torch.optim.Adam(model.body.parameters(), lr=1e-3)
    for _ in range(5):
        for enlarged, target in loader:
            loss = nn.functional.mse_loss(model.body(enlarged), target)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()


def article_prediction(model: EnlargeFirst, images: torch.Tensor) -> torch.Tensor:
    """Predictions on the article's own input (8-bit, resized by PIL), mapped back to [0, 1]."""
    pairs = Pairs(images)
    with torch.no_grad():
        return (model.body(torch.stack([pairs[i][0] for i in range(len(pairs))])) + 1) / 2


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--root", help="measure on the full MNIST in this folder, downloaded when missing")
    root = parser.parse_args().root
    if root is None:
        train, test = load_digits().images[:4000], load_digits(split="test").images
    else:
        train, test = (load_digits("full", split, root=root).images for split in ("train", "test"))
    low = downsample(test, FACTOR)
    print(f"{len(train):,} training and {len(test):,} test digits, x{FACTOR}, {torch.get_num_threads()} threads")

    article_pairs = Pairs(train)  # decoding to PIL is loading, not counted
    seconds: dict[str, list[float]] = {"article": [], "fit": []}
    quality: dict[str, list[float]] = {"article": [], "fit": []}
    for seed in SEEDS:
        for name in ("article", "fit"):
            torch.manual_seed(seed)
            model = EnlargeFirst(FACTOR)
            start = time.perf_counter()
            if name == "article":
                article_loop(model, article_pairs, seed)
            else:
                fit(model, train, FACTOR, seed=seed)
            seconds[name].append(time.perf_counter() - start)
            prediction = article_prediction(model, test) if name == "article" else restore(model, low)
            quality[name].append(psnr(prediction.clamp(0, 1), test).mean().item())

    for name, label in (("article", "article's loop"), ("fit", "fit")):
        listed = ", ".join(f"{value:.2f}" for value in quality[name])
        print(
            f"{label}: median {statistics.median(seconds[name]):.2f} s, "
            f"mean PSNR {statistics.mean(quality[name]):.2f} dB ({listed})"
        )
    shortfall = statistics.mean(quality["article"]) - statistics.mean(quality["fit"])
    if shortfall > TOLERANCE_DB:
        print(f"fit is {shortfall:.2f} dB short of the article's loop: the times are not comparable")
    print(f"ratio: {statistics.median(seconds['article']) / statistics.median(seconds['fit']):.1f}")
    return int(shortfall > TOLERANCE_DB)


if __name__ == "__main__":
    sys.exit(main())

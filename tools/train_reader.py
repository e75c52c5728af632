"""Train the digit classifiers on the full MNIST: python -m tools.train_reader [--root FOLDER] [--factor 4 ...]

The course's reader knows sharp digits only. With --factor, the benchmark's references are trained instead: the same
network on low-resolution digits, enlarged by bicubic, one for each factor.

All 60,000 training digits, each slightly shifted, rotated, scaled and made paler at every epoch; a fixed
schedule, so that nothing is chosen by the test digits, which are read once at the end. Four minutes each on two cores.
"""

import argparse

import torch
import torch.nn.functional as F
from tqdm import tqdm

from mnist_sr_helpers import FACTORS, Reader, load_digits, round_trip
from mnist_sr_helpers.weights import reader_path, write_weights

EPOCHS, REFERENCE_EPOCHS, BATCH, LEARNING_RATE, SEED = 12, 6, 128, 3e-3, 0


def jitter(images: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """Shift by up to 2 pixels, rotate by up to 10 degrees, scale by up to 10%, make paler by up to half.

    Each is drawn for each digit. No blur: the reader knows sharp digits only.
    """

    def uniform(most: float) -> torch.Tensor:
        return (2 * torch.rand(len(images), generator=generator) - 1) * most

    angle, scale = torch.deg2rad(uniform(10)), 1 + uniform(0.1)
    shift = torch.stack([uniform(2 / 14), uniform(2 / 14)], dim=1)  # the grid spans 2 units for 28 pixels
    cos, sin = scale * angle.cos(), scale * angle.sin()
    matrix = torch.stack([torch.stack([cos, -sin], 1), torch.stack([sin, cos], 1)], 1)
    grid = F.affine_grid(torch.cat([matrix, shift[..., None]], 2), images.shape, align_corners=False)
    paler = 0.5 + 0.5 * torch.rand(len(images), 1, 1, 1, generator=generator)
    return paler * F.grid_sample(images, grid, align_corners=False)


def train(factor: int, root: str | None) -> None:
    """Train one reader, on digits degraded by `factor` (1: on sharp ones), and write its checkpoint."""
    images, labels = load_digits("full", root=root)
    torch.manual_seed(SEED)
    generator = torch.Generator().manual_seed(SEED)
    model = Reader()
    epochs = EPOCHS if factor == 1 else REFERENCE_EPOCHS
    steps = epochs * -(-len(images) // BATCH)
    optimiser = torch.optim.AdamW(model.parameters(), lr=LEARNING_RATE, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, LEARNING_RATE, total_steps=steps)
    with tqdm(total=steps, unit="step") as bar:
        for _ in range(epochs):
            for batch in torch.randperm(len(images), generator=generator).split(BATCH):
                seen = round_trip(jitter(images[batch], generator), factor).clamp(0, 1)
                loss = F.cross_entropy(model(seen), labels[batch])
                optimiser.zero_grad()
                loss.backward()
                optimiser.step()
                schedule.step()
                bar.set_postfix(loss=f"{loss.item():.4f}", refresh=False)
                bar.update()

    model.eval()
    test = load_digits("full", "test", root=root)
    seen = round_trip(test.images, factor).clamp(0, 1)
    with torch.no_grad():
        read = torch.cat([model(batch).argmax(1) for batch in seen.split(1000)])
    right = (read == test.labels).sum().item()
    blur = "" if factor == 1 else f", then downsampled x{factor} and enlarged, bicubic"
    settings = {
        "digits": f"60,000 training digits, shift 2 px, rotation 10 degrees, scale 10%, paler 50%{blur}",
        "schedule": f"{epochs} epochs, batch {BATCH}, AdamW one-cycle {LEARNING_RATE}, seed {SEED}",
        "test": f"{right} of {len(test.labels)} test digits read right",
    }
    write_weights(model, reader_path(factor), settings)
    print(f"x{factor}: {settings['test']}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--root", help="folder that holds MNIST/raw, downloaded when missing")
    parser.add_argument("--factor", type=int, nargs="+", choices=FACTORS[1:4], help="train the references instead")
    arguments = parser.parse_args()
    for factor in arguments.factor or [1]:
        train(factor, arguments.root)


if __name__ == "__main__":
    main()

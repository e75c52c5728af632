"""Train the digit classifier on the full MNIST: python -m tools.train_reader [--root FOLDER]

All 60,000 training digits, each slightly shifted, rotated, scaled and made paler at every epoch; a fixed
schedule, so that nothing is chosen by the test digits, which are read once at the end. Four minutes on two cores.
"""

import argparse

import torch
import torch.nn.functional as F
from tqdm import tqdm

from mnist_sr_helpers import Reader, load_digits
from mnist_sr_helpers.weights import CHECKPOINTS, write_weights

EPOCHS, BATCH, LEARNING_RATE, SEED = 12, 128, 3e-3, 0


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--root", help="folder that holds MNIST/raw, downloaded when missing")
    root = parser.parse_args().root
    images, labels = load_digits("full", root=root)
    torch.manual_seed(SEED)
    generator = torch.Generator().manual_seed(SEED)
    model = Reader()
    steps = EPOCHS * -(-len(images) // BATCH)
    optimiser = torch.optim.AdamW(model.parameters(), lr=LEARNING_RATE, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, LEARNING_RATE, total_steps=steps)
    with tqdm(total=steps, unit="step") as bar:
        for _ in range(EPOCHS):
            for batch in torch.randperm(len(images), generator=generator).split(BATCH):
                loss = F.cross_entropy(model(jitter(images[batch], generator)), labels[batch])
                optimiser.zero_grad()
                loss.backward()
                optimiser.step()
                schedule.step()
                bar.set_postfix(loss=f"{loss.item():.4f}", refresh=False)
                bar.update()

    model.eval()
    test = load_digits("full", "test", root=root)
    with torch.no_grad():
        read = torch.cat([model(batch).argmax(1) for batch in test.images.split(1000)])
    right = (read == test.labels).sum().item()
    settings = {
        "digits": "60,000 training digits, shift 2 px, rotation 10 degrees, scale 10%, paler 50%",
        "schedule": f"{EPOCHS} epochs, batch {BATCH}, AdamW one-cycle {LEARNING_RATE}, seed {SEED}",
        "test": f"{right} of {len(test.labels)} test digits read right",
    }
    write_weights(model, CHECKPOINTS / "reader.safetensors", settings)
    print(settings["test"])


if __name__ == "__main__":
    main()

"""Train classifiers of low-resolution digits on the full MNIST: python -m tools.train_low_readers [--root FOLDER]

One for each of x2, x4 and x7, on 55,000 training digits as they are, downsampled by antialiased bicubic; a fixed
schedule, so that nothing is chosen by test digits. A network whose checkpoint exists is left alone. About five minutes
on two cores.
"""

import argparse

import torch
import torch.nn.functional as F

from mnist_sr_helpers import LowReader, downsample
from mnist_sr_helpers.weights import CHECKPOINTS, write_weights
from tools.train_ladder import HELD_OUT, SEED, split

EPOCHS = {7: 15, 4: 10, 2: 3}
BATCH, LEARNING_RATE = 128, 2e-3


def train(factor: int, low: torch.Tensor, labels: torch.Tensor) -> LowReader:
    """A classifier trained on the low-resolution digits `low` and their labels."""
    torch.manual_seed(SEED)
    model = LowReader(factor)
    steps = EPOCHS[factor] * -(-len(low) // BATCH)
    optimiser = torch.optim.AdamW(model.parameters(), lr=LEARNING_RATE, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, LEARNING_RATE, total_steps=steps)
    generator = torch.Generator().manual_seed(SEED)
    for _ in range(EPOCHS[factor]):
        for batch in torch.randperm(len(low), generator=generator).split(BATCH):
            loss = F.cross_entropy(model(low[batch]), labels[batch])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    return model.eval()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--root", help="folder that holds MNIST/raw, downloaded when missing")
    digits, held_out = split(parser.parse_args().root)
    for factor in EPOCHS:
        path = CHECKPOINTS / f"low_reader_x{factor}.safetensors"
        if path.exists():
            print(f"x{factor}: already trained")
            continue
        model = train(factor, downsample(digits.images, factor), digits.labels)
        with torch.no_grad():
            read = torch.cat([model(batch).argmax(1) for batch in downsample(held_out.images, factor).split(1000)])
        right = (read == held_out.labels).sum().item()
        settings = {
            "digits": f"{len(digits.labels):,} of the 60,000 training digits, seed {SEED}; {HELD_OUT:,} held out",
            "degradation": f"bicubic, antialiased, x{factor}",
            "schedule": f"{EPOCHS[factor]} epochs, batch {BATCH}, AdamW one-cycle {LEARNING_RATE}, seed {SEED}",
            "held_out": f"{right} of {HELD_OUT} held-out digits read right",
        }
        write_weights(model, path, settings)
        print(f"x{factor}: {settings['held_out']}", flush=True)


if __name__ == "__main__":
    main()

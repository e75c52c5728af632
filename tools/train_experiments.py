"""Train the networks of the experiments in lessons 05 to 07: python -m tools.train_experiments [--root FOLDER] [NAME]

All are the course's middle network, EDSRLike with 24 channels and 4 blocks, trained by `fit`:

losses          x7, L2 and L1, three seeds                                     (lesson 05)
sizes           x7, on 500 to 55,000 digits; SimpleSR's residual form, too     (lesson 06)
degradations    x4, on six kinds of downsampling and on all of them mixed      (lesson 07)
augmentation    x7, each kind and none, on 5,000 and 500 digits, three seeds   (lesson 07)

Only `sizes` needs the full MNIST. A network whose checkpoint exists is left alone. About ten minutes on two cores.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

import torch
from torch import nn

from mnist_sr_helpers import EnlargeFirstResidual, fit, load_digits, middle_network
from mnist_sr_helpers.experiments import (
    AUGMENTATIONS,
    DEGRADATIONS,
    LOSSES,
    SEEDS,
    SIZES,
    degrade_mixed,
    experiment_path,
)
from mnist_sr_helpers.weights import write_weights
from tools.train_ladder import split

RATE = 2e-3


def train(
    path: Path,
    build: Callable[[int], nn.Module],
    images: torch.Tensor,
    factor: int,
    seed: int,
    degradation: str = "bicubic, antialiased",
    **options,
) -> None:
    """Train one network and write it with its settings, unless its checkpoint exists."""
    if path.exists():
        print(f"{path.name}: already trained")
        return
    torch.manual_seed(seed)
    model = build(factor)
    losses = fit(model, images, factor, seed=seed, **options).losses
    words = {key: getattr(value, "__name__", str(value)) for key, value in options.items() if key != "degrade"}
    settings = {
        "digits": f"{len(images):,} training digits",
        "degradation": f"{degradation}, x{factor}",
        "schedule": ", ".join(f"{key} {value}" for key, value in words.items()) + f", Adam one-cycle, seed {seed}",
    }
    write_weights(model, path, settings)
    print(f"{path.name}: {len(losses)} steps, loss {sum(losses[-100:]) / 100:.5f}", flush=True)


def losses(root: str | None) -> None:
    images = load_digits().images
    for name, loss in LOSSES.items():
        for seed in SEEDS:
            path = experiment_path("losses", f"{name}_{seed}")
            train(path, middle_network, images, 7, seed, epochs=10, batch_size=64, learning_rate=RATE, loss=loss)


def sizes(root: str | None) -> None:
    images = split(root)[0].images
    for size in SIZES:
        epochs = round(3000 * 64 / size)  # whole epochs, nearest to 3,000 steps: 2,580 to 3,072
        for name, build, rate in (("middle", middle_network, RATE), ("simplesr", EnlargeFirstResidual, 1e-2)):
            path = experiment_path("sizes", f"{name}_{size}")
            train(path, build, images[:size], 7, 0, epochs=epochs, batch_size=64, learning_rate=rate)


def degradations(root: str | None) -> None:
    images = load_digits().images
    for name, degrade in {**DEGRADATIONS, "mixed": degrade_mixed}.items():
        path = experiment_path("degradations", name)
        options = {"epochs": 10, "batch_size": 64, "learning_rate": RATE, "degrade": degrade}
        train(path, middle_network, images, 4, 0, degradation=name, **options)


def augmentation(root: str | None) -> None:
    images = load_digits().images
    for few, some, epochs in (("", images, 20), ("few_", images[:500], 100)):
        for seed in SEEDS:
            for name, augment in AUGMENTATIONS.items():
                path = experiment_path("augmentation", f"{few}{name}_{seed}")
                options = {"epochs": epochs, "batch_size": 64, "learning_rate": RATE, "augment": augment}
                train(path, middle_network, some, 7, seed, **options)


EXPERIMENTS = {part.__name__: part for part in (losses, sizes, degradations, augmentation)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(EXPERIMENTS)}; all by default")
    parser.add_argument("--root", help="folder that holds MNIST/raw, downloaded when missing")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(EXPERIMENTS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    for name in arguments.names or EXPERIMENTS:
        EXPERIMENTS[name](arguments.root)


if __name__ == "__main__":
    main()

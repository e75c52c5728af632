"""Train the small networks on the bundled sample: python -m tools.train_simplesr [NAME ...]

SimpleSR in its three forms (lessons 02 and 03) and the two control rungs (lesson 06), at factors 2, 4, 7 and 14, with
the settings of EPOCHS below; about three minutes on two cores.
"""

import argparse

import torch

from mnist_sr_helpers import FACTORS, TRAINED, fit, load_digits
from mnist_sr_helpers.weights import CHECKPOINTS, CONTROLS, write_weights

NETWORKS = {**TRAINED, **CONTROLS}

EPOCHS, BATCH, LEARNING_RATE, SEED = 5, 32, 1e-2, 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NETWORKS)}; all by default")
    names = parser.parse_args().names or list(NETWORKS)
    if unknown := set(names) - set(NETWORKS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    images = load_digits().images
    for name in names:
        build = NETWORKS[name]
        for factor in FACTORS[1:]:
            torch.manual_seed(SEED)
            model = build(factor)
            history = fit(
                model, images, factor, epochs=EPOCHS, batch_size=BATCH, learning_rate=LEARNING_RATE, seed=SEED
            )
            settings = {
                "digits": f"{len(images):,} training digits of the bundled sample",
                "degradation": f"bicubic, antialiased, x{factor}",
                "schedule": f"{EPOCHS} epochs, batch {BATCH}, Adam one-cycle {LEARNING_RATE}, seed {SEED}",
            }
            write_weights(model, CHECKPOINTS / f"{name}_x{factor}.safetensors", settings)
            print(f"{name} x{factor}: last 100 steps, mean loss {sum(history.losses[-100:]) / 100:.5f}")


if __name__ == "__main__":
    main()

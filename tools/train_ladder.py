"""Train the ladder on the full MNIST: python -m tools.train_ladder [--root FOLDER] [--name espcn ...] [--factor 7 ...]

55,000 training digits; the other 5,000 are held out, and the PSNR on them after each epoch is written beside the
weights. The test digits are not read. A run that was interrupted goes on from its last epoch; a network whose
checkpoint exists is left alone. All of them take about an hour on two cores.
"""

import argparse
import json

import torch
import torch.nn.functional as F
from tqdm import tqdm

from mnist_sr_helpers import FACTORS, Digits, downsample, load_digits, psnr, restore
from mnist_sr_helpers.weights import CHECKPOINTS, LADDER, write_weights

# Epochs by factor and peak learning rate of each network.
SETTINGS = {
    "mlp": ({2: 30, 4: 30, 7: 30, 14: 30}, 2e-3),
    "espcn": ({2: 16, 4: 30, 7: 40, 14: 40}, 2e-3),
    "srcnn": ({2: 2, 4: 2, 7: 2, 14: 1}, 1e-3),
    "edsr": ({2: 16, 4: 20, 7: 30, 14: 30}, 2e-3),
}
BATCH, SEED, HELD_OUT = 128, 0, 5000


def split(root: str | None) -> tuple[Digits, Digits]:
    """The training digits and the held-out ones, drawn by a fixed seed."""
    images, labels = load_digits("full", root=root)
    order = torch.randperm(len(images), generator=torch.Generator().manual_seed(SEED))
    seen, held_out = order[HELD_OUT:], order[:HELD_OUT]
    return Digits(images[seen], labels[seen]), Digits(images[held_out], labels[held_out])


def train(name: str, factor: int, images: torch.Tensor, held_out: torch.Tensor) -> None:
    """Train one network at one factor, from its last finished epoch if there is one, and write its checkpoint."""
    path = CHECKPOINTS / f"{name}_x{factor}.safetensors"
    state_path = path.with_suffix(".epoch.partial")
    epochs, rate = SETTINGS[name][0][factor], SETTINGS[name][1]
    low, low_held_out = downsample(images, factor), downsample(held_out, factor)
    torch.manual_seed(SEED)
    model = LADDER[name](factor).to(memory_format=torch.channels_last)
    optimiser = torch.optim.Adam(model.parameters(), lr=rate, fused=True)
    steps = epochs * -(-len(images) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=steps)
    generator = torch.Generator().manual_seed(SEED)
    parts = {"model": model, "optimiser": optimiser, "schedule": schedule}
    curve = []
    if state_path.exists():
        state = torch.load(state_path)
        for key, part in parts.items():
            part.load_state_dict(state[key])
        generator.set_state(state["generator"])
        curve = state["curve"]

    for epoch in range(len(curve), epochs):
        model.train()
        order = torch.randperm(len(images), generator=generator).split(BATCH)
        for batch in tqdm(order, desc=f"{name} x{factor}, epoch {epoch + 1} of {epochs}", leave=False):
            loss = F.mse_loss(model(low[batch]), images[batch])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
        curve.append(round(psnr(restore(model, low_held_out).clamp(0, 1), held_out).mean().item(), 3))
        print(f"{name} x{factor}, epoch {epoch + 1}: {curve[-1]:.2f} dB on the held-out digits", flush=True)
        state = {key: part.state_dict() for key, part in parts.items()}
        arrival = state_path.with_suffix(".next.partial")
        torch.save({**state, "generator": generator.get_state(), "curve": curve}, arrival)
        arrival.replace(state_path)

    settings = {
        "digits": f"{len(images):,} of the 60,000 training digits, seed {SEED}; {HELD_OUT:,} held out",
        "degradation": f"bicubic, antialiased, x{factor}",
        "schedule": f"{epochs} epochs, batch {BATCH}, Adam one-cycle {rate}, L2, seed {SEED}",
        "held_out": json.dumps(curve),
    }
    write_weights(model.to(memory_format=torch.contiguous_format), path, settings)
    state_path.unlink()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--root", help="folder that holds MNIST/raw, downloaded when missing")
    parser.add_argument("--name", nargs="+", choices=SETTINGS, default=list(SETTINGS))
    parser.add_argument("--factor", type=int, nargs="+", choices=FACTORS[1:], default=FACTORS[1:])
    arguments = parser.parse_args()
    digits, held_out = split(arguments.root)
    for name in arguments.name:
        for factor in arguments.factor:
            if (CHECKPOINTS / f"{name}_x{factor}.safetensors").exists():
                print(f"{name} x{factor}: already trained")
            else:
                train(name, factor, digits.images, held_out.images)


if __name__ == "__main__":
    main()

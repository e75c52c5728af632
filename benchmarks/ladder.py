"""The ladder of estimators on test digits: python -m benchmarks.ladder [--root FOLDER] [--sample]

All 10,000 test digits of MNIST, factors 2, 4 and 7; with --sample the 1,000 of the bundled sample, in under two
minutes. See PROTOCOL below. Writes results/ladder.json and results/ladder.md beside this file (with --sample nothing:
it prints). Estimators that learn from digits in closed form or by example, and the small networks, know the 5,000
training digits of the sample; the small networks are trained twice more here, with other seeds, to show their spread.
"""

import argparse
import json
import math
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import nn

from mnist_sr_helpers import (
    bootstrap_interval,
    downsample,
    fit,
    load_digits,
    load_low_reader,
    load_model,
    pooled_psnr,
    psnr,
    read_digits,
    restore,
    ssim,
    upsample,
)
from mnist_sr_helpers._files import write_whole
from mnist_sr_helpers.digits import SAMPLE
from mnist_sr_helpers.estimators import LinearEstimator
from mnist_sr_helpers.ladder import LADDER, RUNGS, Estimator, rung
from mnist_sr_helpers.models import receptive_field

RESULTS = Path(__file__).parent / "results"
FACTORS = (2, 4, 7)
PROTOCOL = (
    "Low resolution: antialiased bicubic, float, not clipped. Estimates clipped to [0, 1] before they are scored. "
    "PSNR: mean over digits; pooled: of the mean squared error of all digits together. Gain: over bicubic, with its "
    "95% interval by paired bootstrap over digits, 1,000 draws. Consistency: 10 log10 of 1 over the mean squared "
    "difference between the estimate's low resolution and the input, after clipping (before). Read: share of digits "
    "that the course's classifier reads right. Window: side in pixels of the digit that one output pixel's "
    "convolutions see. Learnt from: training digits; no network was chosen by test digits. CPU seconds: 12 training "
    "steps timed on two cores, times the number of steps, summed over cores. Seeds: mean PSNR of three training runs, "
    "for the networks that a student can train in the course; of the others there is one run."
)


def decibels(mse: float) -> float:
    return math.inf if mse == 0 else -10 * math.log10(mse)


def scores(name: str, raw: torch.Tensor, x: torch.Tensor, y: torch.Tensor, labels: torch.Tensor, factor: int) -> dict:
    """What is measured of the estimates `raw`."""
    shown = raw.clamp(0, 1)
    each = psnr(shown, x)
    error = (shown - x).double()
    gain = each - psnr(upsample(y, factor).clamp(0, 1), x)
    return {
        "estimator": name,
        "factor": factor,
        "psnr": round(each.mean().item(), 3),
        "gain": round(gain.mean().item(), 3),
        "gain_interval": [round(end, 3) for end in bootstrap_interval(gain)],
        "psnr_pooled": round(pooled_psnr(shown, x), 3),
        "mse": round(error.square().mean().item(), 6),
        "mae": round(error.abs().mean().item(), 5),
        "ssim": round(ssim(shown, x).mean().item(), 4),
        "consistency_raw": round(decibels((downsample(raw, factor) - y).double().square().mean().item()), 2),
        "consistency": round(decibels((downsample(shown, factor) - y).double().square().mean().item()), 2),
        "read": round((read_digits(shown) == labels).float().mean().item(), 4),
    }


def about(name: str, factor: int) -> dict:
    """What is known of a rung before it is measured: parameters, window, and the digits that it learnt from."""
    how = LADDER[name]
    estimator = load_model(how.key, factor) if how.key else how.build(factor)
    tensors = estimator if isinstance(estimator, LinearEstimator) else ()
    return {
        "parameters": sum(tensor.numel() for tensor in (estimator.parameters() if how.key else tensors)),
        "learnt_from": how.digits,
        "window": window(estimator, factor) if how.key else None,
    }


def window(model: nn.Module, factor: int) -> int:
    """Side in pixels of the digit of what one output pixel sees, 28 at most."""
    if not any(isinstance(layer, nn.Conv2d) for layer in model.modules()):
        return 28
    last = any(isinstance(layer, nn.PixelShuffle) for layer in model.modules())
    return min(28, receptive_field(model) * (factor if last else 1))


def cpu_seconds(how: Estimator, factor: int, images: torch.Tensor) -> int:
    """Processor seconds of a network's whole training, from 12 timed steps after three to warm up."""
    x = images[: how.batch]
    y = downsample(x, factor)
    model = how.build(factor).to(memory_format=torch.channels_last)
    optimiser = torch.optim.Adam(model.parameters(), fused=True)
    for step in range(15):
        if step == 3:
            start = time.process_time()
        loss = F.mse_loss(model(y), x)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return round((time.process_time() - start) / 12 * how.steps(factor))


def other_seeds(how: Estimator, factor: int, images: torch.Tensor, x: torch.Tensor, y: torch.Tensor) -> list[float]:
    """Mean PSNR of a small network trained with seeds 1 and 2, otherwise as the shipped one."""
    found = []
    for seed in (1, 2):
        torch.manual_seed(seed)
        model = how.build(factor)
        options: dict[str, Any] = {"epochs": how.epochs[factor], "batch_size": how.batch, "learning_rate": how.rate}
        fit(model, images, factor, seed=seed, **options)
        found.append(round(psnr(restore(model, y).clamp(0, 1), x).mean().item(), 3))
    return found


def measure(factor: int, digits) -> Iterator[dict]:
    """Every rung's scores on `digits` at `factor`."""
    x, labels = digits
    y = downsample(x, factor)
    for name in RUNGS:
        row = scores(name, rung(name, factor)(y), x, y, labels, factor)
        print(f"x{factor}  {name:<26}{row['psnr']:7.2f} dB  SSIM {row['ssim']:.3f}  read {row['read']:.1%}", flush=True)
        yield {**row, **about(name, factor)}


def with_training(row: dict, images: torch.Tensor, x: torch.Tensor) -> dict:
    """A row with what its training costs and how far its seeds spread."""
    how, factor = LADDER[row["estimator"]], row["factor"]
    if not how.key:
        return row
    row = {**row, "cpu_seconds": cpu_seconds(how, factor, images)}
    if how.digits == SAMPLE:
        row["seeds"] = [row["psnr"], *other_seeds(how, factor, images, x, downsample(x, factor))]
        print(f"x{factor}  {row['estimator']:<26} seeds {row['seeds']}", flush=True)
    return row


@torch.no_grad()
def read_from_low(factor: int, digits) -> float:
    """Share of digits read by the classifier that learnt from low-resolution digits."""
    reader, low = load_low_reader(factor), downsample(digits.images, factor)
    read = torch.cat([reader(batch).argmax(1) for batch in low.split(1000)])
    return round((read == digits.labels).float().mean().item(), 4)


def table(results: dict) -> str:
    """The results as a Markdown page."""
    lines = ["# The ladder of estimators", "", f"{results['digits']} test digits. {PROTOCOL}", ""]
    lines += [f"The course's classifier reads {results['read_true']:.1%} of the true digits.", ""]
    for factor in FACTORS:
        lines += [
            f"## x{factor}",
            "",
            f"A classifier that learnt from digits in low resolution, at x{factor}, reads "
            f"{results['read_low'][str(factor)]:.1%} of them: what can be read without any restoration.",
            "",
            "| estimator | parameters | window | learnt from | PSNR dB | gain over bicubic dB | pooled dB | MAE | SSIM "
            "| consistency dB | read | CPU seconds | seeds dB |",
            "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |",
        ]
        for row in (row for row in results["rows"] if row["factor"] == factor):
            low, high = row["gain_interval"]
            lines.append(
                f"| {row['estimator']} | {row['parameters']:,} | {row['window'] or '-'} | {row['learnt_from']:,} "
                f"| {row['psnr']:.2f} | {row['gain']:+.2f} ({low:+.2f} to {high:+.2f}) | {row['psnr_pooled']:.2f} "
                f"| {row['mae']:.4f} | {row['ssim']:.3f} | {row['consistency']:.1f} ({row['consistency_raw']:.1f}) "
                f"| {row['read']:.1%} | {row.get('cpu_seconds', '-')} "
                f"| {', '.join(f'{seed:.2f}' for seed in row.get('seeds', [])) or '-'} |"
            )
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--root", help="folder that holds MNIST/raw, downloaded when missing")
    parser.add_argument("--sample", action="store_true", help="the bundled digits, no training; print only")
    arguments = parser.parse_args()
    os.environ.setdefault("TQDM_DISABLE", "1")
    digits = load_digits(split="test") if arguments.sample else load_digits("full", "test", root=arguments.root)
    train = load_digits().images
    rows = [row for factor in FACTORS for row in measure(factor, digits)]
    if arguments.sample:
        return
    rows = [with_training(row, train, digits.images) for row in rows]
    results = {
        "protocol": PROTOCOL,
        "digits": f"{len(digits.labels):,}",
        "read_true": round((read_digits(digits.images) == digits.labels).float().mean().item(), 4),
        "read_low": {str(factor): read_from_low(factor, digits) for factor in FACTORS},
        "rows": rows,
    }
    RESULTS.mkdir(exist_ok=True)
    write_whole(RESULTS / "ladder.json", (json.dumps(results, indent=1) + "\n").encode())
    write_whole(RESULTS / "ladder.md", table(results).encode())


if __name__ == "__main__":
    main()

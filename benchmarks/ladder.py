"""The ladder of estimators on test digits: python -m benchmarks.ladder [--root FOLDER] [--sample]

All 10,000 test digits of MNIST, factors 2, 4 and 7; with --sample the 1,000 of the bundled sample, in some minutes.
See `protocol` below. Writes data/results/ladder.json in the package, and from it results/ladder.md beside this file;
with --sample nothing: it prints.
"""

import argparse
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import torch
from torch import nn

from mnist_sr_helpers import (
    bootstrap_interval,
    downsample,
    load_digits,
    load_low_reader,
    load_model,
    pooled_psnr,
    psnr,
    read_digits,
    ssim,
)
from mnist_sr_helpers._files import write_whole
from mnist_sr_helpers.degradation import SCORED, quantise
from mnist_sr_helpers.digits import FULL
from mnist_sr_helpers.estimators import LinearEstimator, mean_of_look_alikes
from mnist_sr_helpers.ladder import LADDER, LOOK_ALIKES, NETWORKS, ON_FILES, RUNGS, Recipe, doublings, names, rung
from mnist_sr_helpers.models import receptive_field
from mnist_sr_helpers.results import RESULTS
from mnist_sr_helpers.weights import checkpoint, parts_of
from tools.train import PLATEAU, split

PAGES = Path(__file__).parent / "results"
FACTORS = SCORED
BLOCK = 50  # digits that follow one another in the file: often of one writer


def protocol() -> str:
    """What was measured, and how; of the trainings, what their checkpoints say."""
    of_files = ", ".join(
        f"{row['epochs']}{mark(row)} (x{factor})"
        for factor in FACTORS
        for row in [training(ON_FILES["EDSR-like"], factor)]
    )
    at_x14 = ", ".join(
        f"{row['epochs']}{mark(row)} ({name})"
        for name, how in NETWORKS.items()
        if how.source == "split"
        for row in [training(how, 14)]
    )
    in_bfloat16 = ", ".join(
        f"{name} ({', '.join(factors)})"
        for name, how in (NETWORKS | {f"{name} for files": how for name, how in ON_FILES.items() if how.key}).items()
        if (factors := [f"x{factor}" for factor in how.epochs if computed_in_bfloat16(how, factor)])
    )
    return (
        "Low resolution: antialiased bicubic. Float: not clipped; file: clipped to [0, 1] and rounded to 8 bit, "
        "each estimator made or trained for it. Estimates clipped to [0, 1] before they are scored. PSNR: mean over"
        " digits; of networks with three seeds also the mean over these, and the seeds beside it. Gain: over "
        f"bicubic of the same seeds' mean, with its 95% interval by paired bootstrap over blocks of {BLOCK} digits "
        "that follow one another in the file, 1,000 draws; how far trainings differ, the seeds show. All other "
        "columns: the first seed. Pooled: PSNR of the mean squared error of all digits together. Consistency: 10 log10 "
        "of 1 over the mean squared difference between the estimate's low resolution and the input, after clipping "
        "(before). Read: share of digits that the course's classifier reads right. Window: side in pixels of the "
        "digit that one output pixel's convolutions see. Learnt from: training digits; no form, seed or length was "
        "chosen by test digits. Twice the epochs: what the last doubling of the training gained on 5,000 held-out "
        "digits, of the first seed; the article's networks held nothing out, so they have no curve. Training goes on "
        f"until that is below {PLATEAU} dB, or until with the next one, of twice the last one's seconds, all trainings "
        "of an estimator at a factor, of all its seeds, would take more than an hour of two processor cores; a dagger "
        f"marks those that the hour ended. EDSR-like for files learnt for {of_files} epochs, the networks at x14, "
        f"which has no table, for {at_x14}. "
        "CPU seconds: of the last training; many were trained on a busy machine, which can double them. Computed in "
        f"bfloat16, on a processor that has units for it, all others in float32: {in_bfloat16}. Shorter trainings of "
        "these may have been float32's; of two that were done in both, bfloat16 had 0.03 dB more (residual, x2, 32 "
        "epochs) and 0.01 dB less (ESPCN, x4, 60). "
        "EDSR-like at x2 went astray in 32 epochs, in either precision; with half the rate it came to 34.49 dB on "
        f"the held-out digits, with gradients cut to norm {LADDER['EDSR-like'].clip[2]} to 34.84: so it is trained "
        "from there. So is wide at x2: without cuts it came to 27.69 dB in 4 epochs, with them to 28.87; and narrow "
        "at x7, which went astray in 32."
    )


def interval(values: torch.Tensor) -> list[float]:
    """95% interval of the mean of `values`, one for each digit in the file's order."""
    return [float(f"{end:.6g}") for end in bootstrap_interval(values, block=BLOCK)]


def consistency(estimate: torch.Tensor, y: torch.Tensor, factor: int) -> float:
    """How well the estimate's low resolution agrees with `y`, in dB."""
    return round(-10 * (downsample(estimate, factor) - y).double().square().mean().log10().item(), 2)


def scores(name: str, raw: torch.Tensor, x: torch.Tensor, y: torch.Tensor, labels: torch.Tensor, factor: int) -> dict:
    """What is measured of the estimates `raw`."""
    shown = raw.clamp(0, 1)
    error = (shown - x).double()
    return {
        "estimator": name,
        "factor": factor,
        "psnr_pooled": round(pooled_psnr(shown, x), 3),
        "mse": round(error.square().mean().item(), 6),
        "mae": round(error.abs().mean().item(), 5),
        "ssim": round(ssim(shown, x).mean().item(), 4),
        "consistency_raw": consistency(raw, y, factor),
        "consistency": consistency(shown, y, factor),
        "read": round((read_digits(shown) == labels).float().mean().item(), 4),
    }


def about(name: str, factor: int) -> dict:
    """What is known of a rung before it is measured: parameters, window, and the digits that it learnt from."""
    how = LADDER[name]
    estimator = load_model(how.key, factor) if how.key else how.build(factor)
    tensors = estimator if isinstance(estimator, LinearEstimator) else ()
    return {
        "parameters": sum(tensor.numel() for tensor in (estimator.parameters() if how.key else tensors)),
        "learnt_from": FULL if name == LOOK_ALIKES else how.digits,
        "window": window(estimator, factor) if how.key else None,
    }


def window(model: nn.Module, factor: int) -> int:
    """Side in pixels of the digit of what one output pixel sees, 28 at most."""
    if not any(isinstance(layer, nn.Conv2d) for layer in model.modules()):
        return 28
    last = any(isinstance(layer, nn.PixelShuffle) for layer in model.modules())
    return min(28, receptive_field(model) * (factor if last else 1))


def computed_in_bfloat16(how: Recipe, factor: int) -> bool:
    return "precision" in parts_of(checkpoint(how.key, factor), names(how, factor)[0])[1]


def training(how: Recipe, factor: int) -> dict:
    """How long a network was trained, and what twice the epochs gained at last, as its checkpoint says."""
    if not how.key:
        return {}
    if how.source == "full":
        return {"epochs": how.epochs[factor]}
    done = doublings(how.key, factor)
    epochs, held_out, seconds = done[-1]
    gained = round(held_out - done[-2][1], 3) if len(done) > 1 else None
    return {"epochs": epochs, "doubling": gained, "cpu_seconds": seconds}


def estimates(name: str, factor: int, known: torch.Tensor) -> list[Callable]:
    """The rung as a function from low resolution to estimates, one for each of its seeds."""
    if name == LOOK_ALIKES:
        return [partial(mean_of_look_alikes, images=known, factor=factor)]
    return [rung(name, factor, seed=seed) for seed in range(LADDER[name].seeds)]


def measure(factor: int, digits, known: torch.Tensor) -> Iterator[dict]:
    """Every rung's scores on `digits` at `factor`; `known` are the digits among which look-alikes are searched."""
    x, labels = digits
    y = downsample(x, factor)
    bicubic = psnr(rung("bicubic", factor)(y).clamp(0, 1), x)
    for name in RUNGS:
        first, *others = [estimator(y) for estimator in estimates(name, factor, known)]
        row = scores(name, first, x, y, labels, factor)
        each = torch.stack([psnr(raw.clamp(0, 1), x) for raw in (first, *others)])
        if others:
            row["seeds"] = [round(score, 3) for score in each.mean(1).tolist()]
        gain = each.mean(0) - bicubic
        row["psnr"], row["gain"] = round(each.mean().item(), 3), round(gain.mean().item(), 3)
        row["gain_interval"] = [round(end, 3) for end in interval(gain)]
        if name in ON_FILES:
            seen = quantise(y)
            of_files = [rung(name, factor, file=True, seed=seed)(seen) for seed in range(ON_FILES[name].seeds)]
            row["file"] = round(torch.stack([psnr(raw.clamp(0, 1), x).mean() for raw in of_files]).mean().item(), 3)
        print(f"x{factor}  {name:<26}{row['psnr']:7.2f} dB  SSIM {row['ssim']:.3f}  read {row['read']:.1%}", flush=True)
        yield {**row, **about(name, factor), **training(LADDER[name], factor)}


@torch.no_grad()
def read_from_low(factor: int, digits) -> float:
    """Share of digits read by the classifier that learnt from low-resolution digits."""
    reader, low = load_low_reader(factor), downsample(digits.images, factor)
    read = torch.cat([reader(batch).argmax(1) for batch in low.split(1000)])
    return round((read == digits.labels).float().mean().item(), 4)


def shown(value: float | None, form: str) -> str:
    """A number, or a dash where there is none."""
    return "-" if value is None else format(value, form)


def mark(row: dict) -> str:
    """A dagger for a training that ended as the next one would pass the hour."""
    gained = row.get("doubling", -1)  # None: of a first training
    return "\u2020" if gained is None or gained >= PLATEAU else ""


def table(results: dict) -> str:
    """The results as a Markdown page."""
    lines = ["# The ladder of estimators", "", f"{results['digits']} test digits. {protocol()}", ""]
    lines += [f"The course's classifier reads {results['read_true']:.1%} of the true digits.", ""]
    for factor in FACTORS:
        lines += [
            f"## x{factor}",
            "",
            f"A classifier that learnt from digits in low resolution, at x{factor}, reads "
            f"{results['read_low'][str(factor)]:.1%} of them: what can be read without any restoration.",
            "",
            "| estimator | parameters | window | learnt from | float dB | file dB | gain over bicubic dB | seeds dB "
            "| pooled dB | MAE | SSIM | consistency dB | read | epochs | twice the epochs dB | CPU seconds |",
            "| --- |" + " ---: |" * 6 + " --- |" + " ---: |" * 8,
        ]
        for row in (row for row in results["rows"] if row["factor"] == factor):
            low, high = row["gain_interval"]
            seeds = ", ".join(f"{seed:.2f}" for seed in row.get("seeds", [])) or "-"
            lines.append(
                f"| {row['estimator']} | {row['parameters']:,} | {row['window'] or '-'} | {row['learnt_from']:,} "
                f"| {row['psnr']:.2f} | {shown(row.get('file'), '.2f')} "
                f"| {row['gain']:+.2f} ({low:+.2f} to {high:+.2f}) | {seeds} | {row['psnr_pooled']:.2f} "
                f"| {row['mae']:.4f} | {row['ssim']:.3f} | {row['consistency']:.1f} ({row['consistency_raw']:.1f}) "
                f"| {row['read']:.1%} | {row.get('epochs', '-')} | {shown(row.get('doubling'), '+.2f')}"
                f"{mark(row)} "
                f"| {row.get('cpu_seconds', '-')} |"
            )
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--root", help="folder that holds MNIST/raw, downloaded when missing")
    parser.add_argument("--sample", action="store_true", help="the bundled digits; prints, writes nothing")
    arguments = parser.parse_args()
    digits = load_digits(split="test") if arguments.sample else load_digits("full", "test", root=arguments.root)
    known = load_digits().images if arguments.sample else split(arguments.root)[0].images
    rows = [row for factor in FACTORS for row in measure(factor, digits, known)]
    if arguments.sample:
        return
    results = {
        "protocol": protocol(),
        "digits": f"{len(digits.labels):,}",
        "read_true": round((read_digits(digits.images) == digits.labels).float().mean().item(), 4),
        "read_low": {str(factor): read_from_low(factor, digits) for factor in FACTORS},
        "rows": rows,
    }
    write_whole(RESULTS / "ladder.json", (json.dumps(results, indent=1) + "\n").encode())
    write_whole(PAGES / "ladder.md", table(results).encode())


if __name__ == "__main__":
    main()

"""The ladder of estimators on test digits: python -m benchmarks.ladder [--root FOLDER] [--sample]

All 10,000 test digits of MNIST, factors 2, 4 and 7; with --sample the 1,000 of the bundled sample, in under two
minutes. Low resolution is antialiased bicubic in float; every estimate is clipped to [0, 1] before it is scored.
Estimators that learn from digits in closed form or by example use the 5,000 training digits of the sample, as the
SimpleSR networks did; EDSR-like was trained on 55,000 digits of the full set. Writes results/ladder.json and
results/ladder.md beside this file (with --sample nothing: it prints).
"""

import argparse
import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path

import torch

from mnist_sr_helpers import (
    downsample,
    least_norm,
    linear_mmse,
    load_digits,
    load_model,
    mean_of_look_alikes,
    pooled_psnr,
    psnr,
    read_digits,
    restore,
    ssim,
    upsample,
)
from mnist_sr_helpers._files import write_whole

RESULTS = Path(__file__).parent / "results"
FACTORS = (2, 4, 7)
NETWORKS = {
    "SimpleSR, enlarge first": "enlarge_first",
    "SimpleSR, enlarge last": "enlarge_last",
    "SimpleSR, residual": "residual",
    "EDSR-like": "edsr",
}
PROTOCOL = (
    "Low resolution: antialiased bicubic, float. Estimates clipped to [0, 1] before they are scored. PSNR: mean over "
    "digits; interval: 95%, paired bootstrap over digits of the gain over bicubic, 1,000 draws. Consistency: 10 log10 "
    "of 1 over the mean squared difference between the estimate's low resolution and the input. Read: share of digits "
    "that the course's classifier reads right. One training run for each network."
)


def estimators(factor: int, train: torch.Tensor) -> Iterator[tuple[str, Callable, int]]:
    """Name, estimator and number of learnt parameters of each rung at `factor`."""
    yield "bicubic", lambda y: upsample(y, factor), 0
    yield "pseudo-inverse", lambda y: least_norm(y, factor), 0
    linear = linear_mmse(train, factor)
    yield "linear MMSE", linear, linear.weight.numel() + linear.bias.numel()
    yield "mean of 10 look-alikes", lambda y: mean_of_look_alikes(y, train, factor), 0
    for name, key in NETWORKS.items():
        model = load_model(key, factor)
        parameters = sum(parameter.numel() for parameter in model.parameters())
        yield name, lambda y, model=model: restore(model, y), parameters


def decibels(mse: float) -> float:
    return math.inf if mse == 0 else -10 * math.log10(mse)


def interval(differences: torch.Tensor) -> list[float]:
    """95% interval of the mean of paired differences, by bootstrap over digits."""
    generator = torch.Generator().manual_seed(0)
    draws = torch.randint(len(differences), (1000, len(differences)), generator=generator)
    means = differences[draws].mean(1)
    return [round(means.quantile(q).item(), 3) for q in (0.025, 0.975)]


def measure(factor: int, digits, train: torch.Tensor) -> list[dict]:
    """Every rung's scores on `digits` at `factor`."""
    x, labels = digits
    y = downsample(x, factor)
    bicubic = psnr(upsample(y, factor).clamp(0, 1), x)
    rows = []
    for name, estimate, parameters in estimators(factor, train):
        raw = estimate(y)
        shown = raw.clamp(0, 1)
        each = psnr(shown, x)
        rows.append(
            {
                "estimator": name,
                "factor": factor,
                "parameters": parameters,
                "psnr": round(each.mean().item(), 3),
                "gain_interval": interval(each - bicubic),
                "psnr_pooled": round(pooled_psnr(shown, x), 3),
                "mse": round((shown - x).double().square().mean().item(), 6),
                "mae": round((shown - x).double().abs().mean().item(), 5),
                "ssim": round(ssim(shown, x).mean().item(), 4),
                "consistency_raw": round(decibels((downsample(raw, factor) - y).double().square().mean().item()), 2),
                "consistency": round(decibels((downsample(shown, factor) - y).double().square().mean().item()), 2),
                "read": round((read_digits(shown) == labels).float().mean().item(), 4),
            }
        )
        print(
            f"x{factor}  {name:<26}{rows[-1]['psnr']:7.2f} dB  SSIM {rows[-1]['ssim']:.3f}  read {rows[-1]['read']:.1%}"
        )
    return rows


def table(results: dict) -> str:
    """The results as a Markdown page."""
    lines = ["# The ladder of estimators", "", f"{results['digits']} test digits. {PROTOCOL}", ""]
    lines += [f"The classifier reads {results['read_true']:.1%} of the true digits.", ""]
    for factor in FACTORS:
        lines += [
            f"## x{factor}",
            "",
            "| estimator | parameters | PSNR dB | gain over bicubic dB | SSIM | consistency dB (raw) | read |",
            "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
        ]
        for row in (row for row in results["rows"] if row["factor"] == factor):
            low, high = row["gain_interval"]
            lines.append(
                f"| {row['estimator']} | {row['parameters']:,} | {row['psnr']:.2f} | {low:+.2f} to {high:+.2f} "
                f"| {row['ssim']:.3f} | {row['consistency']:.1f} ({row['consistency_raw']:.1f}) | {row['read']:.1%} |"
            )
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--root", help="folder that holds MNIST/raw, downloaded when missing")
    parser.add_argument("--sample", action="store_true", help="the bundled digits; print only")
    arguments = parser.parse_args()
    digits = load_digits(split="test") if arguments.sample else load_digits("full", "test", root=arguments.root)
    train = load_digits().images
    results = {
        "protocol": PROTOCOL,
        "digits": f"{len(digits.labels):,}",
        "read_true": round((read_digits(digits.images) == digits.labels).float().mean().item(), 4),
        "rows": [row for factor in FACTORS for row in measure(factor, digits, train)],
    }
    if not arguments.sample:
        RESULTS.mkdir(exist_ok=True)
        write_whole(RESULTS / "ladder.json", (json.dumps(results, indent=1) + "\n").encode())
        write_whole(RESULTS / "ladder.md", table(results).encode())


if __name__ == "__main__":
    main()

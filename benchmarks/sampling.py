"""Are samples distributed as the truth is? python -m benchmarks.sampling [PART ...] [--root FOLDER] [--sample]

known         in the known world, whose posterior is known: exact draws, the flow with the exact guess, and one
              approximation of the field that needs no training
calibration   of the learnt sampler, on real test digits: spread, ranks, coverage
realism       accuracy and realism of one sample and of means of several

All parts by default. See PROTOCOL below. Writes data/results/sampling.json in the package, after each measurement, and
the page results/sampling.md beside this file; what stands there already is not measured again. With --sample it takes
200 of the bundled digits and 16 samples, at x7, in a few minutes, and writes nothing.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any

import torch
from scipy.stats import spearmanr

from benchmarks.ladder import BLOCK, PAGES, interval
from mnist_sr_helpers import downsample, frechet_distance, load_digits, project, psnr, rung, ssim
from mnist_sr_helpers._files import write_whole
from mnist_sr_helpers.calibration import ink, ranks, slant, spread, width
from mnist_sr_helpers.digits import Digits
from mnist_sr_helpers.metrics import read_digits
from mnist_sr_helpers.posterior import observe, posterior_mean, posterior_sample, posterior_weights
from mnist_sr_helpers.results import RESULTS
from mnist_sr_helpers.sampling import STEPS, TEMPERATURES, Guess, denoised_mean, exact_guess, follow, sample

SIGMA, QUERIES, DRAWS, LONG = 0.05, 60, 16, 30
STRENGTHS = (0, 0.001, 0.003, 0.01, 0.1)  # 0: as if E[x | z_t] were the truth
PROTOCOL = (
    "Low resolution: antialiased bicubic, float, not clipped. Known world: the truth is one of the 5,000 digits of the "
    f"sample, seen at x7 with noise of standard deviation {SIGMA}. Real digits: the first {{digits}} test digits of "
    f"MNIST, {{samples}} samples of each, {STEPS} steps; digits 250 apart in the file share their noise. All is tuned "
    "on held-out training digits: at x14, too, that noise is drawn "
    f"{TEMPERATURES[14]} times as wide as it was learnt. At x7 1.15 times was seen on these test digits, too, before "
    "it was left at 1; of 400 held-out digits it raises the Fréchet distance of one sample from 48 to 62. The sampler "
    "at x7 corrects the answer of an EDSR-like network of 30 epochs: told of that of 120, it was trained anew, and "
    "samples of these 400 vary by 0.63 of the error in place of 0.74, with a distance of 46 (of as many real digits: "
    f"54). In brackets: 95% intervals, by bootstrap over blocks of {BLOCK} digits that follow one another in the file."
)
TITLES = {
    "known": "Ratio: squared error of one sample over that of the exact posterior mean, 2 if exact. Spread: variance "
    "of a query's samples over that of its posterior, 1 if exact. Classes: total variation between the classes of "
    f"{DRAWS} samples and their probabilities; exact draws of the same number are the measure of it. Strength: of "
    f"guidance, the best of {', '.join(map(str, STRENGTHS))} on other queries.",
    "calibration": "Ratio: squared error of one sample over that of the mean that the sampler itself gives at t = 0, 2 "
    "if exact. Within: variance within a digit's samples over the error of that mean, 1 if exact. Coverage: how often "
    "the truth's ink, width, slant lie between the 2nd and the 18th of 19 samples, 80% if exact. Class: the most "
    "frequent reading's share among samples, and how often it is right. Map: rank correlation of each pixel's variance "
    "with its squared error.",
    "realism": "PSNR: mean over digits. Fréchet: distance of the pictures to as many other real digits; two "
    "collections of real digits are the floor.",
}


class Data:
    """What a run measures: test digits in the file's order, other real digits, and how many samples of each."""

    def __init__(self, root: str | None, small: bool):
        self.factors: tuple[int, ...] = (7,) if small else (7, 14)
        self.draws = 16 if small else 32
        test = load_digits(split="test") if small else load_digits("full", "test", root=root)
        count = 200 if small else 2000
        self.test = Digits(*(part[:count] for part in test))
        self.others = test.images[count : 2 * count]

    @cache  # noqa: B019, one object a run
    def samples(self, factor: int) -> torch.Tensor:
        """(K, N, 1, 28, 28)."""
        low, every = downsample(self.test.images, factor), []
        for seed in range(self.draws):
            every.append(torch.cat([sample(part, factor, seed=seed) for part in low.split(250)]))
        return torch.stack(every)


def guided_guess(y: torch.Tensor, digits: torch.Tensor, strength: float) -> Guess:
    """An approximation of E[x | z_t, y] that knows digits, not pairs of digits and y, by the gradient of the misfit.

    As in pseudo-inverse guidance (Song et al. 2023) and diffusion posterior sampling (Chung et al. 2023): what z_t
    says of y is taken as normal around the low resolution of E[x | z_t], with a variance that shrinks with t, here by
    `strength`.
    """
    free = exact_guess(torch.full((len(y), len(digits)), 1 / len(digits)), digits)

    def guess(z: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
        noise = (1 - t).square() / ((1 - t).square() + t.square())
        with torch.enable_grad():
            z = z.detach().requires_grad_()
            x = free(z, t)
            misfit = (downsample((x + 1) / 2, 7) - y).square().sum((1, 2, 3), keepdim=True)
            (slope,) = torch.autograd.grad((misfit / (2 * (SIGMA**2 + strength * noise))).sum(), z)
        # Tweedie's formula, for z_t = (1 - t) n + t x; at t = 0 noise says nothing.
        return (x - (1 - t).square() / t.clamp(min=0.02) * slope).detach().clamp(-1, 1)

    return guess


def known(data: Data) -> Iterator[tuple[str, Callable[[], dict]]]:
    world, labels = load_digits()

    def judge(draw: Callable[[torch.Tensor, torch.Tensor, int], torch.Tensor], first: int, draws: int = DRAWS) -> dict:
        """`draw(y, weights, seed)` gives one sample each; `first`: where the queries begin."""
        order = torch.randperm(len(world), generator=torch.Generator().manual_seed(first))[:QUERIES]
        truth = world[order]
        y = observe(truth, 7, SIGMA, seed=first + 1)
        weights = posterior_weights(y, world, 7, SIGMA)
        mean = posterior_mean(weights, world)
        own = weights @ world.double().square().mean((1, 2, 3)) - mean.double().square().mean((1, 2, 3))
        samples = torch.stack([draw(y, weights, seed) for seed in range(draws)])
        nearest = torch.cdist(samples.flatten(2), world.flatten(1)[None]).argmin(2)  # which digit each one is
        shares = torch.nn.functional.one_hot(labels[nearest], 10).double().mean(0)
        probable = weights @ torch.nn.functional.one_hot(labels, 10).double()
        mmse = (mean - truth).double().square().mean()
        return {
            "ratio": ((samples - truth).double().square().mean() / mmse).item(),
            "spread": (spread(samples).mean() / own.mean()).item(),
            "classes": ((shares - probable).abs().sum(1) / 2).mean().item(),
        }

    def flow(guess: Callable[[torch.Tensor, torch.Tensor], Guess]) -> Callable:
        def draw(y: torch.Tensor, weights: torch.Tensor, seed: int) -> torch.Tensor:
            noise = torch.randn((len(y), 1, 28, 28), generator=torch.Generator().manual_seed(1000 + seed))
            return ((follow(guess(y, weights), noise, LONG)[-1] + 1) / 2).clamp(0, 1)

        return draw

    def tuned() -> dict:
        """By the ratio that is nearest to 2, on other queries."""

        def guided(strength: float) -> Callable:
            return flow(lambda y, _: guided_guess(y, world, strength))

        tried = {strength: judge(guided(strength), 100, 4)["ratio"] for strength in STRENGTHS}
        best = min(tried, key=lambda strength: abs(tried[strength] - 2))
        return judge(guided(best), 0) | {"strength": best}

    yield "exact draws", partial(judge, lambda y, weights, seed: posterior_sample(weights, world, 10 + seed), 0)
    yield f"flow, exact guess, {LONG} steps", partial(judge, flow(lambda _, weights: exact_guess(weights, world)), 0)
    yield f"guidance by the misfit's gradient, {LONG} steps", tuned


def calibration(data: Data) -> Iterator[tuple[str, Callable[[], dict]]]:
    x, labels = data.test

    def measured(factor: int) -> dict:
        samples, mean = data.samples(factor), denoised_mean(downsample(x, factor), factor)
        error = (mean - x).double().square().mean((1, 2, 3))
        one = (samples - x).double().square().mean((0, 2, 3, 4))
        within = spread(samples)
        found: dict[str, Any] = {
            "error": error.mean().item(),
            "ratio": (one.mean() / error.mean()).item(),
            "within": (within.mean() / error.mean()).item(),
            # Of the mean difference, in units of the error: 0 if exact.
            "within_interval": [1 + end / error.mean().item() for end in interval(within - error)],
        }
        few = samples[:19] if len(samples) >= 19 else samples[:9]
        for feature in (ink, width, slant):
            of = torch.stack([feature(part) for part in few])
            place = ranks(feature(x), of)
            found[f"ranks of {feature.__name__}"] = torch.bincount(place, minlength=len(few) + 1).tolist()
            held = ((place >= 2) & (place < len(few) - 1)).double() if len(few) == 19 else (place % 9 > 0).double()
            found[feature.__name__] = held.mean().item()
            found[f"{feature.__name__}_interval"] = interval(held)
        read = torch.stack([read_digits(part) for part in samples])
        votes = torch.nn.functional.one_hot(read, 10).double().mean(0)
        share, chosen = votes.max(1)
        right = (chosen == labels).double()
        found |= {"class_share": share.mean().item(), "class_right": right.mean().item()}
        bins = [(share > low) & (share <= high) for low, high in ((0, 0.5), (0.5, 0.75), (0.75, 0.95), (0.95, 1))]
        found["reliability"] = [[share[b].mean().item(), right[b].mean().item(), int(b.sum())] for b in bins if b.any()]
        variance, squared = samples.var(0).flatten(1), (mean - x).square().flatten(1)
        found["map"] = float(spearmanr(variance.flatten(), squared.flatten()).statistic)
        found["digits"] = float(spearmanr(within, error).statistic)
        return found

    for factor in data.factors:
        yield f"x{factor}", partial(measured, factor)


def realism(data: Data) -> Iterator[tuple[str, Callable[[], dict]]]:
    x, labels = data.test

    def restored(factor: int, name: str) -> torch.Tensor:
        return rung(name, factor)(downsample(x, factor)).clamp(0, 1)

    def mean_of(factor: int, count: int) -> torch.Tensor:
        return data.samples(factor)[:count].mean(0)

    def projected(factor: int) -> torch.Tensor:
        return project(mean_of(factor, 1), downsample(x, factor), factor).clamp(0, 1)

    def judged(factor: int, pictures: Callable[[], torch.Tensor]) -> dict:
        shown = pictures()
        each = psnr(shown, x)
        return {
            "psnr": each.mean().item(),
            "interval": interval(each),
            "mse": (shown - x).double().square().mean().item(),
            "ssim": ssim(shown, x).mean().item(),
            "read": (read_digits(shown) == labels).double().mean().item(),
            "frechet": frechet_distance(shown, data.others),
            "misfit": 255 * (downsample(shown, factor) - downsample(x, factor)).square().mean().sqrt().item(),
        }

    yield "floor: real digits", lambda: {"frechet": frechet_distance(x, data.others)}
    for factor in data.factors:
        low = downsample(x, factor)
        for name in ("bicubic", "EDSR-like"):
            yield f"x{factor}, {name}", partial(judged, factor, partial(restored, factor, name))
        yield f"x{factor}, guess at t = 0", partial(judged, factor, partial(denoised_mean, low, factor))
        yield f"x{factor}, one sample", partial(judged, factor, partial(mean_of, factor, 1))
        yield (
            f"x{factor}, one sample, projected",
            partial(judged, factor, partial(projected, factor)),
        )
        for count in (2, 4, 8, data.draws):
            yield f"x{factor}, mean of {count} samples", partial(judged, factor, partial(mean_of, factor, count))


PARTS = {"known": known, "calibration": calibration, "realism": realism}
COLUMNS = {
    "known": {"ratio": ".2f", "spread": ".2f", "classes": ".3f", "strength": ".3f"},
    "calibration": {
        "error": ".5f", "ratio": ".2f", "within": ".2f", "ink": ".1%", "width": ".1%", "slant": ".1%",
        "class_share": ".1%", "class_right": ".1%", "map": ".2f", "digits": ".2f",
    },
    "realism": {"psnr": ".2f", "mse": ".5f", "ssim": ".3f", "read": ".1%", "frechet": ".1f", "misfit": ".2f"},
}  # fmt: skip


def page(results: dict) -> str:
    """The results as a Markdown page."""
    lines = ["# Samples of real digits", "", PROTOCOL.format(**results), ""]
    for part, rows in results["parts"].items():
        form = COLUMNS[part]
        lines += [f"## {part.capitalize()}", "", TITLES[part], ""]
        lines += ["| | " + " | ".join(form) + " | seconds |", "| --- |" + " ---: |" * (len(form) + 1)]
        for label, row in rows.items():
            cells = []
            for name, how in form.items():
                cells.append(format(row[name], how) if name in row else "-")
                key = "interval" if name == "psnr" else f"{name}_interval"
                if key in row:
                    cells[-1] += f" ({format(row[key][0], how)} to {format(row[key][1], how)})"
            lines.append(f"| {label} | {' | '.join(cells)} | {row['seconds']:.0f} |")
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--root", help="folder that holds MNIST/raw, downloaded when missing")
    parser.add_argument("--sample", action="store_true", help="200 bundled digits; prints, writes nothing")
    arguments = parser.parse_args()
    if unknown := set(arguments.parts) - set(PARTS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    path = RESULTS / "sampling.json"
    data = Data(arguments.root, arguments.sample)
    results: dict = {"digits": f"{len(data.test.labels):,}", "samples": data.draws, "parts": {}}
    if path.exists() and not arguments.sample:
        results = json.loads(path.read_text("utf-8"))
    for part in arguments.parts or [part for part in PARTS if part != "known" or not arguments.sample]:
        rows = results["parts"].setdefault(part, {})
        for label, measure in PARTS[part](data):
            if label in rows:
                continue
            began = time.perf_counter()
            rows[label] = measure() | {"seconds": round(time.perf_counter() - began, 1)}
            print(f"{part}: {label}: {rows[label]}", flush=True)
            if not arguments.sample:
                write_whole(path, (json.dumps(results, indent=1) + "\n").encode())
    if arguments.sample:
        print(page(results))
    else:
        write_whole(PAGES / "sampling.md", page(results).encode())


if __name__ == "__main__":
    main()

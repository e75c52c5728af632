"""What the verdicts need of the full MNIST: python -m benchmarks.trial [PART ...] [--root FOLDER] [--sample]

irreducible    the error of neighbours as samples of the posterior, against how many digits are searched
near           how many digits have a neighbour that is almost the same when small
mean           whether an estimate is the posterior mean: what a critic gains on it
augmentation   what augmentation gains, by seeds: some hours on two cores, as it trains 130 networks

All parts by default. See PROTOCOL below. Writes data/results/trial.json in the package, after each measurement, and the
page results/trial.md beside this file; what stands there already is not measured again. With --sample the digits
are those of the bundled sample, in a few minutes, nothing is written, and augmentation is left out.
"""

import argparse
import json
import math
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import torch
from scipy.stats import t as student

from benchmarks.ladder import BLOCK, PAGES, interval
from benchmarks.sampling import SIGMA
from mnist_sr_helpers import AUGMENTATIONS, FACTORS, downsample, fit, load_digits, psnr, restore, rung
from mnist_sr_helpers._files import write_whole
from mnist_sr_helpers.critic import critic_gain, fit_critic
from mnist_sr_helpers.digits import FULL, Digits
from mnist_sr_helpers.estimators import linear_mmse
from mnist_sr_helpers.irreducible import nearest_apart, neighbour_error
from mnist_sr_helpers.models import middle_network
from mnist_sr_helpers.posterior import observe, posterior_mean, posterior_weights
from mnist_sr_helpers.results import RESULTS
from mnist_sr_helpers.sampling import SPREADS, denoised_mean
from tools.train import split

PROTOCOL = (
    "Low resolution: antialiased bicubic, float, not clipped. Judged by {test} test digits. Errors: mean squared "
    "errors per pixel of estimates clipped to [0, 1], where a posterior mean lies. In brackets: 95% intervals, by "
    f"bootstrap over blocks of {BLOCK} digits that follow one another in the file, as neighbours there are alike."
)
TITLES = {
    "irreducible": "The irreducible error. Of the mean of the k nearest digits in low resolution: its squared error "
    "over 1 + 1/k, an estimate of the posterior mean's error if these are samples of the posterior. It must not fall "
    "any more with the number of digits searched.",
    "near": "Almost identical when small: the share of digits whose nearest neighbour in low resolution is less than 3 "
    "grey levels away (RMS), the share with one less than 10 away, and the least distance of all.",
    "mean": "Is the estimate the posterior mean? By how much a critic, a network that predicts the residual from the "
    "low resolution, lowers its error on digits that the critic didn't see: nothing if it is. Known world: the truth "
    f"is one of 5,000 digits, seen with noise of standard deviation {SIGMA}; the posterior mean itself must pass "
    "there; linear MMSE is not clipped.",
    "augmentation": "What augmentation gains: PSNR of the middle network, mean over seeds (x7: eight, six of 240 "
    "passes; x2: five); each seed draws its own digits, first weights and order. Beside it the gain of seed 0 alone. "
    "In brackets: 95% intervals (Student's t), of the mean by seeds, of seed 0 by test digits, in blocks of "
    f"{BLOCK}; corrected for all comparisons of the table (Bonferroni). Longer trainings: of "
    "those that cost least in 20 passes, by the same test digits.",
}
CRITICISED = ("linear MMSE", "article, enlarge last", "EDSR-like")
EVERY = tuple(AUGMENTATIONS)[1:]
AUGMENTED = (  # factor, digits to learn from, passes over them, augmentations, seeds
    (7, 500, 100, EVERY, 8),
    (7, 5000, 20, EVERY, 8),
    (7, 5000, 240, ("shift", "rotate"), 6),  # those that cost least in 20 passes
    (2, 500, 100, EVERY, 5),
    (2, 5000, 20, EVERY, 5),
    (2, 5000, 80, ("shift",), 5),
)


class Data:
    """The digits of a run: to learn from, held out, to judge by."""

    def __init__(self, root: str | None, sample: bool):
        self.known = load_digits() if sample else load_digits("full", root=root)
        self.test = load_digits(split="test") if sample else load_digits("full", "test", root=root)
        # By the networks that ship; of the sample's digits they saw nearly all.
        self.seen, self.unseen = (self.known, self.known) if sample else split(root)


def sizes(known: Digits) -> list[int]:
    """Numbers of digits to search, tenfold each, up to all."""
    count = len(known.labels)
    return [count // 100, count // 10, count]


def some(known: Digits, count: int) -> Digits:
    """The first `count` digits in an order drawn with seed 0: each number of digits holds the smaller ones."""
    order = torch.randperm(len(known.labels), generator=torch.Generator().manual_seed(0))[:count]
    return Digits(known.images[order], known.labels[order])


def irreducible(data: Data) -> Iterator[tuple[str, Callable[[], dict]]]:
    def neighbours(factor: int, count: int, k: int) -> dict:
        error = neighbour_error(data.test.images, some(data.known, count).images, factor, k)
        return {"error": error.mean().item(), "interval": interval(error)}

    def estimate(factor: int, estimator: Callable[[torch.Tensor], torch.Tensor]) -> dict:
        parts = downsample(data.test.images, factor).split(1000)
        error = torch.cat([estimator(part) for part in parts]).clamp(0, 1) - data.test.images
        each = error.flatten(1).double().square().mean(1)
        return {"error": each.mean().item(), "interval": interval(each)}

    for factor in (4, 7, 14):
        for count in sizes(data.known):
            for k in (1, 2, 4, 8):
                yield f"x{factor}, {count} digits, k = {k}", partial(neighbours, factor, count, k)
    for factor in FACTORS[1:]:
        for name in ("bicubic", "EDSR-like"):
            yield f"x{factor}, {name}", partial(estimate, factor, rung(name, factor))

    def within_classes() -> dict:
        x, labels = data.test
        means = torch.stack([x[labels == label].mean(0) for label in range(10)])
        each = (x - means[labels]).flatten(1).double().square().mean(1)
        return {"error": each.mean().item(), "interval": interval(each)}

    yield "one who knows the class, and draws its mean", within_classes
    for factor in SPREADS:
        guess = partial(denoised_mean, factor=factor)
        yield f"x{factor}, the sampler's guess at t = 0", partial(estimate, factor, guess)


def near(data: Data) -> Iterator[tuple[str, Callable[[], dict]]]:
    def shares(factor: int, count: int, across: bool) -> dict:
        apart = nearest_apart(data.test, some(data.known, count), factor, across=across)
        close, ten = (apart < 3).double(), (apart < 10).double()
        found = {"share": close.mean().item(), "interval": interval(close)}
        return found | {"below 10": ten.mean().item(), "least": apart.min().item()}

    for factor in FACTORS[1:]:
        for count in sizes(data.known):
            for across in (False, True):
                whose = "another class" if across else "any class"
                yield f"x{factor}, {count} digits, {whose}", partial(shares, factor, count, across)


def mean(data: Data) -> Iterator[tuple[str, Callable[[], dict]]]:
    def judge(estimator: Any, factor: int, learnt: list, judged: list, epochs: int) -> dict:
        residuals = [x - estimator(y) for x, y in (learnt, judged)]
        critic = fit_critic(residuals[0], learnt[1], factor, epochs=epochs)
        gained = critic_gain(residuals[1], critic(judged[1]))
        error = residuals[1].double().square().mean().item()
        return {"error": error, "gain": gained.mean().item(), "interval": interval(gained)}

    def real(factor: int, name: str, learnt: torch.Tensor, epochs: int) -> dict:
        pairs = [[x, downsample(x, factor)] for x in (learnt, data.test.images)]
        estimator = rung(name, factor)
        return judge(lambda y: estimator(y).clamp(0, 1), factor, pairs[0], pairs[1], epochs)

    def known_world(factor: int, name: str) -> dict:
        """The truth is one of 5,000 digits, seen with noise: the posterior mean is known, and must pass."""
        world = load_digits().images
        pairs = []
        for seed in range(4):
            truth = world[torch.randint(len(world), (len(world),), generator=torch.Generator().manual_seed(seed))]
            pairs.append([truth, observe(truth, factor, SIGMA, seed)])
        learnt = [torch.cat(parts) for parts in zip(*pairs[1:], strict=True)]
        linear = linear_mmse(world, downsample(world, factor), ridge=SIGMA**2)

        def exact(y: torch.Tensor) -> torch.Tensor:
            parts = [posterior_mean(posterior_weights(part, world, factor, SIGMA), world) for part in y.split(1000)]
            return torch.cat(parts)

        return judge({"posterior mean": exact, "linear MMSE": linear}[name], factor, learnt, pairs[0], 6)

    for factor in (7, 14, 4):
        for name in ("posterior mean", "linear MMSE"):
            yield f"x{factor}, known world, {name}, 15000 digits", partial(known_world, factor, name)
        for name in CRITICISED:
            yield f"x{factor}, {name}, 5000 digits not seen", partial(real, factor, name, data.unseen.images, 10)
            if len(data.known.labels) > FULL:
                yield f"x{factor}, {name}, 55000 digits seen", partial(real, factor, name, data.seen.images, 3)


def augmentation(data: Data) -> Iterator[tuple[str, Callable[[], dict]]]:
    def scores(factor: int, count: int, passes: int, kind: str, seed: int) -> dict:
        order = torch.randperm(len(data.known.labels), generator=torch.Generator().manual_seed(seed))
        torch.manual_seed(seed)
        model = middle_network(factor)
        how: dict[str, Any] = {"epochs": passes, "batch_size": 64, "learning_rate": 2e-3, "seed": seed}
        fit(model, data.known.images[order[:count]], factor, augment=AUGMENTATIONS[kind], **how)
        y = downsample(data.test.images, factor)
        each = psnr(restore(model, y).clamp(0, 1), data.test.images)
        found: dict[str, Any] = {"psnr": each.mean().item()}
        if seed == 0:
            found["blocks"] = [round(block.mean().item(), 3) for block in each.split(BLOCK)]
        return found

    for factor, count, passes, kinds, seeds in AUGMENTED:
        for seed in range(seeds):
            for kind in ("none", *kinds):
                one = partial(scores, factor, count, passes, kind, seed)
                yield f"x{factor}, {count} digits, {passes} passes, {kind}, seed {seed}", one


PARTS = {"irreducible": irreducible, "near": near, "mean": mean, "augmentation": augmentation}


def gained(rows: dict) -> dict:
    """What augmentation gains in each training: the mean over seeds, with its interval; of seed 0 that by digits."""

    def mean_and_interval(gains: torch.Tensor, comparisons: int) -> tuple[float, list[float]]:
        mean, count = gains.mean().item(), len(gains)
        width = float(student.ppf(1 - 0.025 / comparisons, count - 1)) * gains.std().item() / math.sqrt(count)
        return mean, [mean - width, mean + width]

    found: dict[str, dict] = {}
    comparisons = sum(len(kinds) for *_, kinds, _ in AUGMENTED)
    for factor, count, passes, kinds, seeds in AUGMENTED:
        for kind in kinds:
            training = f"x{factor}, {count} digits, {passes} passes"
            pairs = [[f"{training}, {name}, seed {seed}" for name in (kind, "none")] for seed in range(seeds)]
            if not all(key in rows for pair in pairs for key in pair):
                continue
            gains = torch.tensor([rows[changed]["psnr"] - rows[as_they_are]["psnr"] for changed, as_they_are in pairs])
            changed, as_they_are = (torch.tensor(rows[key]["blocks"]) for key in pairs[0])
            row = found[f"{training}, {kind}"] = {}
            row["gain"], row["interval"] = mean_and_interval(gains, comparisons)
            row["seed 0"], row["seed 0, interval"] = mean_and_interval(changed - as_they_are, comparisons)
    return found


def page(results: dict) -> str:
    """The results as a Markdown page."""
    lines = ["# What the verdicts need of the full MNIST", "", PROTOCOL.format(test=results["test"]), ""]
    for part, rows in results["parts"].items():
        shown = results["gains"] if part == "augmentation" else rows
        form = {
            "share": ".2%",
            "below 10": ".2%",
            "least": ".2f",
            "gain": "+.3f" if part == "augmentation" else "+.6f",
            "seed 0": "+.3f",
            "error": ".5f",
        }
        if not shown:
            continue  # trainings of the part are still missing
        names = [name for name in next(iter(shown.values())) if not name.endswith("interval")]
        of = {"near": "share", "augmentation": "gain"}.get(part, names[-1])  # what `interval` is of
        lines += [f"## {part.capitalize()}", "", TITLES[part], "", "| | " + " | ".join(names) + " |"]
        lines.append("| --- |" + " ---: |" * len(names))
        for label, row in shown.items():
            cells = []
            for name in names:
                cells.append(format(row[name], form[name]))
                if ends := row.get("interval" if name == of else f"{name}, interval"):
                    low, high = (format(end, form[name]) for end in ends)
                    cells[-1] += f" ({low} to {high})"
            lines.append(f"| {label} | " + " | ".join(cells) + " |")
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--root", help="folder that holds MNIST/raw, downloaded when missing")
    parser.add_argument("--sample", action="store_true", help="the bundled sample only; prints, writes nothing")
    arguments = parser.parse_args()
    if unknown := set(arguments.parts) - set(PARTS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    path = RESULTS / "trial.json"
    data = Data(arguments.root, arguments.sample)
    results: dict = {"test": f"{len(data.test.labels):,}", "parts": {}}
    if path.exists() and not arguments.sample:
        results = json.loads(path.read_text("utf-8"))
    for part in arguments.parts or [part for part in PARTS if part != "augmentation" or not arguments.sample]:
        rows = results["parts"].setdefault(part, {})
        for label, measure in PARTS[part](data):
            if label in rows:
                continue
            rows[label] = measure()
            results["gains"] = gained(results["parts"].get("augmentation", {}))
            said = {name: value for name, value in rows[label].items() if name != "blocks"}
            print(f"{part}: {label}: {said}", flush=True)
            if not arguments.sample:
                write_whole(path, (json.dumps(results, indent=1) + "\n").encode())
    if arguments.sample:
        print(page(results))
    else:
        write_whole(PAGES / "trial.md", page(results).encode())


if __name__ == "__main__":
    main()

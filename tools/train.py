"""Train the networks that ship: python -m tools.train [NAME ...] [--factor 7 ...] [--root FOLDER] [--device cuda]

The rungs of the ladder learn from 55,000 digits of the full MNIST; 5,000 are held out. Each is trained anew with twice
the epochs until that gains less than PLATEAU on these, or all its trainings would take more than BUDGET: from minutes
to an hour a network and factor, on two cores. The article's networks learn from all 60,000, with the article's
settings; experiments and classifiers in minutes. Only `reader`, made for judging, sees test digits, once at the end.
What is done is left alone: delete a checkpoint to train it anew. A training that was interrupted goes on from its last
epoch, and every doubling ships, so that one may stop once all seeds have it.
"""

import argparse
import json
import math
import time
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

import torch
import torch.nn.functional as F
from safetensors.torch import save
from torch import nn

from mnist_sr_helpers import AUGMENTATIONS, DEGRADATIONS, FACTORS, downsample, load_digits, psnr, restore
from mnist_sr_helpers._files import write_whole
from mnist_sr_helpers.degradation import quantise
from mnist_sr_helpers.digits import FULL, Digits
from mnist_sr_helpers.estimators import linear_mmse
from mnist_sr_helpers.experiments import EXPERIMENTS, LOSSES, NOISY, experiment_path
from mnist_sr_helpers.ladder import BICUBIC, BY_KEY, FILE, LADDER, LINEAR, Recipe, doublings, names
from mnist_sr_helpers.models import LowReader, Reader
from mnist_sr_helpers.sampling import Denoiser, clues
from mnist_sr_helpers.training import supervised, train
from mnist_sr_helpers.weights import checkpoint, parts_of
from tools.resume import Resume

SOURCES = {
    "sample": "{:,} training digits of the bundled sample",
    "split": "{:,} of the 60,000 training digits, seed 0; 5,000 held out",
    "full": "{:,} training digits",
}
PLATEAU, BUDGET = 0.1, 7200  # dB that twice the epochs must gain to go on; CPU seconds in all: an hour of two cores
FLOW = {7: 25, 14: 40}  # epochs of the sampler's network, by factor
FLOW_BATCH, FLOW_RATE, FLOW_AVERAGE = 128, 2e-3, 0.999  # of its training, as `train` takes them
IN_TRAINING = DEGRADATIONS | {"bicubic, noisy": NOISY}  # other noise than in tests: seed 0
RIDGE = 1e-6  # of linear MMSE: enough to steady an inverse
READING, JITTER = "cross entropy", "shift 2 px, rotation 10 degrees, scale 10%, paler 50%"
reader = partial(Recipe, batch=128, loss=READING)
READERS = {
    "reader": reader(
        lambda factor: Reader(), 60_000, epochs={1: 12}, rate=3e-3, source="full", degradation="none",
        augmentation=JITTER,
    ),
    "low_reader": reader(LowReader, FULL, epochs={2: 3, 4: 10, 7: 15}, rate=2e-3, source="split"),
}  # fmt: skip
GUIDE = LADDER["EDSR-like"]._replace(key="", epochs={7: 30, 14: 30})  # for as long as it serves the sampler


class Job(NamedTuple):
    """One network to train: its file, its name there if it is one of several, how it learns, its factor."""

    path: Path
    name: str
    how: Recipe
    factor: int

    @property
    def label(self) -> str:
        return f"{self.path.stem}, {self.name}" if self.name else self.path.stem

    @property
    def doubles(self) -> bool:
        """Whether it trains anew with twice the epochs until it has `ended`: the rungs that learn from the 55,000."""
        return bool(self.how.key) and self.how.source == "split"


def shipped() -> dict[str, list[Job]]:
    """All that ships, by what this tool calls it."""
    jobs = {
        key: [
            Job(checkpoint(key, factor), name, how._replace(seed=seed), factor)
            for factor in how.epochs
            for seed, name in enumerate(names(how, factor))
        ]
        for key, how in {**BY_KEY, **READERS, "guide": GUIDE}.items()
    }
    for experiment, variants in EXPERIMENTS.items():
        jobs[experiment] = [
            Job(experiment_path(experiment, name), name, how, *how.epochs) for name, how in variants.items()
        ]
    return jobs


def settings(job: Job, epochs: int) -> dict[str, str]:
    """How a network is trained, in the words that its checkpoint carries."""
    how = job.how
    changed = "" if how.augmentation == "none" else f", {how.augmentation}"
    rate = f"{'one-cycle' if how.one_cycle else 'constant'} {how.rate}"
    schedule = f"{epochs} epochs, batch {how.batch}, {optimiser(how).__name__} {rate}"
    if job.factor in how.clip:
        schedule += f", gradients cut to norm {how.clip[job.factor]}"
    return {
        "digits": SOURCES[how.source].format(how.digits) + changed,
        "degradation": f"{how.degradation}, x{job.factor}",
        "schedule": f"{schedule}, {how.loss}, seed {how.seed}",
    }


def optimiser(how: Recipe) -> type[torch.optim.Optimizer]:
    """AdamW, with its weight decay of 0.01, for a classifier, Adam for all others."""
    return torch.optim.AdamW if how.loss == READING else torch.optim.Adam


def others() -> dict[Path, dict[str, str]]:
    """The checkpoints that come of no Job, linear MMSE's and the sampler's, with the words that they carry."""
    digits, found = SOURCES["split"].format(FULL), {}
    for factor in FACTORS[1:]:
        for key, degradation in ((LINEAR, BICUBIC), (f"{LINEAR}_file", FILE)):
            words = {"digits": digits, "degradation": f"{degradation}, x{factor}", "ridge": str(RIDGE)}
            found[checkpoint(key, factor)] = words
    for factor, epochs in FLOW.items():
        schedule = f"{epochs} epochs, batch {FLOW_BATCH}, AdamW one-cycle {FLOW_RATE}, moving average {FLOW_AVERAGE}"
        words = {"digits": digits, "degradation": f"{BICUBIC}, x{factor}", "schedule": f"{schedule}, seed 0"}
        found[checkpoint("flow", factor)] = words
    return found


def split(root: str | None = None) -> tuple[Digits, Digits]:
    """The training digits of the full MNIST in two, drawn by a fixed seed: FULL to learn from, the others held out.

    `root` and errors as in `load_digits`.
    """
    images, labels = load_digits("full", root=root)
    order = torch.randperm(len(images), generator=torch.Generator().manual_seed(0))
    seen, held_out = (Digits(images[part], labels[part]) for part in (order[-FULL:], order[:-FULL]))
    return seen, held_out


@cache
def digits_of(source: str, root: str | None) -> tuple[Digits, Digits]:
    """The digits to learn from and those to judge by."""
    if source == "sample":
        return load_digits(), load_digits(split="test")
    if source == "split":
        return split(root)
    return load_digits("full", root=root), load_digits("full", "test", root=root)


def write_weights(model: nn.Module, path: Path, settings: dict[str, str], name: str = "") -> None:
    """Write `model` to `path` with the settings it was trained with; with a `name` beside others that lie there."""
    weights, words = parts_of(path) if name and path.exists() else ({}, {})
    prefix = name and f"{name}/"
    weights |= {prefix + key: value.detach().contiguous() for key, value in model.state_dict().items()}
    write_whole(path, save(weights, metadata=words | {prefix + key: value for key, value in settings.items()}))


def read_settings(path: Path, name: str = "") -> dict[str, str]:
    """The settings written beside the weights at `path`; empty if `name` is not there."""
    return parts_of(path, name)[1]


def fit_linear(factor: int, degradation: str, root: str | None) -> None:
    """Fit linear MMSE in closed form, and write its checkpoint."""
    path = checkpoint(LINEAR if degradation != FILE else f"{LINEAR}_file", factor)
    if path.exists():
        print(f"{path.stem}: already fitted")
        return
    seen, held_out = split(root)
    degrade = degradations(factor)[degradation]
    linear = linear_mmse(seen.images, degrade(seen.images), RIDGE)
    score = psnr(linear(degrade(held_out.images)).clamp(0, 1), held_out.images).mean().item()
    parts = {name: part.float() for name, part in linear._asdict().items()}
    write_whole(path, save(parts, metadata=others()[path] | {"held_out": f"{score:.3f}"}))
    print(f"{path.stem}: {score:.2f} dB on the held-out digits", flush=True)


def train_flow(factor: int, root: str | None, device: str, precision: torch.dtype = torch.float32) -> None:
    """Train the sampler's network and write its checkpoint, its weights in half precision."""
    path = checkpoint("flow", factor)
    if path.exists():
        print(f"{path.stem}: already trained")
        return
    seen, held_out = split(root)
    resume = Resume(path.with_suffix(".partial"))
    torch.manual_seed(0)
    model = Denoiser(factor)

    def told(x: torch.Tensor) -> torch.Tensor:
        with torch.no_grad():
            return torch.cat([clues(part, factor) for part in downsample(x, factor).split(1000)])

    def noisy(batch, generator):
        """A digit, what is told of it, the digit in noise, and t: more often near 1, where strokes are decided."""
        x, clue = batch
        noise = torch.randn(x.shape, generator=generator)
        t = (1 - torch.rand((len(x), 1, 1, 1), generator=generator).square()).clamp(max=0.99)
        return x, clue, (1 - t) * noise + t * x, t

    def misfit(model, batch):
        x, clue, z, t = batch
        return ((model(z, t, clue) - x) / model.normal(z, t, clue[:, :1])[2]).square().mean()

    unseen = noisy((2 * held_out.images - 1, told(held_out.images)), torch.Generator().manual_seed(1))

    def measure(model) -> float:
        with torch.no_grad():
            parts = zip(*(part.split(500) for part in unseen), strict=True)
            found = sum(misfit(model.cpu(), part).item() for part in parts) / (len(unseen[0]) // 500)
        model.to(device)
        print(f"{path.stem}: loss {found:.4f} on the held-out digits", flush=True)
        return round(found, 4)

    history = train(
        model,
        (2 * seen.images - 1, told(seen.images)),
        misfit,
        epochs=FLOW[factor],
        batch_size=FLOW_BATCH,
        learning_rate=FLOW_RATE,
        prepare=noisy,
        optimiser=partial(torch.optim.AdamW, weight_decay=1e-3),
        average=FLOW_AVERAGE,
        measure=measure,
        resume=resume,
        device=device,
        precision=precision,
    )
    write_weights(model.half(), path, others()[path] | {"held_out": json.dumps(history.held_out)})
    resume.path.unlink(missing_ok=True)


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
    grid = F.affine_grid(torch.cat([matrix, shift[..., None]], 2), list(images.shape), align_corners=False)
    paler = 0.5 + 0.5 * torch.rand(len(images), 1, 1, 1, generator=generator)
    return paler * F.grid_sample(images, grid, align_corners=False)


def degrade_mixed(x: torch.Tensor) -> torch.Tensor:
    """Each of `x` (N, 1, 28, 28) in one of the DEGRADATIONS, by 4, in turn."""
    ways = list(IN_TRAINING.values())
    low = torch.stack([way(x) for way in ways])
    return low[torch.arange(len(x)) % len(ways), torch.arange(len(x))]


def degradations(factor: int) -> dict[str, Callable[[torch.Tensor], torch.Tensor]]:
    """How low resolution comes about, by the names that the tables use; those of an experiment are all by 4."""
    bicubic = partial(downsample, factor=factor)
    return {
        **IN_TRAINING,
        "mixed": degrade_mixed,
        BICUBIC: bicubic,
        FILE: lambda x: quantise(bicubic(x)),
        "none": bicubic,
    }


@torch.no_grad()
def read_right(model: nn.Module, digits: Digits, factor: int) -> str:
    """How many of the digits a classifier reads right."""
    read = torch.cat([model(y).argmax(1) for y in downsample(digits.images, factor).split(1000)])
    return f"{(read == digits.labels).sum()} of {len(read)}"


def ended(done: list[tuple[int, float, int]], seeds: int = 1) -> bool:
    """Whether trainings, as `doublings` has them, have come to their end.

    The last doubling gained less than PLATEAU, or with the next one, of all `seeds`, they would take more than BUDGET.
    """
    gained = math.inf if len(done) == 1 else done[-1][1] - done[-2][1]
    return gained < PLATEAU or sum(seconds for *_, seconds in done) + 2 * seeds * done[-1][2] > BUDGET


def next_epochs(job: Job) -> int:
    """For how many epochs to train now; 0: no more.

    A rung is trained anew with twice the epochs until that has `ended`; its other seeds as long as the first at last.
    """
    if not job.doubles:
        return 0 if job.path.exists() and read_settings(job.path, job.name) else job.how.epochs[job.factor]
    done = doublings(job.how.key, job.factor, job.how.seed) if job.path.exists() else []
    if job.how.seed:
        wanted = doublings(job.how.key, job.factor)[-1][0]
        return 0 if done and done[-1][0] == wanted else wanted
    if not done:
        return job.how.epochs[job.factor]
    return 0 if ended(done, job.how.seeds) else 2 * done[-1][0]


def learn(
    job: Job, epochs: int, root: str | None = None, device: str = "cpu", precision: torch.dtype = torch.float32
) -> None:
    """Train one network and write its checkpoint with its settings and what came of it."""
    how, reads = job.how, job.how.loss == READING
    seen, judges = digits_of(how.source, root)
    degrade = degradations(job.factor)[how.degradation]
    augment = {**AUGMENTATIONS, JITTER: jitter}[how.augmentation]
    loss = F.cross_entropy if reads else LOSSES[how.loss.lower()]
    targets, images = (part[: how.digits] for part in (seen.labels if reads else seen.images, seen.images))

    def augmented(batch, generator):
        changed = augment(batch[1] if reads else batch[0], generator)
        return (batch[0], changed) if reads else (changed, degrade(changed))

    torch.manual_seed(how.seed)
    model = how.build(job.factor)
    curved = how.digits == FULL and not reads
    resume = Resume(job.path.with_name(f"{job.label}.partial"))
    marks = [time.process_time()]

    def measure(model: nn.Module) -> float:
        marks.append(time.process_time())
        estimate = restore(model, degrade(judges.images).to(device)).cpu()
        found = round(psnr(estimate.clamp(0, 1), judges.images).mean().item(), 3)
        print(f"{job.label}: {found:.2f} dB on the held-out digits", flush=True)
        return found

    history = train(
        model,
        (targets, degrade(images)),
        supervised(loss),
        epochs=epochs,
        batch_size=how.batch,
        learning_rate=how.rate,
        clip=how.clip.get(job.factor, math.inf),
        seed=how.seed,
        prepare=augmented if augment else None,
        optimiser=optimiser(how),
        one_cycle=how.one_cycle,
        measure=measure if curved else None,
        resume=resume,
        device=device,
        precision=precision,
    )
    came = {"held_out": json.dumps(history.held_out)} if curved else {}
    if job.doubles:
        an_epoch = (marks[-1] - marks[0]) / (len(marks) - 1)  # of those since an interruption
        latest = [epochs, history.held_out[-1], round(an_epoch * epochs)]
        earlier = doublings(how.key, job.factor) if job.path.exists() and not how.seed else []
        came["doublings"] = json.dumps([*earlier, latest])
    if reads:
        key, which = ("test", "test") if how.source == "full" else ("held_out", "held-out")
        came[key] = f"{read_right(model, judges, job.factor)} {which} digits read right"
    if precision != torch.float32:
        came["precision"] = str(precision)
    write_weights(model, job.path, settings(job, epochs) | came, job.name)
    resume.path.unlink(missing_ok=True)
    print(f"{job.label}: {len(history.losses)} steps, loss {sum(history.losses[-100:]) / 100:.5f}", flush=True)


def main() -> None:
    jobs = shipped()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of linear, flow, {', '.join(jobs)}; all by default")
    parser.add_argument("--factor", type=int, nargs="+", choices=FACTORS, default=FACTORS, help="these only")
    parser.add_argument("--root", help="folder that holds MNIST/raw, downloaded when missing")
    parser.add_argument("--once", action="store_true", help="one training each, not until they have ended")
    parser.add_argument("--device", default="cpu", help="where torch computes; BUDGET counts a CPU alone")
    parser.add_argument("--bfloat16", action="store_true", help="thrice as fast, if the processor has units for it")
    arguments = parser.parse_args()
    precision = torch.bfloat16 if arguments.bfloat16 else torch.float32
    if unknown := set(arguments.names) - {"linear", "flow", *jobs}:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    todo = [job for name in arguments.names or jobs for job in jobs.get(name, []) if job.factor in arguments.factor]
    made = FLOW if arguments.names == ["flow"] else FACTORS
    if not todo and not ({"linear", "flow"} & set(arguments.names) and set(arguments.factor) & set(made)):
        parser.error(f"none of {', '.join(arguments.names)} is made for x{', x'.join(map(str, arguments.factor))}")
    for factor in arguments.factor if "linear" in (arguments.names or ["linear"]) else ():
        for degradation in (BICUBIC, FILE) if factor > 1 else ():
            fit_linear(factor, degradation, arguments.root)
    for job in todo:
        if not next_epochs(job):
            print(f"{job.label}: already trained")
        while epochs := next_epochs(job):
            learn(job, epochs, arguments.root, arguments.device, precision)
            if arguments.once:
                break
    for factor in FLOW if "flow" in (arguments.names or ["flow"]) else ():
        if factor in arguments.factor:
            train_flow(factor, arguments.root, arguments.device, precision)


if __name__ == "__main__":
    main()

"""The results that "Changing the training" states in prose."""

from functools import cache

import torch

from mnist_sr_helpers import (
    AUGMENTATIONS,
    DEGRADATIONS,
    SEEDS,
    bootstrap_interval,
    downsample,
    load_digits,
    load_experiment,
    psnr,
    quantise,
    restore,
    rung,
    upsample,
)

from .degradation import outside
from .measuring import Claim, at_x7, by_seed, doubled, quality, score, shipped, small_digits, test_digits

WAYS = list(DEGRADATIONS)
WHOLE, PICKED = [1, 3, 5, 6, 7], [0, 2, 4]  # positions in WAYS: all pixels count; nearest and the aliased two
KINDS = [kind for kind in AUGMENTATIONS if kind != "none"]
T_OF_EIGHT = 12.59  # Student's t for three numbers: 95%, corrected for eight comparisons


# From a file


def as_file() -> torch.Tensor:
    return quantise(small_digits(4))


@cache
def from_input(name: str, given: str) -> torch.Tensor:
    """What a rung makes of the low resolution at x4: rounded, clipped, or both, as in a file."""
    low = small_digits(4)
    return rung(name, 4)({"rounded": (low * 255).round() / 255, "clipped": low.clamp(0, 1), "file": as_file()}[given])


@cache
def trained_on_files() -> float:
    return quality(rung("EDSR-like", 4, file=True)(as_file()))


def cost_of(given: str, name: str = "EDSR-like") -> float:
    return score(name, 4) - quality(from_input(name, given))


def lead(estimate: torch.Tensor, given: torch.Tensor) -> float:
    """Over bicubic enlargement of what was given, in dB."""
    return quality(estimate) - quality(upsample(given, 4))


def grey_levels_apart(a: torch.Tensor, b: torch.Tensor) -> float:
    return 255 * (a - b).square().mean().sqrt().item()


# The matrix


@cache
def low(way: str) -> torch.Tensor:
    return DEGRADATIONS[way](test_digits().images)


@cache
def restored(training: str, test: str) -> torch.Tensor:
    """What a training's network makes of a test's digits, not clipped."""
    return restore(load_experiment("degradations", training), low(test))


@cache
def matrix() -> torch.Tensor:
    """Mean PSNR in dB: trained on WAYS and mixed (rows), tested on WAYS (columns)."""
    rows = []
    for training in (*WAYS, "mixed"):
        rows.append([quality(restored(training, way)) for way in WAYS])
    return torch.tensor(rows)


@cache
def enlarged() -> torch.Tensor:
    """Mean PSNR of bicubic enlargement under each test."""
    return torch.tensor([quality(upsample(low(way), 4)) for way in WAYS])


def cell(training: str, test: str) -> float:
    return matrix()[[*WAYS, "mixed"].index(training), WAYS.index(test)].item()


def behind() -> torch.Tensor:
    """How far each training stays behind the one of the test's own kind, in dB."""
    return matrix()[:8].diagonal() - matrix()


def own_kind_leads() -> float:
    """The least lead of the training of a test's own kind over all others, mixed included."""
    own, others = matrix()[:8].diagonal(), matrix().clone()
    others[:8].fill_diagonal_(-torch.inf)
    return (own - others.amax(0)).min()


def below_bicubic(rows: list[int], columns: list[int]) -> float:
    """The number of the specialists' cells below bicubic enlargement."""
    return (matrix()[:8] < enlarged())[rows][:, columns].sum()


# Augmentation


@cache
def scores(name: str) -> torch.Tensor:
    """PSNR of each test digit at x7 with each seed of an augmentation: (3, 1000)."""
    return torch.stack([psnr(estimate, test_digits().images) for estimate in by_seed("augmentation", name)])


def gain(kind: str, few: str = "") -> float:
    return (scores(few + kind) - scores(few + "none")).mean().item()


@cache
def interval(kind: str, few: str = "") -> tuple[float, float]:
    return bootstrap_interval((scores(few + kind) - scores(few + "none")).mean(0), block=50)


def every_seed(kind: str, few: str = "") -> torch.Tensor:
    return (scores(few + kind) - scores(few + "none")).mean(1)


def beyond_doubt() -> list[str]:
    """The augmentations whose gain or loss other trainings would show, too: t over seeds, corrected for eight."""
    found = []
    for few in ("", "few_"):
        for kind in KINDS:
            seeds = every_seed(kind, few)
            if seeds.mean().abs() > T_OF_EIGHT * seeds.std() / 3**0.5:
                found.append(few + kind)
    return found


def mean_of(kind: str) -> torch.Tensor:
    """Mean PSNR with each seed of an augmentation, (3,)."""
    return scores(kind).mean(1)


@cache
def changed(kind: str) -> torch.Tensor:
    x = test_digits().images
    if kind == "mirrored":
        return x.flip(-1)
    return AUGMENTATIONS[kind](x, torch.Generator().manual_seed(0))


@cache
def known_gap(few: str, count: int) -> float:
    """Mean PSNR on the network's own training digits minus that on test digits, no augmentation, three seeds."""
    digits = load_digits().images[:count]
    y = downsample(digits, 7)
    networks = [load_experiment("augmentation", f"{few}none_{seed}") for seed in SEEDS]
    known = torch.stack([psnr(restore(network, y).clamp(0, 1), digits) for network in networks]).mean()
    return (known - scores(few + "none").mean()).item()


def own_world(kind: str) -> float:
    """Gain of training with `kind` over none where the test digits are made so, too (flip: all mirrored); seed 0."""
    batch = changed("mirrored" if kind == "flip" else kind)
    y = downsample(batch, 7)
    values = [
        psnr(restore(load_experiment("augmentation", f"{name}_0"), y).clamp(0, 1), batch).mean()
        for name in (kind, "none")
    ]
    return (values[0] - values[1]).item()


def real(count: int) -> float:
    """The middle network of "Model or information?", trained on `count` real digits."""
    return quality(at_x7("sizes", f"middle_{count}"))


CLAIMS = {
    "changing_the_training.outside": Claim(lambda: outside(4), 0.375, 0.395),
    "changing_the_training.float": Claim(lambda: score("EDSR-like", 4), 26.2, 27.2),
    "changing_the_training.from-file": Claim(lambda: quality(from_input("EDSR-like", "file")), 16, 17.5),
    "changing_the_training.left": Claim(
        lambda: lead(from_input("EDSR-like", "file"), as_file()) / lead(shipped("EDSR-like", 4), small_digits(4)),
        0.15,
        0.175,
    ),
    "changing_the_training.rounding": Claim(lambda: cost_of("rounded"), 2.1, 2.25),
    "changing_the_training.clipping": Claim(lambda: cost_of("clipped"), 10.3, 10.5),
    "changing_the_training.simple-file": Claim(lambda: cost_of("file", "SimpleSR, residual"), 0.15, 0.28),
    "changing_the_training.again": Claim(
        lambda: grey_levels_apart(downsample(from_input("EDSR-like", "file"), 4), as_file()), 0.64, 0.68
    ),
    "changing_the_training.truth-again": Claim(lambda: grey_levels_apart(small_digits(4), as_file()), 2.95, 3.2),
    "changing_the_training.noise": Claim(lambda: grey_levels_apart(low("bicubic, noisy"), low("bicubic")), 4.9, 5.1),
    "changing_the_training.own-bicubic": Claim(lambda: cell("bicubic", "bicubic"), 21.9, 22.1),
    "changing_the_training.bicubic-file": Claim(lambda: cell("bicubic", "bicubic, 8 bit"), 18.2, 18.5),
    "changing_the_training.own-file": Claim(lambda: cell("bicubic, 8 bit", "bicubic, 8 bit"), 21.1, 21.3),
    "changing_the_training.file-lost": Claim(
        lambda: cell("bicubic", "bicubic") - cell("bicubic", "bicubic, 8 bit"), 3.5, 3.8
    ),
    "changing_the_training.file-back": Claim(
        lambda: cell("bicubic, 8 bit", "bicubic, 8 bit") - cell("bicubic", "bicubic, 8 bit"), 2.75, 3
    ),
    "changing_the_training.file-left": Claim(
        lambda: cell("bicubic", "bicubic") - cell("bicubic, 8 bit", "bicubic, 8 bit"), 0.77, 0.83
    ),
    "changing_the_training.edsr-file": Claim(trained_on_files, 24.75, 24.9),
    "changing_the_training.edsr-file-left": Claim(lambda: score("EDSR-like", 4) - trained_on_files(), 1.99, 2.09),
    "changing_the_training.edsr-twice": Claim(lambda: max(doubled(key, 4) for key in ("edsr", "edsr_file")), -0.1, 0.1),
    "changing_the_training.diagonal": Claim(own_kind_leads, 0.62, 0.72),
    "changing_the_training.below": Claim(lambda: below_bicubic(list(range(8)), list(range(8))) / 56, 0.23, 0.29),
    "changing_the_training.bicubic-aliased": Claim(
        lambda: enlarged()[WAYS.index("bicubic, aliased")] - cell("bicubic", "bicubic, aliased"), 0.8, 1.1
    ),
    "changing_the_training.hidden-gain": Claim(
        lambda: cell("area", "bicubic") - enlarged()[WAYS.index("bicubic")], 4.2, 4.6
    ),
    "changing_the_training.hidden-cost": Claim(lambda: cell("bicubic", "bicubic") - cell("area", "bicubic"), 3.0, 3.4),
    "changing_the_training.seeds": Claim(
        lambda: max(every.max() - every.min() for every in map(mean_of, KINDS)), 0.1, 0.2
    ),
    "changing_the_training.soft-below": Claim(lambda: below_bicubic(WHOLE, PICKED) / 15, 0.79, 0.81),
    "changing_the_training.aliased-below": Claim(lambda: below_bicubic(PICKED, WHOLE) / 15, 0.06, 0.21),
    "changing_the_training.soft-to-aliased": Claim(lambda: behind()[WHOLE][:, PICKED].mean(), 3.4, 3.7),
    "changing_the_training.aliased-to-soft": Claim(lambda: behind()[PICKED][:, WHOLE].mean(), 6.1, 6.4),
    "changing_the_training.mixed-mean": Claim(lambda: behind()[8].mean(), 1.3, 1.45),
    "changing_the_training.mixed-behind": Claim(lambda: behind()[8].max(), 2.15, 2.35),
    "changing_the_training.mixed-least": Claim(lambda: behind()[8].min(), 0.9, 1.05),
    "changing_the_training.specialists": Claim(lambda: behind()[:8].amax(1).min(), 3.3, 3.5),
    "changing_the_training.noise-price": Claim(
        lambda: cell("bicubic", "bicubic") - cell("bicubic, noisy", "bicubic"), 0.6, 0.75
    ),
    "changing_the_training.noise-file": Claim(lambda: cell("bicubic, noisy", "bicubic, 8 bit"), 20.25, 20.45),
    "changing_the_training.noise-gain": Claim(
        lambda: cell("bicubic, noisy", "bicubic, 8 bit") - cell("bicubic", "bicubic, 8 bit"), 1.95, 2.07
    ),
    "changing_the_training.rotate": Claim(lambda: -gain("rotate"), 0.09, 0.15),
    "changing_the_training.shift": Claim(lambda: -gain("shift"), 0.21, 0.3),
    "changing_the_training.flip": Claim(lambda: -gain("flip"), 0.31, 0.355),
    "changing_the_training.deform": Claim(lambda: -gain("deform"), 0.55, 0.66),
    "changing_the_training.every-seed": Claim(lambda: max(every_seed(kind).max() for kind in KINDS), -0.2, -0.05),
    "changing_the_training.few-shift": Claim(lambda: gain("shift", "few_"), 0.16, 0.2),
    "changing_the_training.few-rotate": Claim(lambda: gain("rotate", "few_"), 0.11, 0.17),
    "changing_the_training.few-deform": Claim(lambda: -gain("deform", "few_"), 0.09, 0.15),
    "changing_the_training.few-flip": Claim(
        lambda: interval("flip", "few_")[0] < 0 < interval("flip", "few_")[1], 1, 1
    ),
    "changing_the_training.few-above": Claim(
        lambda: min(interval(kind, "few_")[0] for kind in ("shift", "rotate")), 0.08, 0.16
    ),
    "changing_the_training.few-below": Claim(lambda: interval("deform", "few_")[1], -0.1, -0.01),
    "changing_the_training.many-below": Claim(lambda: max(interval(kind)[1] for kind in KINDS), -0.2, -0.05),
    "changing_the_training.few-low": Claim(lambda: every_seed("shift", "few_").min(), 0.015, 0.03),
    "changing_the_training.few-high": Claim(lambda: every_seed("shift", "few_").max(), 0.25, 0.3),
    "changing_the_training.only-deform": Claim(lambda: beyond_doubt() == ["deform"], 1, 1),
    "changing_the_training.gap-many": Claim(lambda: known_gap("", 5000), 0.04, 0.08),
    "changing_the_training.gap-few": Claim(lambda: known_gap("few_", 500), 1.0, 1.4),
    "changing_the_training.real-first": Claim(lambda: real(5000) - real(500), 1.25, 1.5),
    "changing_the_training.world-shift": Claim(lambda: own_world("shift"), 0.7, 1.0),
    "changing_the_training.world-deform": Claim(lambda: own_world("deform"), 0.6, 0.8),
    "changing_the_training.world-flip": Claim(lambda: own_world("flip"), 1.6, 2.0),
}

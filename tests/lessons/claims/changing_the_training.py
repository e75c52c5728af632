"""The results that "Changing the training" states in prose."""

from functools import cache

import torch

from mnist_sr_helpers import (
    AUGMENTATIONS,
    DEGRADATIONS,
    SEEDS,
    TRAININGS,
    bootstrap_interval,
    downsample,
    load_digits,
    load_experiment,
    psnr,
    read_digits,
    restore,
    upsample,
)
from mnist_sr_helpers.explorers.mismatch import mismatched

from .measuring import Claim, at_x7, by_seed, quality, score, share_read, test_digits

WAYS = list(DEGRADATIONS)
SOFT, ALIASED = [1, 3, 5], [0, 2, 4]  # positions in WAYS


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
    return matrix()[:6].diagonal() - matrix()


def own_kind_leads() -> float:
    """The least lead of the training of a test's own kind over all others, mixed included."""
    own, others = matrix()[:6].diagonal(), matrix().clone()
    others[:6].fill_diagonal_(-torch.inf)
    return (own - others.amax(0)).min()


def below_bicubic(rows: list[int], columns: list[int]) -> float:
    """The number of cells, off the diagonal, below bicubic enlargement."""
    return (matrix()[:6] < enlarged())[rows][:, columns].sum()


def again(training: str, test: str, way: str) -> float:
    """The estimate, downsampled by `way`, against the network's input: RMS in grey levels."""
    return 255 * (DEGRADATIONS[way](restored(training, test)) - low(test)).square().mean().sqrt().item()


@cache
def blots() -> torch.Tensor:
    """The bicubic specialist's answer to aliased bicubic pictures, not clipped."""
    return restored("bicubic", "bicubic, aliased")


def clipped_again() -> float:
    """These answers, clipped and then downsampled as in training, against the network's input: RMS in grey levels."""
    once_more = DEGRADATIONS["bicubic"](blots().clamp(0, 1))
    return 255 * (once_more - low("bicubic, aliased")).square().mean().sqrt().item()


def misread_fives() -> list[tuple[str, str]]:
    """Training and test of the explorer's cells whose 5 the classifier doesn't read."""
    pairs = [(training, way) for training in TRAININGS for way in WAYS]
    return [pair for pair in pairs if read_digits(mismatched(5, *pair)[2].clamp(0, 1)).item() != 5]


def worst_results() -> torch.Tensor:
    return matrix().amin(1)


@cache
def scores(name: str) -> torch.Tensor:
    """PSNR of each test digit at x7 with each seed of an augmentation: (3, 1000)."""
    return torch.stack([psnr(estimate, test_digits().images) for estimate in by_seed("augmentation", name)])


def gain(kind: str, few: str = "") -> float:
    return (scores(few + kind) - scores(few + "none")).mean().item()


@cache
def interval(kind: str, few: str = "") -> tuple[float, float]:
    return bootstrap_interval((scores(few + kind) - scores(few + "none")).mean(0))


def every_seed(kind: str, few: str = "") -> torch.Tensor:
    return (scores(few + kind) - scores(few + "none")).mean(1)


def mean_of(kind: str) -> torch.Tensor:
    """Mean PSNR with each seed of an augmentation, (3,)."""
    return scores(kind).mean(1)


KINDS = [kind for kind in AUGMENTATIONS if kind != "none"]


@cache
def changed(kind: str) -> torch.Tensor:
    x = test_digits().images
    if kind in ("none", "mirrored"):
        return x if kind == "none" else x.flip(-1)
    return AUGMENTATIONS[kind](x, torch.Generator().manual_seed(0))


def in_the_middle(kind: str) -> float:
    """The share of digits whose centre of mass is that of the picture, pixel 14, to half a pixel."""
    batch = changed(kind)
    place, ink = torch.arange(28.0), batch.sum((1, 2, 3))
    right = (batch.sum(2)[:, 0] * place).sum(1) / ink - 14
    down = (batch.sum(3)[:, 0] * place).sum(1) / ink - 14
    return (torch.maximum(right.abs(), down.abs()) < 0.501).float().mean()


def mirrored_share_of(classes: tuple[int, ...]) -> float:
    """Of the mirrored digits that are read right, the share in these classes."""
    labels = test_digits().labels
    right = read_digits(changed("mirrored")) == labels
    return right[torch.isin(labels, torch.tensor(classes))].sum() / right.sum()


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
    "changing_the_training.diagonal": Claim(own_kind_leads, 0.78, 0.88),
    "changing_the_training.own": Claim(
        lambda: min(cell("bicubic", "bicubic"), cell("bilinear", "bilinear")), 21.5, 22.5
    ),
    "changing_the_training.own-nearest": Claim(lambda: cell("nearest", "nearest"), 15.8, 16.5),
    "changing_the_training.bicubic-aliased": Claim(lambda: cell("bicubic", "bicubic, aliased"), 12.7, 13.05),
    "changing_the_training.enlarged": Claim(lambda: enlarged()[WAYS.index("bicubic, aliased")], 13.7, 13.85),
    "changing_the_training.below": Claim(lambda: below_bicubic(list(range(6)), list(range(6))) / 30, 0.26, 0.34),
    "changing_the_training.seeds": Claim(
        lambda: max(every.max() - every.min() for every in map(mean_of, KINDS)), 0.1, 0.2
    ),
    "changing_the_training.again-trained": Claim(lambda: again("bicubic", "bicubic, aliased", "bicubic"), 4, 6),
    "changing_the_training.again-true": Claim(lambda: again("bicubic", "bicubic, aliased", "bicubic, aliased"), 84, 89),
    "changing_the_training.again-clipped": Claim(clipped_again, 27, 31),
    "changing_the_training.brightest": Claim(lambda: blots().max(), 3.2, 3.6),
    "changing_the_training.again-all": Claim(lambda: max(again(a, b, a) for a in WAYS for b in WAYS), 8, 10),
    "changing_the_training.soft-below": Claim(lambda: below_bicubic(SOFT, ALIASED) / 9, 0.85, 0.92),
    "changing_the_training.aliased-below": Claim(lambda: below_bicubic(ALIASED, SOFT) / 9, 0.08, 0.15),
    "changing_the_training.soft-to-aliased": Claim(lambda: behind()[SOFT][:, ALIASED].mean(), 3.4, 3.8),
    "changing_the_training.aliased-to-soft": Claim(lambda: behind()[ALIASED][:, SOFT].mean(), 6.1, 6.6),
    "changing_the_training.five-read": Claim(lambda: misread_fives() == [("mixed", "bicubic, aliased")], 1, 1),
    "changing_the_training.hidden-gain": Claim(
        lambda: cell("area", "bicubic") - enlarged()[WAYS.index("bicubic")], 4.2, 4.6
    ),
    "changing_the_training.hidden-cost": Claim(lambda: cell("bicubic", "bicubic") - cell("area", "bicubic"), 3.0, 3.4),
    "changing_the_training.mixed-worst": Claim(lambda: worst_results()[6], 15.1, 15.5),
    "changing_the_training.minimax": Claim(lambda: worst_results()[6] - worst_results()[:6].max(), 0.8, 1.2),
    "changing_the_training.mixed-behind": Claim(lambda: behind()[6].max(), 2.3, 2.6),
    "changing_the_training.mixed-least": Claim(lambda: behind()[6].min(), 0.75, 0.95),
    "changing_the_training.specialists": Claim(lambda: behind()[:6].amax(1).min(), 4.3, 4.6),
    "changing_the_training.read-shift": Claim(lambda: share_read(changed("shift")), 0.985, 1),
    "changing_the_training.read-rotate": Claim(lambda: share_read(changed("rotate")), 0.985, 1),
    "changing_the_training.read-deform": Claim(lambda: share_read(changed("deform")), 0.945, 0.975),
    "changing_the_training.read-mirrored": Claim(lambda: share_read(changed("mirrored")), 0.35, 0.4),
    "changing_the_training.mirrored-classes": Claim(lambda: mirrored_share_of((0, 1, 4, 8)), 0.94, 1),
    "changing_the_training.middle": Claim(lambda: in_the_middle("none"), 1, 1),
    "changing_the_training.middle-shift": Claim(lambda: in_the_middle("shift"), 0.03, 0.06),
    "changing_the_training.middle-rotate": Claim(lambda: in_the_middle("rotate"), 0.9, 0.94),
    "changing_the_training.middle-deform": Claim(lambda: in_the_middle("deform"), 0.14, 0.2),
    "changing_the_training.rotate": Claim(lambda: -gain("rotate"), 0.09, 0.15),
    "changing_the_training.shift": Claim(lambda: -gain("shift"), 0.21, 0.3),
    "changing_the_training.flip": Claim(lambda: -gain("flip"), 0.31, 0.355),
    "changing_the_training.deform": Claim(lambda: -gain("deform"), 0.55, 0.66),
    "changing_the_training.interval-below": Claim(lambda: max(interval(kind)[1] for kind in KINDS), -0.2, -0.05),
    "changing_the_training.every-seed": Claim(lambda: max(every_seed(kind).max() for kind in KINDS), -0.2, -0.05),
    "changing_the_training.gap-many": Claim(lambda: known_gap("", 5000), 0.04, 0.08),
    "changing_the_training.gap-few": Claim(lambda: known_gap("few_", 500), 1.0, 1.4),
    "changing_the_training.few-shift": Claim(lambda: gain("shift", "few_"), 0.16, 0.2),
    "changing_the_training.few-rotate": Claim(lambda: gain("rotate", "few_"), 0.11, 0.17),
    "changing_the_training.few-deform": Claim(lambda: -gain("deform", "few_"), 0.09, 0.15),
    "changing_the_training.few-flip": Claim(
        lambda: interval("flip", "few_")[0] < 0 < interval("flip", "few_")[1], 1, 1
    ),
    "changing_the_training.few-above": Claim(
        lambda: min(min(interval(k, "few_")[0], every_seed(k, "few_").min()) for k in ("shift", "rotate")), 0.01, 0.15
    ),
    "changing_the_training.real-first": Claim(lambda: real(5000) - real(500), 1.25, 1.5),
    "changing_the_training.real-second": Claim(lambda: real(55000) - real(5000), 0.045, 0.1),
    "changing_the_training.longer": Claim(lambda: real(5000) - mean_of("none").mean(), 0.34, 0.44),
    "changing_the_training.longer-lead": Claim(
        lambda: real(5000) - mean_of("none").mean() + min(gain(kind) for kind in ("rotate", "shift", "flip")), 0.02, 0.1
    ),
    "changing_the_training.edsr": Claim(lambda: score("edsr", 7), 20.2, 20.6),
    "changing_the_training.world-shift": Claim(lambda: own_world("shift"), 0.7, 1.0),
    "changing_the_training.world-deform": Claim(lambda: own_world("deform"), 0.6, 0.8),
    "changing_the_training.world-flip": Claim(lambda: own_world("flip"), 1.6, 2.0),
    "changing_the_training.world-rotate": Claim(lambda: abs(own_world("rotate")), 0, 0.1),
}

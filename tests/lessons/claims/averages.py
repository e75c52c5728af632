"""The results that "Averages" states in prose."""

import math
from functools import cache
from itertools import pairwise

import torch

from mnist_sr_helpers import (
    SEEDS,
    downsample,
    frechet_distance,
    load_digits,
    load_model,
    look_alikes,
    observe,
    pooled_psnr,
    posterior_median,
    posterior_weights,
    psnr,
    upsample,
)
from mnist_sr_helpers.explorers.hedge import STEPS, against_random, against_this, known_world, measured, predicted

from .measuring import Claim, absolute_errors, at_x7, by_seed, errors, mse, share_read, shipped, test_digits

FEW = 200  # of the known world's pictures, as in the lesson: the median takes its time


# Digits that fit


@cache
def fitting() -> torch.Tensor:
    """The ten look-alikes of the lesson's test digit."""
    return look_alikes(downsample(test_digits().images[38:39], 7), load_digits().images, 7)[0]


def apart(factor: int) -> torch.Tensor:
    """Their distance from that digit, both downsampled, in grey levels."""
    found, digit = load_digits().images[fitting()], test_digits().images[38:39]
    return (downsample(found, factor) - downsample(digit, factor)).square().mean((1, 2, 3)).sqrt() * 255


def best_bets() -> tuple[float, float]:
    """The answers of least squared and of least absolute error for a pixel that is 0, 0 or 1."""
    answers = torch.linspace(0, 1, 301)[:, None]
    pixel = torch.tensor([0.0, 0.0, 1.0])
    squared, absolute = (answers - pixel).square().mean(1), (answers - pixel).abs().mean(1)
    return answers[squared.argmin()].item(), answers[absolute.argmin()].item()


# The known world


def least_apart() -> float:
    """The least distance of two digits of the world at x7, in grey levels (RMS)."""
    small = downsample(load_digits().images, 7).flatten(1).double()
    return torch.cdist(small, small).fill_diagonal_(math.inf).min().item() / 4 * 255


@cache
def weights(factor: int) -> torch.Tensor:
    world = load_digits().images
    return posterior_weights(observe(known_world().truth, factor, 0.05, seed=1), world, factor, 0.05)


def nearest_is_the_truth(sigma: float) -> float:
    """Share of the pictures at x7 whose nearest digit of the world is their truth."""
    world, truth = load_digits().images, known_world().truth
    seen, small = observe(truth, 7, sigma, seed=1).flatten(1), downsample(world, 7).flatten(1)
    return (world[torch.cdist(seen, small).argmin(1)] == truth).flatten(1).all(1).float().mean().item()


def certain(factor: int) -> float:
    return (weights(factor).amax(1) > 0.99).double().mean().item()


@cache
def answers() -> dict[str, torch.Tensor]:
    """The four answers for the first FEW pictures."""
    world, few = load_digits().images, weights(7)[:FEW]
    return {
        "most probable": world[few.argmax(1)],
        "sample": known_world().samples[0, :FEW],
        "mean": known_world().mean[:FEW],
        "median": posterior_median(few, world),
    }


def squared_error(name: str) -> float:
    return mse(answers()[name], known_world().truth[:FEW])


def absolute_error(name: str) -> float:
    return (answers()[name] - known_world().truth[:FEW]).abs().mean().item()


def split_fails() -> float:
    """By what share the MSE differs, at most, from the mean's MSE plus the distance from the mean."""
    mean = answers()["mean"]
    return max(
        abs(squared_error("mean") + mse(answer, mean) - squared_error(name)) / squared_error(name)
        for name, answer in answers().items()
    )


def wrong_samples() -> float:
    """Share of the samples that are not the truth, where no digit has half of the probability."""
    doubtful = weights(7).amax(1) < 0.5
    wrong = (known_world().samples != known_world().truth).any(-1).any(-1).any(-1)
    return wrong[:, doubtful].double().mean().item()


@cache
def costs() -> tuple[float, float, float]:
    """The price of a sample in dB, and its bootstrap interval."""
    known = known_world()
    of_sample = (known.samples[0] - known.truth).square().mean((1, 2, 3))
    of_mean = (known.mean - known.truth).square().mean((1, 2, 3))
    picks = torch.randint(len(of_mean), (1000, len(of_mean)), generator=torch.Generator().manual_seed(0))
    drawn = 10 * torch.log10(of_sample[picks].mean(1) / of_mean[picks].mean(1))
    least, most = drawn.quantile(torch.tensor([0.025, 0.975])).tolist()
    return 10 * math.log10(of_sample.mean() / of_mean.mean()), least, most


def dearer(times: float) -> float:
    """Share of the pictures for which a sample has more than `times` the mean's squared error."""
    known = known_world()
    of_sample = (known.samples[0] - known.truth).square().mean((1, 2, 3))
    of_mean = (known.mean - known.truth).square().mean((1, 2, 3))
    return (of_sample > times * of_mean).float().mean().item()


# Real digits


@cache
def ten_look_alikes(factor: int) -> torch.Tensor:
    world = load_digits().images
    return world[look_alikes(downsample(test_digits().images, factor), world, factor)]


def look_alikes_mean(factor: int) -> float:
    return pooled_psnr(ten_look_alikes(factor).mean(1), test_digits().images)


def network(factor: int) -> float:
    return pooled_psnr(shipped("edsr", factor).clamp(0, 1), test_digits().images)


def read(loss: str) -> float:
    return sum(map(share_read, by_seed("losses", loss))) / len(SEEDS)


def sharpness(loss: str) -> float:
    estimates = [test_digits().images] if loss == "truth" else by_seed("losses", loss)
    steps = [x.diff(dim=3).abs().flatten(1).topk(20).values.mean() for x in estimates]
    return torch.stack(steps).mean().item()


def ink_lost(loss: str) -> float:
    ink = test_digits().images > 0.5
    return torch.stack([(x[ink] < 0.25).float().mean() for x in by_seed("losses", loss)]).mean().item()


# The class


@cache
def forms() -> tuple[torch.Tensor, torch.Tensor]:
    """Mean and most typical digit of each class, (10, 784)."""
    images, labels = load_digits()
    classes = [images[labels == label].flatten(1) for label in range(10)]
    means = torch.stack([members.mean(0) for members in classes])
    return means, torch.stack([m[torch.cdist(m, m).square().sum(1).argmin()] for m in classes])


def nearer(output: torch.Tensor, form: torch.Tensor) -> float:
    """Share of the outputs nearer to the form of their class than to their truth."""
    output, own = output.clamp(0, 1).flatten(1), form[test_digits().labels]
    to_truth = (output - test_digits().images.flatten(1)).square().sum(1)
    return ((output - own).square().sum(1) < to_truth).float().mean().item()


def finds_class(output: torch.Tensor) -> float:
    """Share of the outputs whose nearest class mean is that of their own class."""
    nearest = torch.cdist(output.clamp(0, 1).flatten(1), forms()[0]).argmin(1)
    return (nearest == test_digits().labels).float().mean().item()


def first_row_that_changes() -> int:
    seven, nought = upsample(downsample(test_digits().images[:2], 7), 7).split(1)
    mixed = torch.cat([seven[:, :, :14], nought[:, :, 14:]], dim=2)
    body = load_model("enlarge_first", 7).body
    with torch.no_grad():
        change = (body(mixed) - body(seven)).abs().amax((0, 1, 3))
    return (change > 1e-6).nonzero()[0].item()


# Accuracy and realism


@cache
def scales(name: str) -> tuple[float, float]:
    """Mean squared error at x7 and Fréchet distance to 1,000 other real digits."""
    real, pool = load_digits().images.split([1000, 4000])
    truth = test_digits().images
    if name == "truth":
        estimate = truth
    elif name == "look-alike":
        estimate = pool[look_alikes(downsample(truth, 7), pool, 7, k=1)[:, 0]]
    else:
        estimate = at_x7("losses", f"{name}_0") if name in ("l1", "l2") else shipped(name, 7).clamp(0, 1)
    return mse(estimate, truth), frechet_distance(estimate, real)


def both_improve() -> float:
    """The least factor by which either scale improves from one method to the next."""
    path = [scales(name) for name in ("bicubic", "enlarge_first", "enlarge_last", "l1", "l2", "edsr")]
    return min(min(a[0] / b[0], a[1] / b[1]) for a, b in pairwise(path))


CLAIMS = {
    "averages.fit-small": Claim(lambda: apart(7).max(), 11, 12),
    "averages.fit-near": Claim(lambda: apart(1).min(), 57.5, 58.5),
    "averages.fit-far": Claim(lambda: apart(1).max(), 85.5, 86.5),
    "averages.fit-classes": Claim(lambda: load_digits().labels[fitting()].unique().numel(), 5, 5),
    "averages.bet-mean": Claim(lambda: best_bets()[0], 0.33, 0.34),
    "averages.bet-median": Claim(lambda: best_bets()[1], 0, 0),
    "averages.no-two": Claim(least_apart, 1, 2),
    "averages.sigma": Claim(lambda: 0.05 * 255, 12.5, 13.5),
    "averages.nearest-one": Claim(lambda: nearest_is_the_truth(1 / 255), 0.998, 1),
    "averages.nearest": Claim(lambda: nearest_is_the_truth(0.05), 0.545, 0.56),
    "averages.nearest-far": Claim(lambda: nearest_is_the_truth(0.2), 0.015, 0.025),
    "averages.doubt": Claim(lambda: weights(7)[18].amax() / 0.2, 0.8, 0.99),
    "averages.certain-x2": Claim(lambda: certain(2), 0.999, 1),
    "averages.certain-x4": Claim(lambda: certain(4), 0.94, 0.96),
    "averages.certain-x7": Claim(lambda: certain(7), 0.11, 0.135),
    "averages.perplexity": Claim(lambda: torch.exp(torch.special.entr(weights(7)).sum(1)).mean(), 12.5, 14.4),
    "averages.sample-wrong": Claim(wrong_samples, 0.6, 0.9),
    "averages.mean-wins": Claim(
        lambda: min(squared_error(n) for n in answers() if n != "mean") / squared_error("mean"), 1.1, 1.6
    ),
    "averages.median-wins": Claim(
        lambda: min(absolute_error(n) for n in answers() if n != "median") / absolute_error("median"), 1.04, 1.3
    ),
    "averages.mean-loses": Claim(lambda: absolute_error("mean") / absolute_error("median"), 1.1, 1.6),
    "averages.probable-worse": Claim(lambda: squared_error("most probable") / squared_error("median"), 1.05, 1.5),
    # Half more than the mean, where a sample costs double: here and with all 2,000 pictures.
    "averages.probable-half": Claim(lambda: squared_error("most probable") / squared_error("mean"), 1.4, 1.6),
    "averages.known-psnr": Claim(lambda: pooled_psnr(answers()["mean"], known_world().truth[:FEW]), 17.5, 18.1),
    "averages.split": Claim(split_fails, 0, 0.06),
    "averages.twice": Claim(lambda: costs()[0], 2.85, 3.15),
    "averages.twice-interval": Claim(lambda: costs()[1] < 3.01 < costs()[2], 1, 1),
    "averages.sample-free": Claim(lambda: 1 - dearer(0), 0.3, 0.6),
    "averages.sample-dear": Claim(lambda: dearer(10), 0.04, 0.06),
    "averages.hedge-law": Claim(
        lambda: max(abs(measured(t, sample) / predicted(t) - 1) for t in STEPS for sample in range(3)), 0, 0.03
    ),
    "averages.hedge-half": Claim(lambda: measured(0.5, 0) / measured(0, 0), 1.22, 1.28),
    "averages.hedge-unlucky": Claim(
        lambda: min(against_this(4, 1, sample) for sample in (0, 1)) / against_this(4, 0, 0), 3, 4.5
    ),
    "averages.hedge-lucky": Claim(lambda: against_this(4, 1, 2), 0, 1e-6),
    # The mean is the best against a random truth, in every state of the explorer.
    "averages.hedge-mean": Claim(
        lambda: min(
            against_random(query, t, sample) / against_random(query, 0, 0)
            for query in range(10)
            for t in STEPS[1:]
            for sample in range(3)
        ),
        1.0001,
        1.1,
    ),
    "averages.real-x2": Claim(lambda: look_alikes_mean(2), 16.8, 17),
    "averages.real-x7": Claim(lambda: look_alikes_mean(7), 15.2, 15.35),
    "averages.real-network-x2": Claim(lambda: network(2), 33.3, 33.7),
    "averages.real-network-x7": Claim(lambda: network(7), 19.4, 19.65),
    "averages.real-single-x2": Claim(
        lambda: psnr(shipped("edsr", 2).clamp(0, 1), test_digits().images).mean(), 34.2, 34.4
    ),
    "averages.l2-mse": Claim(lambda: min(errors("l1")) / max(errors("l2")), 1.1, 1.4),
    "averages.l1-mae": Claim(lambda: min(absolute_errors("l2")) / max(absolute_errors("l1")), 1.005, 1.1),
    "averages.l1-read": Claim(lambda: read("l1"), 0.82, 0.855),
    "averages.l2-read": Claim(lambda: read("l2"), 0.87, 0.895),
    "averages.l1-sharpness": Claim(lambda: sharpness("l1") / sharpness("l2"), 0.94, 1.03),
    "averages.half-sharp": Claim(lambda: sharpness("l2") / sharpness("truth"), 0.42, 0.55),
    "averages.l1-lost": Claim(lambda: ink_lost("l1"), 0.079, 0.0889),
    "averages.l2-lost": Claim(lambda: ink_lost("l2"), 0.025, 0.035),
    "averages.class-simplesr": Claim(lambda: nearer(shipped("enlarge_first", 7), forms()[0]), 0.97, 0.99),
    "averages.class-bicubic": Claim(lambda: nearer(shipped("bicubic", 7), forms()[0]), 0.99, 1),
    "averages.class-last": Claim(lambda: nearer(shipped("enlarge_last", 7), forms()[0]), 0.91, 0.925),
    "averages.class-typical": Claim(lambda: nearer(shipped("enlarge_first", 7), forms()[1]), 0.38, 0.44),
    "averages.class-typical-bicubic": Claim(lambda: nearer(shipped("bicubic", 7), forms()[1]), 0.54, 0.59),
    "averages.class-typical-last": Claim(lambda: nearer(shipped("enlarge_last", 7), forms()[1]), 0.035, 0.049),
    "averages.class-own": Claim(lambda: finds_class(shipped("enlarge_first", 7)), 0.49, 0.54),
    "averages.class-own-bicubic": Claim(lambda: finds_class(shipped("bicubic", 7)), 0.42, 0.46),
    "averages.class-own-last": Claim(lambda: finds_class(shipped("enlarge_last", 7)), 0.715, 0.735),
    "averages.class-own-truth": Claim(lambda: finds_class(test_digits().images), 0.82, 0.84),
    "averages.class-own-edsr": Claim(lambda: finds_class(shipped("edsr", 7)), 0.82, 0.86),
    "averages.class-edsr": Claim(lambda: nearer(shipped("edsr", 7), forms()[0]), 0.006, 0.0149),
    "averages.window": Claim(first_row_that_changes, 12, 12),
    "averages.both-improve": Claim(both_improve, 1.05, 2),
    "averages.look-alike-real": Claim(lambda: scales("look-alike")[1] / scales("truth")[1], 1, 1.8),
    "averages.look-alike-costs": Claim(lambda: scales("look-alike")[0] / scales("edsr")[0], 4, 5),
    "averages.edsr-farther": Claim(lambda: scales("edsr")[1] / scales("look-alike")[1], 2, 4),
}

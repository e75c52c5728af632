"""The results that "What is lost" states in prose."""

from functools import cache

import torch

from mnist_sr_helpers import (
    degradation_matrix,
    downsample,
    forge,
    load_digits,
    load_photographs,
    nearest_of_class,
    null_part,
    project,
    psnr,
    read_digits,
    restore,
    upsample,
)
from mnist_sr_helpers.explorers.forger import forgeries
from mnist_sr_helpers.ladder import load_model

from .measuring import (
    CENTRINGS,
    Claim,
    all_digits,
    brought_back,
    brought_back_by,
    case_step,
    closest_pair,
    energy,
    identified,
    lost_share,
    quality,
    shipped,
    small_digits,
    subjects,
    test_digits,
)


def wasted_equations() -> int:
    """Equations less rank, over all factors, with area and bicubic."""
    matrices = [degradation_matrix(factor, kernel) for factor in (2, 4, 7, 14) for kernel in ("area", "bicubic")]
    return sum(len(a) - int(torch.linalg.matrix_rank(a)) for a in matrices)


def weakest_to_best() -> float:
    values = [torch.linalg.svdvals(degradation_matrix(factor)) for factor in (2, 4, 7)]
    return sum((v[-1] / v[0]).item() for v in values) / 3


def in_range(factor: int) -> float:
    """Share of SimpleSR's squared error that projection takes out, before clipping."""
    truth = test_digits().images
    estimate = shipped("residual", factor)
    return 1 - energy(project(estimate, small_digits(factor), factor) - truth) / energy(estimate - truth)


def projection_gain(factor: int) -> float:
    estimate = shipped("residual", factor)
    return quality(project(estimate, small_digits(factor), factor)) - quality(estimate)


def never_worse() -> float:
    """The smallest share of digits, over the factors, whose squared error projection doesn't raise."""
    truth = test_digits().images
    shares = []
    for factor in (2, 4, 7):
        estimate = shipped("residual", factor)
        projected = project(estimate, small_digits(factor), factor)
        before, after = ((e - truth).square().sum((1, 2, 3)) for e in (estimate, projected))
        shares.append((after <= before).float().mean().item())
    return min(shares)


def losing_less_than_the_five() -> float:
    """Share of test digits that lose less of their energy than the 5 drawn, at the factor where it is smallest."""
    images, labels = test_digits()
    five = (labels == 5).nonzero()[0].item()
    shares = []
    for factor in (2, 4, 7):
        lost = null_part(images, factor).square().sum((1, 2, 3)) / images.square().sum((1, 2, 3))
        shares.append((lost < lost[five]).double().mean().item())
    return min(shares)


def order_changes() -> bool:
    """Own mean: grass, digits, the three others. Mean patch: digits first at x4 and x7. Nothing: digits first."""
    others = ("camera", "chelsea", "coffee")
    own = all(
        lost_share("grass", f) > lost_share("digits", f) > max(lost_share(name, f) for name in others)
        for f in (2, 4, 7)
    )
    first = [
        lost_share("digits", f, centring) > max(lost_share(name, f, centring) for name in (*others, "grass"))
        for centring, factors in (("mean", (4, 7)), ("nothing", (2, 4, 7)))
        for f in factors
    ]
    return own and all(first) and lost_share("digits", 2, "mean") < lost_share("grass", 2, "mean")


@cache
def band(subject: str, low: float, high: float) -> float:
    """Share of the power with low < frequency <= high."""
    window = torch.hann_window(28, periodic=False)
    across = torch.fft.fftfreq(28)
    frequency = (across[:, None] ** 2 + across**2).sqrt()
    power = torch.fft.fft2(CENTRINGS["own"](subjects()[subject]) * window * window[:, None]).abs().square().mean((0, 1))
    return (power[(frequency > low) & (frequency <= high)].sum() / power.sum()).item()


def fast_waves_vanish() -> bool:
    """At x2: does a wave of 0.1 pass, and lose one of 0.4 nearly all its contrast?"""
    passed = {}
    for frequency in (0.1, 0.4):
        wave = 0.5 + 0.5 * torch.cos(2 * torch.pi * frequency * torch.arange(28.0)).expand(1, 1, 28, 28)
        passed[frequency] = (downsample(wave, 2).std() / wave.std()).item()
    return passed[0.1] > 0.9 and passed[0.4] < 0.15


def mean_digit_brings_back(factor: int) -> float:
    truth = test_digits().images
    mean = load_digits().images.mean(0, keepdim=True).expand_as(truth)
    return brought_back_by(mean, null_part(truth, factor), factor)


def worst_photograph_gain() -> float:
    """By how much bicubic beats the EDSR-like network at x2, on the photograph where it does so least, in dB."""
    network, gaps = load_model("edsr", 2), []
    for patches in load_photographs().values():
        y = downsample(patches, 2)
        scores = [psnr(e.clamp(0, 1), patches).mean().item() for e in (upsample(y, 2), restore(network, y))]
        gaps.append(scores[0] - scores[1])
    return min(gaps)


def closest_pair_read_as_one() -> bool:
    """Are the 7 and the 1 of x2's closest pair both read as 1?"""
    images, labels = all_digits()
    pair = list(closest_pair(2)[1:])
    return sorted(labels[pair].tolist()) == [1, 7] and read_digits(images[pair]).tolist() == [1, 1]


@cache
def forger(factor: int, steps: int = 200) -> tuple[float, float]:
    """On 300 test digits: how often the lie is read, and the median of the largest deviation in grey levels."""
    train, test = load_digits(), test_digits()
    x, labels = test.images[:300], test.labels[:300]
    lies = (labels + torch.randint(1, 10, (300,), generator=torch.Generator().manual_seed(0))) % 10
    y = downsample(x, factor)
    forged = forge(train.images[nearest_of_class(y, lies, *train, factor)], y, factor, steps)
    deviation = 255 * (downsample(forged, factor) - y).abs().amax((1, 2, 3)).median()
    return (read_digits(forged) == lies).double().mean().item(), deviation.item()


OTHERS = ("camera", "chelsea", "coffee")

CLAIMS = {
    "what_is_lost.rank": Claim(wasted_equations, 0, 0),
    "what_is_lost.singular": Claim(weakest_to_best, 0.45, 0.6),
    "what_is_lost.this-five": Claim(losing_less_than_the_five, 0.8, 1),
    "what_is_lost.in-range-x2": Claim(lambda: in_range(2), 0.2, 0.24),
    "what_is_lost.in-range-x7": Claim(lambda: in_range(7), 0.03, 0.05),
    "what_is_lost.project-x2": Claim(lambda: projection_gain(2), 1.1, 1.3),
    "what_is_lost.project-x7": Claim(lambda: projection_gain(7), 0.15, 0.25),
    "what_is_lost.pythagoras": Claim(never_worse, 1, 1),
    "what_is_lost.share-digits-x2": Claim(lambda: lost_share("digits", 2), 0.084, 0.086),
    "what_is_lost.share-digits-x7": Claim(lambda: lost_share("digits", 7), 0.6, 0.615),
    "what_is_lost.share-camera-x2": Claim(lambda: lost_share("camera", 2), 0.055, 0.057),
    "what_is_lost.share-grass-x2": Claim(lambda: lost_share("grass", 2), 0.1695, 0.1715),
    "what_is_lost.share-coffee-x7": Claim(lambda: lost_share("coffee", 7), 0.22, 0.235),
    "what_is_lost.share-grass-x7": Claim(lambda: lost_share("grass", 7), 0.645, 0.66),
    "what_is_lost.centring": Claim(order_changes, 1, 1),
    "what_is_lost.spectrum-digits": Claim(lambda: band("digits", 0.125, 0.25), 0.31, 0.33),
    "what_is_lost.spectrum-most": Claim(lambda: max(band(name, 0.125, 0.25) for name in OTHERS), 0.125, 0.135),
    "what_is_lost.spectrum-grass": Claim(lambda: band("grass", 0.125, 0.25), 0.255, 0.27),
    "what_is_lost.spectrum-digits-above": Claim(lambda: band("digits", 0.125, 1), 0.405, 0.415),
    "what_is_lost.spectrum-grass-above": Claim(lambda: band("grass", 0.125, 1), 0.455, 0.465),
    "what_is_lost.wave": Claim(fast_waves_vanish, 1, 1),
    "what_is_lost.back-edsr-x2": Claim(lambda: brought_back("edsr", 2), 0.93, 0.96),
    "what_is_lost.back-edsr-x4": Claim(lambda: brought_back("edsr", 4), 0.9, 0.93),
    "what_is_lost.back-edsr-x7": Claim(lambda: brought_back("edsr", 7), 0.79, 0.83),
    "what_is_lost.back-simple-x2": Claim(lambda: brought_back("residual", 2), 0.7, 0.74),
    "what_is_lost.back-simple-x7": Claim(lambda: brought_back("residual", 7), 0.09, 0.13),
    "what_is_lost.back-bicubic": Claim(lambda: max(brought_back("bicubic", f) for f in (2, 4, 7)), -0.1, 0.08),
    "what_is_lost.back-mean": Claim(lambda: max(mean_digit_brings_back(f) for f in (2, 4, 7)), -0.1, 0.08),
    "what_is_lost.photo-network": Claim(worst_photograph_gain, 9, 25),
    "what_is_lost.pair-x2": Claim(lambda: closest_pair(2)[0], 17.5, 18.5),
    "what_is_lost.pair-x2-read": Claim(closest_pair_read_as_one, 1, 1),
    "what_is_lost.pair-x7": Claim(lambda: closest_pair(7)[0], 2.4, 2.6),
    "what_is_lost.pair-x14": Claim(lambda: closest_pair(14)[0], 0.15, 0.25),
    "what_is_lost.identify-x7": Claim(lambda: identified(7), 0.999, 1),
    "what_is_lost.identify-x14": Claim(lambda: identified(14), 0.64, 0.72),
    "what_is_lost.sheet-x2": Claim(lambda: sum(read == 5 for read in forgeries(5, 2).reads), 10, 10),
    "what_is_lost.sheet-x4": Claim(lambda: sum(read == 5 for read in forgeries(5, 4).reads), 9, 10),
    "what_is_lost.sheet-x7": Claim(
        lambda: sum(read == lie for lie, read in enumerate(forgeries(5, 7).reads) if lie != 5), 5, 8
    ),
    "what_is_lost.sheet-x14": Claim(
        lambda: sum(read == lie for lie, read in enumerate(forgeries(5, 14).reads)), 10, 10
    ),
    "what_is_lost.sheet-most": Claim(
        lambda: max(max(forgeries(d, f).deviations) for d in range(10) for f in (2, 4, 7, 14)), 3, 4.4
    ),
    "what_is_lost.forger-x2": Claim(lambda: forger(2)[0], 0, 0.01),
    "what_is_lost.forger-x4": Claim(lambda: forger(4)[0], 0.013, 0.035),
    "what_is_lost.forger-x7": Claim(lambda: forger(7)[0], 0.55, 0.65),
    "what_is_lost.forger-x14": Claim(lambda: forger(14)[0], 0.99, 1),
    "what_is_lost.forger-patience": Claim(lambda: forger(7, 1000)[0], 0.46, 0.56),
    "what_is_lost.forger-patience-fit": Claim(lambda: forger(7, 1000)[1], 0, 0.6),
    "what_is_lost.case-x2": Claim(lambda: case_step(2, -1, "what_is_lost"), 1.1, 1.3),
    "what_is_lost.case-x7": Claim(lambda: case_step(7, -1, "what_is_lost"), 0, 0.05),
}

"""The results that "What is lost" states in prose."""

from functools import cache

import torch

from mnist_sr_helpers import (
    degradation_matrix,
    downsample,
    load_photographs,
    null_part,
    project,
    psnr,
    restore,
    upsample,
)
from mnist_sr_helpers.ladder import load_model
from mnist_sr_helpers.pictures.case_file import case_entries

from .measuring import (
    CENTRINGS,
    Claim,
    brought_back,
    energy,
    lost_share,
    quality,
    shipped,
    small_digits,
    subjects,
    test_digits,
)

OTHERS = ("camera", "chelsea", "coffee")


def wasted_equations() -> int:
    """Equations less rank, over all factors."""
    matrices = [degradation_matrix(factor) for factor in (2, 4, 7, 14)]
    return sum(len(a) - int(torch.linalg.matrix_rank(a)) for a in matrices)


def weakest_to_best() -> float:
    """The least of the factors' ratios."""
    values = [torch.linalg.svdvals(degradation_matrix(factor)) for factor in (2, 4, 7, 14)]
    return min((v[-1] / v[0]).item() for v in values)


def in_range(factor: int) -> float:
    """Share of the squared error of the article's network that projection takes out, before clipping."""
    truth = test_digits().images
    estimate = shipped("article_first", factor)
    return 1 - energy(project(estimate, small_digits(factor), factor) - truth) / energy(estimate - truth)


def projection_gain(factor: int) -> float:
    estimate = shipped("article_first", factor)
    return quality(project(estimate, small_digits(factor), factor)) - quality(estimate)


def losing_less_than_the_five() -> float:
    """Share of test digits that lose less of their energy than the 5 drawn, at the factor where it is smallest."""
    images, labels = test_digits()
    five = (labels == 5).nonzero()[0].item()
    shares = []
    for factor in (2, 4, 7):
        lost = null_part(images, factor).square().sum((1, 2, 3)) / images.square().sum((1, 2, 3))
        shares.append((lost < lost[five]).double().mean().item())
    return min(shares)


def between(of) -> bool:
    """Do digits come second to grass, before all other photographs, at every factor?"""
    return all(of("grass", f) > of("digits", f) > max(of(name, f) for name in OTHERS) for f in (2, 4, 7))


def first_without_centre() -> bool:
    """Do digits lose the largest share at every factor if nothing is subtracted?"""
    photographs = (*OTHERS, "grass")
    return all(
        lost_share("digits", f, "nothing") > max(lost_share(name, f, "nothing") for name in photographs)
        for f in (2, 4, 7)
    )


@cache
def spectrum(subject: str) -> tuple[torch.Tensor, torch.Tensor]:
    """The frequency and the mean power of each wave, the means of patches subtracted, under Hann's window."""
    window = torch.hann_window(28, periodic=False)
    across = torch.fft.fftfreq(28)
    frequency = (across[:, None] ** 2 + across**2).sqrt()
    return frequency, torch.fft.fft2(
        CENTRINGS["own"](subjects()[subject]) * window * window[:, None]
    ).abs().square().mean((0, 1))


def above(subject: str, factor: int) -> float:
    """Share of the power above the factor's Nyquist limit."""
    frequency, power = spectrum(subject)
    return (power[frequency > 0.5 / factor].sum() / power.sum()).item()


def least_lead() -> float:
    """By which factor the digits' mean power exceeds that of all photographs, at the frequency where it does least."""
    leads = []
    for k in range(1, 15):
        ring = {}
        for name in subjects():
            frequency, power = spectrum(name)
            ring[name] = power[(frequency * 28).round() == k].mean().item()
        leads.append(ring.pop("digits") / max(ring.values()))
    return min(leads)


def missing(factor: int) -> float:
    """The wrong energy in the null part of EDSR-like's estimates, as a share of the digits' energy."""
    truth = test_digits().images
    return (1 - brought_back("edsr", factor)) * energy(null_part(truth, factor)) / energy(truth)


def worst_photograph_gain() -> float:
    """By how much bicubic beats the EDSR-like network at x2, on the photograph where it does so least, in dB."""
    network, gaps = load_model("edsr", 2), []
    for patches in load_photographs().values():
        y = downsample(patches, 2)
        scores = [psnr(e.clamp(0, 1), patches).mean().item() for e in (upsample(y, 2), restore(network, y))]
        gaps.append(scores[0] - scores[1])
    return min(gaps)


def projected(factor: int, position: int) -> float:
    """What the projection adds to an entry of the case file."""
    _, before, after = case_entries(factor, "what_is_lost")[position]
    return after - before


CLAIMS = {
    "what_is_lost.rank": Claim(wasted_equations, 0, 0),
    "what_is_lost.singular": Claim(weakest_to_best, 0.45, 0.55),
    "what_is_lost.this-five": Claim(losing_less_than_the_five, 0.8, 1),
    "what_is_lost.in-range-x2": Claim(lambda: in_range(2), 0.17, 0.21),
    "what_is_lost.in-range-x7": Claim(lambda: in_range(7), 0.02, 0.04),
    "what_is_lost.project-x2": Claim(lambda: projection_gain(2), 0.9, 1.2),
    "what_is_lost.project-x7": Claim(lambda: projection_gain(7), 0.1, 0.2),
    "what_is_lost.share-digits-x2": Claim(lambda: lost_share("digits", 2), 0.084, 0.086),
    "what_is_lost.share-digits-x7": Claim(lambda: lost_share("digits", 7), 0.6, 0.615),
    "what_is_lost.share-camera-x2": Claim(lambda: lost_share("camera", 2), 0.055, 0.057),
    "what_is_lost.share-grass-x2": Claim(lambda: lost_share("grass", 2), 0.1695, 0.1715),
    "what_is_lost.share-coffee-x7": Claim(lambda: lost_share("coffee", 7), 0.22, 0.235),
    "what_is_lost.share-grass-x7": Claim(lambda: lost_share("grass", 7), 0.645, 0.66),
    "what_is_lost.order": Claim(lambda: between(lost_share), 1, 1),
    "what_is_lost.order-nothing": Claim(first_without_centre, 1, 1),
    "what_is_lost.spectrum-digits": Claim(lambda: above("digits", 4), 0.405, 0.415),
    "what_is_lost.spectrum-most": Claim(lambda: max(above(name, 4) for name in OTHERS), 0.195, 0.205),
    "what_is_lost.spectrum-grass": Claim(lambda: above("grass", 4), 0.455, 0.465),
    "what_is_lost.spectrum-order": Claim(lambda: between(above), 1, 1),
    "what_is_lost.spectrum-power": Claim(least_lead, 2, 20),
    "what_is_lost.back-edsr-x2": Claim(lambda: brought_back("edsr", 2), 0.945, 0.955),
    "what_is_lost.back-edsr-x4": Claim(lambda: brought_back("edsr", 4), 0.9, 0.94),
    "what_is_lost.back-edsr-x7": Claim(lambda: brought_back("edsr", 7), 0.79, 0.84),
    "what_is_lost.missing-x2": Claim(lambda: missing(2), 0.003, 0.0045),
    "what_is_lost.missing-x4": Claim(lambda: missing(4), 0.02, 0.026),
    "what_is_lost.missing-x7": Claim(lambda: missing(7), 0.0925, 0.0935),
    "what_is_lost.back-article-x2": Claim(lambda: brought_back("article_first", 2), 0.72, 0.76),
    "what_is_lost.back-article-x4": Claim(lambda: brought_back("article_first", 4), 0.421, 0.44),
    "what_is_lost.back-article-x7": Claim(lambda: brought_back("article_first", 7), 0.12, 0.16),
    "what_is_lost.back-bicubic": Claim(lambda: max(brought_back("bicubic", f) for f in (2, 4, 7)), -0.1, 0.08),
    "what_is_lost.photo-network": Claim(worst_photograph_gain, 8, 24),
    "what_is_lost.case-bicubic": Claim(lambda: projected(2, 0), 1.9, 2.05),
    "what_is_lost.case-article": Claim(lambda: projected(2, 1), 0.9, 1.2),
    "what_is_lost.case-x7": Claim(lambda: projected(7, -1), 0, 0.05),
}

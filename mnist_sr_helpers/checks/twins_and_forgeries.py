"""The checks of "Twins and forgeries"'s exercises."""

import torch

from .judging import Answer, compare, judged, number, random_batch, share


@judged("That is the share of digits with a twin among those searched.", [(9,), (4,)])
def check_share_near(answer: Answer, pixels: int):
    """Exercise 1: `answer(small, known, limit)` is the share of rows of small whose nearest of known is near."""
    limit, apart = 0.05, torch.tensor([0.2, 0.01, 0.21, 0.03, 0.07, 0.095, 0.02, 0.09, 0.7, 0.8]).double()
    known = 4 * random_batch(40, pixels).double()
    away = random_batch(10, pixels).double() - 0.5
    away[3:8:2, 1:] = 0  # all in one pixel: near by RMS alone, or far by RMS, not by absolute differences
    away[4] = 1  # the same in all pixels: far by both
    small = known[torch.arange(10) * 3] + apart[:, None] * away / away.square().mean(1, keepdim=True).sqrt()
    got = number(answer, small, known, limit, advice="take the mean over the rows of small.")
    distances = torch.cdist(small, known)
    rms = distances / pixels**0.5
    nearest = rms.amin(1)
    want, of_sums = share(nearest < limit), distances.amin(1)
    absolute, largest = (torch.cdist(small, known, p=p).amin(1) for p in (1, torch.inf))
    faults = {
        "It takes the mean absolute difference; RMS is the root of the mean square.": share(absolute / pixels < limit),
        "It takes the largest difference; RMS is the root of the mean square.": share(largest < limit),
        "That is how many rows have a near one; the share of all rows is wanted.": want * len(small),
        "That is the share of rows without a near one.": 1 - want,
        "That is the mean distance to the nearest; count those less than limit.": nearest.mean(),
        "That is the share of all pairs: take the nearest for each row of small first, amin(1).": share(rms < limit),
        "That is the share of the rows of known: the nearest lies along dimension 1.": share(rms.amin(0) < limit),
        "It takes the farthest instead of the nearest.": share(rms.amax(1) < limit),
        "cdist gives the root of the sum; for RMS divide by the root of the number of pixels.": share(of_sums < limit),
        "It divides by the number of pixels; outside the root, that is its root.": share(of_sums / pixels < limit),
        "It compares mean squares with limit; RMS is the root of them.": share(nearest.square() < limit),
        "It compares sums of squares with limit; RMS is the root of their mean.": share(of_sums.square() < limit),
        f"Of 10 rows 3 have one of known nearer than the limit; your share is {got:.2f}.": True,
    }
    compare(got, want, faults)


@judged("That is the share of the variance within the classes that is left.", [(5,), (3,)])
def check_share_left(answer: Answer, side: int):
    """Exercise 2: `answer(estimate, truth, labels)` is the squared error over the variance within the classes."""
    labels = torch.tensor([7, 0, 3, 0, 7, 9, 7, 3, 9, 0, 7, 9])
    looks = random_batch(10, 1, side, side).double()
    truth = (looks[labels] + random_batch(12, 1, side, side).double()) / 2
    estimate = truth + random_batch(12, 1, side, side).double() * (0.2 + random_batch(12, 1, 1, 1).double()) - 0.3
    got = number(answer, estimate, truth, labels, advice="take the mean over digits and pixels before you divide.")

    def apart(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
        return (a - b).square().mean()

    means, others = (torch.stack([x[labels == label].mean(0) for label in labels]) for x in (truth, estimate))
    greys = torch.stack([truth[labels == label].mean() for label in labels]).view(-1, 1, 1, 1)
    error, variance = apart(estimate, truth), apart(truth, means)
    classes = [labels == label for label in labels.unique()]
    by_class = torch.stack([apart(estimate[own], truth[own]) / apart(truth[own], means[own]) for own in classes]).mean()
    by_digit = ((estimate - truth).square().mean((1, 2, 3)) / (truth - means).square().mean((1, 2, 3))).mean()
    absolute, want = (estimate - truth).abs().mean() / (truth - means).abs().mean(), error / variance
    of_all, raw = error / apart(truth, truth.mean(0)), error / truth.square().mean()
    of_estimates = [error / apart(x, others) for x in (truth, estimate)]
    ratios = "; divide the mean over all digits by the mean over all digits."
    faults = {
        "That is the squared error alone: divide by the variance within the classes.": error,
        "That is the variance within the classes: it goes below the squared error.": variance,
        "It is upside down: the error is divided by the variance.": 1 / want,
        "That is 1 minus the share that is left.": 1 - want,
        "That is a ratio of roots; mean squares are wanted.": want.sqrt(),
        "It divides a sum by a mean, or a mean by a sum.": [want * truth.numel(), want / truth.numel()],
        "It divides by the variance about the mean of all digits; each class has its own mean.": of_all,
        "It divides by the mean square of the digits; subtract their class's mean first.": raw,
        "A class's mean is a picture, pixel by pixel, not one grey: mean(0).": error / apart(truth, greys),
        "The classes' means are those of the true digits, not of the estimates.": of_estimates,
        "Its error is the distance from the class's mean; from the truth is wanted.": apart(estimate, means) / variance,
        "It takes absolute values; variance takes squares.": absolute,
        f"It averages the classes' ratios{ratios}": by_class,
        f"It averages the digits' ratios{ratios}": by_digit,
        "It clips the estimate: take it as it is.": apart(estimate.clamp(0, 1), truth) / variance,
        f"It is {got:.3f}; mean squared error over mean squared distance from the class's mean is {want:.3f}.": True,
    }
    compare(got, want, faults)

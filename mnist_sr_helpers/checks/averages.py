"""The checks of "Averages"'s exercises."""

import torch

from .judging import Answer, compare, ensure, ensure_shape, judged, number, random_batch, result, same


@judged("Each row is a probability for each digit: the posterior, exact in this world.")
def check_posterior(answer: Answer):
    """Exercise 1: `answer(squared, sigma)` turns squared distances (Q, N) into probabilities (Q, N)."""
    sigma = 0.3 + 0.1 * random_batch(1).item()  # far from 0.5 and 1, where 2 sigma^2 is sigma or 2 sigma
    squared, width = random_batch(3, 6) * 1.5 + 0.1, 2 * sigma**2
    got = result(answer, squared, sigma)
    ensure_shape(got, (3, 6), "For 3 pictures and 6 digits")
    ensure(got.is_floating_point(), f"The result should be float, it is {got.dtype}.")
    close = squared * 0.003  # so close that even at sigma 0.05 no digit takes all of the probability
    raw, by_column = torch.exp(-squared / width), torch.softmax(-squared / width, 0)
    near, sums = result(answer, close, sigma), got.sum(1)
    nearest = [same(p, (d == d.amin(1, True)).float()) for p, d in ((got, squared), (near, close))]
    sigma_ignored = [same(p, result(answer, d, 2 * sigma)) for p, d in ((got, squared), (near, close))]
    per_row = torch.exp(-(squared - squared.amin(1, keepdim=True)) / width)
    per_column = torch.exp(-(squared - squared.amin(0)) / width)
    faults = {
        "It returns only zeros.": torch.zeros_like(squared),
        "All its values are equal: nearer digits are more probable.": got.max().expand_as(got),
        "Those are logarithms of probabilities: take exp of them.": torch.log_softmax(-squared / width, 1),
        "The sign is wrong: the farther a digit, the less probable it is.": softmax(squared, -width),
        "The 2 is missing: divide by 2 sigma^2.": softmax(squared, sigma**2),
        "sigma must be squared: divide by 2 sigma^2.": [softmax(squared, 2 * sigma), softmax(squared, sigma)],
        "It multiplies by sigma^2: write squared / (2 * sigma**2), with brackets.": softmax(squared, 2 / sigma**2),
        "The distances are squared already: it squares them again.": softmax(squared.square(), width),
        "It takes the root: the exponent has the squared distance.": softmax(squared.sqrt(), width),
        "It divides by the sum over the pictures: each row, the digits for one picture, must add up to 1.": by_column,
        "All values together add up to 1; each row, the digits for one picture, must.": raw / raw.sum(),
        "Its rows do not add up to 1: divide each by its sum.": [raw, per_row],
        "It subtracts the smallest distance of each column, which changes the ratios in a row: the same number for a "
        "whole row must be subtracted, its own smallest.": per_column / per_column.sum(1, keepdim=True),
        "It gives all probability to the nearest digit: others that fit nearly as well have their share.": all(nearest),
        "It ignores sigma: with two values of sigma it gives the same probabilities.": all(sigma_ignored),
        f"Its rows add up to {sums[0]:.3g} and so on; each must add up to 1.": not same(sums, torch.ones(3), 1e-3),
        "Its values differ from exp(-squared / (2 sigma^2)), divided by each row's sum.": True,
    }
    compare(got, softmax(squared, width), faults)
    for far in (3.0, 300.0):
        why = "every exponential of a row becomes 0, and 0 / 0 is no number."
        ensure_stable(answer, close + far, "Where all distances are large", why)
    wide = torch.cat([close, squared + 10], dim=1)
    ensure_stable(answer, wide, "Where distances of a row lie far apart", "an exponential grows to infinity.")
    where = "Where all distances of one row are small and all of another are large, as in [[0, 1], [10, 11]],"
    why = "the smallest of the whole table is not small for each row."
    ensure_stable(answer, torch.cat([close, close + 10]), where, why)


def ensure_stable(answer: Answer, squared: torch.Tensor, where: str, why: str) -> None:
    """Ensure that the answer is the posterior where exp in float32 fails without care."""
    sigma = 0.05
    remedy = f"{why} Subtract from each row its own smallest distance first: the ratios stay."
    ensure(torch.isfinite(torch.as_tensor(answer(squared.clone(), sigma))).all(), f"{where} it gives NaN: {remedy}")
    got, want = result(answer, squared, sigma), softmax(squared.double(), 2 * sigma**2)
    sums = got.sum(1)
    ensure(same(sums, torch.ones_like(sums), 1e-2), f"{where} its rows no longer add up to 1: {remedy}")
    ensure(same(got, want, 1e-2), f"{where} its probabilities are wrong: {remedy}")


def softmax(squared: torch.Tensor, width: float) -> torch.Tensor:
    """exp(-squared / width), divided by each row's sum."""
    return torch.softmax(-squared / width, 1)


@judged("The value on which the weighted majority agrees: the least absolute error.")
def check_weighted_median(answer: Answer):
    """Exercise 2: `answer(values, weights)` is the least value at which half of the weight is reached."""
    cases = [telling_case() for _ in range(3)]
    # Quarters are exact: no rounding decides whether half is reached.
    cases.append((torch.tensor([0.5, 0.25, 0.75]), torch.tensor([0.25, 0.5, 0.25]), torch.tensor(0.25), {}))
    for values, weights, want, likely in cases:
        got = number(answer, values, weights, advice="the value at which half of the weight is reached.")
        faults = {
            "Where half of the weight is reached exactly, several values are as good, and the least is wanted. Of "
            f"0.25, 0.5, 0.75 with weights 0.5, 0.25, 0.25 it is 0.25; yours returns {got.item():g}. Does it wait for "
            "more than half, count from the largest value, or choose another of the equally good ones?": not likely,
            **likely,
            "Its result is none of the values: the median is one of them.": (values - got).abs().min().item() > 1e-6,
            "Half of the weight is not reached there first. Sort, add up the weights, stop at one half.": True,
        }
        compare(got, want, faults, 1e-6)


def telling_case() -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, dict]:
    """Eleven values and weights, their median, and likely wrong answers, which all differ from it and another."""
    while True:
        values, weights = random_batch(11), random_batch(11).square() + 0.01
        weights = weights / weights.sum()
        ordered, order = values.sort()
        sums, unsorted = weights[order].cumsum(0), int((weights.cumsum(0) < 0.5).sum())
        place = int((sums < 0.5).sum())  # where half is reached
        mean, likely = (values * weights).sum(), values[weights.argmax()]
        if not 0 < place < 10 or (sums - 0.5).abs().min() < 1e-3 or (sums - 0.5).abs().argmin() == place:
            continue  # the sum nearest to one half is the one before
        faults = {
            "That is the weighted mean; the median is the value at which half of the weight is reached.": mean,
            "That is the median without weights: a value counts as much as its weight.": values.median(),
            "That is the mean without weights.": values.mean(),
            "That is the most probable value; the median is the one at which half of the weight is reached.": likely,
            "It adds up the weights in the order in which the values came: sort the values first.": values[unsorted],
            "It sorts the values but not their weights: order both alike.": ordered[unsorted],
            "That is the value before half of the weight is reached: off by one.": ordered[place - 1],
            "That is the value after the one at which half is reached: off by one.": ordered[place + 1],
            "That is the position among the sorted values; the value itself is wanted.": torch.tensor(float(place)),
            "That is a weight; the value that goes with it is wanted.": weights[order][place],
            "That is the median of the weights.": weights.median(),
        }
        found = torch.stack([ordered[place], *faults.values()])
        if torch.pdist(found[:, None]).min() > 1e-3:
            return values, weights, ordered[place], faults

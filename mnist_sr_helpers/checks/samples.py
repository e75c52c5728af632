"""The checks of "Samples"'s exercises."""

import torch

from .judging import Answer, compare, ensure_shape, judged, number, random_batch, result, share


@judged("A straight step towards the guess: Euler's method.", [(0.0, 0.3), (0.4, 0.7), (0.8, 1.0)])
def check_step(answer: Answer, now: float, then: float):
    """Exercise 1: `answer(z, guess, now, then)` goes from z along (guess - z) / (1 - now)."""
    z, guess = 6 * random_batch(3, 1, 28, 28) - 3, random_batch(3, 1, 28, 28)
    got, velocity = result(answer, z, guess, now, then), (guess - z) / (1 - now)
    ensure_shape(got, z.shape)
    way = (then - now) * velocity
    want, other = z + way, z + way + 1  # what no fault gives, where two faults would be right
    faults = {
        "At the last step, to time 1, it should arrive at the guess: divide by 1 - now.": [
            z + (then - now) * (guess - z) if now else other,
            z + (then - now) * (guess - z) / (1 - then) if then < 1 else other,
        ],
        "That is the velocity; start at z and add the velocity times the time that passes.": velocity,
        "It moves without starting at z: add z.": way,
        "The sign is wrong: it leads away from the guess.": z - way,
        "It goes as if the time that passes were then, not then - now.": z + then * velocity if now else other,
        "It jumps to the guess at once; go there as far as the time that passes allows.": guess if then < 1 else z,
        "It stays where it is.": z,
        "It clips: noise lies beyond the digits' range.": [want.clamp(-1, 1), want.clamp(0, 1)],
        "From z it should move by (then - now) times (guess - z) / (1 - now).": True,
    }
    compare(got, want, faults)


@judged("Of a sampler that is right, the truth lies there as often as one of the samples would.")
def check_covered(answer: Answer):
    """Exercise 2: `answer(truth, samples, low, high)` is the share of truths from the low-th to the high-th sample."""
    samples, truth = random_batch(19, 10_001), random_batch(10_001)  # so many that no two faults give the same share
    truth[:1300] *= 0.2  # more of them below than above
    ordered, across = samples.sort(dim=0).values, samples.sort(dim=1).values
    for low, high in ((2, 18), (1, 19), (5, 12)):
        got = number(answer, truth, samples, low, high, advice="take the mean over the digits.")
        above, below = truth >= ordered[low - 1], truth <= ordered[high - 1]
        want, shifted = share(above & below), (truth >= ordered[low % 19]) & (truth <= ordered[min(high, 18)])
        unsorted, wrong_way = (share((truth >= x[low - 1]) & (truth <= x[high - 1])) for x in (samples, across))
        faults = {
            "That is the share outside; inside is wanted.": 1 - want,
            "That is a number of digits; their share is wanted.": want * len(truth),
            "It counts from 0: the first sample, in order, is number 1 and has the index 0.": share(shifted),
            "Sort the samples of each digit first: the low-th smallest is wanted.": unsorted,
            "It sorts over the digits; each digit's samples must be sorted among themselves: dim=0.": wrong_way,
            "It looks at one end only; the truth must lie between both.": [share(above), share(below)],
            "It expects a share instead of measuring it: count the truths inside.": torch.tensor((high - low) / 20),
            "Its share is not that of the truths from the low-th to the high-th of their samples, in order.": True,
        }
        compare(got, want, faults, 3e-4)  # a truth may be equal to a sample: < is as good as <=

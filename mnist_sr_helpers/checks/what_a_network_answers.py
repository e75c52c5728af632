"""The checks of "What a network answers"'s exercises."""

import torch

from .judging import Answer, compare, ensure, ensure_shape, judged, random_batch, result


@judged("Nothing if all outputs are alike, 1 if they differ as much as the truths.", [(5,), (3,)])
def check_variance_share(answer: Answer, digits: int):
    """Exercise 1: `answer(estimates, truths)` is the variance of the estimates over that of the truths."""

    def number(*batches):
        value = answer(*batches)
        return torch.tensor(value) if isinstance(value, float) else value

    # Of another mean and spread for each picture and each pixel, so that each way to average tells.
    spread = 0.2 + random_batch(digits, 1, 1, 1)
    truths = random_batch(1, 28, 28) + spread * (0.2 + random_batch(28, 28)) * random_batch(digits, 1, 28, 28)
    estimates = 0.5 + 0.5 * random_batch(1, 28, 28) + 0.5 * spread.flip(0) * random_batch(digits, 1, 28, 28)
    got = result(number, estimates, truths)
    ensure(got.shape != (digits,), "It returns a number for each digit; one for all is wanted: average over all.")
    ensure(got.shape[-2:] != (28, 28), "It returns a number for each pixel; one for all is wanted: average over all.")
    ensure(got.numel() == 1, f"One number is wanted, it returns {got.numel()}: shape {tuple(got.shape)}.")
    both = (estimates, truths)
    about = [x - x.mean(0) for x in both]
    of, over = (x.square().mean() for x in about)
    size = [x.square().mean() for x in both]
    grey = [(x - x.mean((1, 2, 3), keepdim=True)).square().mean() for x in both]
    level = [(x - x.mean()).square().mean() for x in both]
    absolute = [x.abs().mean() for x in about]
    ratios = [about[0].square().mean(dims) / about[1].square().mean(dims) for dims in (0, (1, 2, 3))]
    of_truths = (estimates - truths.mean(0)).square().mean() / over
    own = "It takes from each picture the picture's own mean grey; the mean picture, over the batch (dim=0), is wanted."
    faults = {
        "It is upside down: the estimates' variance over the truths' is wanted.": over / of,
        "That is a variance; a share of the truths' is wanted.": [of, over],
        "That is a difference; a share is wanted: divide.": [over - of, of - over],
        "That is the share that is missing; the share that is there is wanted.": 1 - of / over,
        "That is times 100, in percent; a share is wanted.": 100 * of / over,
        "That is a ratio of standard deviations: leave the root.": (of / over).sqrt(),
        "It takes absolute values; a variance has squares.": absolute[0] / absolute[1],
        "It subtracts the truths' mean picture from both; each batch has one of its own.": of_truths,
        "It subtracts no mean picture: take the mean over the batch (dim=0) away first.": size[0] / size[1],
        own: grey[0] / grey[1],
        "It subtracts one grey value; the mean picture has 28 x 28 of them: mean over dim=0 only.": level[0] / level[1],
        "It averages ratios; average each variance first, then divide.": [ratio.mean() for ratio in ratios],
        "Those are squared errors, estimate against truth; no truth is compared here.": (
            [(estimates - truths).square().mean() / over, (estimates - truths).square().mean()]
        ),
        "It differs from the estimates' mean squared deviation over the truths'.": True,
    }
    compare(got.reshape(()), of / over, faults, 1e-5)


@judged("Positive where the critic knew something; on average nothing or less against a posterior mean.", [(4,), (2,)])
def check_critic_gain(answer: Answer, digits: int):
    """Exercise 2: `answer(residual, predicted)` is by how much the prediction lowers each mean squared residual."""
    residual = random_batch(digits, 1, 28, 28) - 0.4
    predicted = (0.2 + random_batch(digits, 1, 1, 1)) * residual + 0.4 * (random_batch(*residual.shape) - 0.4)
    predicted[0] += 0.9  # a critic may make it worse
    got = result(answer, residual, predicted)
    ensure_shape(got, (digits,), f"For {digits} digits", alone="one for each digit is wanted.")
    before, after, added = (x.square() for x in (residual, residual - predicted, residual + predicted))
    each = before.mean((1, 2, 3)), after.mean((1, 2, 3))
    want, mean = each[0] - each[1], (residual.mean((1, 2, 3)), (residual - predicted).mean((1, 2, 3)))
    sizes = [x.abs().mean((1, 2, 3)) for x in (residual, residual - predicted)]
    faults = {
        "The sign is wrong: a gain is positive where the error falls.": -want,
        "A critic can make it worse: leave negative gains.": [want.clamp(min=0), want.abs()],
        "That is the squared residual; subtract what is left once the prediction is taken off.": each[0],
        "That is what is left; subtract it from the squared residual.": each[1],
        "That is a share; a difference is wanted.": [want / each[0], each[1] / each[0], each[0] / each[1]],
        "It adds the prediction to the residual; take it off.": each[0] - added.mean((1, 2, 3)),
        "It subtracts the squared prediction; subtract first, then square.": each[0]
        - predicted.square().mean((1, 2, 3)),
        "That is the size of the prediction; what it does to the residual is wanted.": predicted.square().mean(
            (1, 2, 3)
        ),
        "It sums over the pixels; take the mean.": 784 * want,
        "It averages before it squares; square each pixel's residual first.": mean[0].square() - mean[1].square(),
        "It takes roots; a mean squared residual has none.": each[0].sqrt() - each[1].sqrt(),
        "It takes absolute values; squares are wanted.": sizes[0] - sizes[1],
        "Its values differ from the mean squared residual before minus after.": True,
    }
    compare(got, want, faults, 1e-5)

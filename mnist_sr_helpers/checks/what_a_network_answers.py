"""The checks of "What a network answers"'s exercises."""

from .judging import Answer, compare, ensure_shape, judged, random_batch, result


@judged("Positive where the critic knew something; on average nothing or less against a posterior mean.", [(4,), (2,)])
def check_critic_gain(answer: Answer, digits: int):
    """Exercise 1: `answer(residual, predicted)` is by how much the prediction lowers each mean squared residual."""
    residual = random_batch(digits, 1, 28, 28) - 0.4
    predicted = (0.2 + random_batch(digits, 1, 1, 1)) * residual + 0.4 * (random_batch(*residual.shape) - 0.4)
    predicted[0] += 0.9  # a critic may make it worse
    got = result(answer, residual, predicted)
    ensure_shape(got, (digits,), f"For {digits} digits", alone="one for each digit is wanted.")
    pixels, left = (1, 2, 3), residual - predicted
    before, after, size, added = (x.square().mean(pixels) for x in (residual, left, predicted, residual + predicted))
    want, absolute = before - after, residual.abs().mean(pixels) - left.abs().mean(pixels)
    of_means = residual.mean(pixels).square() - left.mean(pixels).square()
    faults = {
        "The sign is wrong: a gain is positive where the error falls.": -want,
        "A critic can make it worse: leave negative gains.": [want.clamp(min=0), want.abs()],
        "That is the squared residual; subtract what is left once the prediction is taken off.": before,
        "That is what is left; subtract it from the squared residual.": after,
        "That is a share; a difference is wanted.": [want / before, after / before, before / after],
        "It adds the prediction to the residual; take it off.": before - added,
        "It subtracts the squared prediction; subtract first, then square.": before - size,
        "That is the size of the prediction; what it does to the residual is wanted.": size,
        "It sums over the pixels; take the mean.": 784 * want,
        "It averages before it squares; square each pixel's residual first.": of_means,
        "It takes roots; a mean squared residual has none.": before.sqrt() - after.sqrt(),
        "It takes absolute values; squares are wanted.": absolute,
        "Its values differ from the mean squared residual before minus after.": True,
    }
    compare(got, want, faults, 1e-5)

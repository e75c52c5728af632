"""The checks of "Seeing the failure"'s exercises."""

import torch

from ..degradation import downsample, round_trip, upsample
from ..metrics import psnr
from .judging import Answer, compare, ensure, ensure_shape, is_right, judged, random_batch, result, same
from .simplesr import torchs_bicubic


@judged("The gain says what a method adds, digit by digit.", ((2,), (4,)))
def check_gain(answer: Answer, factor: int):
    """Exercise 1: `answer(prediction, low, target, factor)` is the gain in dB over bicubic, (N,)."""
    prediction, low, target, want = case_of_gain(factor)
    try:
        got = result(answer, prediction, low, target, factor)
    except (RuntimeError, ValueError):
        for fixed in (2, 4, 7):
            *given, gain = case_of_gain(fixed)
            right = is_right(answer, (*given, fixed), gain)
            ensure(not right, f"It enlarges by {fixed}, whatever the factor: upsample(low, factor).")
        raise
    ensure_shape(got, (5,), "For 5 pictures", alone="one for each picture is wanted.")
    bicubic, model = upsample(low, factor), psnr(prediction.clamp(0, 1), target)
    base = psnr(bicubic.clamp(0, 1), target)

    def gain_over(picture):
        return model - psnr(picture.clamp(0, 1), target)

    own_low = [gain_over(round_trip(target, other)) for other in {2, factor}]
    by_torch = [gain_over(other) for other in torchs_bicubic(low, factor)]
    faults = {
        "The sign is wrong: a gain is positive where the model is better.": -want,
        "That is the model's PSNR; subtract that of bicubic.": model,
        "That is bicubic's PSNR; subtract it from the model's.": base,
        "That is a ratio; decibels are already logarithms: subtract.": model / base,
        "Neither is clipped: compare both as pictures, in [0, 1].": psnr(prediction, target) - psnr(bicubic, target),
        "Bicubic is not clipped: compare both as pictures, in [0, 1].": model - psnr(bicubic, target),
        "The prediction is not clipped: compare both as pictures, in [0, 1].": psnr(prediction, target) - base,
        "The baseline is nearest; bicubic is wanted.": gain_over(upsample(low, factor, "nearest")),
        "It makes a low resolution of its own from target: use low as it is given.": own_low,
        "It enlarges with torch's own bicubic, whose weights differ: use upsample(low, factor).": by_torch,
        "Its values differ from the clipped prediction's PSNR minus clipped bicubic's.": True,
    }
    compare(got, want, faults)


def case_of_gain(factor: int) -> tuple[torch.Tensor, ...]:
    """Prediction, low resolution, target and gains of five random pictures."""
    target = upsample((random_batch(5, 1, 7, 7) > 0.5).float(), factor).clamp(0, 1)
    low = downsample(target, factor)
    low = low + 0.1 * (random_batch(*low.shape) - 0.5)  # not to be had from the target
    prediction = target + random_batch(5, 1, 1, 1) * (random_batch(*target.shape) - 0.5)
    bicubic = upsample(low, factor).clamp(0, 1)
    return prediction, low, target, psnr(prediction.clamp(0, 1), target) - psnr(bicubic, target)


@judged("The worst digits teach most: look at them before you trust a mean.", ((3,), (5,)))
def check_worst(answer: Answer, k: int):
    """Exercise 2: `answer(prediction, target, k)` gives the positions of the k worst digits, worst first."""
    # Of 12 digits, each 1.3 times worse than the next; by turns all 36 pixels are wrong, or only two, by more.
    mse = 0.04 / 1.3 ** torch.arange(12).view(12, 1, 1, 1)
    errors = mse.sqrt().repeat(1, 1, 6, 6)
    errors[1::2] = 0
    errors[1::2, :, 1, 2:4] = (18 * mse[1::2, :, 0]).sqrt()
    mixed = torch.randperm(12, generator=torch.Generator().manual_seed(k))
    errors = errors[mixed] * (random_batch(12, 1, 6, 6) - 0.5).sign()
    target = (-errors).clamp(min=0) + random_batch(12, 1, 6, 6) * (1 - errors.abs())
    prediction = (target + errors).clamp(0, 1)
    values, errors = psnr(prediction, target), (prediction - target).abs()
    order = values.argsort()
    got, want = result(answer, prediction, target, k), order[:k]
    ensure(not same(got, values[want]), "It returns the PSNRs; their positions in the batch are wanted.")
    ensure_shape(got, (k,), f"For k = {k}")
    ensure(not got.is_floating_point(), f"Positions are whole numbers, but its type is {got.dtype}.")
    outside = [*got[(got < 0) | (got > 11)].tolist(), None][0]
    chosen = got.sort().values
    by_mean, by_largest = (score.topk(k).indices for score in (errors.mean((1, 2, 3)), errors.amax((1, 2, 3))))
    faults = {
        "Those are the best digits: a low PSNR is a large error.": same(chosen, order[-k:].sort().values),
        "It leaves out the very worst digit: it is off by one.": order[1 : k + 1],
        "It counts from 1; positions in a tensor count from 0.": want + 1,
        "The right digits, but the worst should come first.": want.flip(0),
        "The right digits, but not in order: worst first.": same(chosen, want.sort().values),
        "Those are just the first digits of the batch: sort by PSNR.": torch.arange(k),
        "It ranks by the mean absolute error; PSNR squares the errors, so that large ones count more.": by_mean,
        "It ranks by each digit's largest error; PSNR takes the mean of all squared errors.": by_largest,
        f"It names position {outside} in a batch of 12 digits. Does it use something from outside "
        "the function, such as the lesson's scores?": outside is not None,
        "Those are not the digits of the lowest PSNR. Does it use something from outside the function, "
        "such as the lesson's scores or order?": True,
    }
    compare(got, want, faults, 0)

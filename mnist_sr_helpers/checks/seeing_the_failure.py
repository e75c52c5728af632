"""The checks of "Seeing the failure"'s exercises."""

import torch

from ..degradation import downsample, round_trip, upsample
from ..metrics import psnr
from .judging import Answer, compare, ensure, ensure_shape, is_right, judged, random_batch, result
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

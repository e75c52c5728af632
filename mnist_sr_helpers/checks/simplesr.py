"""The checks of "SimpleSR"'s exercises."""

import numpy as np
import torch
import torch.nn.functional as F

from ..degradation import upsample
from ..metrics import psnr
from .judging import Answer, compare, ensure, ensure_shape, judged, random_batch, result


@judged("That is PSNR as this course uses it: one value for each picture.")
def check_psnr(answer: Answer):
    """Exercise 1: `answer(prediction, target)` is the PSNR of each picture in dB, (N,)."""
    target = 0.15 + 0.7 * random_batch(5, 1, 8, 12)
    noise = random_batch(5, 1, 8, 12) - 0.5
    noise += 0.05 * noise.sign()  # no pixel is exact
    prediction = target + (0.05 + 0.15 * random_batch(5, 1, 1, 1)) * noise
    got, want = result(answer, prediction, target), psnr(prediction, target)
    ensure_shape(got, (5,), "For 5 pictures", alone="one for each picture is wanted: average over dimensions 1, 2, 3.")
    squared, pixels = (prediction - target).square(), (1, 2, 3)
    absolute, by_pixel = torch.log10(squared.sqrt().mean(pixels)), -10 * torch.log10(squared).mean(pixels)
    faults = {
        "All its values are equal: each picture has an error of its own.": got.max().expand_as(got),
        "The sign is wrong: a smaller error is a higher PSNR.": -want,
        "That is the mean squared error; PSNR is 10 log10(1 / MSE).": squared.mean(pixels),
        "That is the natural logarithm; decibels use log10.": want * np.log(10),
        "That is in bel; a decibel is a tenth of it: multiply by 10.": want / 10,
        "It takes 20 log10 of the squared error: 20 goes with its root.": want * 2,
        "It takes 10 log10 of the root: 10 goes with the squared error.": want / 2,
        "The range is [0, 1]: the peak is 1, not 255.": want + 20 * np.log10(255),
        "It adds up the squared errors; average them.": want - 10 * np.log10(96),
        "It takes the mean absolute error; MSE is the mean of the squares.": [-10 * absolute, -20 * absolute],
        "It averages the PSNR of each pixel: average the squared errors first, then take the logarithm.": by_pixel,
        "Its values differ from 10 log10(1 / MSE) of each picture.": True,
    }
    compare(got, want, faults)


def torchs_bicubic(low: torch.Tensor, factor: int) -> list[torch.Tensor]:
    """`low` as torch itself enlarges it, with other weights than the course: a student's likely slip."""
    return [F.interpolate(low, None, factor, "bicubic", aligned) for aligned in (False, True)]


@judged("With a body that returns zero, this is exactly bicubic: a safe place to start.", ((2,), (4,)))
def check_residual(answer: Answer, factor: int):
    """Exercise 2: `answer(body, y, factor)` adds the body's correction to the bicubic enlargement."""
    y, weight = random_batch(3, 1, 7, 7) * 1.2 - 0.1, random_batch(1).item() + 0.5
    enlarged = upsample(y, factor)

    def body(z, *extra, **named):
        alone = "It calls body with an extra argument: body takes the enlarged picture alone, body(enlarged)."
        ensure(not extra and not named, alone)
        return weight * z.square() - 0.1  # size-keeping and not linear, as a network is

    got, want = result(answer, body, y, factor), enlarged + body(enlarged)
    ensure_shape(got, want.shape, f"From {tuple(y.shape)} at factor {factor}")
    nearest, clipped = upsample(y, factor, "nearest"), enlarged.clamp(0, 1)
    on_small = [upsample(y + body(y), factor), enlarged + upsample(body(y), factor)]
    by_torch = [other + body(other) for other in torchs_bicubic(y, factor)]
    on_clipped = [clipped + body(clipped), clipped + body(enlarged), enlarged + body(clipped)]
    faults = {
        "It returns the body's output alone: add the enlargement to it.": body(enlarged),
        "It returns the enlargement alone: add the body's correction to it.": enlarged,
        "It subtracts the correction; the residual adds it.": enlarged - body(enlarged),
        "It clips: training needs the values as they are.": want.clamp(0, 1),
        "The body works on the small picture: enlarge first, then apply it.": on_small,
        "It enlarges with nearest; bicubic is wanted.": nearest + body(nearest),
        "It enlarges with torch's own bicubic, whose weights differ: use upsample(y, factor).": by_torch,
        "It clips the enlargement: leave the values as they are.": on_clipped,
        "Its values differ from the bicubic enlargement plus the body's output on it.": True,
    }
    compare(got, want, faults)
    ensure_training(answer)


def ensure_training(answer: Answer) -> None:
    """Raise NotYet unless the gradient reaches the parameters of a body, whose values are right."""
    weight = torch.ones(1, requires_grad=True)
    values_only = "Its values are right, but no gradient reaches the body: leave out no_grad(), detach() and .data."
    in_place = "It changes the enlargement in place (+=), which training still needs. Write enlarged + body(enlarged)."
    with torch.enable_grad():
        got = result(answer, lambda z: weight * z, random_batch(3, 1, 7, 7), 2)
        try:
            got.square().mean().backward()
        except RuntimeError as error:
            ensure("inplace" not in str(error), in_place)
    ensure(weight.grad is not None and weight.grad.any(), values_only)

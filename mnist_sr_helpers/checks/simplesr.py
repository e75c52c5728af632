"""The checks of "SimpleSR"'s exercises."""

from collections.abc import Callable

import numpy as np
import torch
import torch.nn.functional as F

from .. import degradation, metrics
from .judging import NotYet, Verdict, ensure, judge, random_batch, result, same


def check_psnr(answer: Callable) -> Verdict:
    """Exercise 1: `answer(prediction, target)` is the PSNR of each picture in dB, (N,)."""

    def properties(answer):
        target = 0.15 + 0.7 * random_batch(5, 1, 8, 12)
        noise = random_batch(5, 1, 8, 12) - 0.5
        noise += 0.05 * noise.sign()  # no pixel is exact
        prediction = target + (0.05 + 0.15 * random_batch(5, 1, 1, 1)) * noise
        got, want = result(answer, prediction, target), metrics.psnr(prediction, target)
        mse = (prediction - target).square().mean((1, 2, 3))
        absolute = torch.log10((prediction - target).abs().mean((1, 2, 3)))
        by_pixel = -10 * torch.log10((prediction - target).square()).mean((1, 2, 3))
        if got.ndim == 0:
            raise NotYet("It returns one number; one for each picture is wanted: average over dimensions 1, 2, 3.")
        ensure(got.shape == (5,), f"For 5 pictures the shape should be (5,), it is {tuple(got.shape)}.")
        if same(got, want, 1e-3):
            return
        ensure(not same(got, -want, 1e-3), "The sign is wrong: a smaller error is a higher PSNR.")
        ensure(not same(got, mse), "That is the mean squared error; PSNR is 10 log10(1 / MSE).")
        ensure(not same(got, want * np.log(10), 1e-2), "That is the natural logarithm; decibels use log10.")
        ensure(not same(got, want / 10, 1e-3), "That is in bel; a decibel is a tenth of it: multiply by 10.")
        ensure(not same(got, want * 2, 1e-2), "It takes 20 log10 of the squared error: 20 goes with its root.")
        ensure(not same(got, want / 2, 1e-2), "It takes 10 log10 of the root: 10 goes with the squared error.")
        ensure(not same(got, want + 20 * np.log10(255), 1e-2), "The range is [0, 1]: the peak is 1, not 255.")
        ensure(not same(got, want - 10 * np.log10(96), 1e-2), "It adds up the squared errors; average them.")
        ensure(
            not same(got, -10 * absolute, 1e-3) and not same(got, -20 * absolute, 1e-3),
            "It takes the mean absolute error; MSE is the mean of the squares.",
        )
        ensure(
            not same(got, by_pixel, 1e-3),
            "It averages the PSNR of each pixel: average the squared errors first, then take the logarithm.",
        )
        ensure(got.std() > 1e-6, "All its values are equal: each picture has an error of its own.")
        raise NotYet("Its values differ from 10 log10(1 / MSE) of each picture.")

    return judge(properties, answer, "That is PSNR as this course uses it: one value for each picture.")


def ensure_training(answer: Callable) -> None:
    """Raise NotYet unless the gradient reaches the parameters of a body, whose values are right."""
    with torch.random.fork_rng(devices=[]):
        body = torch.nn.Conv2d(1, 1, 3, padding=1)
    values_only = (
        "Its values are right, but no gradient reaches the body, so it would not learn: "
        "leave out torch.no_grad(), detach() and .data."
    )
    with torch.enable_grad():
        got = result(answer, body, random_batch(3, 1, 7, 7), 2)
        ensure(got.requires_grad, values_only)
        try:
            got.square().mean().backward()
        except RuntimeError as error:
            if "inplace" not in str(error):
                raise
            raise NotYet(
                "It changes the enlargement in place (+=), which training still needs: backward() fails. "
                "Make a new tensor: enlarged + body(enlarged)."
            ) from error
    ensure(all(p.grad is not None and p.grad.any() for p in body.parameters()), values_only)


def check_residual(answer: Callable) -> Verdict:
    """Exercise 2: `answer(body, y, factor)` adds the body's correction to the bicubic enlargement."""

    def properties(answer):
        for factor in (2, 4):
            y = random_batch(3, 1, 7, 7) * 1.2 - 0.1
            weight = random_batch(1).item() + 0.5
            enlarged = degradation.upsample(y, factor)

            def body(z, *extra, weight=weight, **named):
                ensure(
                    not extra and not named,
                    "It calls body with an extra argument: body takes the enlarged picture alone, body(enlarged).",
                )
                return weight * z.square() - 0.1  # size-keeping and not linear, as a network is

            got, want = result(answer, body, y, factor), enlarged + body(enlarged)
            ensure(
                got.shape == want.shape,
                f"From {tuple(y.shape)} at factor {factor} the shape should be {tuple(want.shape)}, "
                f"it is {tuple(got.shape)}.",
            )
            if same(got, want):
                continue
            ensure(
                not same(got, body(enlarged)),
                "It returns the body's output alone: add the enlargement to it.",
            )
            ensure(not same(got, enlarged), "It returns the enlargement alone: add the body's correction to it.")
            ensure(not same(got, enlarged - body(enlarged)), "It subtracts the correction; the residual adds it.")
            ensure(not same(got, want.clamp(0, 1)), "It clips: training needs the values as they are.")
            small_first = (
                degradation.upsample(y + body(y), factor),
                enlarged + degradation.upsample(body(y), factor),
            )
            ensure(
                all(not same(got, other) for other in small_first),
                "The body works on the small picture: enlarge first, then apply it.",
            )
            nearest = degradation.upsample(y, factor, "nearest")
            ensure(not same(got, nearest + body(nearest)), "It enlarges with nearest; bicubic is wanted.")
            for aligned in (False, True):
                torchs = F.interpolate(y, scale_factor=factor, mode="bicubic", align_corners=aligned)
                ensure(
                    not same(got, torchs + body(torchs)),
                    "It enlarges with torch's own bicubic, whose weights differ: use upsample(y, factor).",
                )
            clipped = enlarged.clamp(0, 1)
            ensure(
                all(
                    not same(got, b + body(c))
                    for b, c in ((clipped, clipped), (clipped, enlarged), (enlarged, clipped))
                ),
                "It clips the enlargement: leave the values as they are.",
            )
            raise NotYet("Its values differ from the bicubic enlargement plus the body's output on it.")
        ensure_training(answer)

    return judge(properties, answer, "With a body that returns zero, this is exactly bicubic: a safe place to start.")

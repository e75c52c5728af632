"""The checks of "Seeing the failure"'s exercises."""

from collections.abc import Callable

import torch
import torch.nn.functional as F

from .. import degradation, metrics
from .judging import NotYet, Verdict, ensure, judge, random_batch, result, same


def check_gain(answer: Callable) -> Verdict:
    """Exercise 1: `answer(prediction, low, target, factor)` is the gain in dB over bicubic, (N,)."""

    def case(factor):
        target = degradation.upsample((random_batch(5, 1, 7, 7) > 0.5).float(), factor).clamp(0, 1)
        low = degradation.downsample(target, factor)
        low = low + 0.1 * (random_batch(*low.shape) - 0.5)  # not to be had from the target
        prediction = target + random_batch(5, 1, 1, 1) * (random_batch(*target.shape) - 0.5)
        bicubic = degradation.upsample(low, factor).clamp(0, 1)
        gains = metrics.psnr(prediction.clamp(0, 1), target) - metrics.psnr(bicubic, target)
        return prediction, low, target, gains

    def fixed_factor(answer):
        """The factor by which `answer` always enlarges, or None."""
        for factor in (2, 4, 7):
            *given, want = case(factor)
            try:
                if same(answer(*given, factor), want, 1e-3):
                    return factor
            except Exception:
                continue

    def properties(answer):
        for factor in (2, 4):
            judge_at(answer, factor)

    def judge_at(answer, factor):
        prediction, low, target, want = case(factor)
        raw = degradation.upsample(low, factor)
        bicubic, clipped = raw.clamp(0, 1), prediction.clamp(0, 1)
        model, base = metrics.psnr(clipped, target), metrics.psnr(bicubic, target)
        try:
            got = result(answer, prediction, low, target, factor)
        except (RuntimeError, ValueError):
            fixed = fixed_factor(answer)
            ensure(fixed is None, f"It enlarges by {fixed}, whatever the factor: upsample(low, factor).")
            raise
        if got.ndim == 0:
            raise NotYet("It returns one number; one for each picture is wanted.")
        ensure(got.shape == (5,), f"For 5 pictures the shape should be (5,), it is {tuple(got.shape)}.")
        if same(got, want, 1e-3):
            return
        ensure(not same(got, -want, 1e-3), "The sign is wrong: a gain is positive where the model is better.")
        ensure(not same(got, model, 1e-3), "That is the model's PSNR; subtract that of bicubic.")
        ensure(not same(got, base, 1e-3), "That is bicubic's PSNR; subtract it from the model's.")
        ensure(not same(got, model / base, 1e-3), "That is a ratio; decibels are already logarithms: subtract.")
        unclipped = metrics.psnr(raw, target)
        neither = metrics.psnr(prediction, target) - unclipped
        ensure(not same(got, neither, 1e-3), "Neither is clipped: compare both as pictures, in [0, 1].")
        ensure(
            not same(got, model - unclipped, 1e-3),
            "Bicubic is not clipped: compare both as pictures, in [0, 1].",
        )
        ensure(
            not same(got, metrics.psnr(prediction, target) - base, 1e-3),
            "The prediction is not clipped: compare both as pictures, in [0, 1].",
        )
        nearest = metrics.psnr(degradation.upsample(low, factor, "nearest").clamp(0, 1), target)
        ensure(not same(got, model - nearest, 1e-3), "The baseline is nearest; bicubic is wanted.")
        for other in {2, factor}:
            again = degradation.round_trip(target, other).clamp(0, 1)
            ensure(
                not same(got, model - metrics.psnr(again, target), 1e-3),
                "It makes a low resolution of its own from target: use low as it is given.",
            )
        for aligned in (False, True):
            torchs = F.interpolate(low, scale_factor=factor, mode="bicubic", align_corners=aligned).clamp(0, 1)
            ensure(
                not same(got, model - metrics.psnr(torchs, target), 1e-3),
                "It enlarges with torch's own bicubic, whose weights differ: use upsample(low, factor).",
            )
        raise NotYet("Its values differ from the clipped prediction's PSNR minus clipped bicubic's.")

    return judge(properties, answer, "The gain says what a method adds, digit by digit.")


def check_worst(answer: Callable) -> Verdict:
    """Exercise 2: `answer(prediction, target, k)` gives the positions of the k worst digits, worst first."""

    def properties(answer):
        for k in (3, 5):
            # Of 12 digits, each 1.3 times worse than the next; by turns all 36 pixels are wrong, or only two, by more.
            mse = 0.04 / 1.3 ** torch.arange(12).view(12, 1, 1, 1)
            errors = mse.sqrt().repeat(1, 1, 6, 6)
            errors[1::2] = 0
            errors[1::2, :, 1, 2:4] = (18 * mse[1::2, :, 0]).sqrt()
            errors = (
                errors[torch.randperm(12, generator=torch.Generator().manual_seed(k))]
                * (random_batch(12, 1, 6, 6) - 0.5).sign()
            )
            target = (-errors).clamp(min=0) + random_batch(12, 1, 6, 6) * (1 - errors.abs())
            prediction = (target + errors).clamp(0, 1)
            values = metrics.psnr(prediction, target)
            order = values.argsort()
            got, want = result(answer, prediction, target, k), order[:k]
            if same(got, values[want], 1e-3):
                raise NotYet("It returns the PSNRs; their positions in the batch are wanted.")
            ensure(got.shape == (k,), f"For k = {k} the shape should be ({k},), it is {tuple(got.shape)}.")
            ensure(not got.is_floating_point(), f"Positions are whole numbers, but its type is {got.dtype}.")
            if got.equal(want):
                continue
            ensure(
                not got.sort().values.equal(order[-k:].sort().values),
                "Those are the best digits: a low PSNR is a large error.",
            )
            ensure(not got.equal(order[1 : k + 1]), "It leaves out the very worst digit: it is off by one.")
            ensure(not got.equal(want + 1), "It counts from 1; positions in a tensor count from 0.")
            ensure(not got.equal(want.flip(0)), "The right digits, but the worst should come first.")
            ensure(
                not got.sort().values.equal(want.sort().values),
                "The right digits, but not in order: worst first.",
            )
            ensure(not got.equal(torch.arange(k)), "Those are just the first digits of the batch: sort by PSNR.")
            errors = (prediction - target).abs()
            ensure(
                not got.equal(errors.mean((1, 2, 3)).argsort(descending=True)[:k]),
                "It ranks by the mean absolute error; PSNR squares the errors, so that large ones count more.",
            )
            ensure(
                not got.equal(errors.amax((1, 2, 3)).argsort(descending=True)[:k]),
                "It ranks by each digit's largest error; PSNR takes the mean of all squared errors.",
            )
            outside = got[(got < 0) | (got > 11)].tolist()
            ensure(
                not outside,
                f"It names position {(outside or [0])[0]} in a batch of 12 digits. Does it use something from outside "
                "the function, such as the lesson's scores?",
            )
            raise NotYet(
                "Those are not the digits of the lowest PSNR. Does it use something from outside the function, "
                "such as the lesson's scores or order?"
            )

    return judge(properties, answer, "The worst digits teach most: look at them before you trust a mean.")

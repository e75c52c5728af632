"""Checks of the exercises: they test properties on random input and answer in words.

Each takes the student's function and returns a `Verdict`: right; not yet, because; or not attempted.
"""

import _thread
import textwrap
import threading
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F

from . import degradation, metrics, pictures

WIDTH = 95
"""Characters of a line of a verdict: JupyterLab would break longer ones in the middle of a word."""

SECONDS = 5
"""How long an answer may run before it counts as a loop without end."""


class Verdict(NamedTuple):
    """`status` is "right", "not yet" or "not attempted"; `message` says why. From lesson 01 on."""

    status: str
    message: str

    def __repr__(self) -> str:
        return textwrap.fill(f"{self.status.capitalize()}. {self.message}", WIDTH)


class NotYet(Exception):
    """A property that the answer lacks, in the words that the student reads."""


class NotAttempted(Exception):
    """The answer is still the stub."""


def judge(properties: Callable[[Callable], None], answer: Callable, praise: str) -> Verdict:
    """Run `properties(answer)` and put what happens in words, also when it raises or runs without end.

    A loop is stopped after SECONDS; a single long call into C, as time.sleep, only once it returns.
    """
    if not callable(answer):
        return Verdict("not yet", f"The check needs your function itself, not {type(answer).__name__}: no brackets.")
    late = threading.Event()

    def ring():
        late.set()
        _thread.interrupt_main()

    alarm = threading.Timer(SECONDS, ring)
    alarm.start()
    try:
        try:
            return verdict_of(properties, answer, praise)
        finally:
            alarm.cancel()
    except KeyboardInterrupt:
        if not late.is_set():
            raise  # the student's own interrupt
        return Verdict("not yet", f"Your function ran for more than {SECONDS} seconds: look for a loop without end.")


def verdict_of(properties: Callable[[Callable], None], answer: Callable, praise: str) -> Verdict:
    """Run `properties(answer)` and put its outcome in words."""
    not_attempted = Verdict(
        "not attempted",
        "Write the function above in place of the stub, run it, then run this check. "
        "(If you have: it returns None. Is its return missing?)",
    )
    try:
        properties(answer)
    except NotYet as fault:
        return Verdict("not yet", str(fault))
    except NotAttempted:
        return not_attempted
    except (Exception, SystemExit) as error:  # whatever a student's code may raise
        if isinstance(error, NotImplementedError) and not str(error):
            return not_attempted
        return Verdict("not yet", f"Your function raised {type(error).__name__}: {error}")
    return Verdict("right", praise)


def ensure(condition, otherwise: str) -> None:
    """Raise NotYet with the words `otherwise` unless `condition` holds."""
    if not condition:
        raise NotYet(otherwise)


def result(answer: Callable, *arguments) -> torch.Tensor:
    """The answer's tensor for `arguments`, which it must leave as they were."""
    before = [a.clone() if isinstance(a, torch.Tensor) else a for a in arguments]
    value = answer(*arguments)
    if value is None or value is Ellipsis:
        raise NotAttempted
    for was, now in zip(before, arguments, strict=True):
        if isinstance(was, torch.Tensor):
            ensure(
                was.equal(now),
                "It changes the tensor that it is given. Work on a copy: others still need it.",
            )
    if isinstance(value, np.ndarray):
        value = torch.from_numpy(value.copy())
    ensure(isinstance(value, torch.Tensor), f"It returns {type(value).__name__}; a tensor is wanted.")
    ensure(torch.isfinite(value.double()).all(), "Its result holds NaN or infinite values.")
    return value


def same(a: torch.Tensor, b: torch.Tensor, tolerance: float = 1e-4) -> bool:
    """Do two tensors agree in shape and, within `tolerance`, in values?"""
    return a.shape == b.shape and bool(torch.allclose(a.double(), b.double(), rtol=0, atol=tolerance))


def random_batch(*shape: int) -> torch.Tensor:
    """Uniform random values in [0, 1], new each time, without touching the notebook's own random numbers."""
    generator = torch.Generator()
    generator.seed()
    return torch.rand(*shape, generator=generator)


def check_downsample_area(answer: Callable) -> Verdict:
    """Exercise 1.2: `answer(x, factor)` averages each factor x factor block of (N, 1, H, W)."""

    def properties(answer):
        for factor, (height, width) in ((2, (6, 10)), (7, (28, 14)), (4, (8, 8)), (1, (3, 5))):
            x = random_batch(3, 1, height, width)
            got, want = result(answer, x, factor), F.avg_pool2d(x, factor)
            ensure(
                got.shape == want.shape,
                f"For x of shape {tuple(x.shape)} and factor {factor} the shape should be {tuple(want.shape)}, "
                f"it is {tuple(got.shape)}.",
            )
            ensure(got.is_floating_point(), f"The result should be float, it is {got.dtype}.")
            if same(got, want):
                continue
            ensure(not same(got, torch.zeros_like(want)), "It returns only zeros.")
            ensure(
                not same(got, want * factor**2),
                "It adds up each block; the average divides by factor * factor.",
            )
            ensure(
                not same(got, want * factor),
                "It divides by factor once; a block holds factor * factor pixels.",
            )
            ensure(
                not same(got, x[..., ::factor, ::factor]),
                "It keeps one pixel of each block and drops the others.",
            )
            blocks = x.reshape(3, 1, height // factor, width // factor, factor, factor)
            ensure(
                not same(got, blocks.mean((-2, -1))),
                "It averages pixels that are neighbours in memory, not in the picture: the rows of a block lie "
                "a whole picture's width apart. Reshape to (N, 1, H/factor, factor, W/factor, factor).",
            )
            for shift in ((1, 0), (0, 1), (1, 1), (-1, 0), (0, -1), (-1, -1)):
                moved = F.avg_pool2d(x.roll(shift, (2, 3)), factor)
                ensure(not same(got, moved), "The blocks are off by one pixel.")
            turned = x.transpose(-1, -2)
            if height == width:
                pooled = F.avg_pool2d(turned, factor)
                ensure(not same(got, pooled), "The result is transposed: rows and columns have changed places.")
            ensure(got.std() > 1e-6, "All its values are equal: each block has an average of its own.")
            raise NotYet(f"With factor {factor}, its values differ from the averages of the blocks.")

    return judge(properties, answer, "Each low-resolution pixel is the average of its block.")


def check_to_bytes(answer: Callable) -> Verdict:
    """Exercise 1.1: `answer(x)` turns grey values, overshoot included, into uint8 levels."""

    def properties(answer):
        x = random_batch(9, 9) * 1.6 - 0.3
        x[0, 0], x[0, 1], x[0, 2], x[1, 1] = -0.02, 1.02, 0.999, 0.5
        got, want = result(answer, x), torch.from_numpy(pictures.to_pixels(x))
        ensure(got.shape == x.shape, f"The shape should stay {tuple(x.shape)}, it is {tuple(got.shape)}.")
        ensure(got.dtype == torch.uint8, f"The type should be torch.uint8, it is {got.dtype}.")
        if got.equal(want):
            return
        whole = (x * 255).to(torch.int64)
        wrapped = [whole % 256, (x * 255).round().to(torch.int64) % 256]
        ensure(
            all(not got.equal(w.to(torch.uint8)) for w in wrapped),
            f"It wraps: -0.02 becomes {got[0, 0]} and 1.02 becomes {got[0, 1]}. Clip to [0, 1] first.",
        )
        clipped = x.clamp(0, 1)
        ensure(not got.equal((clipped * 255).byte()), "It cuts the fraction off: 0.999 becomes 254. Round first.")
        ensure(
            not got.equal((clipped * 256).clamp(max=255).byte()),
            "The largest level is 255: scale by 255, not 256.",
        )
        ensure(got.max() > 1, "No level is above 1: scale by 255 before the conversion.")
        stretched = (x - x.min()) / (x.max() - x.min())
        ensure(
            (got.int() - (stretched * 255).int()).abs().max() > 1,
            "It stretches the values to the full range, so two pictures can't be compared. Clip instead.",
        )
        ensure(
            (got.int() - (x.abs().clamp(0, 1) * 255).int()).abs().max() > 1,
            "It mirrors negative values: -0.3 should become 0, not 76.",
        )
        ensure(
            (got.int() - (255 - want.int())).abs().max() > 1,
            "It is inverted: 0 is black and 255 is white.",
        )
        raise NotYet("Its levels differ from clipping to [0, 1], scaling by 255 and rounding.")

    return judge(properties, answer, "Clipped, scaled and rounded: no white patches.")


def check_psnr(answer: Callable) -> Verdict:
    """Exercise 2.1: `answer(prediction, target)` is the PSNR of each picture in dB, (N,)."""

    def properties(answer):
        target = random_batch(5, 1, 8, 12)
        prediction = (target + 0.2 * random_batch(5, 1, 1, 1) * (random_batch(5, 1, 8, 12) - 0.5)).clamp(0, 1)
        got, want = result(answer, prediction, target), metrics.psnr(prediction, target)
        mse = (prediction - target).square().mean((1, 2, 3))
        if got.ndim == 0:
            raise NotYet("It returns one number; one for each picture is wanted: average over dimensions 1, 2, 3.")
        ensure(got.shape == (5,), f"For 5 pictures the shape should be (5,), it is {tuple(got.shape)}.")
        if same(got, want, 1e-3):
            return
        ensure(not same(got, -want, 1e-3), "The sign is wrong: a smaller error is a higher PSNR.")
        ensure(not same(got, mse), "That is the mean squared error; PSNR is -10 log10 of it.")
        ensure(not same(got, want * np.log(10), 1e-2), "That is the natural logarithm; decibels use log10.")
        ensure(not same(got, want / 10, 1e-3), "That is in bel; a decibel is a tenth of it: multiply by 10.")
        ensure(not same(got, want * 2, 1e-2), "It takes 20 log10 of the squared error: 20 goes with its root.")
        ensure(not same(got, want / 2, 1e-2), "It takes 10 log10 of the root: 10 goes with the squared error.")
        ensure(not same(got, want + 20 * np.log10(255), 1e-2), "The range is [0, 1]: the peak is 1, not 255.")
        ensure(not same(got, want - 10 * np.log10(96), 1e-2), "It adds up the squared errors; average them.")
        ensure(got.std() > 1e-6, "All its values are equal: each picture has an error of its own.")
        raise NotYet("Its values differ from -10 log10 of each picture's mean squared error.")

    return judge(properties, answer, "That is PSNR as this course uses it: one value for each picture.")


def check_residual(answer: Callable) -> Verdict:
    """Exercise 2.2: `answer(body, y, factor)` adds the body's correction to the bicubic enlargement."""

    def properties(answer):
        for factor in (2, 4):
            y = random_batch(3, 1, 7, 7) * 1.2 - 0.1
            weight = random_batch(1).item() + 0.5
            enlarged = degradation.upsample(y, factor)

            def body(z, weight=weight):
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
            raise NotYet("Its values differ from the bicubic enlargement plus the body's output on it.")

    return judge(properties, answer, "With a body that returns zero, this is exactly bicubic: a safe place to start.")


def check_gain(answer: Callable) -> Verdict:
    """Exercise 3.1: `answer(prediction, low, target, factor)` is the gain in dB over bicubic, (N,)."""

    def properties(answer):
        factor = 2
        target = degradation.upsample((random_batch(5, 1, 7, 7) > 0.5).float(), factor).clamp(0, 1)
        low = degradation.downsample(target, factor)
        prediction = target + random_batch(5, 1, 1, 1) * (random_batch(5, 1, 14, 14) - 0.5)
        raw = degradation.upsample(low, factor)
        bicubic, clipped = raw.clamp(0, 1), prediction.clamp(0, 1)
        model, base = metrics.psnr(clipped, target), metrics.psnr(bicubic, target)
        got, want = result(answer, prediction, low, target, factor), model - base
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
        raise NotYet("Its values differ from the clipped prediction's PSNR minus clipped bicubic's.")

    return judge(properties, answer, "The gain says what a method adds, digit by digit.")


def check_worst(answer: Callable) -> Verdict:
    """Exercise 3.2: `answer(prediction, target, k)` gives the positions of the k worst digits, worst first."""

    def properties(answer):
        for k in (3, 5):
            target = random_batch(12, 1, 6, 6)
            spread = torch.randperm(12, generator=torch.Generator().manual_seed(k)).view(12, 1, 1, 1) + 1
            prediction = (target + 0.02 * spread * (random_batch(12, 1, 6, 6) * 0.2 + 0.8)).clamp(max=2)
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
            raise NotYet("Those are not the digits of the lowest PSNR.")

    return judge(properties, answer, "The worst digits teach most: look at them before you trust a mean.")

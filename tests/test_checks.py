"""The checks of the exercises: right answers pass, wrong ones get the message that names their fault."""

import math
import re
import signal
import time

import pytest
import torch
import torch.nn.functional as F

import mnist_sr_helpers as helpers
from mnist_sr_helpers import checks, downsample, psnr, upsample

AREA, BYTES, PSNR, RESIDUAL, GAIN, WORST = (
    helpers.check_downsample_area,
    helpers.check_to_bytes,
    helpers.check_psnr,
    helpers.check_residual,
    helpers.check_gain,
    helpers.check_worst,
)
ALL = (AREA, BYTES, PSNR, RESIDUAL, GAIN, WORST)


def blocks(x, factor):
    n, channels, height, width = x.shape
    return x.reshape(n, channels, height // factor, factor, width // factor, factor)


def mse(prediction, target):
    return (prediction - target).square().mean((1, 2, 3))


RIGHT = [
    (AREA, lambda x, f: blocks(x, f).mean((3, 5))),
    (AREA, F.avg_pool2d),
    (AREA, lambda x, f: F.interpolate(x, scale_factor=1 / f, mode="area")),
    (AREA, lambda x, f: blocks(x, f).mean((3, 5)).numpy()),
    (BYTES, lambda x: (x.clamp(0, 1) * 255).round().byte()),
    (BYTES, lambda x: (x * 255).round().clamp(0, 255).to(torch.uint8)),
    (PSNR, lambda p, t: -10 * torch.log10(mse(p, t))),
    (PSNR, lambda p, t: 20 * torch.log10(1 / mse(p, t).sqrt())),
    (PSNR, psnr),
    (RESIDUAL, lambda body, y, f: upsample(y, f) + body(upsample(y, f))),
    (GAIN, lambda p, low, t, f: psnr(p.clamp(0, 1), t) - psnr(upsample(low, f).clamp(0, 1), t)),
    (WORST, lambda p, t, k: psnr(p, t).argsort()[:k]),
    (WORST, lambda p, t, k: mse(p, t).topk(k).indices),
]


def in_place(x, f):
    x *= 1.0
    x += 1
    return F.avg_pool2d(x - 1, f)


def bicubic(low, f):
    return upsample(low, f).clamp(0, 1)


WRONG = [
    (AREA, lambda x, f: torch.zeros_like(F.avg_pool2d(x, f)), "only zeros"),
    (AREA, lambda x, f: x[..., ::f, ::f], "keeps one pixel"),
    (AREA, lambda x, f: blocks(x, f).sum((3, 5)), "adds up"),
    (AREA, lambda x, f: blocks(x, f).sum((3, 5)) / f, "factor \\* factor pixels"),
    (AREA, lambda x, f: x.reshape(*x.shape[:2], x.shape[2] // f, x.shape[3] // f, f, f).mean((4, 5)), "in memory"),
    (AREA, lambda x, f: F.avg_pool2d(x.roll((1, 1), (2, 3)), f), "off by one"),
    (AREA, lambda x, f: F.avg_pool2d(x, f).transpose(-1, -2), "shape should be"),
    (
        AREA,
        lambda x, f: F.avg_pool2d(x.transpose(-1, -2), f).reshape(F.avg_pool2d(x, f).shape),
        "differ|transposed",
    ),
    (AREA, lambda x, f: torch.full_like(F.avg_pool2d(x, f), 0.5), "equal"),
    (AREA, lambda x, f: F.avg_pool2d(x, 2), "shape should be"),
    (AREA, lambda x, f: (F.avg_pool2d(x, f) * 255).byte(), "should be float"),
    (AREA, lambda x, f: x[0, 0, 0, 0].item(), "returns float"),
    (AREA, in_place, "changes the tensor"),
    (BYTES, lambda x: (x * 255).to(torch.int64).remainder(256).byte(), "wraps"),
    (BYTES, lambda x: (x.clamp(0, 1) * 255).byte(), "cuts the fraction"),
    (BYTES, lambda x: (x.clamp(0, 1) * 256).clamp(max=255).byte(), "255, not 256"),
    (BYTES, lambda x: (x.clamp(0, 1) * 255).round(), "type should be torch.uint8"),
    (BYTES, lambda x: x.clamp(0, 1).round().byte(), "above 1"),
    (BYTES, lambda x: ((x - x.min()) / (x.max() - x.min()) * 255).byte(), "stretches"),
    (BYTES, lambda x: (x.abs().clamp(0, 1) * 255).round().byte(), "mirrors"),
    (BYTES, lambda x: (255 - x.clamp(0, 1) * 255).round().byte(), "inverted"),
    (BYTES, lambda x: (x.clamp(0, 1) * 255).round().byte().flatten(), "shape should stay"),
    (BYTES, lambda x: torch.zeros_like(x, dtype=torch.uint8), "No level"),
    (PSNR, lambda p, t: -10 * torch.log10((p - t).square().mean()), "one number"),
    (PSNR, lambda p, t: 10 * torch.log10(mse(p, t)), "sign"),
    (PSNR, mse, "mean squared error; PSNR"),
    (PSNR, lambda p, t: -10 * torch.log(mse(p, t)), "natural logarithm"),
    (PSNR, lambda p, t: -20 * torch.log10(mse(p, t)), "20 goes with its root"),
    (PSNR, lambda p, t: -10 * torch.log10(mse(p, t).sqrt()), "10 goes with the squared"),
    (PSNR, lambda p, t: 10 * torch.log10(255**2 / mse(p, t)), "not 255"),
    (PSNR, lambda p, t: -10 * torch.log10((p - t).square().sum((1, 2, 3))), "average"),
    (PSNR, lambda p, t: -torch.log10(mse(p, t)), "bel"),
    (PSNR, lambda p, t: torch.zeros(5), "equal"),
    (PSNR, lambda p, t: -10 * torch.log10((p - t).square()), "shape should be"),
    (RESIDUAL, lambda body, y, f: body(upsample(y, f)), "output alone"),
    (RESIDUAL, lambda body, y, f: upsample(y, f), "enlargement alone"),
    (RESIDUAL, lambda body, y, f: upsample(y, f) - body(upsample(y, f)), "subtracts"),
    (RESIDUAL, lambda body, y, f: (upsample(y, f) + body(upsample(y, f))).clamp(0, 1), "clips"),
    (RESIDUAL, lambda body, y, f: upsample(y + body(y), f), "small picture"),
    (RESIDUAL, lambda body, y, f: y + body(y), "shape should be"),
    (
        RESIDUAL,
        lambda body, y, f: upsample(y, f, "nearest") + body(upsample(y, f, "nearest")),
        "bicubic is wanted",
    ),
    (GAIN, lambda p, low, t, f: psnr(bicubic(low, f), t) - psnr(p.clamp(0, 1), t), "sign"),
    (GAIN, lambda p, low, t, f: psnr(p.clamp(0, 1), t), "subtract that of bicubic"),
    (GAIN, lambda p, low, t, f: psnr(bicubic(low, f), t), "subtract it from"),
    (GAIN, lambda p, low, t, f: psnr(p.clamp(0, 1), t) / psnr(bicubic(low, f), t), "ratio"),
    (GAIN, lambda p, low, t, f: psnr(p.clamp(0, 1), t) - psnr(upsample(low, f), t), "Bicubic is not clipped"),
    (GAIN, lambda p, low, t, f: psnr(p, t) - psnr(bicubic(low, f), t), "prediction is not clipped"),
    (GAIN, lambda p, low, t, f: psnr(p, t) - psnr(upsample(low, f), t), "Neither is clipped"),
    (
        GAIN,
        lambda p, low, t, f: psnr(p.clamp(0, 1), t) - psnr(upsample(low, f, "nearest").clamp(0, 1), t),
        "nearest",
    ),
    (GAIN, lambda p, low, t, f: (psnr(p.clamp(0, 1), t) - psnr(bicubic(low, f), t)).mean(), "one number"),
    (GAIN, lambda p, low, t, f: p - bicubic(low, f), "shape should be"),
    (WORST, lambda p, t, k: psnr(p, t).argsort(descending=True)[:k], "best digits"),
    (WORST, lambda p, t, k: psnr(p, t).argsort()[-k:], "best digits"),
    (WORST, lambda p, t, k: psnr(p, t).sort().values[:k], "PSNRs; their positions"),
    (WORST, lambda p, t, k: psnr(p, t).argsort()[1 : k + 1], "off by one"),
    (WORST, lambda p, t, k: psnr(p, t).argsort()[:k] + 1, "counts from 1"),
    (WORST, lambda p, t, k: psnr(p, t).argsort()[:k].flip(0), "worst should come first"),
    (WORST, lambda p, t, k: psnr(p, t).argsort(), "shape should be"),
    (WORST, lambda p, t, k: torch.arange(k), "first digits of the batch"),
    (WORST, lambda p, t, k: psnr(p, t).argsort()[:k].float(), "whole numbers"),
]


def faults(check):
    return [case for case in WRONG if case[0] is check]


@pytest.mark.parametrize(("check", "answer"), RIGHT)
def test_right(check, answer):
    for _ in range(5):  # the checks draw random input
        verdict = check(answer)
        assert verdict.status == "right", verdict
    assert repr(verdict).startswith("Right. ")


@pytest.mark.parametrize(("check", "answer", "words"), WRONG)
def test_wrong_answers_hear_their_fault(check, answer, words):
    for _ in range(5):
        verdict = check(answer)
        assert verdict.status == "not yet", verdict
        assert re.search(words, verdict.message), verdict.message


def test_each_check_has_at_least_five_wrong_answers():
    assert all(len(faults(check)) >= 5 for check in ALL)


@pytest.mark.parametrize("check", ALL)
def test_the_stub_is_not_attempted(check):
    for stub in (lambda *_: None, lambda *_: ...):
        assert check(stub).status == "not attempted"

    def raising(*_):
        raise NotImplementedError

    assert check(raising).status == "not attempted"


@pytest.mark.parametrize("check", ALL)
def test_an_answer_that_raises_gets_a_message(check):
    verdict = check(lambda *_: math.sqrt(-1))
    assert verdict.status == "not yet"
    assert "Your function raised ValueError" in verdict.message


@pytest.mark.parametrize("check", ALL)
def test_an_answer_that_is_no_function(check):
    assert "needs your function itself" in check(torch.zeros(2)).message


@pytest.fixture
def interruptible():
    """Python's own handler of interrupts, which a parent process may have switched off."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_an_answer_that_loops_is_stopped(monkeypatch, interruptible):
    monkeypatch.setattr(checks, "SECONDS", 0.5)

    def looping(x):
        while True:
            pass

    start = time.monotonic()
    verdict = BYTES(looping)
    assert time.monotonic() - start < 5
    assert verdict.status == "not yet"
    assert "loop without end" in verdict.message


def test_the_students_own_interrupt_goes_through():
    def interrupted(x):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        BYTES(interrupted)


def test_an_answer_that_exits_gets_a_message():
    assert "raised SystemExit" in BYTES(lambda x: exit()).message


def test_nan_is_named():
    assert "NaN" in PSNR(lambda p, t: torch.full((5,), math.nan)).message


def test_checks_leave_the_notebooks_random_numbers_alone():
    before = torch.get_rng_state()
    for check, answer in RIGHT:
        check(answer)
    assert torch.get_rng_state().equal(before)


def test_downsample_of_the_package_passes_with_the_area_kernel():
    assert AREA(lambda x, f: F.avg_pool2d(x, f)).status == "right"
    x = torch.rand(1, 1, 28, 28, generator=torch.Generator().manual_seed(0))
    assert torch.allclose(downsample(x, 4, "area"), F.avg_pool2d(x, 4), atol=1e-6)

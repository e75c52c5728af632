"""The checks of the exercises: right answers pass, wrong ones get the message that names their fault."""

import math
import re
import signal
import time

import pytest
import torch
import torch.nn.functional as F
from answers import RIGHT, WRONG

import mnist_sr_helpers as helpers
from mnist_sr_helpers import downsample
from mnist_sr_helpers.checks import judging

AREA, BYTES, PSNR = helpers.check_downsample_area, helpers.check_to_bytes, helpers.check_psnr
ALL = [getattr(helpers, name) for name in helpers.__all__ if name.startswith("check_")]


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


def test_each_check_has_a_right_answer_and_at_least_five_wrong_ones():
    assert {check for check, _ in RIGHT} == set(ALL)
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
    monkeypatch.setattr(judging, "SECONDS", 0.5)

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

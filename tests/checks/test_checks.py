"""The checks of the exercises: right answers pass, wrong ones get the message that names their fault."""

import inspect
import linecache
import math
import os
import re
import signal
import threading
import time
from importlib import import_module
from pkgutil import iter_modules
from types import SimpleNamespace

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from answers import RIGHT, WRONG
from bs4 import BeautifulSoup
from rounding import rounding
from seeded import seeded

import mnist_sr_helpers as helpers
from mnist_sr_helpers import checks, downsample
from mnist_sr_helpers.checks import judging
from mnist_sr_helpers.checks.judging import Verdict

MODULES = [import_module(f"{checks.__name__}.{module.name}") for module in iter_modules(checks.__path__)]
ALL = {name: check for module in MODULES for name, check in vars(module).items() if name.startswith("check_")}
EXPLORE = os.environ.get("HYPOTHESIS_PROFILE") == "explore"
TO_BYTES = ALL["check_to_bytes"]
each_check = pytest.mark.parametrize("check", ALL.values(), ids=ALL)


def verdicts(check, answer) -> list[Verdict]:
    """What a check says of an answer: it draws the same each time here, or five times anew to explore."""
    if not EXPLORE:
        judging.CHANCE.seed(0)
    return [check(answer) for _ in range(5 if EXPLORE else 1)]


def test_each_check_is_public_and_has_a_right_answer_and_five_wrong_ones():
    assert {name for name in helpers.__all__ if name.startswith("check_")} == set(ALL)
    assert all(getattr(helpers, name) is check for name, check in ALL.items())
    assert set(RIGHT) == set(WRONG) == set(ALL.values())
    assert all(len(answers) >= 5 for answers in WRONG.values())


@each_check
def test_a_check_takes_the_answer_and_says_which_exercise_it_judges(check):
    assert list(inspect.signature(check).parameters) == ["answer"]
    assert re.match(r"Exercise \d: `answer\(.*\)` ", check.__doc__)


@pytest.mark.parametrize(("check", "answer"), [(check, answer) for check in RIGHT for answer in RIGHT[check]])
def test_right(check, answer):
    for verdict in verdicts(check, answer):
        assert verdict.status == "right", verdict
        assert repr(verdict).startswith("Right. ")


@pytest.mark.parametrize(("check", "answer", "words"), [(check, *answer) for check in WRONG for answer in WRONG[check]])
def test_wrong_answers_hear_their_fault(check, answer, words):
    for verdict in verdicts(check, answer):
        assert verdict.status == "not yet", verdict
        assert re.search(words, verdict.message), verdict.message


@each_check
def test_the_stub_is_not_attempted(check):
    for stub in (lambda *_: None, lambda *_: ...):
        assert check(stub).status == "not attempted"

    def raising(*_):
        raise NotImplementedError

    assert check(raising).status == "not attempted"


@each_check
def test_an_answer_that_raises_gets_a_message(check):
    verdict = check(lambda *_: math.sqrt(-1))
    assert verdict.status == "not yet"
    assert "Your function raised ValueError" in verdict.message


def test_an_error_names_the_line_of_the_students_own_code():
    cell = "import math\n\ndef outer(x):\n    return inner(x)\n\ndef inner(x):\n    return math.sqrt(-1) + x\n"
    where = {}
    exec(compile(cell, "/tmp/ipykernel_1/cell.py", "exec"), where)
    message = TO_BYTES(where["outer"]).message
    assert message.startswith("Your function raised ValueError in line 7: "), "a cell whose text is gone"
    linecache.cache["/tmp/ipykernel_1/cell.py"] = (len(cell), None, cell.splitlines(True), "/tmp/ipykernel_1/cell.py")
    message = TO_BYTES(where["outer"]).message
    assert message.startswith("Your function raised ValueError in line 7, `return math.sqrt(-1) + x`: ")
    assert TO_BYTES(math.sqrt).message.startswith("Your function raised ValueError: only")

    def deep(x):
        return torch.nn.functional.interpolate(x, mode="none", size=1)

    assert "`return torch.nn.functional.interpolate(" in TO_BYTES(deep).message, "not a line of PyTorch's"


def test_verdicts_look_unlike_one_another_without_colours():
    pages = [BeautifulSoup(Verdict(s, "Use `a < b`.")._repr_html_(), "html.parser") for s in judging.LOOKS]
    assert [page.strong.text for page in pages] == ["\u2713 Right.", "\u2026 Not yet.", "\u25cb Not attempted."]
    borders = [re.search(r"border-left:5px (\w+) currentColor", page.div["style"])[1] for page in pages]
    assert len(set(borders)) == 3
    assert all(page.code.text == "a < b" for page in pages)
    assert not any(re.search(r"color:|#[0-9a-f]{3}", page.div["style"]) for page in pages), "dark themes, too"


@each_check
def test_an_answer_that_is_no_function(check):
    assert "needs your function itself" in check(torch.zeros(2)).message


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """Checks that wait as long as a loaded machine needs."""
    monkeypatch.setattr(judging, "SECONDS", 600)


@pytest.fixture
def interruptible():
    """Python's own handler of interrupts, which a parent process may have switched off."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_an_answer_that_loops_is_stopped(monkeypatch, interruptible):
    monkeypatch.setattr(judging, "SECONDS", 0.5)
    end = time.monotonic() + 600  # no verdict on speed: a guard against hanging

    def looping(x):
        while time.monotonic() < end:
            pass

    verdict = TO_BYTES(looping)
    assert verdict.status == "not yet"
    assert "loop without end" in verdict.message


@pytest.mark.parametrize(("computed", "status"), [(0, "right"), (2, "not yet")])
def test_on_a_busy_machine_what_waits_is_not_stopped(monkeypatch, interruptible, computed, status):
    """By a clock of the test's own: the answer takes twice as long as it may, and waits, or computes."""
    clock, looked = SimpleNamespace(passed=0, computed=0), threading.Event()

    def process_time() -> int:
        looked.set()
        return clock.computed

    def late(x):
        clock.passed, clock.computed = 2, computed
        looked.clear()
        for _ in range(60_000):  # a guard against hanging; an interrupt comes between two waits
            if looked.wait(0.01) and not computed:
                break
        return RIGHT[TO_BYTES][0](x)

    monkeypatch.setattr(judging, "SECONDS", 1)
    monkeypatch.setattr(judging, "time", SimpleNamespace(monotonic=lambda: clock.passed, process_time=process_time))
    assert TO_BYTES(late).status == status


def test_the_students_own_interrupt_goes_through():
    def interrupted(x):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        TO_BYTES(interrupted)


def test_an_alarm_that_rings_at_the_last_moment_interrupts_nothing_later(monkeypatch, interruptible):
    monkeypatch.setattr(judging, "SECONDS", 0.001)
    right = RIGHT[TO_BYTES][0]
    verdicts = [TO_BYTES(right) for _ in range(200)]
    assert all(verdict.status == "right" or "loop without end" in verdict.message for verdict in verdicts)


def test_an_answer_that_exits_gets_a_message():
    assert "raised SystemExit" in TO_BYTES(lambda x: exit()).message


def test_an_array_of_tensors_is_named():
    assert "holds objects" in ALL["check_psnr"](lambda p, t: np.array([torch.ones(()), None], dtype=object)).message


def test_nan_is_named():
    assert "NaN" in ALL["check_psnr"](lambda p, t: torch.full((5,), math.nan)).message


def test_checks_leave_the_notebooks_random_numbers_alone():
    before = torch.get_rng_state()
    for check in ALL.values():
        check(RIGHT[check][0])
    assert torch.get_rng_state().equal(before)


def test_downsample_of_the_package_passes_with_the_area_kernel():
    x = torch.rand(1, 1, 28, 28, generator=seeded())
    assert torch.allclose(downsample(x, 4, "area"), F.avg_pool2d(x, 4), atol=rounding(4 * 4))

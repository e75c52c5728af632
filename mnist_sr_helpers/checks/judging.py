"""How an exercise is judged: run the student's function, test its properties, and answer in words."""

import _thread
import random
import threading
import time
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch

from .._text import fill, notice

Answer = Callable[..., Any]  # a student's function
SECONDS = 30  # how long an answer may run, if not in a single long call into C; an honest one takes a second or two
CHANCE = random.Random()
"""What the checks draw comes of it: new each time, and a notebook's own random numbers stay as they are."""
LOOKS = {"right": ("\u2713", "solid"), "not yet": ("\u2026", "dashed"), "not attempted": ("\u25cb", "dotted")}


class Verdict(NamedTuple):
    """`status` is "right", "not yet" or "not attempted"; `message` says why. From "Degradation" on."""

    status: str
    message: str

    def __repr__(self) -> str:
        return fill(f"{self.status.capitalize()}. {self.message}")

    def _repr_html_(self) -> str:
        sign, border = LOOKS[self.status]
        return notice(border, f"{sign} {self.status.capitalize()}.", self.message)


class NotYet(Exception):
    """A property that the answer lacks, in the words that the student reads."""


def judged(praise: str, cases: Iterable[tuple] = ((),)) -> Callable[[Callable], Callable[[Answer], Verdict]]:
    """Make `properties(answer, *case)`, which raises NotYet, a check: it tries all `cases` and returns a Verdict."""

    def decorate(properties: Callable[..., None]) -> Callable[[Answer], Verdict]:
        def check(answer: Answer) -> Verdict:
            return judge(properties, answer, cases, praise)

        for name in ("__module__", "__name__", "__qualname__", "__doc__"):
            setattr(check, name, getattr(properties, name))
        return check

    return decorate


def judge(properties: Callable[..., None], answer: Answer, cases: Iterable[tuple], praise: str) -> Verdict:
    """Run `properties(answer, *case)` and put what happens in words, also when it raises or runs without end."""
    if not callable(answer):
        return Verdict("not yet", f"The check needs your function itself, not {type(answer).__name__}: no brackets.")
    late, done = threading.Event(), threading.Event()
    end, computed = time.monotonic() + SECONDS, time.process_time() + SECONDS

    def watch():
        """On a busy machine an honest answer waits: stop what has computed for SECONDS, or taken ten times as long."""
        while not done.wait(SECONDS / 30):
            if time.monotonic() > end + (0 if time.process_time() > computed else 9 * SECONDS):
                late.set()
                return _thread.interrupt_main()

    watcher = threading.Thread(target=watch)
    try:
        try:
            watcher.start()
            for case in cases:
                properties(answer, *case)
        finally:
            done.set()
            watcher.join()  # if it interrupts right now, that belongs in here
    except KeyboardInterrupt:
        if not late.is_set():
            raise  # the student's own interrupt
        return Verdict("not yet", f"Your function ran for more than {SECONDS} seconds: look for a loop without end.")
    except (Exception, SystemExit) as error:  # whatever a student's code may raise
        if isinstance(error, NotImplementedError) and not str(error):
            remedy = "Write the function above in place of the stub, run it, then run this check."
            return Verdict("not attempted", f"{remedy} (If you have: it returns None. Is its return missing?)")
        return Verdict("not yet", str(error) if isinstance(error, NotYet) else raised(error))
    return Verdict("right", praise)


def raised(error: BaseException) -> str:
    """The words for an error that the student's function raised: its last line there, as a notebook numbers it."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).parent != Path(__file__).parent]
    own = [f"in line {f.lineno}{f', `{f.line}`' if f.line else ''}" for f in frames if f.filename == frames[0].filename]
    return " ".join(["Your function raised", type(error).__name__, *own[-1:]]) + f": {error}"


def ensure(condition, otherwise: str) -> None:
    """Raise NotYet with the words `otherwise` unless `condition` holds."""
    if not condition:
        raise NotYet(otherwise)


def ensure_shape(got: torch.Tensor, shape: tuple, where="", ending=".", *, alone="", verb="be") -> None:
    """Ensure that `got` has this shape; `alone` says what is wanted where one number comes instead of several."""
    ensure(got.ndim > 0 or not alone, f"It returns one number; {alone}")
    words = f"{where} the shape should" if where else "The shape should"
    ensure(got.shape == shape, f"{words} {verb} {tuple(shape)}, it is {tuple(got.shape)}{ending}")


def compare(got: torch.Tensor, want: torch.Tensor, faults: dict, tolerance: float = 1e-4) -> None:
    """Ensure that `got` is `want`, or raise NotYet with the first words of `faults` that apply.

    They map words to the wrong value that hears them when it is `got`, to a list of such values, or to a condition;
    words with True, for whatever else, stand last.
    """
    for words, wrong in {} if same(got, want, tolerance) else faults.items():
        for value in wrong if isinstance(wrong, list) else [wrong]:
            ensure(not (same(got, value, tolerance) if isinstance(value, torch.Tensor) else value), words)


def result(answer: Answer, *arguments) -> torch.Tensor:
    """The answer's tensor, or number as one, for `arguments`, which it must leave as they were."""
    given = [(now, now.clone()) for now in arguments if isinstance(now, torch.Tensor)]
    value = answer(*arguments)
    if value is None or value is Ellipsis:  # a stub's
        raise NotImplementedError
    for now, was in given:
        ensure(was.equal(now), "It changes the tensor that it is given. Work on a copy: others still need it.")
    if isinstance(value, (np.ndarray, np.number, float, int)):
        value = np.array(value)
        ensure(value.dtype != object, "Its array holds objects, perhaps tensors; numbers are wanted.")
        value = torch.from_numpy(value)
    ensure(isinstance(value, torch.Tensor), f"It returns {type(value).__name__}; a tensor or a number is wanted.")
    ensure(torch.isfinite(value.double()).all(), "Its result holds NaN or infinite values.")
    return value


def number(answer: Answer, *arguments, advice: str) -> torch.Tensor:
    """The answer's one number for `arguments`, float64 without dimensions; where several come, `advice` helps on."""
    got = result(answer, *arguments)
    ensure(got.numel() == 1, f"One number is wanted, it returns {got.numel()}, shape {tuple(got.shape)}: {advice}")
    return got.double().reshape(())


def same(a: torch.Tensor, b: torch.Tensor, tolerance: float = 1e-4) -> bool:
    """Do two tensors agree in shape and values, within `tolerance` of 1 or of the largest of `b` if that is more?"""
    return a.shape == b.shape and bool((a.double() - b.double()).abs().max() <= tolerance * b.abs().max().clamp(1))


def is_right(answer: Answer, arguments: tuple, want: torch.Tensor) -> bool:
    """Does the answer give `want` for `arguments`, without an error?"""
    try:
        return same(result(answer, *arguments), want)
    except Exception:
        return False


def share(holds: torch.Tensor) -> torch.Tensor:
    """The share of the values for which it `holds`, float64."""
    return holds.double().mean()


def random_generator() -> torch.Generator:
    """A generator of random numbers, another one each time."""
    return torch.Generator().manual_seed(CHANCE.getrandbits(63))


def random_batch(*shape: int) -> torch.Tensor:
    """Uniform random values in [0, 1]."""
    return torch.rand(*shape, generator=random_generator())

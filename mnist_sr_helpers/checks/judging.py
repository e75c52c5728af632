"""How an exercise is judged: run the student's function, test its properties, and answer in words."""

import _thread
import threading
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import torch

from .._text import fill

SECONDS = 5
"""How long an answer may run before it counts as a loop without end."""


class Verdict(NamedTuple):
    """`status` is "right", "not yet" or "not attempted"; `message` says why. From "Degradation" on."""

    status: str
    message: str

    def __repr__(self) -> str:
        return fill(f"{self.status.capitalize()}. {self.message}")


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

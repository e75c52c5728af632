"""nbval with a tolerance: numbers in a notebook's outputs may differ in their last printed place, words may not.

Processors round differently, so the same network gives 24.624 dB here and 24.626 dB there. Decimals agree within UNITS
of their last printed place, whole numbers below 100 exactly and larger ones within SHARE. Pictures inside HTML count by
their presence; how a table looks, and which cell is the best, is told by its code and its numbers.
"""

import re
from itertools import zip_longest

from nbval.plugin import IPyNbCell

UNITS, SHARE = 1, 0.01
NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?)")
NO_TEXT = re.compile(r"""(?<=base64,)[A-Za-z0-9+/=]+|</?strong>| (?:align|style)="[^"]*\"""")


class Tolerant(str):
    """A text that equals another if their words are the same and their numbers agree."""

    def __eq__(self, other) -> bool:
        return isinstance(other, str) and agree(self, other)

    def __ne__(self, other) -> bool:
        return not self == other

    __hash__ = str.__hash__


def agree(one: str, other: str) -> bool:
    """Do two outputs say the same, number by number and word by word?"""
    # Odd parts are numbers; columns may be a blank wider or narrower.
    pairs = list(zip_longest(*(NUMBER.split(NO_TEXT.sub("", text)) for text in (one, other))))
    if any(None in pair for pair in pairs):
        return False
    words, numbers = pairs[::2], pairs[1::2]
    return all(a.split() == b.split() for a, b in words) and all(near(a, b) for a, b in numbers)


def near(a: str, b: str) -> bool:
    """Do two numbers, as printed, agree?"""
    if a == b:
        return True
    x, y = (float(text.replace(",", "")) for text in (a, b))
    if "." in a and "." in b and "e" not in a + b:
        unit = 10.0 ** -min(len(text.split(".")[1]) for text in (a, b))
        return abs(x - y) <= UNITS * unit * 1.001  # a hair's breadth, because 0.1 is not a tenth
    least = 0 if "e" in a + b else 100
    return min(x, y) >= least and abs(x - y) <= SHARE * max(x, y)


def pytest_configure() -> None:
    """Let nbval compare so: it compares what `sanitize` returns."""
    exact = IPyNbCell.sanitize

    def sanitize(cell, output):
        output = exact(cell, output)
        return Tolerant(output) if isinstance(output, str) else output

    IPyNbCell.sanitize = sanitize

"""Every result in the lessons' prose is measured again; a result without a measurement is an error."""

import re

import jupytext
import pytest
from claims import CLAIMS

from tools.build_notebooks import lesson_paths

RESULT = re.compile(r"\*\*What it shows|\d ?dB\b|\d ?%|\b(of|in) 100\b|\bhalf as\b|\btwice as\b", re.IGNORECASE)
UNIT = r"dB\b|%|grey levels?\b|(?:of|in) (?:a )?\d[\d,]*\b(?! [x×])"
RANGE = re.compile(rf"(\d) to ([\d,.]+ ?({UNIT}))")
NUMBER = re.compile(rf"(?P<value>[+-]?\d[\d,]*(?:\.\d+)?) ?(?P<unit>{UNIT})|(?<![\w.,])(?P<bare>\d+\.\d+)(?![.\d])")
# Definitions, questions and settings, which no measurement can prove wrong.
NOT_RESULTS = (
    "10 dB more is a tenth of the squared error",
    "squared error is 10 dB more",
    "squared error is 3 dB more",
    "a difference of 6 dB that means nothing",
    "95% interval",
    "-0.02, just below black",
    "1.02, just above white",
    "127.5 becomes 127",
    "A loss of 0.005 means nothing by itself",
    "standard deviation $\\sigma = 0.05$",
    "squared distances 0, 0.005 and 0.02, and $\\sigma = 0.05$: divide by $2\\sigma^2 = 0.005$",
    "is 1, 0.37 and 0.02; divide by their sum, 1.39, and the probabilities are 0.72, 0.27 and 0.01",
    "torch.tensor(-110.0)",
    "3.0 and 2.1 on the photographs",  # as published
)


def prose() -> list[tuple[str, str, list[str]]]:
    """Lesson, text and claims of every Markdown cell."""
    return [
        (path.stem, cell.source, cell.metadata.get("claims", []))
        for path in lesson_paths()
        for cell in jupytext.read(path, fmt="py:percent").cells
        if cell.cell_type == "markdown"
    ]


def without_settings(text: str) -> str:
    """The text without the phrases that are no results, and with the unit at either end of a range."""
    text = " ".join(text.split())
    for phrase in NOT_RESULTS:
        text = text.replace(phrase, "")
    return RANGE.sub(r"\1 \3 to \2", text)


def results_without_claims(cells) -> list[str]:
    return [
        f"{lesson}: {text[:80]}"
        for lesson, text, claims in cells
        if RESULT.search(without_settings(text)) and not claims
    ]


def in_words(text: str) -> list[tuple[str, float]]:
    """The numbers with a unit or a fraction in a text: as written, and as a measurement (shares from 0 to 1)."""
    found = []
    for match in NUMBER.finditer(without_settings(text)):
        value = float((match["value"] or match["bare"]).replace(",", ""))
        unit = match["unit"] or ""
        if whole := re.search(r"\d[\d,]*", unit):
            value /= float(whole[0].replace(",", ""))
        elif unit == "%":
            value /= 100
        found.append((match[0], value))
    return found


def backs(claim, value: float) -> bool:
    """Does the claim's interval hold `value`, and is it narrow enough to speak for a number, not only an order?"""
    narrow = claim.high == claim.low or claim.high < 3 * claim.low
    # A hair's breadth, because 0.14 * 100 is not 14 in floating point.
    return narrow and claim.low - 1e-9 <= value <= claim.high + 1e-9


def unfounded_numbers(cells) -> list[str]:
    """Numbers in prose that lie in the interval of no claim of their cell.

    Without a claim a cell may do sums and name settings, in numbers without a unit.
    """
    faults = []
    for lesson, text, names in cells:
        for written, value in in_words(text):
            if not names and re.fullmatch(r"[\d.]+", written):
                continue
            if not any(backs(CLAIMS[name], abs(value)) for name in names):
                faults.append(f'{lesson}: "{written}" in "{text[:60]}"')
    return faults


@pytest.mark.parametrize("name", CLAIMS)
def test_claim(name):
    claim, value = CLAIMS[name], float(CLAIMS[name].measure())
    assert claim.low <= value <= claim.high, f"{name} is {value:.4g}, not in [{claim.low}, {claim.high}]"


def test_lessons_and_claims_name_each_other():
    assert {name for _, _, claims in prose() for name in claims} == set(CLAIMS)


def test_no_result_without_a_claim():
    assert results_without_claims(prose()) == []


def test_no_number_outside_the_interval_of_its_claim():
    assert unfounded_numbers(prose()) == []


def test_a_result_whose_claim_is_removed_is_noticed():
    cells = prose()
    bare = [(lesson, text, []) for lesson, text, _ in cells]
    assert len(results_without_claims(bare)) >= 12
    assert results_without_claims([("99", "The networks gain 4 dB.", [])])


def test_each_phrase_that_is_no_result_is_in_the_lessons():
    text = " ".join(" ".join(text.split()) for _, text, _ in prose())
    assert [phrase for phrase in NOT_RESULTS if phrase not in text] == []


def test_each_falsified_number_is_noticed():
    """Mutation: whatever number of the prose is made three times as large, the test above would fail.

    A number without a unit has many like it in its cell: of three times it and a third of it, one fails.
    """
    tried = 0
    for lesson, text, names in prose():
        for written, _ in in_words(text):
            number = re.match(r"[+-]?[\d,.]+", written)[0]
            if written == number and not names:
                continue
            falsified = [f"{float(number.replace(',', '')) * by:.5f}" for by in (3, 1 / 3)]
            mutants = [without_settings(text).replace(written, written.replace(number, new), 1) for new in falsified]
            noticed = [bool(unfounded_numbers([(lesson, mutant, names)])) for mutant in mutants]
            assert noticed[0] or (written == number and noticed[1]), f"{lesson}: {written}, falsified, went unnoticed"
            tried += 1
    assert tried >= 10

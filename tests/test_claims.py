"""Every result in the lessons' prose is measured again; a result without a measurement is an error."""

import re

import jupytext
import pytest
from claims import CLAIMS

from tools.build_notebooks import lesson_paths

RESULT = re.compile(r"\*\*What it shows|\d ?dB\b|\d ?%|\b(of|in) 100\b|\bhalf as\b|\btwice as\b", re.IGNORECASE)
# Definitions, questions and settings, which no measurement can prove wrong.
NOT_RESULTS = (
    "10 dB more",
    "3 dB more",
    "difference of 0.1 dB",
    "a difference of 6 dB that means nothing",
    "it reads more than 99 of",
)


def prose() -> list[tuple[str, str, list[str]]]:
    """Lesson, text and claims of every Markdown cell."""
    return [
        (path.stem, cell.source, cell.metadata.get("claims", []))
        for path in lesson_paths()
        for cell in jupytext.read(path, fmt="py:percent").cells
        if cell.cell_type == "markdown"
    ]


def results_without_claims(cells) -> list[str]:
    found = []
    for lesson, text, claims in cells:
        for phrase in NOT_RESULTS:
            text = text.replace(phrase, "")
        if RESULT.search(text) and not claims:
            found.append(f"{lesson}: {text[:80]}")
    return found


@pytest.mark.parametrize("name", CLAIMS)
def test_claim(name):
    claim, value = CLAIMS[name], float(CLAIMS[name].measure())
    assert claim.low <= value <= claim.high, f"{name} is {value:.4g}, not in [{claim.low}, {claim.high}]"


def test_lessons_and_claims_name_each_other():
    assert {name for _, _, claims in prose() for name in claims} == set(CLAIMS)


def test_no_result_without_a_claim():
    assert results_without_claims(prose()) == []


def test_a_result_whose_claim_is_removed_is_noticed():
    cells = prose()
    bare = [(lesson, text, []) for lesson, text, _ in cells]
    assert len(results_without_claims(bare)) >= 12
    assert results_without_claims([("99", "The networks gain 4 dB.", [])])

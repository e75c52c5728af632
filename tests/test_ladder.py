"""The published ladder: README and results page say what ladder.json holds, and the sample agrees with its order."""

import json
import re

import pytest

from benchmarks.ladder import FACTORS, RESULTS, measure, table
from mnist_sr_helpers import load_digits
from mnist_sr_helpers.weights import CHECKPOINTS, read_settings
from tools.build_notebooks import ROOT


@pytest.fixture(scope="module")
def results():
    return json.loads((RESULTS / "ladder.json").read_text("utf-8"))


def test_the_page_is_made_from_the_numbers(results):
    assert (RESULTS / "ladder.md").read_text("utf-8") == table(results)


def test_the_readme_quotes_the_numbers(results):
    quoted = 0
    for line in (ROOT / "README.md").read_text("utf-8").splitlines():
        cells = re.findall(r"([\d.]+) dB, ([\d.]+)%", line)
        if line.startswith("| ") and cells:
            rows = [row for row in results["rows"] if row["estimator"] == line.split("|")[1].strip()]
            assert cells == [(f"{row['psnr']:.2f}", f"{row['read']:.1%}"[:-1]) for row in rows], line
            quoted += 1
    assert quoted >= 5


def test_the_best_rung_reaches_what_the_project_promises(results):
    best = {factor: max(row["psnr"] for row in results["rows"] if row["factor"] == factor) for factor in FACTORS}
    assert best[2] >= 33.5
    assert best[4] >= 25.0
    assert best[7] >= 19.5


@pytest.mark.parametrize("factor", FACTORS)
def test_the_sample_agrees_with_the_order(results, factor):
    """Where the full set puts half a dB or more between two estimators, the sample ranks them the same."""
    full = {row["estimator"]: row["psnr"] for row in results["rows"] if row["factor"] == factor}
    sample = {row["estimator"]: row["psnr"] for row in measure(factor, load_digits(split="test"), load_digits().images)}
    assert set(full) == set(sample)
    for a in full:
        for b in full:
            if full[a] - full[b] > 0.5:
                assert sample[a] > sample[b], (a, b)


@pytest.mark.parametrize("factor", FACTORS)
def test_the_network_stays_within_its_limits_and_keeps_its_curve(results, factor):
    row = next(row for row in results["rows"] if row["estimator"] == "EDSR-like" and row["factor"] == factor)
    assert row["parameters"] < 250_000
    curve = json.loads(read_settings(CHECKPOINTS / f"edsr_x{factor}.safetensors")["held_out"])
    assert curve[-1] > max(curve) - 0.02, "training ended at its best"
    assert abs(curve[-1] - row["psnr"]) < 0.5, "held-out and test digits tell the same"

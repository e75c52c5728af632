"""The numbers of the full runs: loaded by name, the pages made from them, a damaged file named."""

import json

import numpy as np
import pytest
import scipy.stats
import torch

from benchmarks import sampling, trial
from mnist_sr_helpers import load_results, results


def test_the_page_is_made_from_the_numbers():
    assert (trial.PAGES / "trial.md").read_text("utf-8") == trial.page(load_results("trial"))


def test_every_part_holds_all_its_measurements():
    """What the tool would measure stands there, and nothing else."""

    class Nothing:
        def __getattr__(self, name):
            return [None] * 60_000 if name in ("labels", "images") else Nothing()

    for part, rows in load_results("trial")["parts"].items():
        labels = [label for label, _ in trial.PARTS[part](Nothing())]
        assert sorted(rows) == sorted(labels), part


def test_intervals_hold_their_numbers():
    for part, rows in load_results("trial")["parts"].items():
        for label, row in rows.items():
            if "interval" in row:
                low, high = row["interval"]
                value = row["gain" if "gain" in row else "share" if "share" in row else "error"]
                assert low <= value <= high, (part, label)


def test_gains_are_those_of_their_trainings():
    results = load_results("trial")
    assert results["gains"] == trial.gained(results["parts"]["augmentation"])


def test_a_gain_has_its_interval_by_seeds_and_seed_0_one_by_digits(monkeypatch):
    """Both as SciPy has them, at 1 - 0.05 / 2 for two comparisons; the seeds differ much here, the digits little."""
    monkeypatch.setattr(trial, "AUGMENTED", ((7, 500, 1, ("shift", "flip"), 3),))
    generator = torch.Generator().manual_seed(0)
    gains, blocks = [0.1, 0.3, -0.1], 0.1 + 0.01 * torch.randn(200, generator=generator)
    rows = {}
    for seed, gain in enumerate(gains):
        for kind, psnr in {"none": 16.0, "shift": 16 + gain, "flip": 16.0}.items():
            row = rows[f"x7, 500 digits, 1 passes, {kind}, seed {seed}"] = {"psnr": psnr}
            if seed == 0:
                row["blocks"] = [16 + block * (kind == "shift") for block in blocks.tolist()]
    found = trial.gained(rows)["x7, 500 digits, 1 passes, shift"]
    for name, values in {"": gains, "seed 0, ": blocks.tolist()}.items():
        wanted = scipy.stats.t.interval(1 - 0.05 / 2, len(values) - 1, np.mean(values), scipy.stats.sem(values))
        assert found[f"{name}interval"] == pytest.approx(wanted, abs=1e-5)
    assert found["seed 0, interval"][0] > 0 > found["interval"][0]
    del rows["x7, 500 digits, 1 passes, flip, seed 2"]
    assert list(trial.gained(rows)) == ["x7, 500 digits, 1 passes, shift"]


def test_a_missing_or_damaged_file_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(results, "RESULTS", tmp_path)
    with pytest.raises(RuntimeError, match=r"trial\.json can't be read.*git checkout"):
        load_results("trial")
    (tmp_path / "trial.json").write_text("{")
    with pytest.raises(RuntimeError, match=r"trial\.json can't be read"):
        load_results("trial")
    with pytest.raises(ValueError, match="^name must be one of"):
        load_results("other")


def test_what_one_does_to_results_stays_with_oneself():
    load_results("trial")["parts"].clear()
    assert load_results("trial")["parts"]


def test_a_run_goes_on_where_it_was_interrupted(tmp_path, monkeypatch, capsys):
    """What stands in the file is not measured again, and every measurement is written at once."""
    done = []

    def part(data):
        for label in ("x7, a", "x7, b"):
            yield label, lambda label=label: done.append(label) or {"error": 0.5, "interval": [0.4, 0.6]}

    monkeypatch.setattr(trial, "PARTS", {"irreducible": part})
    monkeypatch.setattr(trial, "RESULTS", tmp_path)
    monkeypatch.setattr(trial, "PAGES", tmp_path)
    monkeypatch.setattr(trial, "Data", lambda root, sample: _Digits())
    (tmp_path / "trial.json").write_text(
        json.dumps({"test": "4", "parts": {"irreducible": {"x7, a": {"error": 0.1, "interval": [0, 1]}}}})
    )
    monkeypatch.setattr("sys.argv", ["trial", "irreducible"])
    trial.main()
    assert done == ["x7, b"]
    assert "| x7, b | 0.50000 (0.40000 to 0.60000) |" in (tmp_path / "trial.md").read_text()
    monkeypatch.setattr("sys.argv", ["trial", "nothing"])
    with pytest.raises(SystemExit):
        trial.main()
    assert "unknown: nothing" in capsys.readouterr().err


def test_a_part_whose_trainings_are_missing_still_leaves_a_page():
    results = load_results("trial")
    first = dict([next(iter(results["parts"]["augmentation"].items()))])
    page = trial.page({**results, "parts": {"augmentation": first, "near": results["parts"]["near"]}, "gains": {}})
    assert "## Near" in page
    assert "## Augmentation" not in page


class _Digits:
    class test:
        labels = (0,) * 4


def test_the_page_of_samples_is_that_of_its_numbers():
    assert (sampling.PAGES / "sampling.md").read_text("utf-8") == sampling.page(load_results("sampling"))


def test_more_samples_make_a_better_mean_and_no_sampler_is_below_the_floor():
    rows = load_results("sampling")["parts"]["realism"]
    for factor in (7, 14):
        methods = ("one sample", "mean of 2 samples", "mean of 8 samples")
        errors = [rows[f"x{factor}, {name}"]["mse"] for name in methods]
        assert errors == sorted(errors, reverse=True)
    assert min(row["frechet"] for row in rows.values()) == rows["floor: real digits"]["frechet"]

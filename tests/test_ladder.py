"""The published ladder: the results page says what ladder.json holds, and the sample agrees with its order."""

import json
import re
import subprocess

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.ladder import FACTORS, PAGES, RESULTS, about, measure, protocol, table, training, window
from mnist_sr_helpers import (
    RUNGS,
    downsample,
    ladder_sheet,
    ladder_view,
    load_digits,
    load_model,
    load_results,
    psnr,
    quantise,
    rung,
)
from mnist_sr_helpers.degradation import SCORED
from mnist_sr_helpers.digits import Digits
from mnist_sr_helpers.explorers.one_digit import SHOWN
from mnist_sr_helpers.ladder import BY_KEY, LADDER, NETWORKS, ON_FILES, doublings
from mnist_sr_helpers.models import receptive_field
from mnist_sr_helpers.weights import checkpoint
from tools import retrain
from tools.build_notebooks import ROOT
from tools.train import ended, read_settings


@pytest.fixture(scope="module")
def results():
    return json.loads((RESULTS / "ladder.json").read_text("utf-8"))


def test_the_page_is_made_from_the_numbers(results):
    assert (PAGES / "ladder.md").read_text("utf-8") == table(results)


def test_every_training_has_ended():
    assert all(
        ended(doublings(how.key, factor), how.seeds)
        for how in (NETWORKS | ON_FILES).values()
        if how.key and how.source == "split"
        for factor in how.epochs
    )


def test_a_dagger_marks_the_trainings_that_the_hour_ended(results):
    made_up = {"narrow": {"doubling": None}, "wide": {"doubling": 0.1}}
    rows = [row | made_up.get(row["estimator"], {"doubling": 0.099}) for row in results["rows"]]
    marked = [line for line in table({**results, "rows": rows}).splitlines() if line[:2] == "| " and "\u2020" in line]
    assert {line.split(" | ")[0] for line in marked} == {"| narrow", "| wide"}


def test_the_readme_gives_no_answer_away():
    """Its scores would answer what lessons ask their readers to predict."""
    assert not re.search(r"\d dB|\d%", (ROOT / "README.md").read_text("utf-8"))


def test_retraining_stops_where_something_fails(monkeypatch, capsys):
    done = []

    def run(command, cwd, check):
        done.append(command[2:])
        if "pytest" in command:
            raise subprocess.CalledProcessError(1, command)

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr("sys.argv", ["retrain", "edsr", "--root", "mnist", "--device", "cuda"])
    with pytest.raises(SystemExit, match="claims failed"):
        retrain.main()
    assert done == [
        ["tools.train", "edsr", "--root", "mnist", "--device", "cuda"],
        ["benchmarks.ladder", "--root", "mnist"],
        ["benchmarks.trial", "--root", "mnist"],
        ["benchmarks.sampling", "--root", "mnist"],
        ["pytest", "-q", "tests/lessons/test_claims.py"],
    ]
    assert capsys.readouterr().out.splitlines() == ["1. train", "2. ladder", "3. trial", "4. sampling", "5. claims"]


def test_the_best_rung_reaches_what_the_project_promises(results):
    best = {factor: max(row["psnr"] for row in results["rows"] if row["factor"] == factor) for factor in FACTORS}
    assert best[2] >= 33.5
    assert best[4] >= 25.0
    assert best[7] >= 19.5


@pytest.mark.parametrize("factor", FACTORS)
def test_the_sample_agrees_with_the_order(results, factor):
    """Where the full set puts half a dB or more between two estimators, the sample ranks them the same."""
    full = {row["estimator"]: row["psnr"] for row in results["rows"] if row["factor"] == factor}
    del full["mean of 10 look-alikes"]  # the full run searches eleven times as many
    few = load_digits(split="test").images[:500]
    low = downsample(few, factor)
    sample = {name: psnr(rung(name, factor)(low).clamp(0, 1), few).mean() for name in full}
    for a in full:
        for b in full:
            if full[a] - full[b] > 0.5:
                assert sample[a] > sample[b], (a, b)


def test_the_benchmark_measures_what_its_table_has(results):
    few = Digits(*(part[:100] for part in load_digits(split="test")))
    rows = {row["estimator"]: set(row) for row in measure(7, few, load_digits().images)}
    assert rows == {row["estimator"]: set(row) for row in results["rows"] if row["factor"] == 7}


def test_the_page_states_its_protocol_and_every_rung_at_every_factor(results):
    assert results["protocol"] == protocol()
    assert [(row["factor"], row["estimator"]) for row in results["rows"]] == [(f, n) for f in FACTORS for n in RUNGS]
    for row in results["rows"]:
        low, high = row["gain_interval"]
        assert low <= row["gain"] <= high, row
        assert row["psnr_pooled"] <= row["psnr"], row
        how = LADDER[row["estimator"]]
        assert ("epochs" in row) == (row["estimator"] in NETWORKS), row
        assert ("file" in row) == (row["estimator"] in ON_FILES), row
        seeds = row.get("seeds", [])
        assert len(seeds) == (3 if how.seeds == 3 else 0), row
        assert not seeds or abs(sum(seeds) / 3 - row["psnr"]) < 0.002, "the mean of the seeds"


def test_the_numbers_are_those_of_the_networks_that_ship(results):
    """What is known of each, and that two runs on the same digits, for the ladder and for the trial, met the same."""
    for row in results["rows"]:
        known = about(row["estimator"], row["factor"]) | training(LADDER[row["estimator"]], row["factor"])
        assert known.items() <= row.items(), row
    trial = load_results("trial")["parts"]["irreducible"]
    for row in results["rows"]:
        if row["estimator"] in ("bicubic", "EDSR-like"):
            found = trial[f"x{row['factor']}, {row['estimator']}"]["error"]
            assert found == pytest.approx(10 ** (-row["psnr_pooled"] / 10), rel=2e-4), row  # as rounded


def test_what_a_file_loses_a_network_trained_for_it_partly_regains(results):
    for row in results["rows"]:
        if "file" in row:
            assert row["file"] < row["psnr"] + 0.1, row


def test_reading_needs_no_restoration(results):
    """A reader of blurred digits loses little or nothing against the sharp reader after the best rung."""
    for factor in FACTORS:
        best = max(row["read"] for row in results["rows"] if row["factor"] == factor)
        assert results["read_low"][str(factor)] > best - 0.01


@pytest.mark.parametrize("name", BY_KEY)
def test_windows_as_counted_are_windows_as_measured(name):
    """Where the gradient of a middle pixel reaches, on the grid on which the convolutions work."""
    model = BY_KEY[name].build(4)
    if name == "mlp":
        assert window(model, 4) == 28
        with pytest.raises(ValueError, match="no convolutions"):
            receptive_field(model)
        return
    torch.manual_seed(0)
    for parameter in model.parameters():
        torch.nn.init.uniform_(parameter, 0.001, 0.01)  # no relu shut, no tanh saturated, no last layer zero
    if hasattr(model, "shuffle"):
        grid = torch.rand(1, 1, 41, 41, requires_grad=True)
        pixel = model(grid)[0, 0, 82, 82]
        model_bicubic_reach = 0 if name != "edsr" else 4
    else:
        body = (
            model.body
            if hasattr(model, "body")
            else torch.nn.Sequential(model.conv1, torch.nn.ReLU(), model.conv2, torch.nn.ReLU(), model.conv3)
        )
        grid = torch.rand(1, 1, 41, 41, requires_grad=True)
        pixel, model_bicubic_reach = body(grid)[0, 0, 20, 20], 0
    pixel.backward()
    reached = (grid.grad[0, 0].abs().amax(0) > 0).sum().item()
    assert max(receptive_field(model), model_bicubic_reach) == reached


@pytest.mark.parametrize("name", RUNGS)
@pytest.mark.parametrize("factor", [2, 4, 7, 14])
def test_every_rung_at_every_factor(name, factor):
    y = downsample(load_digits(split="test").images[:3], factor)
    estimate = rung(name, factor)(y)
    assert estimate.shape == (3, 1, 28, 28)
    assert estimate.dtype == torch.float32
    assert torch.isfinite(estimate).all()
    assert not estimate.requires_grad


@pytest.mark.parametrize("name", RUNGS)
def test_a_low_resolution_of_another_factor_is_refused(name):
    restore_x7 = rung(name, 7)
    with pytest.raises(ValueError, match=r"^y .*x7"):
        restore_x7(downsample(load_digits(split="test").images[:1], 4))


@pytest.mark.parametrize("bad", [("bicubik", 2), ("bicubic", 3), ("bicubic", 1), (None, 2), ("bicubic", "2")])
def test_a_rung_that_is_not_there_is_named(bad):
    with pytest.raises((TypeError, ValueError), match=r"^(name|factor) must be"):
        rung(*bad)


@pytest.mark.parametrize("name", SHOWN)
def test_every_state_of_the_explorer(name):
    for factor in (2, 4, 7, 14):
        for digit in range(10):
            view = ladder_view(digit, factor, name)
            assert " dB, reads " in view.picture.alt
            assert name in view.picture.alt


def test_the_sheet_holds_every_rung_and_factor():
    picture, table = ladder_sheet(7)
    assert list(table.rows) == list(SHOWN)
    assert "x14" in str(table)
    assert "digit 7" in picture.alt


def test_each_caller_of_load_model_gets_the_network_of_the_rung():
    for name, network in NETWORKS.items():
        y = downsample(load_digits(split="test").images[:2], 7)
        assert torch.allclose(rung(name, 7)(y), load_model(network.key, 7)(y).detach(), atol=1e-6)


@pytest.mark.parametrize("factor", FACTORS)
def test_the_network_stays_within_its_limits_and_keeps_its_curve(results, factor):
    row = next(row for row in results["rows"] if row["estimator"] == "EDSR-like" and row["factor"] == factor)
    assert row["parameters"] < 250_000
    curve = json.loads(read_settings(checkpoint("edsr", factor))["held_out"])
    assert curve[-1] > max(curve) - 0.02, "training ended at its best"
    assert abs(curve[-1] - row["psnr"]) < 0.5, "held-out and test digits tell the same"


@pytest.mark.parametrize("name", [name for name, how in LADDER.items() if how.seeds == 3])
def test_seeds_are_three_trainings(name):
    y = downsample(load_digits(split="test").images[:2], 4)
    found = [rung(name, 4, seed=seed)(y) for seed in range(3)]
    assert rung(name, 4)(y).equal(found[0])
    assert not found[0].equal(found[1])
    assert not found[1].equal(found[2])


@pytest.mark.parametrize(
    ("name", "factor"), [(name, factor) for name in ON_FILES if name != "bicubic" for factor in SCORED]
)
def test_who_learnt_from_files_restores_files_better(name, factor):
    x = load_digits(split="test").images
    seen = quantise(downsample(x, factor))
    scores = [psnr(rung(name, factor, file=file)(seen).clamp(0, 1), x).mean() for file in (False, True)]
    # Of a small network one training differs from another by as much as this: at x7 that may be all.
    slack = 0 if name == "linear MMSE" else 0.1
    assert scores[1] >= scores[0] - slack


@given(st.one_of(st.integers(), st.text(max_size=4), st.none(), st.floats()))
def test_wrong_seeds_and_files_are_refused(value):
    for argument, call in (
        ("seed", lambda: rung("narrow", 7, seed=value)),
        ("seed", lambda: load_model("narrow", 7, seed=value)),
        ("file", lambda: rung("bicubic", 7, file=value)),
    ):
        if argument == "seed" and type(value) is int and value in (0, 1, 2):
            continue
        with pytest.raises((TypeError, ValueError), match=f"^{argument} must be"):
            call()


def test_what_is_not_there_is_named():
    with pytest.raises(ValueError, match="^name must be one of"):
        rung("wide", 7, file=True)
    for name, factor in (("edsr", 7), ("narrow", 14)):
        with pytest.raises(ValueError, match="^seed must be one of"):
            load_model(name, factor, seed=1)

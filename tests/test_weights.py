"""Checkpoints: whole, small, as good as they must be, and refused when damaged."""

import json

import pytest
import torch

from mnist_sr_helpers import FACTORS, downsample, fit, load_digits, load_model, psnr, restore, upsample
from mnist_sr_helpers.augmentation import shift
from mnist_sr_helpers.degradation import SCORED
from mnist_sr_helpers.ladder import BY_KEY, Recipe, doublings, fitted_linear, rung
from mnist_sr_helpers.models import EnlargeFirst
from mnist_sr_helpers.weights import CHECKPOINTS, cached_reader, read_weights
from tools import train
from tools.train import Job, read_settings, write_weights


def test_every_checkpoint_is_under_one_megabyte():
    for path in CHECKPOINTS.glob("*.safetensors"):
        assert path.stat().st_size < 1_000_000, path.name


def test_the_readers_settings_state_99_in_100():
    right, _, total, *_ = read_settings(CHECKPOINTS / "reader.safetensors")["test"].split()
    assert total == "10000"
    assert int(right) >= 9900


@pytest.mark.parametrize("name", ["article_first", "article_last", "enlarge_first", "enlarge_last", "residual"])
@pytest.mark.parametrize("factor", FACTORS[1:])
def test_trained_networks_beat_bicubic_on_test_digits(name, factor):
    test = load_digits(split="test").images
    low = downsample(test, factor)
    bicubic = psnr(upsample(low, factor).clamp(0, 1), test).mean()
    assert psnr(restore(load_model(name, factor), low).clamp(0, 1), test).mean() > bicubic + 0.3


def test_each_caller_gets_a_copy_in_evaluation_mode():
    mine = load_model("residual", 2)
    torch.nn.init.zeros_(mine.body.conv1.weight)
    assert load_model("residual", 2).body.conv1.weight.abs().max() > 0
    with pytest.raises(TypeError, match="^factor must be"):
        load_model("residual", 2.0)
    assert not cached_reader().training
    assert not load_model("residual", 2).training


def test_written_whole_and_read_back(tmp_path):
    path = tmp_path / "model.safetensors"
    model = EnlargeFirst(2)
    write_weights(model, path, {"digits": "none"})
    again = read_weights(EnlargeFirst(2), path)
    assert all(a.equal(b) for a, b in zip(model.parameters(), again.parameters(), strict=True))
    assert read_settings(path) == {"digits": "none"}
    assert [file.name for file in tmp_path.iterdir()] == ["model.safetensors"]


def test_several_networks_in_a_file_are_told_apart(tmp_path):
    path = tmp_path / "several.safetensors"
    models = {name: EnlargeFirst(2) for name in ("mixed", "bicubic, aliased", "bicubic")}
    for name, model in models.items():
        write_weights(model, path, {"digits": name}, name)
    for name, model in models.items():
        again = read_weights(EnlargeFirst(2), path, name)
        assert all(a.equal(b) for a, b in zip(model.parameters(), again.parameters(), strict=True))
        assert read_settings(path, name) == {"digits": name}
    write_weights(models["mixed"], path, {"digits": "again"}, "bicubic")
    assert read_weights(EnlargeFirst(2), path, "bicubic").body.conv1.weight.equal(models["mixed"].body.conv1.weight)
    assert read_settings(path, "area") == {}
    with pytest.raises(RuntimeError, match=r"several\.safetensors is not a EnlargeFirst"):
        read_weights(EnlargeFirst(2), path, "area")


def drift(jobs: list[Job]) -> list[str]:
    """Where the tables of what ships and the checkpoints on disk disagree."""
    others = train.others()
    paths = {job.path for job in jobs} | set(others)
    found = [f"{path.name}: in no table" for path in CHECKPOINTS.glob("*.safetensors") if path not in paths]
    for job in jobs:
        settings = read_settings(job.path, job.name) if job.path.exists() else {}
        curve = settings.pop("held_out", settings.pop("test", None))
        done = json.loads(settings.pop("doublings", "[]"))
        settings.pop("precision", None)  # any will do
        start = job.how.epochs[job.factor]
        epochs = done[-1][0] if done else start
        if settings != train.settings(job, epochs):
            found.append(f"{job.label}: {settings}, in the table {train.settings(job, epochs)}")
        elif job.doubles and len(json.loads(curve)) != epochs:
            found.append(f"{job.label}: a curve of another length than {epochs} epochs")
        elif job.doubles and job.how.seed == 0 and [row[0] for row in done] != [start * 2**i for i in range(len(done))]:
            found.append(f"{job.label}: not doubled from {start} epochs: {done}")
    for path, wanted in others.items():
        settings = read_settings(path) if path.exists() else {}
        if {name: words for name, words in settings.items() if name != "held_out"} != wanted:
            found.append(f"{path.stem}: {settings}, in the table {wanted}")
    return found


def test_the_tables_and_the_checkpoints_agree():
    jobs = [job for jobs in train.shipped().values() for job in jobs]
    assert drift(jobs) == []
    assert len({(job.path, job.name) for job in jobs}) == len(jobs)


@pytest.mark.parametrize("key", [key for key, how in BY_KEY.items() if how.source == "split" and how.seeds > 1])
def test_every_seed_was_trained_as_long_as_the_first(key):
    for factor in set(SCORED) & set(BY_KEY[key].factors):
        lengths = {doublings(key, factor, seed)[-1][0] for seed in range(BY_KEY[key].seeds)}
        assert len(lengths) == 1, (key, factor)


def test_training_ends_on_the_plateau_or_with_the_budget(monkeypatch):
    """Shown on made-up curves: more as long as a doubling gains 0.1 dB and the next one can be paid."""
    job = next(job for job in train.shipped()["edsr"] if job.factor == 7)
    for done, wanted in (
        ([], 30),
        ([(30, 20.0, 600)], 60),
        ([(30, 20.0, 600), (60, 20.2, 1200)], 120),
        ([(30, 20.0, 600), (60, 20.05, 1200)], 0),
        ([(30, 20.0, 600), (60, 20.2, 2200)], 120),
        ([(30, 20.0, 600), (60, 20.2, 2201)], 0),
    ):
        monkeypatch.setattr(train, "doublings", lambda *_, done=done: done)
        assert train.next_epochs(job) == wanted, done
    monkeypatch.setattr(train, "doublings", lambda *_: [(30, 20.0, 600), (60, 20.2, 1100)])
    assert train.next_epochs(job._replace(how=job.how._replace(seeds=2))) == 120
    assert train.next_epochs(job._replace(how=job.how._replace(seeds=3))) == 0, "the others would take as long"


@pytest.mark.parametrize(
    ("key", "change"),
    [
        ("edsr", {"epochs": {7: 31}}),
        ("edsr", {"digits": 5000}),
        ("narrow", {"batch": 16}),
        ("narrow", {"rate": 1e-3}),
        ("edsr", {"clip": {4: 0.02}}),
        ("residual", {"source": "sample"}),
        ("article_last", {"one_cycle": True}),
        ("reader", {"epochs": {1: 11}}),
        ("losses", {"seed": 5}),
        ("degradations", {"degradation": "area"}),
        ("augmentation", {"augmentation": "flip"}),
    ],
)
def test_a_table_that_drifts_is_seen(key, change):
    """Shown to fail: each change of the table alone is one difference."""
    jobs = [job for jobs in train.shipped().values() for job in jobs]
    changed = next(i for i, job in enumerate(jobs) if job in train.shipped()[key] and job.factor in (1, 4, 7))
    how = jobs[changed].how
    if "epochs" in change:
        change = {"epochs": {jobs[changed].factor: 31}}
    jobs[changed] = jobs[changed]._replace(how=how._replace(**change))
    assert len(drift(jobs)) == 1, drift(jobs)


@pytest.mark.parametrize(
    ("name", "value", "count"),
    [
        ("RIDGE", 1e-5, 8),
        ("FLOW", {7: 25, 14: 41}, 1),
        ("FLOW_BATCH", 64, 2),
        ("FLOW_RATE", 1e-3, 2),
        ("FLOW_AVERAGE", 0.99, 2),
    ],
)
def test_settings_of_no_table_that_drift_are_seen(monkeypatch, name, value, count):
    monkeypatch.setattr(train, name, value)
    assert len(drift([job for jobs in train.shipped().values() for job in jobs])) == count


def test_checkpoints_that_drift_are_seen():
    jobs = [job for jobs in train.shipped().values() for job in jobs]
    other = jobs[0]._replace(path=CHECKPOINTS / "gone.safetensors")
    assert len(drift([*jobs, other])) == 1, "a file that is missing"
    assert len(drift([job for job in jobs if job.path != jobs[0].path])) == 1, "a file in no table"
    assert len(drift([jobs[0]._replace(factor=4), *jobs[1:]])) == 1, "a file of another factor"


def test_the_tool_trains_writes_and_goes_on(tmp_path, monkeypatch, capsys):
    how = Recipe(EnlargeFirst, 320, epochs={7: 2}, batch=32, rate=1e-2, augmentation="shift")
    jobs = [Job(tmp_path / "pair.safetensors", name, how._replace(seed=seed), 7) for seed, name in enumerate("ab")]
    monkeypatch.setattr(train, "shipped", lambda: {"pair": jobs})
    monkeypatch.setattr("sys.argv", ["train", "pair"])
    train.main()
    assert capsys.readouterr().out.count("20 steps") == 2
    assert read_settings(jobs[1].path, "b") == {
        "digits": "320 training digits of the bundled sample, shift",
        "degradation": "bicubic, antialiased, x7",
        "schedule": "2 epochs, batch 32, Adam one-cycle 0.01, L2, seed 1",
    }
    assert [file.name for file in tmp_path.iterdir()] == ["pair.safetensors"]
    torch.manual_seed(1)
    model = EnlargeFirst(7)
    options = {"epochs": 2, "batch_size": 32, "learning_rate": 1e-2, "seed": 1, "augment": shift}
    fit(model, load_digits().images[:320], 7, **options)
    written = read_weights(EnlargeFirst(7), jobs[1].path, "b")
    assert all(a.equal(b) for a, b in zip(model.parameters(), written.parameters(), strict=True))
    train.main()
    assert capsys.readouterr().out.count("already trained") == 2
    monkeypatch.setattr("sys.argv", ["train", "pair", "--factor", "2", "4"])
    with pytest.raises(SystemExit):
        train.main()
    assert "none of pair is made for x2, x4" in capsys.readouterr().err


@pytest.mark.parametrize("damage", ["cut", "empty", "other", "text"])
def test_damaged_checkpoints_are_named(tmp_path, damage):
    path = tmp_path / "model.safetensors"
    write_weights(EnlargeFirst(2) if damage != "other" else torch.nn.Linear(2, 2), path, {})
    content = path.read_bytes()
    path.write_bytes({"cut": content[:200], "empty": b"", "other": content, "text": b"<html>"}[damage])
    before = path.read_bytes()
    with pytest.raises(RuntimeError, match=r"model\.safetensors is (damaged|not a EnlargeFirst)"):
        read_weights(EnlargeFirst(2), path)
    assert path.read_bytes() == before


def test_a_missing_checkpoint_is_named(tmp_path):
    with pytest.raises(RuntimeError, match=r"gone\.safetensors is missing"):
        read_weights(EnlargeFirst(2), tmp_path / "gone.safetensors")


@pytest.mark.parametrize("damage", [None, b"<html>"])
def test_whoever_reads_a_checkpoint_names_it(tmp_path, monkeypatch, damage):
    monkeypatch.setattr("mnist_sr_helpers.weights.CHECKPOINTS", tmp_path)
    if damage:
        for name in ("linear_x4", "edsr_x4"):
            (tmp_path / f"{name}.safetensors").write_bytes(damage)
        with pytest.raises(RuntimeError, match="edsr_x4.safetensors is damaged"):
            doublings("edsr", 4)
    fitted_linear.cache_clear()
    try:
        with pytest.raises(RuntimeError, match=r"linear_x4\.safetensors is (missing|damaged).*git checkout"):
            rung("linear MMSE", 4)
    finally:
        fitted_linear.cache_clear()

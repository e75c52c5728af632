"""What the course promises about safety: nothing listens beyond this machine, no file of its own runs code."""

import os
import re

import pytest
import yaml
from jupyterlab.labapp import LabApp

from mnist_sr_helpers._files import write_whole
from mnist_sr_helpers.classroom.launcher import main
from tools.build_notebooks import ROOT

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
CODE = [
    path for folder in ("mnist_sr_helpers", "benchmarks", "tools", "lessons") for path in ROOT.glob(f"{folder}/**/*.py")
]


def listens_on(options: list[str], tmp_path, monkeypatch) -> str:
    """The address on which JupyterLab listens, given the options with which the launcher starts it, and no others."""
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_CONFIG_PATH", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path))
    app = LabApp()
    server = app.initialize_server(argv=options)
    try:
        return server.ip
    finally:
        for socket in server.http_server._sockets.values():
            socket.close()
        LabApp.clear_instance()
        type(server).clear_instance()


@pytest.mark.parametrize(("words", "wanted"), [([], LOOPBACK), (["--ip=0.0.0.0"], {"0.0.0.0"})], ids=["", "asked"])
def test_the_launcher_listens_beyond_this_machine_only_when_asked(words, wanted, tmp_path, monkeypatch):
    starts = []
    monkeypatch.setattr("jupyterlab.labapp.LabApp.launch_instance", starts.append)
    main(["--no-browser", *words])
    assert listens_on([*starts[0], "--port=0", f"--ServerApp.root_dir={tmp_path}"], tmp_path, monkeypatch) in wanted


PICKLE = re.compile(
    r"^\s*(?:import|from) (?:pickle|dill|joblib|shelve|marshal)\b|torch\.(?:load|save)\b|allow_pickle=True", re.M
)


@pytest.mark.parametrize(
    "line", ["    import pickle", "from joblib import load", "x = torch.load(path)", "torch.save(x, path)"]
)
def test_a_pickle_is_noticed(line):
    assert PICKLE.search(f"import torch\n{line}\n")


def test_no_file_that_is_loaded_can_run_code():
    assert {path.name for path in CODE if PICKLE.search(path.read_text("utf-8"))} == set()
    shipped = {path.suffix for path in (ROOT / "mnist_sr_helpers" / "data").rglob("*") if path.is_file()}
    assert shipped & {".pt", ".pth", ".pkl", ".npy", ".npz"} == set()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such rights")
@pytest.mark.parametrize(("mask", "rights"), [(0o022, 0o644), (0o077, 0o600)])
def test_what_is_written_has_the_rights_that_its_owner_chose(tmp_path, mask, rights):
    before = os.umask(mask)
    try:
        write_whole(tmp_path / "page.html", b"")
    finally:
        os.umask(before)
    assert (tmp_path / "page.html").stat().st_mode & 0o777 == rights


@pytest.mark.skipif(os.name == "nt", reason="Windows lets few users make links")
def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "there" / "file")
    write_whole(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "there" / "file").read_bytes() == b"new"


def test_pages_that_are_handed_out_can_send_nothing():
    pages = [ROOT / page for page in ("tools/room_answers.html", "site/phone_page.html")]
    pages += (ROOT / "site" / "live").iterdir()
    for page in pages:
        text = page.read_text("utf-8")
        assert not re.search(r"<form|fetch\(|XMLHttpRequest|sendBeacon|WebSocket|https?:", text), page


def test_the_weekly_run_audits_what_is_installed():
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "weekly.yml").read_text())["jobs"]
    assert any("pip_audit" in step.get("run", "") for job in jobs.values() for step in job["steps"])

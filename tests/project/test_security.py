"""What the course promises about safety: nothing listens beyond this machine, no file of its own runs code."""

import ast
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


def calls(path) -> set[str]:
    """The functions that a module calls, as they are written, with `weights_only=True` where that is said."""
    nodes = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    safe = {node: [f"{key.arg}={ast.unparse(key.value)}" for key in node.keywords] for node in nodes}
    return {f"{ast.unparse(node.func)} {'weights_only=True' in said}" for node, said in safe.items()}


def test_no_file_that_is_loaded_can_run_code():
    assert {path.name for path in CODE if "torch.load False" in calls(path)} == set()
    unsafe = re.compile(r"^\s*(?:import|from) (?:pickle|dill|joblib|shelve|marshal)\b|allow_pickle=True", re.MULTILINE)
    assert unsafe.search("  import pickle")
    assert {path.name for path in CODE if unsafe.search(path.read_text("utf-8"))} == set()
    shipped = {path.suffix for path in (ROOT / "mnist_sr_helpers" / "data").rglob("*") if path.is_file()}
    assert shipped & {".pt", ".pth", ".pkl", ".npy", ".npz"} == set()


def test_loading_without_the_safe_switch_is_noticed(tmp_path):
    path = tmp_path / "module.py"
    path.write_text("torch.load(a, weights_only=True); torch.load(b)", "utf-8")
    assert calls(path) == {"torch.load True", "torch.load False"}


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such rights")
def test_what_is_handed_out_can_be_written_by_its_owner_only(tmp_path):
    write_whole(tmp_path / "page.html", b"")
    assert (tmp_path / "page.html").stat().st_mode & 0o777 == 0o644


def test_pages_that_are_handed_out_can_send_nothing():
    pages = [ROOT / page for page in ("tools/room_answers.html", "site/phone_page.html")]
    pages += (ROOT / "site" / "live").iterdir()
    for page in pages:
        text = page.read_text("utf-8")
        assert not re.search(r"<form|fetch\(|XMLHttpRequest|sendBeacon|WebSocket|https?:", text), page


def test_the_weekly_run_audits_what_is_installed():
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "weekly.yml").read_text())["jobs"]
    assert any("pip_audit" in step.get("run", "") for job in jobs.values() for step in job["steps"])

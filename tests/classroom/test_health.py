"""The health check: what it finds, what it wants, and what to do about the difference."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from packaging.specifiers import SpecifierSet

from mnist_sr_helpers import health_check
from mnist_sr_helpers.classroom import health


@pytest.fixture
def versions(monkeypatch):
    """What is installed, and what is wanted, to change: all good."""
    found = dict.fromkeys(("Python", *health.PACKAGES), "2.5")
    wanted = {name: SpecifierSet(">=2,<4") for name in found}
    monkeypatch.setattr(health, "version_found", found.get)
    monkeypatch.setattr(health, "versions_wanted", lambda: wanted)
    monkeypatch.setattr(health, "server_environment", lambda: Path(sys.prefix))
    monkeypatch.setattr(health, "front_end", lambda: "JupyterLab")
    return found, wanted


def said(capsys) -> list[str]:
    health_check()
    return capsys.readouterr().out.splitlines()


def test_all_good(versions, capsys):
    lines = said(capsys)
    assert len(lines) == len(health.PACKAGES) + 3
    assert all(line.startswith("ok    ") for line in lines)


def test_a_version_outside_the_range_is_shown_beside_the_one_wanted(versions, capsys):
    found, wanted = versions
    found["numpy"], wanted["Python"] = "1.9", SpecifierSet(">=99")
    faults = [line for line in said(capsys) if line.startswith("LOOK")]
    assert faults[0].startswith("LOOK  Python 2.5: the course needs Python>=99: run")
    assert faults[1].startswith("LOOK  numpy 1.9: the course needs numpy<4,>=2: run")


def test_a_preview_of_a_version_in_the_range_is_good(versions, capsys):
    versions[0]["torch"] = "3.0.dev20261101+cpu"
    assert "ok    torch 3.0.dev20261101+cpu" in said(capsys)


def test_a_package_that_is_missing(versions, capsys):
    del versions[0]["nbval"]
    assert "LOOK  nbval is not installed: the course needs nbval<4,>=2: run" in said(capsys)[-3]


def test_a_server_from_elsewhere(versions, capsys, monkeypatch):
    monkeypatch.setattr(health, "server_environment", lambda: Path("/elsewhere"))
    assert f"JupyterLab runs from {Path('/elsewhere')}, this kernel from {sys.prefix}" in said(capsys)[-2]
    monkeypatch.setattr(health, "server_environment", lambda: None)
    assert said(capsys)[-2].startswith("?  ")


@pytest.mark.parametrize(
    ("server", "named"),
    [
        ("/env/bin/python3 /env/bin/jupyter-lab --port 1", "JupyterLab"),
        ("python -m mnist_sr_helpers notebooks/00_start_here.ipynb", "JupyterLab"),
        ("/env/bin/python3 /env/bin/jupyter-notebook", "Notebook 7"),
        ("/env/bin/python3 /env/bin/jupyterhub-singleuser --ip=127.0.0.1", "a hub's JupyterLab or Notebook"),
        ("python -m something.else", None),
    ],
)
def test_the_server_that_started_the_kernel_is_named(monkeypatch, server, named):
    kernel(monkeypatch)
    monkeypatch.setattr(health.psutil, "Process", lambda _: SimpleNamespace(cmdline=server.split))
    assert health.front_end() == named


def test_a_server_that_was_started_by_a_bare_name_is_asked(monkeypatch):
    folder, name = Path(sys.executable).parent, Path(sys.executable).name
    monkeypatch.setenv("PATH", str(folder))
    started = SimpleNamespace(cwd=lambda: str(Path.home()), cmdline=lambda: [name, "-m", "mnist_sr_helpers"])
    monkeypatch.setattr(health.psutil, "Process", lambda _: started)
    assert health.server_environment() == Path(sys.prefix)


def kernel(monkeypatch, **names):
    """Pretend to be in a kernel whose user's namespace holds `names`."""
    shell = SimpleNamespace(kernel=None, user_ns=names)
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    monkeypatch.delenv("VSCODE_PID", raising=False)


def test_what_is_no_jupyter_server_is_named(monkeypatch):
    assert health.front_end() == "a terminal"
    kernel(monkeypatch, __vsc_ipynb_file__="01.ipynb")
    assert health.front_end() == "VS Code"
    monkeypatch.setitem(sys.modules, "google.colab", SimpleNamespace())
    assert health.front_end() == "Colab"


def test_each_front_end_comes_with_what_to_do(versions, monkeypatch, capsys):
    for name, remedy in health.WIDGETS.items():
        monkeypatch.setattr(health, "front_end", lambda name=name: name)
        assert said(capsys)[-1] == f"ok    this is {name}: {remedy}"
    monkeypatch.setattr(health, "front_end", lambda: None)
    assert said(capsys)[-1].startswith("?  ")


def test_what_is_wanted_is_what_the_package_depends_on():
    wanted = health.versions_wanted()
    for name in ("Python", *health.PACKAGES):
        assert str(wanted[name]), name
        assert health.version_found(name) in wanted[name]
    assert health.version_found("no-such-package") is None

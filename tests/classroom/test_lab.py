"""The course's command: what it opens, writes and says."""

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from traitlets import import_item

from mnist_sr_helpers.classroom.launcher import PROMPT, main

COMMANDS = {
    "lab": "Open JupyterLab",
    "present": "Show a lesson as slides",
    "answers": "Write your predictions",
    "health": "Say whether this machine",
}


@pytest.fixture
def started(monkeypatch):
    """The arguments of each JupyterLab that would have been started."""
    starts = []
    monkeypatch.setattr("jupyterlab.labapp.LabApp.launch_instance", starts.append)
    return starts


@pytest.mark.parametrize("command", [[], ["lab"]], ids=["no command", "lab"])
def test_lab_opens_the_notebook_and_passes_options_on(in_course, started, command):
    others = ["--no-browser", "--port", "9999", "-y"]
    main([*command, "notebooks/00_start_here.ipynb", *others])
    (options,) = started
    assert options[0] == PROMPT
    assert f"--ServerApp.root_dir={in_course / 'notebooks'}" in options
    assert options[-5:] == ["--LabApp.default_url=/lab/tree/00_start_here.ipynb", *others]


@pytest.mark.parametrize("words", [[], ["--no-browser"], ["lab", "--no-browser"]], ids=" ".join)
def test_without_a_notebook_lab_opens_this_folder(started, words):
    main(words)
    (options,) = started
    assert [option for option in options if option not in (PROMPT, "--allow-root")] == words[-1:]


def test_an_option_of_jupyterlab_may_end_as_a_notebook_does(started):
    main(["--LabApp.default_url=/lab/tree/00_start_here.ipynb"])
    assert started[0][-1] == "--LabApp.default_url=/lab/tree/00_start_here.ipynb"


def test_a_notebook_that_is_not_there(in_course, started):
    with pytest.raises(SystemExit, match="99_gone.ipynb is not there"):
        main(["notebooks/99_gone.ipynb"])
    assert not started


def test_a_sliders_messages_leave_at_once(monkeypatch):
    """What PROMPT names is loaded, and tells its socket not to wait before it connects as any other."""
    told, kind = [], import_item(PROMPT.partition("=")[2])
    monkeypatch.setattr(ZMQChannelsWebsocketConnection, "connect", lambda self: told.append("connected"))
    monkeypatch.setattr(kind, "websocket_handler", SimpleNamespace(set_nodelay=told.append))
    kind.__new__(kind).connect()
    assert told == [True, "connected"]


def test_present_opens_the_slides_and_passes_options_on(in_course, started, monkeypatch):
    monkeypatch.setenv("MNIST_SR_STATE", "unset")
    main(["present", "--no-browser", "1"])
    (options,) = started
    assert "--LabApp.default_url=/lab/tree/01_degradation.ipynb" in options
    assert any(option.startswith("--LabApp.user_settings_dir=") for option in options)
    assert options[-1] == "--no-browser"


def test_present_finds_the_rooms_answers_from_where_it_was_called(in_course, started, monkeypatch):
    monkeypatch.setenv("MNIST_SR_STATE", "unset")
    monkeypatch.setenv("MNIST_SR_ROOM", "room.json")
    main(["present", "1"])
    assert os.environ["MNIST_SR_ROOM"] == str(in_course / "room.json")


def test_health_prints_the_check(capsys):
    main(["health"])
    assert f"ok    Python {sys.version.split()[0]}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["present"], r"has slides \(.*01, .*\); got nothing"),
        (["present", "99"], r"has slides \(.*01, .*\); got 99"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_a_lesson_is_asked_for(in_course, started, words, answer):
    with pytest.raises(SystemExit, match=answer):
        main(words)
    assert not started


def test_it_says_where_to_run_it(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit, match="notebooks/ is not there"):
        main(["present", "01"])


@contextmanager
def told(capsys):
    """What a command prints before it stops."""
    words = []
    with pytest.raises(SystemExit):
        yield words
    words.append(" ".join("".join(capsys.readouterr()).split()))


def test_help_names_the_commands_with_a_line_each(capsys):
    with told(capsys) as words:
        main(["--help"])
    for name, does in COMMANDS.items():
        assert f" {name} {does}" in words[0]


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(capsys, command):
    with told(capsys) as words:
        main([command, "--help"])
    assert re.match(rf"usage: python -m mnist_sr_helpers {command}\b", words[0])
    assert COMMANDS[command] in words[0]
    assert ("JupyterLab" in words[0]) == (command in ("lab", "present"))


@pytest.mark.parametrize("command", ["answers", "health"])
def test_what_opens_no_jupyterlab_takes_none_of_its_options(capsys, command):
    with told(capsys) as words:
        main([*command.split(), "--no-browser"])
    assert f"{command.split()[0]} takes no --no-browser" in words[0]


def test_jupyterlab_starts_without_torch(course):
    code = (
        "import contextlib, sys; from mnist_sr_helpers.__main__ import main\n"
        "for words in (['--version'], ['present', '01', '--version']):\n"
        "    with contextlib.suppress(SystemExit):\n        main(words)\n"
        "print([name for name in ('jupyterlab', 'torch', 'lark') if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=course, capture_output=True, text=True, check=True, timeout=600
    )
    *versions, loaded = ran.stdout.splitlines()
    assert versions.count(versions[0]) == 2  # both came to JupyterLab
    assert loaded == "['jupyterlab']"

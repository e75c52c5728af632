"""Kernels that start at once: forked from one process that has imported what every lesson imports, but the course.

PyTorch, matplotlib and ipywidgets take seven seconds of a core, and the tests start some fifty kernels. Jupyter runs
this file as its kernel `python3` (conftest.py): it asks the process that has it all, starting that one if there is
none, for a fork that becomes the kernel, passes signals on to it, and ends as it ends.
"""

import fcntl
import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

FOLDER = Path(os.environ["WARM_KERNELS"])
TESTS = int(os.environ["WARM_KERNELS_FOR"])  # the process that tests: the server ends with it
SOCKET = FOLDER / "socket"
IMPORTS = ("ipykernel.kernelapp", "ipywidgets", "matplotlib.figure", "torch._dynamo", "torchvision")
MATPLOTLIB = "module://matplotlib_inline.backend_inline"  # as a kernel sets it before a lesson imports matplotlib


def connected() -> socket.socket:
    """A connection to the server, which is started by the first that finds none."""
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        connection = socket.socket(socket.AF_UNIX)
        if not SOCKET.exists():
            with (FOLDER / "server.log").open("w") as log:
                streams = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log}
                command = [sys.executable, __file__, "serve"]
                # In a session of its own: Jupyter ends all of the kernel's.
                server = subprocess.Popen(command, **streams, cwd=FOLDER, start_new_session=True)
            while not SOCKET.exists():
                if server.poll() is not None:
                    sys.exit(f"The server of kernels did not start: {(FOLDER / 'server.log').read_text()}")
                time.sleep(0.05)
        connection.connect(str(SOCKET))
    return connection


def ask_for_kernel(arguments: list[str]) -> int:
    """Have a kernel forked, with this process's streams, folder and environment; its exit code when it has ended."""
    connection = connected()
    words = json.dumps([arguments, os.getcwd(), dict(os.environ)]).encode()
    socket.send_fds(connection, [len(words).to_bytes(4, "big")], [0, 1, 2])
    connection.sendall(words)
    answers = connection.makefile()
    kernel = int(answers.readline())
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, frame: os.kill(kernel, number))
    return int(answers.readline() or 1)


def serve() -> None:
    """Import, then fork a kernel for each that asks, until the tests are over."""
    os.environ["MPLBACKEND"] = MATPLOTLIB
    for name in IMPORTS:
        importlib.import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # no zombies of those that supervise
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(FOLDER / "new"))
        listening.listen(16)
        (FOLDER / "new").rename(SOCKET)
        over = os.pidfd_open(TESTS)
        while over not in select.select([listening, over], [], [])[0]:
            connection, _ = listening.accept()
            if os.fork() == 0:
                listening.close()
                supervise(connection)
            connection.close()


def supervise(connection: socket.socket) -> None:
    """Fork the kernel, tell who asked its number and its exit code; end it when that one is gone. Never returns."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    length, streams, *_ = socket.recv_fds(connection, 4, 3)
    arguments, folder, environment = json.loads(connection.makefile().read(int.from_bytes(length, "big")))
    kernel = os.fork()
    if kernel == 0:
        os.setsid()
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        os.environ.clear()
        os.environ.update(environment)
        os.environ.pop("JPY_PARENT_PID", None)  # its parent is not Jupyter, which it would take for an orphan's fate
        os.chdir(folder)
        del sys.path[0]  # the folder of this file; a kernel puts its own there
        sys.argv = ["ipykernel_launcher", *arguments]
        importlib.import_module("ipykernel.kernelapp").launch_new_instance()
        os._exit(0)  # to take PyTorch apart first would cost two seconds, for which Jupyter waits
    connection.sendall(f"{kernel}\n".encode())
    ended = os.pidfd_open(kernel)
    select.select([connection, ended], [], [])
    with suppress(ProcessLookupError):
        os.killpg(kernel, signal.SIGKILL)
    _, status = os.waitpid(kernel, 0)
    with suppress(BrokenPipeError):
        connection.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())
    os._exit(0)


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        serve()
    else:
        sys.exit(ask_for_kernel(sys.argv[1:]))

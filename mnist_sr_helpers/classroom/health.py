"""A health check: does this machine run the course, and does the front end show its controls?"""

import os
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil

PACKAGES = ("torch", "torchvision", "numpy", "matplotlib", "ipywidgets", "jupyterlab", "nbval")


def health_check() -> None:
    """Print, line by line, what was checked, `ok` or what to do about it. Taught in "Start here"."""
    good = sys.version_info >= (3, 10)
    report(good, f"Python {sys.version.split()[0]}", "the course needs Python 3.10 or newer")
    for name in PACKAGES:
        try:
            report(True, f"{name} {version(name)}")
        except PackageNotFoundError:
            report(False, name, "not installed in this kernel's environment: run the README's Start line again")
    server = server_environment()
    if server is None:
        print("?     whether JupyterLab and this kernel share one environment can't be told here")
        return
    report(
        server == Path(sys.prefix),
        "JupyterLab and this kernel share one environment",
        f"JupyterLab runs from {server}, this kernel from {sys.prefix}, so sliders may stay invisible: "
        "close JupyterLab and start it with the README's Start line",
    )


def server_environment() -> Path | None:
    """The environment of the Python that started this kernel, asked of that Python; None if it can't be told."""
    try:
        parent = psutil.Process(os.getppid())
        python = Path(parent.cwd()) / parent.cmdline()[0]  # a path that is absolute stays as it is
        if "python" not in python.name.lower():
            return None
        answer = subprocess.run(
            [python, "-c", "import sys; print(sys.prefix)"], capture_output=True, text=True, timeout=20, check=True
        )
    except (psutil.Error, OSError, IndexError, subprocess.SubprocessError):
        return None
    return Path(answer.stdout.strip())


def report(good: bool, what: str, otherwise: str = "") -> None:
    """Print one line of the health check."""
    print(f"ok    {what}" if good else f"LOOK  {what}: {otherwise}")

"""A health check: does this machine run the course, and does the front end show its controls?"""

import os
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil

PACKAGES = ("torch", "torchvision", "numpy", "matplotlib", "ipywidgets", "jupyterlab", "nbval")


def health_check() -> None:
    """Print, line by line, what was checked, `ok` or what to do about it. Taught in lesson 00."""
    good = sys.version_info >= (3, 10)
    report(good, f"Python {sys.version.split()[0]}", "the course needs Python 3.10 or newer")
    for name in PACKAGES:
        try:
            report(True, f"{name} {version(name)}")
        except PackageNotFoundError:
            report(False, name, "not installed in this kernel's environment: run the README's Start line again")
    server = server_environment()
    report(
        server in (None, Path(sys.prefix)),
        "JupyterLab and this kernel share one environment",
        f"JupyterLab runs from {server}, this kernel from {sys.prefix}, so sliders may stay invisible: "
        "close JupyterLab and start it with the README's Start line",
    )


def server_environment() -> Path | None:
    """The environment that the process which started this kernel runs from, or None if it can't be told."""
    try:
        command = psutil.Process(os.getppid()).cmdline()
    except psutil.Error:
        return None
    python = Path(command[0]) if command else Path()
    # Not resolved: in a virtual environment python is a link that leads out of it.
    return python.parent.parent if python.is_absolute() and "python" in python.name else None


def report(good: bool, what: str, otherwise: str = "") -> None:
    """Print one line of the health check."""
    print(f"ok    {what}" if good else f"LOOK  {what}: {otherwise}")

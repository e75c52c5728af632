"""A health check: does this machine run the course, and does the front end show its controls?"""

import os
import platform
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, metadata, version
from pathlib import Path

import psutil
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

PACKAGES = ("torch", "torchvision", "numpy", "matplotlib", "ipywidgets", "jupyterlab", "nbval")
# What a front end needs to show sliders.
WIDGETS = {
    "JupyterLab": "sliders answer here; if one stays text, save and reload the page",
    "Notebook 7": "sliders answer here; slides (present) need JupyterLab",
    "a hub's JupyterLab or Notebook": "sliders answer here; if one stays text, save and reload the page",
    "VS Code": "choose the course's environment as kernel, and say yes when asked to load files for widgets",
    "Colab": "run `from google.colab import output; output.enable_custom_widget_manager()` once in each notebook",
    "a terminal": "it shows no sliders; python -m mnist_sr_helpers notebooks/00_start_here.ipynb does",
}
SERVERS = {
    **dict.fromkeys(("jupyter-lab", "jupyterlab", "mnist_sr_helpers"), "JupyterLab"),
    **dict.fromkeys(("jupyter-notebook", "notebook"), "Notebook 7"),
    **dict.fromkeys(("jupyterhub-singleuser", "jupyterhub.singleuser"), "a hub's JupyterLab or Notebook"),
}


def health_check() -> None:
    """Print, line by line, what was checked, `ok` or what to do about it. Taught in "Start here"."""
    wanted, server = versions_wanted(), server_environment()
    for name in ("Python", *PACKAGES):
        found, needed = version_found(name), wanted[name]
        good = found is not None and needed.contains(found, prereleases=True)
        way_on = f"the course needs {name}{needed}: run the README's Start line again"
        report(good, f"{name} {found or 'is not installed'}", way_on)
    way_on = (
        f"JupyterLab runs from {server}, this kernel from {sys.prefix}, so sliders may stay invisible: "
        "close JupyterLab and start it with the README's Start line"
    )
    if server:
        report(server == Path(sys.prefix), "JupyterLab and this kernel share one environment", way_on)
    else:
        print("?     whether JupyterLab and this kernel share one environment can't be told here")
    shown = front_end()
    print(f"ok    this is {shown}: {WIDGETS[shown]}" if shown else "?     which program shows this can't be told here")


def versions_wanted() -> dict[str, SpecifierSet]:
    """The versions of Python and of each package that the course runs with, as its own metadata states them."""
    own = metadata("mnist-sr-helpers")
    needs = map(Requirement, own.get_all("Requires-Dist", []))
    return {"Python": SpecifierSet(own["Requires-Python"]), **{need.name: need.specifier for need in needs}}


def version_found(name: str) -> str | None:
    """The version of this Python or of a package in its environment; None if there is none."""
    try:
        return platform.python_version() if name == "Python" else version(name)
    except PackageNotFoundError:
        return None


def server_environment() -> Path | None:
    """The environment of the Python that started this kernel, asked of that Python; None if it can't be told."""
    asked = "import sys; print(sys.prefix)"
    try:
        parent = psutil.Process(os.getppid())
        word = parent.cmdline()[0]  # as it was typed: a bare `python` is one of the PATH
        python = Path(parent.cwd()) / (shutil.which(word) or word)  # a path that is absolute stays as it is
        if "python" not in python.name.lower():
            return None
        answer = subprocess.run([python, "-c", asked], capture_output=True, text=True, timeout=20, check=True)
    except (psutil.Error, OSError, IndexError, subprocess.SubprocessError):
        return None
    return Path(answer.stdout.strip())


def front_end() -> str | None:
    """Which of WIDGETS shows what this process prints, by what it left in the process; None if it can't be told."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if "google.colab" in sys.modules:
        return "Colab"
    if shell is None or not hasattr(shell, "kernel"):
        return "a terminal"
    if "__vsc_ipynb_file__" in shell.user_ns or "VSCODE_PID" in os.environ:
        return "VS Code"
    try:
        command = psutil.Process(os.getppid()).cmdline()[:4]  # of the server that started the kernel
    except psutil.Error:
        return None
    words = (Path(word).name.lower().removesuffix(".exe") for word in command)
    return next((SERVERS[word] for word in words if word in SERVERS), None)


def report(good: bool, what: str, otherwise: str) -> None:
    """Print one line of the health check."""
    print(f"ok    {what}" if good else f"LOOK  {what}: {otherwise}")

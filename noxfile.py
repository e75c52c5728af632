"""What an author runs, by name: `nox -s fast`, `nox -s lesson -- 03`; `nox -l` lists all. Nothing is installed.

The sessions run in the environment that nox runs in, which the README's Test line makes: an environment of its own for
each would load gigabytes of PyTorch.
"""

import sys
from pathlib import Path

import nox

nox.options.default_venv_backend = "none"
nox.options.sessions = ["lint", "fast"]


def python(session: nox.Session, *arguments: str) -> None:
    """Run `python -m` with the arguments and with those after `--` on nox's command line."""
    session.run(sys.executable, "-m", *arguments, *session.posargs)


@nox.session
def fast(session):
    """The tests that answer in about a minute."""
    python(session, "pytest", "-m", "fast", "tests")


@nox.session
def lesson(session):
    """Build one lesson, by its number, which runs it; then test it and measure what it claims."""
    sources = [path for number in session.posargs for path in Path("lessons").glob(f"{number}_*.py")]
    if len(sources) != 1:
        session.error(f"One lesson, by its number: nox -s lesson -- 03; not: {session.posargs}")
    python(session, "tools.build_notebooks")
    name = sources[0].stem
    topic = name.partition("_")[2]
    session.run(sys.executable, "-m", "pytest", "tests/lessons", f"notebooks/{name}.ipynb", "-k", topic)


@nox.session(name="all")
def everything(session):
    """All tests and all notebooks."""
    python(session, "pytest")


@nox.session
def lint(session):
    """Style, spelling, types, and whether the notebooks are built from the lessons."""
    for command in ("ruff check .", "ruff format --check .", "codespell_lib", "mypy", "tools.build_notebooks --check"):
        session.run(sys.executable, "-m", *command.split())


@nox.session
def site(session):
    """Build the web site into _site/ and test its pages; needs the extra `site`: pip install -e ".[dev,site]" """
    session.run(sys.executable, "-m", "tools.build_site")
    session.run(sys.executable, "-m", "pytest", "site/tests", *session.posargs, env={"SITE": "_site"})


@nox.session
def benchmark(session):
    """How fast and how well `fit` trains, against the article's loop."""
    python(session, "benchmarks.training_speed")


@nox.session
def retrain(session):
    """Everything that follows from the data, in its order: networks, scores, tables, notebooks. Takes hours."""
    python(session, "tools.retrain")


@nox.session
def hub(session):
    """A class of eight on a hub of this machine; `-- --students 16 --record` writes deploy/results/hub.json."""
    python(session, "pytest", "deploy/tests", "-n", "0", "-p", "no:cacheprovider")

"""The project's own promises: README, environments, links, nothing private."""

import re
import shutil
import subprocess

import nbformat
import pytest
import yaml
from markdown_it import MarkdownIt
from packaging.requirements import Requirement

from tools.build_notebooks import ROOT, lesson_paths

FIXED = {"torch", "torchvision", "matplotlib", "ipywidgets", "jupyterlab", "nbval", "numpy"}
CONDA_NAMES = {"torch": "pytorch", "jupyter-server": "jupyter_server"}


def readme_block(heading: str) -> list[str]:
    """The lines of the first fenced block under a heading of the README."""
    section = (ROOT / "README.md").read_text("utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.search(r"```\w*\n(.*?)\n```", section, re.DOTALL)[1].splitlines()


def requirements() -> dict[str, Requirement]:
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    wanted = [Requirement(line) for line in lines if line and line[0] not in "#-"]
    return {requirement.name: requirement for requirement in wanted}


def tracked() -> list[str]:
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    return subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")


@pytest.mark.parametrize("heading", ["Start", "Test"])
def test_one_line_each(heading):
    (line,) = readme_block(heading)
    assert line.startswith("python3 -m venv .venv && .venv/bin/python -m pip install -r requirements")


def test_start_opens_the_first_lesson_and_windows_has_its_form():
    assert readme_block("Start")[0].endswith("notebooks/00_start_here.ipynb")
    assert (ROOT / "README.md").read_text("utf-8").count("```powershell") == 2


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash")
def test_ci_runs_the_readmes_line():
    script = (ROOT / ".ci" / "run").read_text()
    awk = re.search(r"awk '.*?' README\.md", script)[0]
    line = subprocess.run(["bash", "-c", awk], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    assert [line] == readme_block("Test")
    assert "REQUIRE_BROWSER=1" in script


def test_requirements_hold_the_fixed_packages_with_ranges():
    wanted = requirements()
    assert set(wanted) >= FIXED
    for requirement in wanted.values():
        operators = {part.operator for part in requirement.specifier}
        assert {">=", "<"} <= operators, requirement
        assert "==" not in operators, requirement


def test_conda_and_pip_agree():
    dependencies = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    pip = next(entry["pip"] for entry in dependencies if isinstance(entry, dict))
    conda = [entry for entry in dependencies if isinstance(entry, str)]
    found = {Requirement(line.replace(" ", "")) for line in [*conda, *pip] if line not in ("pip", "-e .")}
    wanted = {
        Requirement(f"{CONDA_NAMES.get(name, name)}{requirement.specifier}")
        for name, requirement in requirements().items()
    }
    assert found - wanted == {Requirement("python>=3.10,<3.15")}
    assert wanted <= found


def test_the_modules_that_are_imported_are_required():
    imported = set()
    for path in (ROOT / "mnist_sr_helpers").rglob("*.py"):
        imported |= set(re.findall(r"^\s*(?:from|import) (\w+)", path.read_text("utf-8"), re.MULTILINE))
    names = {name.replace("-", "_").lower() for name in requirements()} | {"PIL"}
    import sys

    assert {name for name in imported - names if name not in sys.stdlib_module_names} == set()


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "INSTRUCTORS.md"])
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)\)", (ROOT / page).read_text("utf-8")):
        assert (ROOT / target).exists(), target


def markdown_pages() -> dict[str, str]:
    """The Markdown of the project's pages and of the lessons' cells, by name."""
    pages = {path.name: path.read_text("utf-8") for path in [*ROOT.glob("*.md"), *ROOT.glob("benchmarks/results/*.md")]}
    for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        pages |= {f"{path.name}, cell {n}": cell.source for n, cell in enumerate(cells) if cell.cell_type == "markdown"}
    return pages


def test_every_row_of_a_table_is_in_a_table():
    """A blank line in a table's middle makes text of the rows below it."""
    pages = markdown_pages()
    markdown = MarkdownIt("commonmark").enable("table")
    assert markdown.render("| a |\n| - |\n\n| b |").count("<p>|") == 1
    assert {name for name, text in pages.items() if "<p>|" in markdown.render(text)} == set()
    assert markdown.render(pages["README.md"]).count('.ipynb">') == len(list(lesson_paths()))


def test_no_sentence_turns_into_a_list():
    """A line of prose that happens to begin with "1. " or "- " becomes an item."""
    broken = re.compile(r"^(?![\s|>#]|- |\d+\. )[^\n]*[^:*\n]\n(?=- |\d+[.)] )", re.MULTILINE)
    assert broken.search("its ratio is\n1. The next")
    assert not broken.search("**You will**\n- see\n- read")
    assert {name: match[0] for name, text in markdown_pages().items() if (match := broken.search(text))} == {}


def test_no_large_file_is_tracked():
    for name in filter(None, tracked()):
        path = ROOT / name
        assert not path.exists() or path.stat().st_size < 2_000_000, name


def test_the_instructors_schedule_is_the_lessons_own():
    guide = (ROOT / "INSTRUCTORS.md").read_text("utf-8")
    stated = dict(re.findall(r"^\| (\d\d) [^|]+\| (\d+) \|", guide, re.MULTILINE))
    lessons = {path.name[:2]: path.read_text("utf-8") for path in lesson_paths()}
    assert stated == {number: re.search(r"\*\*Time:\*\* (\d+) minutes", text)[1] for number, text in lessons.items()}
    assert f"{sum(map(int, stated.values()))} minutes by their own count" in guide

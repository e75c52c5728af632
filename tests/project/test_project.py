"""The project's own promises: README, environments, links, nothing private."""

import ast
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import distributions

import nbformat
import pytest
import yaml
from markdown_it import MarkdownIt
from minutes import lesson_minutes, stated
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.build_notebooks import ROOT, lesson_paths, read_lesson

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT = PYPROJECT["project"]
FIXED = {"torch", "torchvision", "matplotlib", "ipywidgets", "jupyterlab", "nbval", "numpy"}
CONDA_NAMES = {"torch": "pytorch", "jupyter-server": "jupyter_server"}
LEFT_TO_PIP = {"pytorch-msssim", "jupyterlab-slideshow"}


def readme_block(heading: str) -> list[str]:
    """The lines of the first fenced block under a heading of the README."""
    section = (ROOT / "README.md").read_text("utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.search(r"```\w*\n(.*?)\n```", section, re.DOTALL)[1].splitlines()


def requirements(*extras: str) -> dict[str, Requirement]:
    """What pyproject.toml asks for, by name, without and with extras."""
    lines = sum((PROJECT["optional-dependencies"][extra] for extra in extras), PROJECT["dependencies"])
    return {canonicalize_name(wanted.name): wanted for wanted in map(Requirement, lines)}


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


@pytest.mark.skipif(os.name == "nt" or not shutil.which("bash"), reason="no bash of its own")
def test_ci_runs_the_readmes_line():
    script = (ROOT / ".ci" / "run").read_text()
    awk = re.search(r"awk '.*?' README\.md", script)[0]
    line = subprocess.run(["bash", "-c", awk], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    assert [line] == readme_block("Test")
    assert "REQUIRE_BROWSER=1" in script


@pytest.mark.parametrize(("name", "installs"), [("requirements.txt", "-e ."), ("requirements-dev.txt", "-e .[dev]")])
def test_pips_files_install_what_pyproject_names(name, installs):
    assert [line for line in (ROOT / name).read_text().splitlines() if line[0] != "#"] == [installs]


def test_requirements_hold_the_fixed_packages_with_ranges():
    assert set(requirements()) >= FIXED
    for requirement in requirements("dev").values():
        operators = {part.operator for part in requirement.specifier}
        assert {">=", "<"} <= operators, requirement
        assert "==" not in operators, requirement


def test_conda_and_pip_agree():
    dependencies = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    assert [entry for entry in dependencies if not isinstance(entry, str)] == [{"pip": ["-e ."]}]
    found = {Requirement(line.replace(" ", "")) for line in dependencies if line != "pip" and isinstance(line, str)}
    wanted = {
        Requirement(f"{CONDA_NAMES.get(name, name)}{requirement.specifier}")
        for name, requirement in requirements().items()
        if name not in LEFT_TO_PIP
    }
    assert [requirement.name for requirement in found - wanted] == ["python"]
    assert wanted <= found


def set_up(workflow: str, job: str) -> str:
    """The version of Python that a job of a workflow sets up."""
    steps = yaml.safe_load((ROOT / ".github" / "workflows" / workflow).read_text("utf-8"))["jobs"][job]["steps"]
    (version,) = [step["with"]["python-version"] for step in steps if "setup-python" in step.get("uses", "")]
    return version


def test_the_versions_of_python_agree():
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "test.yml").read_text())
    lowest, highest = workflow["jobs"]["test"]["strategy"]["matrix"]["python"]
    assert set_up("test.yml", "oldest") == lowest
    assert set_up("weekly.yml", "newest") == set_up("site.yml", "build") == highest
    next_one = f"3.{int(highest.removeprefix('3.')) + 1}"
    conda = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    assert f"python >={lowest},<{next_one}" in conda
    assert PROJECT["requires-python"] == f">={lowest}"
    assert PYPROJECT["tool"]["mypy"]["python_version"] == lowest
    assert PYPROJECT["tool"]["ruff"]["target-version"] == f"py{lowest.replace('.', '')}"
    assert f"You need Python {lowest} to {highest}," in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("folders", "extras"),
    [(["mnist_sr_helpers"], []), (["benchmarks", "tools", "tests"], ["dev"])],
    ids=["use", "work"],
)
def test_the_modules_that_are_imported_are_required(folders, extras):
    paths = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    imports = re.compile(r"^ *(?:from|import) (\w+)(?=[ .\n])", re.MULTILINE)
    imported = {name for path in paths for name in imports.findall(path.read_text("utf-8"))}
    own = {path.stem for path in (ROOT / "tests").rglob("*")} | {"mnist_sr_helpers", "benchmarks", "deploy", "tools"}
    foreign = imported - own - set(sys.stdlib_module_names) - {"tomllib", "tomli"}  # one where the other is missing
    wanted = set(requirements(*extras))
    # From the files, as Python 3.10 can't tell by itself what each package brings.
    brought = {
        file.parts[0].removesuffix(".py")
        for package in distributions()
        if canonicalize_name(package.metadata["Name"]) in wanted
        for file in package.files or ()
    }
    assert foreign <= brought, foreign - brought


def test_a_wheel_holds_all_that_the_package_reads():
    package = ROOT / "mnist_sr_helpers"
    patterns = PYPROJECT["tool"]["setuptools"]["package-data"]["mnist_sr_helpers"]
    shipped = {path for pattern in patterns for path in package.glob(pattern)}
    modules = set(package.rglob("*.py"))
    needed = {path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    assert needed - modules - shipped == set()
    assert {path.parent for path in modules if not (path.parent / "__init__.py").exists()} == set()


def test_version_and_address_are_said_the_same_everywhere():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert citation["version"] == PROJECT["version"]
    assert citation.get("repository-code") == PROJECT.get("urls", {}).get("Repository")
    assert re.search(r"^## ([\d.]+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)[1] == PROJECT["version"]
    cluster = ROOT / "deploy" / "kubernetes"
    image = yaml.safe_load((cluster / "values.yaml").read_text("utf-8"))["singleuser"]["image"]
    pushed = re.findall(r"PLACE/mnist-sr:(\S+)", (cluster / "README.md").read_text("utf-8"))
    assert {image["tag"], *pushed} == {PROJECT["version"]}
    assert len(pushed) == 2


def test_actions_are_pinned_by_commit():
    used = [
        line.partition("uses: ")[2]
        for path in (ROOT / ".github" / "workflows").glob("*.yml")
        for line in path.read_text().splitlines()
        if "uses: " in line and "uses: ./" not in line  # the repository's own
    ]
    assert used
    assert [action for action in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v[\d.]+", action)] == []


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "INSTRUCTORS.md", "CHANGELOG.md"])
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


def starts_nothing(entry: str) -> bool:
    """Whether no test's id begins with `entry`: a folder, a file, or a file and how a function's name begins."""
    path, _, name = entry.partition("::")
    if path.endswith("/"):
        return not [*(ROOT / path).rglob("test_*.py"), *(ROOT / path).glob("*.ipynb")]
    code = (ROOT / path).read_text("utf-8") if (ROOT / path).exists() else ""
    return not re.search(rf"^def {re.escape(name.replace('[', '(') or 'test')}", code, re.MULTILINE)


def test_whatever_starts_first_is_there():
    (slow,) = [
        ast.literal_eval(node.value)
        for node in ast.parse((ROOT / "conftest.py").read_text("utf-8")).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "SLOW"
    ]
    assert [entry for entry in slow if starts_nothing(entry)] == []
    gone = ["tests/gone/", "tests/test_gone.py", "tests/test_ladder.py::test_gone", "tests/test_ladder.py::test_the["]
    assert all(map(starts_nothing, gone))


def test_no_large_file_is_tracked():
    for name in filter(None, tracked()):
        path = ROOT / name
        assert not path.exists() or path.stat().st_size < 2_000_000, name


def test_the_instructors_schedule_is_the_lessons_own():
    guide = (ROOT / "INSTRUCTORS.md").read_text("utf-8")
    stated = dict(re.findall(r"^\| (\d\d) [^|]+\| (\d+) \| \d+ \|", guide, re.MULTILINE))
    lessons = {path.name[:2]: path.read_text("utf-8") for path in lesson_paths()}
    assert stated == {number: re.search(r"\*\*Time:\*\* (\d+) minutes", text)[1] for number, text in lessons.items()}
    assert f"{sum(map(int, stated.values()))} minutes by their own count" in " ".join(guide.split())


@pytest.mark.parametrize("lesson", lesson_paths(), ids=lambda path: path.stem)
def test_a_lessons_minutes_are_computed_and_none_is_over_forty(lesson):
    minutes = lesson_minutes(read_lesson(lesson))
    wanted = stated(minutes)
    assert f"**Time:** {wanted} minutes" in lesson.read_text("utf-8"), f"{minutes:.1f}"
    assert wanted <= 40, f"{minutes:.1f}"


def test_part_one_takes_two_hours():
    minutes = [lesson_minutes(read_lesson(path)) for path in lesson_paths(["00", "01", "02", "03"])]
    assert sum(map(stated, minutes)) <= 120, minutes


def test_minutes_count_what_they_say(tmp_path):
    """On a lesson made for it: words, code with comments, an exercise, figures; the optional part counts nothing."""
    cells = [
        new_markdown_cell("# One\n" + "word " * 176 + "\n\n| a | b |\n| --- | ---: |"),
        new_code_cell("a = 1\n\n# a comment\ngrid([[a]])"),
        new_code_cell("picture, numbers = view_sheet(a)\nquiz.sheet()\nquiz.score()"),
        new_markdown_cell("### Exercise 1: do it (easy, 5 minutes)"),
        new_markdown_cell("## More (optional)\n" + "word " * 999),
        new_code_cell("table(a)"),
        new_markdown_cell("### Exercise 2: and this (easy, 5 minutes)"),
        new_markdown_cell("## Last"),
    ]
    found = lesson_minutes(new_notebook(cells=cells))
    assert abs(found - (1 + (3 + 3) / 12 + 0.5 * (1 + 1 + 4) + 5 + (7 + 2) / 180)) < 0.02

"""The course without an installation and for a class: the files agree with the course and with one another."""

import json
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from traitlets.config import Config

from deploy.links import PYPROJECT, links, repository
from deploy.nodes import RESULTS, needs
from tools.build_notebooks import ROOT, lesson_paths, read_lesson
from tools.site_lessons import lesson_page

ADDRESS = "https://github.com/some-one/a.course"
SETTINGS = f'version = "1.2.3"\n[project.urls]\nRepository = "{ADDRESS}"\n'
DEPLOY = ROOT / "deploy"
README = (ROOT / "README.md").read_text("utf-8")
HUB = {"students": 10, "cores": 2, "run seconds, slowest": 100, "ready seconds, slowest": 50, "rss MB, largest": 800}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f'[project.urls]\nRepository = "{ADDRESS}"\n', ADDRESS),
        (f'Repository = "{ADDRESS}.git"', ADDRESS),
        (f'# Repository = "{ADDRESS}"', None),
        ('Repository = "https://..."', None),
        ("", None),
    ],
)
def test_the_address_is_one_setting_and_a_placeholder_is_none(text, found):
    assert repository(text) == found


def test_without_an_address_no_link_and_with_one_all_of_them():
    assert links(None) == links("https://elsewhere.example/a/b") == []
    shown = links(ADDRESS)
    assert [re.match(r"\[Open on (\w+)\]", link)[1] for link in shown] == ["Binder", "Codespaces", "Colab"]
    assert all("some-one/a.course" in link and "![" not in link for link in shown)
    assert (ROOT / "notebooks" / "00_start_here.ipynb").exists()
    assert sum("notebooks/00_start_here.ipynb" in link for link in shown) == 2


def test_the_readme_shows_the_links_that_hold_and_no_other():
    wanted = links(repository(PYPROJECT.read_text("utf-8")))
    assert [link for link in wanted if link not in README] == [], "python -m deploy.links prints them"
    assert len(re.findall(r"mybinder|codespaces\.new|colab\.research|badge", README)) == len(wanted)


@pytest.fixture
def colab():
    """The code of Colab's cell in a lesson, once the address is set."""
    lesson, *_ = lesson_paths(["02"])
    assert not any("colab" in cell.metadata.get("tags", []) for cell in read_lesson(lesson, settings="").cells)
    coded = [cell for cell in read_lesson(lesson, settings=SETTINGS).cells if cell.cell_type == "code"]
    assert [i for i, cell in enumerate(coded) if "colab" in cell.metadata.get("tags", [])] == [0]
    return coded[0].source


def test_elsewhere_colabs_cell_does_nothing(colab, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "google.colab", None)
    exec(colab, {})
    assert capsys.readouterr() == ("", "")


def test_on_colab_the_first_cell_installs_the_notebooks_version_and_says_so(colab, capsys, monkeypatch):
    done = []
    output = SimpleNamespace(enable_custom_widget_manager=lambda: done.append("widgets"))
    monkeypatch.setitem(sys.modules, "google.colab", SimpleNamespace(output=output))
    monkeypatch.setattr(subprocess, "run", lambda words, check: done.append(words[-1]))
    exec(colab, {})
    assert done == [f"mnist-sr-helpers @ git+{ADDRESS}@v1.2.3", "widgets"]
    assert "installing mnist_sr_helpers 1.2.3" in capsys.readouterr().out


def test_the_sites_pages_do_without_colabs_cell(colab, tmp_path):
    lesson, *_ = lesson_paths(["02"])
    page = lesson_page(read_lesson(lesson, settings=SETTINGS), lesson.stem, tmp_path)
    assert not any("google.colab" in cell.source for cell in page.cells)


def test_binder_and_the_image_install_the_courses_own_requirements_with_the_small_torch():
    build, image = ((ROOT / name).read_text("utf-8") for name in (".binder/postBuild", "deploy/Dockerfile"))
    assert "--torch-backend=cpu -r requirements.txt" in build
    assert '--torch-backend=cpu ".[hub]"' in image
    assert {path.name for path in (ROOT / ".binder").iterdir()} == {"runtime.txt", "postBuild", "start"}
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text("utf-8"))
    assert (ROOT / ".devcontainer" / container["build"]["dockerfile"]).resolve() == DEPLOY / "Dockerfile"
    (made,) = re.findall(r"useradd .* --uid (\d+) .* (\w+)\s", image)
    assert made == (re.findall(r"^USER (\d+)$", image, re.MULTILINE)[-1], container["remoteUser"])


@pytest.mark.skipif(sys.platform == "win32", reason="hadolint comes for Linux and macOS")
def test_hadolint_finds_nothing(tmp_path):
    hadolint = Path(sys.executable).with_name("hadolint")
    subprocess.run([hadolint, DEPLOY / "Dockerfile"], check=True)
    careless = tmp_path / "Dockerfile"
    careless.write_text("FROM python\nRUN pip install torch\n", "utf-8")
    assert subprocess.run([hadolint, careless], capture_output=True).returncode == 1


@pytest.fixture
def hub():
    """The hubs' settings, read as by Zero to JupyterHub: with another `get_config`, and with an empty environment."""
    c = Config()
    c.KubeSpawner.environment = {}
    exec((DEPLOY / "course.py").read_text("utf-8"), {"c": c, "get_config": lambda key, default=None: default})
    return c


def test_a_cluster_reads_the_hubs_settings(hub):
    threads = hub.KubeSpawner.environment["OMP_NUM_THREADS"]
    assert [threads(SimpleNamespace(cpu_limit=limit)) for limit in (None, 0.5, 2.0)] == ["1", "1", "2"]


def test_limits_are_the_same_on_each_hub_and_hold_what_was_measured(hub):
    cluster = yaml.safe_load((DEPLOY / "kubernetes" / "values.yaml").read_text("utf-8"))["singleuser"]
    server = yaml.safe_load((DEPLOY / "tljh" / "config.yaml").read_text("utf-8"))["limits"]
    memory, cores = hub.Spawner.mem_limit, hub.Spawner.cpu_limit
    assert cluster["memory"]["limit"] == server["memory"] == memory
    assert cluster["cpu"]["limit"] == server["cpu"] == cores
    measured = json.loads(RESULTS.read_text("utf-8"))
    assert measured["rss MB, largest"] < 1000 * float(cluster["memory"]["guarantee"].rstrip("G"))
    assert float(cluster["memory"]["guarantee"].rstrip("G")) < float(memory.rstrip("G"))


def test_the_readmes_table_says_what_was_measured():
    measured = json.loads(RESULTS.read_text("utf-8"))
    table = README.split("## For a class\n")[1].split("\n## ")[0]
    for name in ("ready seconds, slowest", "run seconds, slowest"):
        assert f"| {measured[name]:.0f} s |" in table, name
    assert f"{measured['students']} students" in table
    assert f"{measured['rss MB, largest'] / 1000:.1f} GB" in table


def test_nodes_are_reckoned_from_memory_or_from_cores_whichever_is_short():
    by_memory = needs(HUB, 30, memory=12, cores=16, minutes=2)
    assert by_memory["students a node, by memory"] == 10, "12 GB less 2, 1 GB each"
    assert by_memory["nodes"] == 3
    by_cores = needs(HUB, 30, memory=1000, cores=2, minutes=100 / 60)
    assert by_cores["students a node, by cores"] == 10, "as it was measured"
    assert by_cores["nodes"] == 3
    assert by_cores["seconds until all are ready"] == 50
    assert needs(HUB, 300, memory=12, cores=16, minutes=2)["nodes"] == 30


@pytest.mark.parametrize("change", [{"students": 0}, {"memory": 2.5}, {"cores": -1}, {"minutes": 0.01}], ids=str)
def test_numbers_that_make_no_sense_are_refused(change):
    with pytest.raises(ValueError, match=r"above 0|too small"):
        needs(HUB, **{"students": 30, "memory": 64, "cores": 1, "minutes": 2, **change})


@pytest.mark.parametrize("page", ["README.md", "colab.md", "tljh/README.md", "kubernetes/README.md"])
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)\)", (DEPLOY / page).read_text("utf-8")):
        assert (DEPLOY / page).parent.joinpath(target).exists(), target


def test_a_teacher_installs_by_ten_lines():
    (block,) = re.findall(r"```sh\n(.*?)```", (DEPLOY / "tljh" / "README.md").read_text("utf-8"), re.DOTALL)
    assert len(block.splitlines()) == 10
    for name in set(re.findall(r"\bdeploy/[\w./]+", block)):
        assert (ROOT / name).exists(), name


def test_what_a_release_publishes():
    workflow = (ROOT / ".github" / "workflows" / "release.yml").read_text("utf-8")
    jobs = yaml.safe_load(workflow)["jobs"]
    commands = "\n".join(step.get("run", "") for job in jobs.values() for step in job.get("steps", []))
    for wanted in ("python -m build", "twine check --strict", "tools.class_copies", "gh release create"):
        assert wanted in commands
    assert {jobs[name]["uses"] for name in jobs["publish"]["needs"] if "uses" in jobs[name]} == {
        "./.github/workflows/test.yml"
    }
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert {"title", "version", "authors", "abstract", "keywords", "license"} <= set(citation)

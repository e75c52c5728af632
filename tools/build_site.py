"""Build the course's web site: python -m tools.build_site [--to FOLDER]

Lessons come from the executed notebooks, which are not run again; the rest from the README, INSTRUCTORS.md, the
benchmarks' results and the package's docstrings. Sphinx makes pages of them, and any warning is an error. The site
works from a folder as from a server, at any address, and asks for nothing outside of it. SITE_URL, if set, is the
address that the pages name as their own.
"""

import argparse
import ast
import re
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from string import Template

try:
    import nbformat

    from tools.build_notebooks import ROOT, lesson_paths, notebook_path
    from tools.glossary import TERMS, glossary, introduced
    from tools.site_lessons import drawn, lesson_page, live
    from tools.web_assets import write_assets
except ModuleNotFoundError as gone:
    sys.exit(f"{gone.name} is not installed: {Path(sys.executable).name} -m pip install -e '.[dev,site]'")

SITE = ROOT / "site"
PACKAGE = ROOT / "mnist_sr_helpers"
MARK = ".mnist-sr-site"  # lies in a folder that this command wrote, and may write again
PART = re.compile(r"^\*\*(Part [IVX]+, .*?)\*\*$", re.MULTILINE)
ROW = re.compile(r"^\| (\d\d) \| \[(.*?)\]\(notebooks/(\w+)\.ipynb\) \| (.*?) \|$", re.MULTILINE)
RESULTS = {"ladder": "The ladder of estimators", "trial": "What the verdicts need", "sampling": "Samples"}
ROOMS = ["", "pictures", "explorers", "classroom", "checks"]  # the subject first, as CONTRIBUTING.md has them
SPOILER = "```{{warning}}\nThis page gives the lessons' answers away.\n```\n"
NAMED = re.compile(r'data-explorer="(\w+)".*?>(.*)</div>$', re.DOTALL)
UNUSED = ("*.map", "*.woff", "*.ttf", "*.eot", ".buildinfo", "objects.inv")


def parts() -> dict[str, list[re.Match]]:
    """The course's three parts as the README's tables list them: title, and of each lesson number, name, stem, text."""
    pieces = PART.split(section("Lessons"))
    return {title: list(ROW.finditer(table)) for title, table in zip(pieces[1::2], pieces[2::2], strict=True)}


def section(heading: str) -> str:
    """What stands in the README under one of its `##` headings."""
    return (ROOT / "README.md").read_text("utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]


def write_sources(folder: Path) -> None:
    """Write the pages' sources, as Sphinx reads them, and what they need into `folder`."""
    static = folder / "_static"
    shutil.copytree(SITE / "static", static)
    for path in (SITE / "pages").glob("*.md"):
        shutil.copy(path, folder)
    notebooks = {path.stem: nbformat.read(notebook_path(path), 4) for path in lesson_paths()}
    terms = {term: introduced(term, notebooks) for term in TERMS}
    places: dict[str, str] = {}
    for name, notebook in notebooks.items():
        for cell, follower in zip(notebook.cells, notebook.cells[1:], strict=False):
            if (found := live(cell, follower, partial(drawn, static=static))) and (named := NAMED.search(found)):
                places.setdefault(named[1], named[2])
        known = [term for term, (lesson, _) in terms.items() if lesson <= name]  # not before it is introduced
        (folder / f"{name}.ipynb").write_text(nbformat.writes(lesson_page(notebook, name, static, known)), "utf-8")
    index = Template((SITE / "pages" / "index.md").read_text("utf-8"))
    (folder / "index.md").write_text(index.substitute(places, lessons=cards(), trees=trees()), "utf-8")
    start = relinked(section("Start")).replace("### ", "## ")
    (folder / "install.md").write_text(f"# Install the course\n{start}", "utf-8")
    (folder / "instructors.md").write_text(relinked((ROOT / "INSTRUCTORS.md").read_text("utf-8")), "utf-8")
    for name in RESULTS:
        title, _, text = (ROOT / "benchmarks" / "results" / f"{name}.md").read_text("utf-8").partition("\n")
        (folder / f"{name}.md").write_text(f"{title}\n\n{SPOILER.format()}{text}", "utf-8")
    (folder / "api.md").write_text(api(), "utf-8")
    (folder / "glossary.md").write_text(glossary(terms), "utf-8")
    write_assets(static / "live")


def cards() -> str:
    """The lessons as cards in HTML, grouped in parts."""
    groups = []
    for title, lessons in parts().items():
        items = "".join(
            f'<li><a href="{stem}.html"><strong>{number} {name}</strong></a><span>{text}</span></li>'
            for number, name, stem, text in (lesson.groups() for lesson in lessons)
        )
        groups.append(f'<h3>{title.rstrip(".")}</h3>\n<ul class="mnist-sr-cards">{items}</ul>')
    return "\n".join(groups)


def trees() -> str:
    """The tables of contents beside each page."""
    groups = {title.partition(":")[0].rstrip("."): [lesson[3] for lesson in found] for title, found in parts().items()}
    groups["The course"] = ["install", "instructors", "glossary", "api"]
    groups["Results (with the answers)"] = list(RESULTS)
    tree = "```{{toctree}}\n:hidden:\n:caption: {}\n\n{}\n```"
    return "\n\n".join(tree.format(title, "\n".join(names)) for title, names in groups.items())


def relinked(text: str) -> str:
    """`text` of a page in the checkout, its links turned into the site's, or into paths where the site has no page."""
    text = re.sub(r"\]\(notebooks/(\w+\.ipynb)\)", r"](\1)", text)
    text = re.sub(r"\]\(benchmarks/results/(\w+\.md)\)", r"](\1)", text)
    text = text.replace("](INSTRUCTORS.md)", "](instructors.md)").replace("](README.md)", "](install.md)")
    return re.sub(r"\[([^]]+)\]\((\w+/[\w./-]+)\)", r"\1 (`\2`)", text)


def api() -> str:
    """The page of all public names, module by module, from signatures and docstrings."""
    stub = ast.parse((PACKAGE / "__init__.pyi").read_text("utf-8"))
    pages = ["# The package\n\nAll that `from mnist_sr_helpers import ...` offers, by module.\n"]
    imports = [(line.module, line.names) for line in stub.body if isinstance(line, ast.ImportFrom) and line.module]
    for module, names in sorted(imports, key=lambda found: ROOMS.index(found[0].rpartition(".")[0])):
        tree = ast.parse((PACKAGE / f"{module.replace('.', '/')}.py").read_text("utf-8"))
        about = (ast.get_docstring(tree) or "").partition("\n\n")[0]
        pages.append(f"## {module}\n\n{about}\n\n```{{py:currentmodule}} mnist_sr_helpers\n```\n")
        pages += [described(tree, alias.name) for alias in names]
    return "\n".join(pages)


def described(module: ast.Module, name: str) -> str:
    """One public name of a module as a Python directive in MyST."""
    for node, below in zip(module.body, [*module.body[1:], None], strict=True):
        if isinstance(node, ast.FunctionDef) and node.name == name:
            returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
            return directive("function", f"{name}({ast.unparse(node.args)}){returns}", ast.get_docstring(node))
        if isinstance(node, ast.ClassDef) and node.name == name:
            methods = {part.name: part for part in node.body if isinstance(part, ast.FunctionDef)}
            arguments = ast.unparse(methods["__init__"].args) if "__init__" in methods else ""
            return directive("class", f"{name}({arguments.removeprefix('self').lstrip(', ')})", ast.get_docstring(node))
        targets = getattr(node, "targets", [getattr(node, "target", None)])
        if any(isinstance(target, ast.Name) and target.id == name for target in targets):
            text = below.value.value if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) else ""
            return directive("data", name, str(text))
    raise ValueError(f"{name} is in __init__.pyi, but not defined in its module.")


def directive(kind: str, signature: str, text: str | None) -> str:
    """A Python directive in MyST; a docstring's Markdown stays Markdown."""
    return f"`````{{py:{kind}}} {signature}\n\n{text or ''}\n`````\n"


def build(to: Path) -> None:
    """Build the site into the folder `to`, whole or not at all; SystemExit if something else lies there."""
    if to.exists() and not (to / MARK).exists() and (to.is_file() or any(to.iterdir())):
        raise SystemExit(f"{to} holds something else than a built site: choose another folder (--to FOLDER).")
    if missing := [name for name in ("sphinx", "myst_nb", "furo", "ziamath") if not find_spec(name)]:
        raise SystemExit(f"{missing[0]} is not installed: {Path(sys.executable).name} -m pip install -e '.[dev,site]'")
    to.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=to.parent, prefix=f".{to.name}-") as work:
        source, made = Path(work) / "source", Path(work) / "site"
        source.mkdir()
        write_sources(source)
        options = ["-b", "html", "-q", "-W", "-n", "--keep-going", "-d", f"{work}/doctrees", "-c", str(SITE)]
        options += ["-D", f"html_static_path={source / '_static'}"]
        if subprocess.run([sys.executable, "-m", "sphinx", *options, str(source), str(made)]).returncode:
            raise SystemExit("Sphinx found what stands above; nothing was written.")
        for pattern in UNUSED:
            for path in made.rglob(pattern):
                path.unlink()
        (made / ".nojekyll").touch()
        (made / MARK).touch()
        before = to.rename(Path(work) / "before") if to.exists() else None
        try:
            made.rename(to)
        except OSError:
            if before:
                before.rename(to)
            raise


def page_names() -> list[str]:
    """The site's pages, without `.html`."""
    return ["index", *(path.stem for path in lesson_paths()), "install", "instructors", "glossary", "api", *RESULTS]


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--to", type=Path, default=ROOT / "_site", metavar="FOLDER", help="where; _site/ by default")
    to = parser.parse_args(words).to.absolute()
    build(to)
    size = sum(path.stat().st_size for path in to.rglob("*") if path.is_file())
    print(f"{to / 'index.html'}: {len(page_names())} pages, {size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())

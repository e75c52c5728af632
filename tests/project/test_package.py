"""The package as a whole: light to import, and honest about its names: each is a lesson's, and says which."""

import ast
import inspect
import re
import subprocess
import sys
from importlib import import_module

import pytest
from nbformat import NotebookNode

import mnist_sr_helpers
from tools.build_notebooks import ROOT, lesson_paths, read_lesson

PACKAGE = "mnist_sr_helpers"
TAUGHT = re.compile(r'[Tt]aught\s+in\s+"([^"]+)"')
STUB = (ROOT / PACKAGE / "__init__.pyi").read_text("utf-8")


def title(lesson: NotebookNode) -> str:
    """The heading without its number."""
    return lesson.cells[0].source.splitlines()[0].lstrip("# ")[3:]


def code(lesson: NotebookNode) -> list[ast.AST]:
    """The syntax of all code of a lesson, but for lines of magic."""
    lines = [line for cell in lesson.cells if cell.cell_type == "code" for line in cell.source.splitlines()]
    return list(ast.walk(ast.parse("\n".join(line for line in lines if not line.startswith("%")))))


def imported(nodes: list[ast.AST]) -> set[str]:
    """The names that a lesson imports from the package."""
    found = [node for node in nodes if isinstance(node, ast.ImportFrom) and node.module == PACKAGE]
    return {alias.name for node in found for alias in node.names}


def code_words(lesson: NotebookNode) -> set[str]:
    """The words of a lesson's code, and of what its prose sets as code."""
    prose = "\n".join(cell.source for cell in lesson.cells if cell.cell_type == "markdown")
    cells = [cell.source for cell in lesson.cells if cell.cell_type == "code"]
    return set(re.findall(r"\w+", "\n".join(re.findall(r"`([^`\n]+)`", prose) + cells)))


LESSONS = {title(lesson): lesson for lesson in map(read_lesson, lesson_paths())}
IMPORTED = {name: imported(code(lesson)) for name, lesson in LESSONS.items()}
HELD = {name: code_words(lesson) for name, lesson in LESSONS.items()}


def stub_faults(stub: str) -> list[str]:
    """Where a stub and the modules that it names disagree, or its imports and its list of names."""
    tree = ast.parse(stub)
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    named = [alias.name for node in imports for alias in node.names]
    listed = next(ast.literal_eval(node.value) for node in tree.body if isinstance(node, ast.Assign))
    faults = [f"{name} is imported or listed, not both" for name in set(named) ^ set(listed)]
    faults += [f"{name} stands there twice" for name in set(named) if named.count(name) > 1]
    for node in imports:
        module = import_module(f"{PACKAGE}.{node.module}")
        faults += [f"{node.module} has no {alias.name}" for alias in node.names if not hasattr(module, alias.name)]
        for value in (getattr(module, alias.name, None) for alias in node.names):
            if getattr(value, "__module__", module.__name__) != module.__name__:
                faults.append(f"{value.__name__} is defined in {value.__module__}, not in {node.module}")
    return faults


def lesson_faults(name: str, docstring: str | None) -> list[str]:
    """What is wrong with the lessons that a docstring names: none, no such lesson, or one without the name."""
    text = " ".join((docstring or "").split())
    found = [lesson for lesson in LESSONS if f'"{lesson}"' in text]
    named = TAUGHT.findall(text)
    if re.match(r"Exercise \d: ", text):
        found = [lesson for lesson in LESSONS if name in IMPORTED[lesson]]
    faults = [] if found else [f"{name} names no lesson"]
    faults += [f'{name}: there is no lesson "{lesson}"' for lesson in named if lesson not in LESSONS]
    return faults + [f'{name} isn\'t a code word of "{lesson}"' for lesson in found if name not in HELD[lesson]]


def taught(source: str) -> list[tuple[str, str]]:
    """The functions and classes of a module whose docstrings name a lesson, public or not, with these docstrings."""
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
    return [(node.name, text) for node in nodes if TAUGHT.search(text := ast.get_docstring(node) or "")]


def run(text: str) -> str:
    return subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True).stdout


def test_import_loads_neither_torch_nor_matplotlib():
    heavy = "{'torch', 'torchvision', 'matplotlib', 'ipywidgets', 'numpy'}"
    assert run(f"import sys, mnist_sr_helpers; print({heavy} & set(sys.modules))").strip() == "set()"


def test_the_lesson_that_a_docstring_names_holds_the_name():
    public = {name: getattr(mnist_sr_helpers, name) for name in mnist_sr_helpers.__all__}
    assert [
        fault for name, value in public.items() if callable(value) for fault in lesson_faults(name, value.__doc__)
    ] == []
    sources = [path.read_text("utf-8") for path in (ROOT / PACKAGE).rglob("*.py")]
    assert [fault for source in sources for known in taught(source) for fault in lesson_faults(*known)] == []


@pytest.mark.parametrize(
    ("docstring", "words"),
    [
        (None, "names no lesson"),
        ("Peak signal-to-noise ratio.", "names no lesson"),
        ('Exact. Taught in "Average".', 'there is no lesson "Average"'),
        ('Taught in\n    "Changing the training".', 'code word of "Changing the training"'),
    ],
)
def test_a_wrong_lesson_is_noticed(docstring, words):
    assert lesson_faults("posterior_mean", inspect.getdoc(mnist_sr_helpers.posterior_mean)) == []
    assert any(words in fault for fault in lesson_faults("posterior_mean", docstring))


def test_a_name_that_is_not_public_and_no_lesson_holds_is_noticed():
    """As the layers of a network were, when each named the lesson of the network."""
    ((name, docstring),) = taught('class Layer:\n    def forward(self):\n        """Adds. Taught in "Averages"."""')
    assert lesson_faults(name, docstring) == ['forward isn\'t a code word of "Averages"']


def test_stub_and_modules_agree():
    assert stub_faults(STUB) == []
    assert sorted(mnist_sr_helpers.__all__) == sorted(ast.literal_eval(STUB.split("__all__ = ")[1]))


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ("read_digits", "read_digit", "metrics has no read_digit"),
        ('"psnr", ', "", "psnr is imported or listed, not both"),
        ("from .metrics", "from .metrics import fit\nfrom .metrics", "metrics has no fit"),
        ("from .metrics", "from .metrics import psnr\nfrom .metrics", "psnr stands there twice"),
        (
            "from .metrics",
            "from .estimators import downsample\nfrom .metrics",
            "downsample is defined in mnist_sr_helpers.degradation",
        ),
    ],
)
def test_a_stub_that_disagrees_is_noticed(right, wrong, words):
    assert STUB.count(right), "the mutation changes something"
    assert any(words in fault for fault in stub_faults(STUB.replace(right, wrong, 1)))


def test_every_public_name_is_imported_by_a_lesson_and_no_other():
    assert set().union(*IMPORTED.values()) == set(mnist_sr_helpers.__all__)


def test_an_installation_that_is_not_complete_says_so():
    hide = "import sys; sys.modules['lazy_loader'] = None; import mnist_sr_helpers"
    ran = subprocess.run([sys.executable, "-c", hide], capture_output=True, text=True, cwd=ROOT)
    assert ran.stderr.strip().endswith("The installation isn't complete: run the README's Start line again.")

"""The layers of the package: the subject knows no pictures, pictures no explorers, and none of them needs a widget."""

import json
import os
import subprocess
import sys
from pathlib import Path

import mnist_sr_helpers

FOLDER = Path(mnist_sr_helpers.__file__).parent
SCREEN = ["ipywidgets", "anywidget", "matplotlib.pyplot"]
WIDGETS = {"panel", "shell", "pad", "wipe"}
"""The explorers' modules that are widgets; all others are pure views."""

LOADED = """
import importlib, json, sys
for names, above in json.loads(sys.argv[1]):
    for name in names:
        importlib.import_module(name)
    print(*(name for name in sys.modules if name.startswith(tuple(above))))
"""


def modules(room: str = "", but: set[str] = frozenset()) -> list[str]:
    """The modules of a room, by their full names; without a room, the subject's."""
    stems = {path.stem for path in (FOLDER / room).glob("*.py")} - {"__init__", "__main__"}
    assert but < stems
    return [".".join(filter(None, ["mnist_sr_helpers", room, stem])) for stem in sorted(stems - but)]


def rooms(*names: str) -> list[str]:
    return [f"mnist_sr_helpers.{name}" for name in names]


LAYERS = [
    (modules(), [*SCREEN, *rooms("pictures", "explorers", "classroom", "checks")]),
    (modules("pictures"), [*SCREEN, *rooms("explorers", "classroom", "checks")]),
    (
        modules("explorers", but=WIDGETS),
        [*SCREEN, *rooms("classroom", "checks"), *rooms(*(f"explorers.{w}" for w in WIDGETS))],
    ),
]
"""From below: modules, and what none of them loads, directly or through others."""


def loaded_above(layers, folder: Path = FOLDER.parent) -> list[list[str]]:
    """For each layer what is loaded that lies above it, in one fresh process that finds modules in `folder`, too."""
    result = subprocess.run(
        [sys.executable, "-c", LOADED, json.dumps(layers)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(FOLDER.parent), str(folder)])},
    )
    return [line.split() for line in result.stdout.splitlines()]


def test_no_layer_loads_what_lies_above_it():
    assert [len(names) > 3 for names, _ in LAYERS] == [True] * 3
    assert loaded_above(LAYERS) == [[]] * 3


def test_what_is_loaded_on_a_detour_is_found(tmp_path):
    (tmp_path / "planted.py").write_text("import detour")
    (tmp_path / "detour.py").write_text("from mnist_sr_helpers.pictures import grid\nimport ipywidgets")
    ((_, above), *_) = LAYERS
    (found,) = loaded_above([(["planted"], above)], tmp_path)
    assert {"ipywidgets", "mnist_sr_helpers.pictures.grid"} <= set(found)

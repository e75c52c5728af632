"""The package as a whole: light to import, and honest about its names."""

import re
import subprocess
import sys

import mnist_sr_helpers


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_import_loads_neither_torch_nor_matplotlib():
    heavy = "{'torch', 'torchvision', 'matplotlib', 'ipywidgets', 'numpy'}"
    assert run(f"import sys, mnist_sr_helpers; print({heavy} & set(sys.modules))").strip() == "set()"


def test_every_public_name_is_documented_with_its_lesson():
    for name in mnist_sr_helpers.__all__:
        value = getattr(mnist_sr_helpers, name)
        if callable(value):
            assert re.search(r"[Ll]essons? \d\d|Exercise \d", value.__doc__ or ""), f"{name} names no lesson"

"""nbval's tolerance: what another processor may print passes, a changed result does not."""

import copy
import os
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from nbval_tolerance import NO_TEXT, NUMBER, Tolerant

from tools.build_notebooks import KERNEL, ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("24.62 dB", "24.63 dB"),
        ("a  9.99\nb 10.00", "a 10.00\nb 10.01"),
        ("read 97.1%", "read 97.2%"),
        ("1,234 of 60,000", "1,236 of 60,000"),
        ("\u22121.20", "\u22121.21"),
        ("1.5e-07", "1.51e-07"),
        ('<img src="data:image/png;base64,AAAA">', '<img src="data:image/png;base64,BBBB">'),
        ('<td align="right" style="color:red">1.00</td>', "<td>1.00</td>"),
        ("<td><strong>1.00</strong></td><td>1.00</td>", "<td>1.00</td><td><strong>1.01</strong></td>"),
    ],
)
def test_what_another_processor_prints_passes(one, other):
    assert Tolerant(one) == other


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("24.62 dB", "24.64 dB"),
        ("reads 5", "reads 6"),
        ("x2", "x4"),
        ("1,234 digits", "1,434 digits"),
        ("+1.20", "\u22121.20"),
        ("1.00", "1.00 and more"),
        ("bicubic 1.00", "linear 1.00"),
        ('<img src="data:image/png;base64,AAAA">', "<p>"),
        ("1.00 2.00", "1.00"),
    ],
)
def test_what_differs_fails(one, other):
    assert Tolerant(one) != other


def compared_texts(path):
    """The texts that nbval compares in a notebook."""
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code" and "nbval-ignore-output" not in cell.metadata.get("tags", []):
            for output in cell.outputs:
                data = {"stream": output.get("text")} | dict(output.get("data", {}))
                yield from (NO_TEXT.sub("", text) for kind, text in data.items() if text and "image/" not in kind)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_each_falsified_number_is_noticed(path):
    """Mutation: whatever number of the saved outputs is made three times as large, nbval fails."""
    tried = 0
    for text in compared_texts(path):
        parts = NUMBER.split(text)
        for i in range(1, len(parts), 2):
            value = float(parts[i].replace(",", ""))
            if value == 0:
                continue
            mutant = copy.copy(parts)
            decimals = len(parts[i].partition(".")[2].partition("e")[0])
            mutant[i] = f"{3 * value:.{decimals}f}" if "e" not in parts[i] else f"{3 * value:.1e}"
            assert Tolerant(text) != "".join(mutant), f"{parts[i]} became {mutant[i]} unnoticed"
            tried += 1
    assert tried >= 10


def test_nbval_itself_compares_so(tmp_path):
    cells = []
    for saved in ("24.61 dB", "24.52 dB"):
        output = new_output("stream", name="stdout", text=f"{saved}\n")
        cells.append(new_code_cell("print('24.62 dB')", execution_count=len(cells) + 1, outputs=[output]))
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": KERNEL}), tmp_path / "two.ipynb")
    options = ["-q", "-p", "nbval_tolerance", "-p", "no:cacheprovider", "--rootdir", tmp_path, "-c", os.devnull]
    command = [sys.executable, "-m", "pytest", *options, "--nbval", "--nbval-current-env", tmp_path / "two.ipynb"]
    run = subprocess.run(command, cwd=ROOT / "tests" / "support", capture_output=True, text=True)
    assert run.returncode == 1, run.stdout + run.stderr
    assert "1 failed, 1 passed" in run.stdout
    assert "24.52" in run.stdout, "it fails by the comparison"
    assert "24.61" not in run.stdout

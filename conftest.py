"""For every test and every notebook that pytest runs: one thread, no bars, no student's answers; which starts first.

`-m fast` runs what needs no kernel, no browser, no training and none of the long measurements.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

# Before anything imports torch; workers, kernels and JupyterLab inherit it. Two workers on two cores: one thread each.
os.environ.update(OMP_NUM_THREADS="1", MKL_NUM_THREADS="1", TQDM_DISABLE="1", MNIST_SR_PNG_ONLY="1")
# Freed memory is kept for the next tensor, where glibc would hand it back and ask for it again: a quarter of the time.
os.environ.update(MALLOC_MMAP_THRESHOLD_=str(1 << 32), MALLOC_TRIM_THRESHOLD_=str(1 << 32))
state = tempfile.TemporaryDirectory(prefix="mnist-sr-state-")
os.environ.update(MNIST_SR_STATE=state.name, IPYTHONDIR=str(Path(state.name, "ipython")))  # nothing of a user's own
os.environ.pop("MNIST_SR_ROOM", None)
if "WARM_KERNELS" not in os.environ:  # one of this environment, once for all workers; on Linux one that starts at once
    kernels = Path(state.name, "kernels")
    spec = kernels / "kernels" / "python3" / "kernel.json"
    spec.parent.mkdir(parents=True)
    warm = ["-IS", str(Path(__file__).parent / "tests" / "support" / "warm_kernel.py")]
    start = warm if hasattr(os, "pidfd_open") else ["-m", "ipykernel_launcher"]
    argv = [sys.executable, *start, "-f", "{connection_file}"]
    spec.write_text(json.dumps({"argv": argv, "display_name": "Python 3", "language": "python"}))
    os.environ.update(WARM_KERNELS=str(kernels), WARM_KERNELS_FOR=str(os.getpid()), JUPYTER_PATH=str(kernels))

# Named here, not found by itself (pyproject.toml), nbval starts in a third of the time: to check addresses that nothing
# here checks, a parser would be built.
sys.modules.setdefault("rfc3987_syntax", None)
pytest_plugins = ["nbval.plugin", "nbval_tolerance", "nbval_lessons"]
collect_ignore_glob = ["notebooks/my_*"]  # a student's own copies
# The Test line draws the same examples each time, HYPOTHESIS_PROFILE=explore new ones. No deadline: a first example may
# import torch.
settings.register_profile("course", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "course"))

# In this order they start, the longest first, so that two workers end together; the rest, short, follows.
SLOW = (
    "tests/browser/test_decks.py",
    "tests/browser/test_lab.py",
    "tests/browser/test_pad_browser.py",  # these three by the same worker, in its JupyterLab
    "tests/browser/test_predictions_browser.py",
    "tests/browser/test_panels.py",
    "tests/browser/test_axe.py",  # by the decks' worker, once they end: neither takes the others' JupyterLab
    "tests/lessons/test_claims.py::test_claim[",
    "notebooks/",
    "tests/test_training.py",
    "tests/test_ladder.py::test_the_sample_agrees",
    "tests/test_weights.py::test_the_tool_trains",
    "tests/project/test_layers.py",
    "tests/project/test_class_copies.py::test_a_copy_runs_to_its_end",
    "tests/lessons/test_notebooks.py::test_the_build_repeats",
    "tests/checks/",
    "tests/explorers/",
    "tests/project/test_nbval_tolerance.py::test_nbval_itself",
    "tests/test_bootstrap.py",
    "tests/test_frechet.py",
    "tests/project/test_class_copies.py::test_student_copies",
    "tests/lessons/test_accessibility.py::test_the_case_file",
    "tests/test_ladder.py::test_who_learnt_from_files",
    "tests/test_ladder.py::test_the_benchmark_measures",
    "tests/test_bad_input.py::test_counts_of_numpy",
    "tests/test_critic.py",
    "tests/project/test_warm_kernel.py",
)


@pytest.hookimpl(tryfirst=True)  # before -m selects
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def place(item: pytest.Item) -> int:
        return next((i for i, start in enumerate(SLOW) if item.nodeid.startswith(start)), len(SLOW))

    for item in items:
        if place(item) == len(SLOW):
            item.add_marker("fast")
    first = {}
    for item in items:
        first[item.path] = min(place(item), first.get(item.path, len(SLOW)))
    items.sort(key=lambda item: first[item.path])

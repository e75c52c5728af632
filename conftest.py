"""For every test and every notebook that pytest runs: no progress bars, no student's answers."""

import os
import tempfile

from hypothesis import settings

pytest_plugins = ["nbval_tolerance"]
# Set before any kernel starts: kernels inherit the environment.
os.environ["TQDM_DISABLE"] = "1"
os.environ["MNIST_SR_PNG_ONLY"] = "1"
collect_ignore_glob = ["notebooks/my_*"]  # a student's own copies
settings.register_profile("course", deadline=None)  # a first example may import torch
settings.load_profile("course")
os.environ["MNIST_SR_STATE"] = tempfile.mkdtemp(prefix="mnist-sr-state-")

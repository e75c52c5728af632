"""For every test and every notebook that pytest runs: no progress bars, no student's answers."""

import os
import tempfile

# Set before any kernel starts: kernels inherit the environment.
os.environ["TQDM_DISABLE"] = "1"
os.environ["MNIST_SR_STATE"] = tempfile.mkdtemp(prefix="mnist-sr-state-")

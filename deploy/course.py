"""Settings of a JupyterHub for the course, whatever starts its servers: read by The Littlest JupyterHub, by Zero to
JupyterHub and by the hub of deploy/tests. MNIST_SR_COURSE names the git repository that each student's copy comes from.
"""

import os
from urllib.parse import urlencode

c = c  # noqa: F821, given by whoever reads this file

FIRST = "lab/tree/course/notebooks/00_start_here.ipynb"
REPOSITORY = os.environ.get("MNIST_SR_COURSE", "/srv/course.git")

# Each start of a server pulls what is new in the course under the student's own changes, then opens the first lesson.
c.Spawner.default_url = "/git-pull?" + urlencode({"repo": REPOSITORY, "targetpath": "course", "urlpath": FIRST})
c.Spawner.start_timeout = c.Spawner.http_timeout = 180

# deploy/results/hub.json says what a student needs. Where a start refuses these, its own settings limit (config.yaml).
c.Spawner.mem_limit = "1.5G"
c.Spawner.cpu_limit = 1


def threads(spawner) -> str:
    """As many as there are whole cores granted: each student's PyTorch would count those of the machine."""
    return str(max(1, int(spawner.cpu_limit or 1)))


c.Spawner.environment = dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), threads)
c.KubeSpawner.environment = c.Spawner.environment  # Zero to JupyterHub sets an empty one there, which goes first

c.Spawner.args = [
    # Sliders answer at once.
    "--ServerApp.kernel_websocket_connection_class=mnist_sr_helpers.classroom.connection.PromptConnection",
    # JupyterLab asks nobody outside for news and newer versions.
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    # A kernel whose notebook was closed half an hour ago gives its memory back.
    "--MappingKernelManager.cull_idle_timeout=1800",
]

"""One browser and one JupyterLab for all of these tests that a worker runs."""

import pytest
from jupyterlab_page import jupyterlab, require_browser, started_browser


@pytest.fixture(scope="package")
def browser():
    require_browser()
    with started_browser() as browser:
        yield browser


@pytest.fixture(scope="package")
def lab(browser, tmp_path_factory):
    """The address of a JupyterLab with a copy of the notebooks."""
    with jupyterlab(tmp_path_factory.mktemp("lab")) as address:
        yield address

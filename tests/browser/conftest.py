"""One browser and one JupyterLab, in one page, for all of these tests that a worker runs."""

import pytest
from jupyterlab_page import close, jupyterlab, new_page, require_browser, resize, started_browser


@pytest.fixture(scope="package")
def browser():
    require_browser()
    with started_browser() as browser:
        yield browser


@pytest.fixture(scope="package")
def lab(browser, tmp_path_factory):
    """A page that shows a JupyterLab with a copy of the notebooks. To load it takes longer than most tests do."""
    with jupyterlab(tmp_path_factory.mktemp("lab")) as address:
        page = new_page(browser)
        page.goto(f"{address}/lab")
        page.wait_for_selector(".jp-Launcher")  # what is opened before does not stay the current widget
        yield page
        close(page)


@pytest.fixture(scope="module")
def page(lab):
    """The same for one module, as wide as it came."""
    resize(lab, 1280, 900)
    return lab

"""One built site and one browser for all tests of the site."""

import os
from pathlib import Path

import pytest
from jupyterlab_page import require_browser, started_browser

from tools.build_site import build


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder of the site: the one that SITE names, as `nox -s site` does, or one built here."""
    if named := os.environ.get("SITE"):
        return Path(named).resolve()
    folder = tmp_path_factory.mktemp("built") / "site"
    build(folder)
    return folder


@pytest.fixture(scope="package")
def browser():
    require_browser()
    with started_browser() as browser:
        yield browser

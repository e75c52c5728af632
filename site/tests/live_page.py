"""Pages from file:// with the live explorers' assets, in Chromium, with every other address blocked."""

from contextlib import contextmanager
from pathlib import Path

import pytest

from tools.web_assets import write_assets

HEAD = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Live</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="live/live.css">
<script src="live/live.js" defer></script><body>"""


@pytest.fixture(scope="module")
def assets(tmp_path_factory):
    """A folder whose `live` holds the assets."""
    folder = tmp_path_factory.mktemp("assets")
    write_assets(folder / "live")
    return folder


@contextmanager
def opened(browser, folder: Path, body: str = "", address: str = "", before: str = "", **options):
    """A page with `body`, opened from `folder`, and what went wrong on it: errors, and requests beyond file://.

    `address` is what follows the file's name, `before` a script that runs before the page's own.
    """
    path = folder / "page.html"
    path.write_text(HEAD + body, "utf-8")
    context = browser.new_context(**options)
    faults: list[str] = []
    try:
        page = context.new_page()
        page.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: note(request.url, faults))
        page.route(lambda url: not url.startswith(("file:", "data:", "blob:")), lambda route: route.abort())
        if before:
            page.add_init_script(before)
        page.goto(path.as_uri() + address)
        yield page, faults
    finally:
        context.close()


def note(url: str, faults: list[str]) -> None:
    """Keep a request that leaves the machine's files as a fault."""
    if not url.startswith(("file:", "data:", "blob:")):
        faults.append(f"a request to {url}")

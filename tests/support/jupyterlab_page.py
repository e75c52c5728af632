"""JupyterLab in a real browser, for the browser test and for screenshots of the lessons."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SETTINGS = {
    # All cells in the page, not just those in sight.
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
}


def find_browser() -> str | None:
    """Path of an installed Chromium or Chrome, or None."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def require_browser() -> None:
    """Skip the test where no browser is installed; fail it where the setting REQUIRE_BROWSER=1 asks for one."""
    if find_browser():
        return
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail("no Chromium or Chrome found, and REQUIRE_BROWSER=1")
    pytest.skip("no Chromium or Chrome found")


@contextmanager
def jupyterlab(folder: Path, present: str = ""):
    """Serve a copy of the notebooks from `folder` in JupyterLab, or `present` a lesson; yields its address."""
    root, settings = folder / "notebooks", folder / "settings"
    shutil.copytree(NOTEBOOKS, root, ignore=shutil.ignore_patterns(".*"))
    settings.mkdir()
    (settings / "overrides.json").write_text(json.dumps(SETTINGS))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {f"JUPYTER_{kind}_DIR": str(folder / kind.lower()) for kind in ("CONFIG", "DATA", "RUNTIME")}
    own["MNIST_SR_PNG_ONLY"] = "0"  # pictures as a student gets them
    own["MNIST_SR_STATE"] = str(folder / "state")  # what is answered here is no answer elsewhere
    command = [sys.executable, "-m", "mnist_sr_helpers"]
    if present:
        command += ["present", present]
    else:
        command += [f"--ServerApp.root_dir={root}", f"--LabApp.app_settings_dir={settings}"]
        command += [f"--LabApp.workspaces_dir={folder / 'workspaces'}"]
    command += ["--no-browser", "--expose-app-in-browser", f"--ServerApp.port={port}", "--IdentityProvider.token="]
    log = (folder / "server.log").open("w")
    server = subprocess.Popen(command, cwd=NOTEBOOKS.parent, env={**os.environ, **own}, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{address}/api", timeout=5)
                break
            except OSError:
                time.sleep(0.5)
        else:
            raise RuntimeError(f"JupyterLab did not start: {(folder / 'server.log').read_text()[-2000:]}")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)
        log.close()


@contextmanager
def chromium(width: int = 1280, height: int = 900):
    """A page in the installed browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        yield browser.new_page(viewport={"width": width, "height": height})
        browser.close()


def open_and_run(page, address: str, name: str, seconds: int = 120) -> None:
    """Open a notebook, run all its cells and wait until the last one is done."""
    page.goto(f"{address}/lab/tree/{name}?reset")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=60_000)
    page.wait_for_function(
        "jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'",
        timeout=60_000,
    )
    page.evaluate("void jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_function(
        """() => {
            const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(p => p.textContent);
            return prompts.length > 0 && prompts.every(p => /\\[\\d+\\]/.test(p));
        }""",
        timeout=seconds * 1000,
    )

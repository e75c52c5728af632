"""JupyterLab in a real browser, for the browser tests and for screenshots of the lessons."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
GUARD = int(os.environ.get("TRY_GUARD", 600))  # seconds, against hanging; how fast is fast enough is not tested
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
IDLE = "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
RUN_ALL = """() => {
    window.ran = false;
    jupyterapp.commands.execute('notebook:run-all-cells').then(() => { window.ran = true; });
}"""
SAVE = """([path, content]) => jupyterapp.serviceManager.contents.save(
    path, {type: 'notebook', format: 'json', content: JSON.parse(content)})"""
RESIZED = """() => {
    window.resized = false;
    addEventListener('resize', () => requestAnimationFrame(() => { window.resized = true; }), {once: true});
}"""
PATIENT = """const own = AbortSignal.timeout.bind(AbortSignal);
AbortSignal.timeout = time => own(Math.max(time, 600000));"""
OPEN = """async path => {
    const {commands, serviceManager, shell} = jupyterapp;
    const before = [...shell.widgets('main')];
    await serviceManager.sessions.shutdownAll();
    const opened = await commands.execute('docmanager:open', {path});
    before.forEach(widget => widget.dispose());  // not earlier: an empty JupyterLab opens its launcher
    shell.activateById(opened.id);
}"""


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
def jupyterlab(folder: Path, present: str = "") -> Iterator[str]:
    """Serve a copy of the notebooks from `folder` in JupyterLab, or `present` a lesson; yields its address."""
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
        root, settings = folder / "notebooks", folder / "settings"
        shutil.copytree(NOTEBOOKS, root, ignore=shutil.ignore_patterns(".*"))
        settings.mkdir()
        (settings / "overrides.json").write_text(json.dumps(SETTINGS))
        command += [f"--ServerApp.root_dir={root}", f"--LabApp.app_settings_dir={settings}"]
        command += [f"--LabApp.workspaces_dir={folder / 'workspaces'}"]
    command += ["--no-browser", "--expose-app-in-browser", f"--ServerApp.port={port}", "--IdentityProvider.token="]
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(command, cwd=NOTEBOOKS.parent, env={**os.environ, **own}, stdout=log, stderr=log)
        try:
            yield wait_for(server, folder)
        finally:
            server.terminate()
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:  # it waits, for a minute, for a kernel that was shut down while busy
                server.kill()
                server.wait()


def wait_for(server: subprocess.Popen, folder: Path) -> str:
    """The server's address, once it answers; RuntimeError with the end of its log if it stopped or never does.

    Its port is the one that it says: the one it was given may have gone to another program meanwhile.
    """
    end = time.monotonic() + GUARD
    while server.poll() is None and time.monotonic() < end:
        try:
            (written,) = (folder / "runtime").glob("jpserver-*.json")
            address = f"http://127.0.0.1:{json.loads(written.read_text('utf-8'))['port']}"
            urllib.request.urlopen(f"{address}/api", timeout=GUARD)
            return address
        except (OSError, ValueError):  # not there yet, or not written to its end
            time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start: {(folder / 'server.log').read_text()[-2000:]}")


@contextmanager
def started_browser() -> Iterator:
    """The installed browser."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=GUARD * 1000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        yield browser
        browser.close()


def new_page(browser, width: int = 1280, height: int = 900):
    """A page in a context of its own, which waits as long as it must; anywidget, too, for a widget's code to come."""
    context = browser.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(GUARD * 1000)
    context.add_init_script(PATIENT)
    return context.new_page()


def resize(page, width: int, height: int) -> None:
    """Give the window a size, and wait until JupyterLab, which hears of it a frame later than the styles, lies anew."""
    if page.viewport_size == {"width": width, "height": height}:
        return
    page.evaluate(RESIZED)
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function("window.resized")


def save_notebook(page, path: str, text: str) -> None:
    """Save a notebook, given as JSON, in the folder of the JupyterLab that `page` shows."""
    page.evaluate(SAVE, [path, text])


def open_here(page, path: str) -> None:
    """Open a notebook in the JupyterLab that `page` shows, in place of what is open there and runs.

    To load JupyterLab anew for each takes longer than all that its tests do.
    """
    page.evaluate(OPEN, path)


def open_and_run(page, path: str) -> None:
    """Open a notebook as `open_here` does, and run it."""
    open_here(page, path)
    run_all(page)


def run_all(page) -> None:
    """Run all cells of the notebook that is open and wait until the last one is done."""
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    page.wait_for_function(IDLE)
    page.evaluate(RUN_ALL)
    wait_seldom(page, "window.ran")


def wait_seldom(page, what: str) -> None:
    """Wait for what takes seconds: to ask at each frame, as waits do, costs as much as what is waited for."""
    page.wait_for_function(what, polling=200)


def close(page) -> None:
    """Close the page and the kernels of the JupyterLab that it shows, so that their memory is free."""
    page.evaluate("jupyterapp.serviceManager.sessions.shutdownAll()")
    page.context.close()

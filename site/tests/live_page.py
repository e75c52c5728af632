"""Pages from file:// with the live explorers' assets, in Chromium, with every other address blocked."""

from contextlib import contextmanager
from pathlib import Path

import pytest
from jupyterlab_page import GUARD

from tools.web_assets import write_assets

HEAD = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Live</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="live/live.css">
<script src="live/live.js" defer></script><body>"""
# Moves every control through its range, of long ones through seven values; what goes wrong, in words.
SWEEP = """async name => {
    const box = document.querySelector(`[data-explorer=${name}] .mnist-sr`), faults = [];
    const frame = () => new Promise(requestAnimationFrame);
    async function move(key, value, act) {
        act();
        while (new URLSearchParams(box.dataset.shown).get(key) !== String(value)) {
            await frame();
            if (box.querySelector('[role=alert]')) break;
        }
        const said = box.textContent + [...box.querySelectorAll('[role=img]')].map(x => x.ariaLabel).join();
        const bad = /NaN|undefined|Infinity|null|can't/.exec(said);
        if (bad) faults.push(`${key}=${value}: ${bad[0]}`);
    }
    const {choices} = mnistSr.EXPLORERS[name], before = new URLSearchParams(box.dataset.shown);
    const called = one => one.ariaLabel ?? one.parentNode.textContent;
    const names = {at: 'divider', file: 'as a file (8 bit)'};
    for (const [key, values] of Object.entries(choices)) {
        const control = [...box.querySelectorAll('input')].find(one => called(one) === (names[key] ?? key));
        if (!control) { faults.push(`no control for ${key}`); continue; }
        const back = values.findIndex(value => String(value) === before.get(key)), last = values.length - 1;
        const some = last > 14 ? [0, 1, 2, Math.floor(last / 3), Math.floor(last / 2), last] : values.keys();
        for (const i of [...some, back]) {
            if (control.type === 'checkbox') {
                if (control.checked !== values[i]) await move(key, values[i], () => control.click());
                continue;
            }
            await move(key, values[i], () => { control.value = i; control.dispatchEvent(new Event('input')); });
        }
    }
    while (location.hash !== `#${name}?${box.dataset.shown}`) await frame();  // the address follows
    return faults;
}"""


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
    context.set_default_timeout(GUARD * 1000)
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

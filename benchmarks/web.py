"""How long the site's explorers take in Chromium, at this machine's speed and throttled four times, as a phone may be.

    python -m benchmarks.web [--moves N]

A slider's move: the digit or query goes on by one, as under a key held down, at factor 2 with the EDSR-like network, in
the Forger (200 steps) and in the Hedge. Its picture was made ahead, but for one in ten: the way back to the first. A
pen's move: a point more, to nine networks' restorations and their readings, at three factors. Computed: all of the
work, of a picture that was not made ahead. Seen: from the event to the frame in which the picture stands, of the pen's
the best restoration; its others follow. No less than a frame, 16.7. Median / 95th percentile. Takes some minutes.
"""

import argparse
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from mnist_sr_helpers.degradation import SCORED
from mnist_sr_helpers.pictures.table import table
from tools.web_assets import write_assets

PAGE = """<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="live/live.css">
<div class="mnist-sr-live" data-explorer="ladder" data-state='{"factor": 2, "rung": "EDSR-like"}'></div>
<div class="mnist-sr-live" data-explorer="forger"></div><div class="mnist-sr-live" data-explorer="hedge"></div>
<div class="mnist-sr-live" data-explorer="pad"></div><script src="live/live.js"></script>"""
SLOW = 4
SLIDERS: dict[str, dict] = {"ladder": {"factor": 2, "rung": "EDSR-like"}, "forger": {"factor": 2}, "hedge": {}}
# From an event to the frame in which its picture stands; and the view alone, without the page.
SEEN = """async ([name, act, moves]) => {
    const box = document.querySelector(`[data-explorer=${name}] .mnist-sr`);
    const frame = () => new Promise(requestAnimationFrame), move = (0, eval)(act), times = [];
    for (let i = 0; i < moves + 10; i++) {  // the first ones are the compiler's
        delete box.dataset.shown;
        const begun = performance.now();
        move(box, i);
        do await frame(); while (!box.dataset.shown);
        times.push(performance.now() - begun);
        await frame();
    }
    return times.slice(10);
}"""
COMPUTED = """([name, moves, state]) => {
    const {show, choices, start} = mnistSr.EXPLORERS[name], times = [], strokes = [[[0.5, 0.1]]];
    const first = Object.fromEntries(Object.entries(choices).map(([key, values]) => [key, values[0]]));
    for (let i = 0; i < moves + 10; i++) {
        strokes[0].push([0.5 + 0.1 * Math.sin(i / 5), 0.1 + 0.8 * (i % 50) / 50]);
        const begun = performance.now();
        show({...first, ...start, ...state, query: i % 10, digit: i % 10}, strokes).others?.();
        times.push(performance.now() - begun);
    }
    return times.slice(10);
}"""
SLIDE = """((box, i) => {
    const input = box.querySelector('input:is([aria-label=digit], [aria-label=query])');
    input.value = (Number(input.value) + 1) % 10;
    input.dispatchEvent(new Event('input'));
})"""
DRAW = """((box, i) => {
    const field = box.querySelector('canvas[tabindex]'), {left, top, width} = field.getBoundingClientRect();
    field.setPointerCapture = () => {};
    field.dispatchEvent(new PointerEvent(i % 50 ? 'pointermove' : 'pointerdown', {
        isPrimary: true, button: 0, bubbles: true, clientX: left + width * (0.5 + 0.1 * Math.sin(i / 5)),
        clientY: top + width * (0.1 + 0.8 * (i % 50) / 50),
    }));
})"""
SET = "words => { location.hash = words }"


def measured(page, name: str, act: str, moves: int, state: dict) -> list[str]:
    """Times computed and seen, as text."""
    page.evaluate(SET, f"{name}?" + "&".join(f"{key}={value}" for key, value in state.items()))
    page.wait_for_function(
        """([name, state]) => {
            const {shown} = document.querySelector(`[data-explorer=${name}] .mnist-sr`).dataset;
            const now = new URLSearchParams(shown);
            return Object.entries(state).every(([key, value]) => now.get(key) === String(value));
        }""",
        arg=[name, state],
    )
    return [
        in_words(page.evaluate(COMPUTED, [name, moves, state])),
        in_words(page.evaluate(SEEN, [name, act, moves])),
    ]


def in_words(times: list[float]) -> str:
    """Median and 95th percentile in milliseconds."""
    return f"{statistics.median(times):.1f} / {statistics.quantiles(times, n=20)[-1]:.1f}"


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--moves", type=int, default=200, help="of each kind (default 200)")
    parser.add_argument("--chromium", default="/usr/bin/chromium", help="the browser's path")
    chosen = parser.parse_args()
    rows: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        write_assets(Path(folder) / "live")
        path = Path(folder) / "page.html"
        path.write_text(PAGE, "utf-8")
        with playwright.chromium.launch(
            executable_path=chosen.chromium, args=["--no-sandbox", "--disable-gpu"]
        ) as browser:
            page = browser.new_page()
            page.goto(path.as_uri())
            for name in ("ladder", "forger", "hedge", "pad"):
                page.locator(f"[data-explorer={name}] .mnist-sr").wait_for()
            session = page.context.new_cdp_session(page)
            for rate in (1, SLOW):
                session.send("Emulation.setCPUThrottlingRate", {"rate": rate})
                for name, state in SLIDERS.items():
                    slid = measured(page, name, SLIDE, chosen.moves, state)
                    rows.setdefault(f"slider of the {name}", []).extend(slid)
                for factor in SCORED:
                    drawn = measured(page, "pad", DRAW, chosen.moves, {"factor": factor})
                    rows.setdefault(f"pen, nine networks at x{factor}", []).extend(drawn)
    columns = [(speed, what) for speed in ("this machine", f"{SLOW} times slower") for what in ("computed", "seen")]
    print(table(rows, columns, caption=f"Milliseconds, median / 95th percentile of {chosen.moves} moves"))


if __name__ == "__main__":
    main()

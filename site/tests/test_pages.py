"""Every page of the built site: what it says, where it leads, what it weighs, and how it behaves in a browser."""

import contextlib
import functools
import http.server
import json
import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from firefox import find_firefox, firefox_page
from jupyterlab_page import GUARD

import mnist_sr_helpers
from tools.build_notebooks import ROOT, YOU_SAID, lesson_paths, notebook_path
from tools.build_site import RESULTS, build, page_names
from tools.class_copies import ASK

try:
    import tomllib
except ModuleNotFoundError:  # Python 3.10
    import tomli as tomllib

PAGES = page_names()
LESSONS = [path.stem for path in lesson_paths()]
LOADED = [("script", "src"), ("img", "src"), ("link", "href"), ("source", "srcset"), ("iframe", "src")]
UNDRAWN = """all => all.filter(e => !e.querySelector("svg path")?.getBoundingClientRect().width
    || !e.querySelector("math")).map(e => e.outerHTML)"""
MEGABYTE = 1_000_000
FIRST_LOAD = {"index": 1.5 * MEGABYTE}  # of other pages: 5 MB


@functools.cache
def soup(path: Path) -> BeautifulSoup:
    """A page of the site, parsed once."""
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


def broken_links(site: Path) -> list[str]:
    """Links and loads of all pages that lead to no file, to no anchor, out of the site by loading, or to the root."""
    broken = []
    for path in sorted(site.glob("*.html")):
        links = [("a", link["href"]) for link in soup(path).select("a[href]")]
        links += [(tag, made[key]) for tag, key in LOADED for made in soup(path).select(f"{tag}[{key}]")]
        for tag, link in links:
            parts = urlsplit(link)
            if parts.scheme == "data" or (parts.scheme in ("http", "https") and tag == "a"):
                continue
            target = path.parent / unquote(parts.path) if parts.path else path
            good = not parts.scheme and not parts.netloc and not link.startswith("/") and target.is_file()
            if good and parts.fragment and target.suffix == ".html":
                good = soup(target).find(id=unquote(parts.fragment)) is not None
            if not good:
                broken.append(f"{path.name}: {tag} {link}")
    return broken


def test_every_link_leads_somewhere(site):
    assert {path.stem for path in site.glob("*.html")} >= {*PAGES, "search", "genindex"}
    assert broken_links(site) == []


@pytest.mark.parametrize(
    "fault",
    [
        "<a href='gone.html'>x</a>",
        "<a href='#gone'>x</a>",
        "<a href='/page.html'>x</a>",
        "<img src='https://x.org/a.png'>",
    ],
)
def test_a_broken_link_is_found(fault, tmp_path):
    (tmp_path / "page.html").write_text(f"<a id=here href='page.html#here'>x</a>{fault}")
    assert len(broken_links(tmp_path)) == 1


def test_formulas_for_the_ears_are_whole(site):
    children = {"msup": 2, "msub": 2, "mfrac": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3}
    for path in site.glob("*.html"):
        for part in soup(path).find_all(list(children)):
            assert len(part.find_all(recursive=False)) == children[part.name], f"{path.name}: {part}"


def test_styles_load_nothing_from_elsewhere(site):
    addresses = [url for path in site.rglob("*.css") for url in re.findall(r"url\(([^)]*)\)", path.read_text("utf-8"))]
    assert [url for url in addresses if not url.strip("'\"").startswith(("data:", "#"))] == []


def test_nothing_useless_is_published(site):
    assert {path.suffix for path in site.rglob("*") if path.is_file()} & {
        ".map",
        ".ttf",
        ".eot",
        ".woff",
        ".ipynb",
    } == set()


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_keeps_its_secrets(site, name):
    page = soup(site / f"{name}.html")
    notebook = nbformat.read(notebook_path(site / name), 4)
    text = page.get_text(" ")
    for unwanted in ("For instructors", "Not attempted", "needs a running kernel", "No prediction."):
        assert unwanted not in text
    for cell in notebook.cells:
        notes = cell.metadata.get("slideshow", {}).get("notes", "")
        assert not notes or " ".join(notes.split())[:60] not in " ".join(text.split())
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    questions = page.select(".mnist-sr-live[data-question]")
    assert [question["data-question"] for question in questions] == ASK.findall(code)
    assert all(len(json.loads(question["data-options"])) >= 2 for question in questions)
    answers = page.select(".cell_output details[data-answer]")
    assert [answer["data-answer"] for answer in answers] == YOU_SAID.findall(code)
    asked = set(ASK.findall(code))
    assert [
        answer
        for answer in page.select("details[data-answer]")
        if answer["data-answer"] in asked and answer.has_attr("open")
    ] == []
    explorers = [cell for cell in notebook.cells if "explorer" in cell.metadata.get("tags", [])]
    assert len(page.select(".mnist-sr-live[data-explorer][data-state] img[alt]")) >= len(explorers)
    solutions = [cell for cell in notebook.cells if "solution" in cell.metadata.get("tags", [])]
    assert len(page.select("details > summary:-soup-contains('Solution')")) == len(solutions)


@pytest.mark.parametrize("name", RESULTS)
def test_a_page_of_results_warns(site, name):
    assert "gives the lessons' answers away" in soup(site / f"{name}.html").select_one(
        ".admonition.warning"
    ).get_text().replace("’", "'")


def test_the_readme_links_to_the_site_that_is_set():
    """`[project.urls] Site` in pyproject.toml is the one place for its address: no dead link before there is one."""
    readme = (ROOT / "README.md").read_text("utf-8")
    address = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"].get("urls", {}).get("Site")
    if address:
        assert f"[web site]({address})" in readme
    else:
        assert "[web site]" not in readme


def test_every_lesson_has_a_card(site):
    cards = soup(site / "index.html").select(".mnist-sr-cards a")
    assert [card["href"] for card in cards] == [f"{name}.html" for name in LESSONS]


def test_every_public_name_is_described(site):
    found = {place["id"].removeprefix("mnist_sr_helpers.") for place in soup(site / "api.html").select("dt[id]")}
    assert found == set(mnist_sr_helpers.__all__)


def test_another_folder_is_not_overwritten(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    for to in (tmp_path, tmp_path / "thesis.txt"):
        with pytest.raises(SystemExit, match="choose another folder"):
            build(to)


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """A folder on loopback; its address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *words):
            """Say nothing: pytest shows what fails."""

    handler = functools.partial(Quiet, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@contextlib.contextmanager
def watched(browser, width: int = 390, **context) -> Iterator:
    """A page; afterwards AssertionError if it asked for anything outside file:// and loopback, or said an error."""
    faults = []
    made = browser.new_context(viewport={"width": width, "height": 844}, **context)
    made.set_default_timeout(GUARD * 1000)

    def stay(route):
        if route.request.url.startswith(("http://127.0.0.1:", "file:", "data:", "blob:")):
            route.continue_()
        else:
            faults.append(f"asked for {route.request.url}")
            route.abort()

    made.route("**", stay)
    page = made.new_page()
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("requestfailed", lambda request: faults.append(f"{request.failure}: {request.url}"))
    yield page
    made.close()
    assert [fault for fault in faults if "ERR_ABORTED" not in fault] == []  # what leaving a page cuts short


def findings(page, *rules: str) -> list[str]:
    """What axe finds, its worst kinds, by all its rules or by those named."""
    options = {"preload": False, **({"runOnly": rules} if rules else {})}
    violations = Axe().run(page, options=options).response["violations"]
    worst = [violation for violation in violations if violation["impact"] in ("serious", "critical")]
    return [
        f"{found['id']}: {node['html'][:200]}: {node['failureSummary']}" for found in worst for node in found["nodes"]
    ]


@pytest.mark.parametrize("name", [*PAGES, "search", "genindex"])
def test_a_page_from_its_file(site, browser, name):
    """Everything unfolded, on a phone, in both themes."""
    with watched(browser) as page:
        page.goto((site / f"{name}.html").as_uri())
        page.evaluate("document.querySelectorAll('article details').forEach(part => part.open = true)")
        page.evaluate("document.querySelectorAll('img').forEach(img => img.loading = 'eager')")
        page.wait_for_function("[...document.images].every(image => image.complete)")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert page.eval_on_selector_all("img", "all => all.filter(e => !e.naturalWidth).map(e => e.src)") == []
        assert page.eval_on_selector_all("article img:not([alt])", "all => all.map(e => e.outerHTML)") == []
        assert page.eval_on_selector_all(".mnist-sr-formula", UNDRAWN) == []
        assert findings(page) == []
        page.emulate_media(color_scheme="dark")
        assert findings(page, "color-contrast") == []


def test_formulas_are_all_there(site):
    for name in LESSONS:
        cells = [
            cell.source for cell in nbformat.read(notebook_path(site / name), 4).cells if cell.cell_type == "markdown"
        ]
        written = sum(
            len(
                re.findall(
                    r"\$\$.+?\$\$|(?<![\\$])\$[^$\n]+\$",
                    re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL),
                    re.DOTALL,
                )
            )
            for text in cells
        )
        assert len(soup(site / f"{name}.html").select(".mnist-sr-formula > svg")) == written, name


@pytest.mark.parametrize("name", PAGES)
def test_first_load(site, browser, name):
    """What a page weighs before it is touched, scrolled to its end."""
    weights = {}
    with served(site) as address, watched(browser, width=1366) as page:
        page.on("response", lambda response: weights.setdefault(response.url, response))
        page.goto(f"{address}/{name}.html", wait_until="networkidle")
        page.evaluate("document.querySelectorAll('img').forEach(img => img.loading = 'eager')")
        page.wait_for_function("[...document.images].every(image => image.complete)")
        page.wait_for_load_state("networkidle")
        total = sum(len(response.body()) for response in weights.values() if response.ok)
    assert total <= FIRST_LOAD.get(name, 5 * MEGABYTE)


def test_a_visit_below_any_path(site, browser, tmp_path):
    shutil.copytree(site, tmp_path / "deep" / "er")
    with served(tmp_path) as address, watched(browser, width=1366) as page:
        visit(page, f"{address}/deep/er/")


def test_a_link_leads_to_its_explorer(site, browser):
    """Down a long page, in the state that it names."""
    with watched(browser) as page:
        page.goto((site / "06_averages.html").as_uri() + "#hedge?query=3&t=0.5")
        page.wait_for_function(
            "document.querySelector('[data-explorer=hedge] .mnist-sr')?.dataset.shown.includes('t=0.5')"
        )
        assert page.evaluate("scrollY") > 844


def test_a_visit_from_a_folder(site, browser):
    with watched(browser, width=1366) as page:
        visit(page, (site / "index.html").as_uri())


def visit(page, address: str) -> None:
    """From the front page by a card and *next* to a second lesson, then a search that leads to it."""
    page.goto(address)
    page.click(".mnist-sr-cards a >> nth=0")
    page.click("a.next-page")
    page.wait_for_url(f"**/{LESSONS[1]}.html")
    page.fill("input[name=q]", "antialiasing")
    page.press("input[name=q]", "Enter")
    page.click(f"ul.search a[href^='{LESSONS[1]}.html']")
    page.wait_for_url(f"**/{LESSONS[1]}.html*")


def test_without_scripts(site, browser):
    """Pictures stand where explorers would, questions show their options, answers unfold."""
    with watched(browser, java_script_enabled=False) as page:
        page.goto((site / f"{LESSONS[1]}.html").as_uri())
        page.locator("[data-explorer] img").first.scroll_into_view_if_needed()
        assert page.locator("[data-question] li").first.is_visible()
        answer = page.locator("details[data-answer]").first
        answer.locator("summary").click()
        assert answer.locator("img").first.is_visible()


def test_the_theme_can_be_chosen(site, browser):
    with watched(browser, width=1366) as page:
        page.goto((site / "index.html").as_uri())
        colours = set()
        for _ in range(3):  # automatic, light, dark
            page.click(".theme-toggle >> visible=true")
            colours.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        assert len(colours) == 2


def test_in_firefox(site, tmp_path):
    """One lesson in another engine: its pictures, formulas and folds, and no error."""
    if not find_firefox():
        pytest.skip("no Firefox found")
    with firefox_page(tmp_path) as page:
        page.goto((site / f"{LESSONS[6]}.html").as_uri())
        assert page.evaluate("document.querySelector('.mnist-sr-formula svg').getBoundingClientRect().width") > 0
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        assert page.evaluate("document.querySelectorAll('article details[open] img').length") > 0
        page.evaluate("document.querySelectorAll('img').forEach(image => image.loading = 'eager')")
        loaded = "Promise.all([...document.images].map(image => image.decode())).then(all => all.length)"
        assert page.evaluate(loaded) == len(soup(site / f"{LESSONS[6]}.html").select("img"))
        # Firefox says "Invalid markup" of a formula that has only half arrived, too: another test looks at these.
        assert [error for error in page.errors if "Invalid markup" not in error] == []

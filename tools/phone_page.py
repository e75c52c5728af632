"""A lesson's explorer as one page for phones: python -m tools.phone_page 01 [FILE]

The site's live explorer with all that it needs in one file: no kernel, no network, no program but a browser.
`python -m http.server --directory pages` hands the folder of pages out in a room.
"""

import argparse
import html
import sys
from fnmatch import fnmatch
from pathlib import Path
from string import Template

import nbformat
from nbformat import NotebookNode

from mnist_sr_helpers._files import write_whole
from mnist_sr_helpers.classroom.slides import title
from tools.build_notebooks import lesson_paths, notebook_path
from tools.site_lessons import explorer, img, live
from tools.web_assets import LIVE, as_script, data, script, style

PAGE = Template((LIVE.parent / "phone_page.html").read_text("utf-8"))
DATA = {
    "degradation": (),
    "model": ("weights_*",),
    "ladder": ("weights_*", "more_*"),
    "mismatch": ("mismatch",),
    "forger": ("train",),
    "hedge": ("hedge",),
    "flow": ("flow_*",),
}
"""The explorers that a page can hold, and the files of data that each needs beside ALWAYS."""
ALWAYS = ("digits", "reader")


def found_explorer(notebook: NotebookNode) -> tuple[str, str] | None:
    """The explorer of a lesson: its name, and its place on a page, with the picture of its states; None without one."""
    for cell, follower in zip(notebook.cells, notebook.cells[1:], strict=False):
        if "explorer" in cell.metadata.get("tags", []):
            (name, _), where = explorer(cell.source), live(cell, follower, inline)
            return (name, where) if where and name in DATA else None
    return None


def inline(output: NotebookNode) -> str:
    """The picture of an output as an `img` that holds it."""
    return img(output, f"data:image/png;base64,{output.data['image/png'].strip()}")


def phone_page(name: str, where: str, heading: str) -> str:
    """One page of HTML with the explorer `name` at its place `where`."""
    wanted = (*ALWAYS, *DATA[name])
    files = [as_script(file, tensors) for file, tensors in data() if any(fnmatch(file, each) for each in wanted)]
    code = "\n</script><script>\n".join([script(), *files])
    return PAGE.substitute(heading=html.escape(heading), style=style(), place=where, code=code)


def main(words: list[str] | None = None) -> None:
    """Write the page that `words`, by default the command line's, ask for."""
    notebooks = {path.stem[:2]: nbformat.read(notebook_path(path), 4) for path in lesson_paths()}
    ready = {number: found for number, notebook in notebooks.items() if (found := found_explorer(notebook))}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lesson", help=f"its number: {', '.join(ready)}")
    parser.add_argument("file", nargs="?", type=Path, help="the page; in the folder pages/ by default")
    arguments = parser.parse_args(words)
    number = arguments.lesson.zfill(2)
    if number not in ready:
        sys.exit(f"Name the number of a lesson whose explorer runs on a page ({', '.join(ready)}); got {number}.")
    to = arguments.file or Path("pages") / f"{number}.html"
    write_whole(to, phone_page(*ready[number], title(notebooks[number])).encode())
    print(f"{to}: {to.stat().st_size / 1e6:.1f} MB. For the phones in a room: python -m http.server -d {to.parent}")


if __name__ == "__main__":
    main()

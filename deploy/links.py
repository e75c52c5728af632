"""Print where the course opens without an installation: python -m deploy.links

All addresses come from `Repository` under `[project.urls]` in pyproject.toml. As long as that is not set nothing is
printed. They are links, no badges: a badge would be loaded from elsewhere.
"""

import re
from pathlib import Path

PYPROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
FIRST = "notebooks/00_start_here.ipynb"


def repository(pyproject: str) -> str | None:
    """The repository's address in the text of pyproject.toml; None where it is commented out or a placeholder."""
    found = re.search(r'^Repository = "(https://[\w.-]+/[\w.-]+/[\w.-]+?)(?:\.git|/)?"', pyproject, re.MULTILINE)
    return found[1] if found else None


def links(address: str | None) -> list[str]:
    """Where the course opens, as Markdown; none without an address, or if it is not one that these services read."""
    host, _, name = (address or "").removeprefix("https://").partition("/")
    if host != "github.com":
        return []
    return [
        f"[Open on Binder](https://mybinder.org/v2/gh/{name}/HEAD?urlpath=lab/tree/{FIRST})",
        f"[Open on Codespaces](https://codespaces.new/{name})",
        f"[Open on Colab](https://colab.research.google.com/github/{name}/blob/HEAD/{FIRST})",
    ]


if __name__ == "__main__":
    print("\n".join(links(repository(PYPROJECT.read_text("utf-8")))))

"""The site's glossary: each term in the words of the lesson that introduces it, and links to it from all others."""

import re
from collections.abc import Iterable

from nbformat import NotebookNode

TERMS = (
    "augmentation", "bootstrap", "clip", "convolutions", "correlation", "coverage", "critic", "degradation",
    "effective number", "energy", "frequency", "gradient", "hedge", "ink", "irreducible", "kernel",
    "mean squared error", "minimum MSE", "one-cycle", "overshoot", "parameters", "patches", "posterior", "prior",
    "prior knowledge", "pseudo-inverse", "PSNR", "rank", "receptive field", "regret", "singular values", "spread",
    "SSIM", "super-resolution", "tensors", "upper bound", "variance", "variance within the classes", "wrap",
)  # fmt: skip
"""What the lessons mark once as a term, in italics or bold, where they say what it means."""
HEAD = """# Glossary

Each term in the words of the lesson that introduces it.

"""
BLOCK = re.compile(r"\n\s*\n|\n(?=\s*(?:- |\d+\. |#+ |\||<))")
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z*`])")
LEANS = ("This ", "They ", "Their ", "That ", "Its ", "It ")
"""How a sentence begins that needs the one before it."""
KEPT = re.compile(
    r"(`[^`]*`|\$\$.*?\$\$|\$[^$\n]*\$|\[[^\]]*\]\([^)]*\)|^<.*?$|<[^>]+>|^#.*?$|^\|.*?$)", re.DOTALL | re.MULTILINE
)
"""What stays as it is when terms are linked: code, formulas, links, tags, headings, tables."""


def marked(term: str) -> re.Pattern:
    """Where `term` is marked."""
    return re.compile(rf"(\*\*?){re.escape(term)}\1(?!\*)", re.IGNORECASE)


def introduced(term: str, lessons: dict[str, NotebookNode]) -> tuple[str, str]:
    """The lesson that marks `term` first, and what it says there, in a sentence or two; ValueError if none does."""
    for stem, notebook in lessons.items():
        for cell in notebook.cells:
            if cell.cell_type != "markdown" or "instructor" in cell.metadata.get("tags", []):
                continue
            blocks = BLOCK.split(cell.source)
            for block, after in zip(blocks, [*blocks[1:], ""], strict=True):
                if not block.startswith("#") and marked(term).search(block):
                    return stem, sentences_about(term, block) + (after if block.endswith(":") else "")
    raise ValueError(f"no lesson marks the term {term}: mark it in one, or take it out of tools/glossary.py.")


def sentences_about(term: str, block: str) -> str:
    """The sentence of a `block` of text that marks `term`, and the one before it if it leans on that."""
    sentences = SENTENCE.split(" ".join(block.removeprefix("- ").split()))
    at = next(i for i, sentence in enumerate(sentences) if marked(term).search(sentence))
    return " ".join(sentences[at - (sentences[at].startswith(LEANS) and at > 0) : at + 1])


def glossary(terms: dict[str, tuple[str, str]]) -> str:
    """The page, in MyST, of `terms` as `introduced` finds them."""
    entries = (
        f"{term}\n  {' '.join(words.split())} (Lesson [{stem[:2]}]({stem}.ipynb))\n"
        for term, (stem, words) in terms.items()
    )
    return f"{HEAD}```{{glossary}}\n" + "\n".join(entries) + "```\n"


def linked(text: str, done: set[str], terms: Iterable[str]) -> str:
    """A lesson's Markdown, the first of each of `terms` linked to the glossary; those `done` already are left alone."""
    pieces = KEPT.split(text)  # every second is kept
    return "".join(piece if i % 2 else with_links(piece, done, terms) for i, piece in enumerate(pieces))


def with_links(plain: str, done: set[str], terms: Iterable[str]) -> str:
    """`linked` of text that holds nothing to be kept: the longest terms first, since one may hold another."""
    names = sorted(set(terms) - done, key=len, reverse=True)
    if not names:
        return plain
    known = {name.lower(): name for name in names}

    def link(match: re.Match) -> str:
        name = known[match[0].lower()]
        if name in done:
            return match[0]
        done.add(name)
        return f"{{term}}`{match[0]} <{name}>`"

    return re.sub(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])", link, plain, flags=re.IGNORECASE)

"""Tables of numbers: in a notebook a real HTML table, in a terminal aligned text."""

import html
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import jinja2
import numpy as np
import torch

MINUS = "\u2212"
NUMBER = re.compile(rf"([+{MINUS}]?(\d[\d.,]*(e[+{MINUS}]\d+)?|\u221e)( ?[^\W\d_]+|%)?)?")
"""What stands in a column of numbers: a unit may follow, and an empty cell is one, too."""

PAGE = jinja2.Template(Path(__file__).with_name("table.html").read_text("utf-8"))


class Table:
    """Rows and columns of texts, as `table` lays them out: `to_html()` for pages, `str()` for terminals."""

    def __init__(self, caption: str, corner: str, columns: list[tuple[str, str]], rows: dict[str, list[str]], best=()):
        self.caption, self.corner, self.columns, self.rows, self.best = caption, corner, columns, rows, best
        columns_of_cells = zip(*rows.values(), strict=True)
        self.sides = ["right" if all(map(NUMBER.fullmatch, cells)) else "left" for cells in columns_of_cells]
        self.groups = [(group, len(list(members))) for group, members in groupby(group for group, _ in columns)]

    def to_html(self) -> str:
        """The table as HTML that stays readable where a site strips its styles."""
        return PAGE.render(table=self, escape=html.escape)

    _repr_html_ = to_html

    def __str__(self) -> str:
        lines = [[name, *cells] for name, cells in self.rows.items()]
        if self.columns:
            above = [text for group, count in self.groups for text in (group, *[""] * (count - 1))]
            lines = [["", *above], [self.corner, *(name for _, name in self.columns)], *lines]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        sides = ["<", *(">" if side == "right" else "<" for side in self.sides)]
        form = "  ".join(f"{{:{side}{width}}}" for side, width in zip(sides, widths, strict=True))
        texts = [self.caption, *(form.format(*line) for line in lines)]
        return "\n".join(text.rstrip() for text in texts if text.strip())

    __repr__ = __str__


def table(
    rows: Mapping[str, Sequence],
    columns: Sequence[str | tuple[str, str]] = (),
    *,
    caption: str = "",
    corner: str = "",
    form: str | Sequence[str] = ".2f",
    best: str | Sequence[str] = "",
) -> Table:
    """A table for the notebook: the heading of each row and its cells, under the headings of the columns.

    A cell is a number, a tensor of one number, or a text; a row may be a tensor (C,). A column's heading is a text,
    or a pair (group, text) where several columns stand under one. `form` is the format of the numbers as in an
    f-string, ".2f" or ".1%", one for all or one for each column; `best`, in the same way, is "high" or "low" where
    the largest or the least number of a column is the best and shall be bold, else "". `caption` says what is
    measured, in which unit; `corner` heads the row's names. Raises TypeError or ValueError for what is no table.
    Taught in "SimpleSR".
    """
    if not isinstance(rows, Mapping) or not rows:
        raise ValueError(f"rows must map each row's heading to its cells, at least one, got {rows!r}.")
    for name, cells in rows.items():
        if isinstance(cells, str) or not isinstance(cells, Iterable) or getattr(cells, "ndim", 1) == 0:
            raise ValueError(f"rows must map each heading to a list of cells; {name!r} is mapped to {cells!r}.")
    values = {str(name): [plain(cell) for cell in cells] for name, cells in rows.items()}
    widths = {len(cells) for cells in values.values()} | ({len(columns)} if columns else set())
    if len(widths) != 1:
        raise ValueError(f"rows must have one cell for each column, got {sorted(widths)} cells or columns.")
    (width,) = widths
    headings = [column if isinstance(column, tuple) else ("", str(column)) for column in columns]
    forms, bests = one_each("form", form, width), one_each("best", best, width)
    if unknown := set(bests) - {"", "high", "low"}:
        raise ValueError(f'best must be "high", "low" or "", got {unknown.pop()!r}.')
    texts = {name: [written(*cell) for cell in zip(cells, forms, strict=True)] for name, cells in values.items()}
    bold = set()
    for j, which in enumerate(bests):
        column = [cells[j] for cells in values.values()]
        numbers = [cell for cell in column if isinstance(cell, (int, float)) and not math.isnan(cell)]
        if which and numbers:
            top = written((max if which == "high" else min)(numbers), forms[j])
            bold |= {(name, j) for name in texts if texts[name][j] == top}  # what reads the same is as good
    return Table(caption, corner, headings, texts, bold)


def one_each(name: str, value: str | Sequence[str], count: int) -> list[str]:
    """`value` for each of `count` columns."""
    each = [value] * count if isinstance(value, str) else list(value)
    if len(each) != count:
        raise ValueError(f"{name} must be one text, or {count} of them, one for each column, got {len(each)}.")
    return each


def plain(cell):
    """A cell as a Python number or text."""
    if isinstance(cell, (torch.Tensor, np.ndarray, np.generic)):
        if math.prod(cell.shape) != 1:
            raise ValueError(f"rows must hold one number a cell, got a tensor of shape {tuple(cell.shape)}.")
        return cell.item()
    return cell


def written(cell, form: str) -> str:
    """A cell as it is shown: a number by its format, with a true minus sign; infinity as its sign."""
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        return str(cell)
    if math.isinf(cell):
        return "\u221e" if cell > 0 else f"{MINUS}\u221e"
    whole = isinstance(cell, int) and form.endswith("f")  # a count has no decimals
    return (f"{cell:,}" if whole else f"{cell:{form}}").replace("-", MINUS)

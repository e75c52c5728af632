"""Tables of numbers: in a notebook a real HTML table, in a terminal aligned text."""

import html
import math
from collections.abc import Mapping, Sequence
from itertools import groupby

import torch

MINUS = "\u2212"


class Table:
    """Rows and columns of texts, as `table` lays them out: `to_html()` for pages, `str()` for terminals."""

    def __init__(self, caption: str, corner: str, columns: list[tuple[str, str]], rows: dict[str, list[str]]):
        self.caption, self.corner, self.columns, self.rows = caption, corner, columns, rows
        self.numeric = [all(is_number(row[j]) for row in rows.values()) for j in range(len(next(iter(rows.values()))))]
        self.best: set[tuple[str, int]] = set()

    def to_html(self) -> str:
        """The table as HTML that stays readable where a site strips its styles."""
        head = self.html_head()
        body = "".join(
            f'<tr><th scope="row" align="left" style="text-align:left">{html.escape(name)}</th>'
            + "".join(self.html_cell(name, j, text) for j, text in enumerate(cells))
            + "</tr>"
            for name, cells in self.rows.items()
        )
        caption = f'<caption align="top" style="text-align:left">{html.escape(self.caption)}</caption>'
        content = f"{caption if self.caption else ''}{head}<tbody>{body}</tbody>"
        return f'<div style="overflow-x:auto"><table>{content}</table></div>'

    def html_head(self) -> str:
        """One row of headings, or two where columns stand in groups; none without columns."""
        if not self.columns:
            return ""
        grouped, corner = any(group for group, _ in self.columns), html.escape(self.corner)
        lines = []
        if grouped:
            spans = [(group, len(list(members))) for group, members in groupby(group for group, _ in self.columns)]
            groups = "".join(f'<th scope="colgroup" colspan="{n}">{html.escape(group)}</th>' for group, n in spans)
            lines.append(f"<tr><td></td>{groups}</tr>")
        names = "".join(
            f'<th scope="col" {alignment(numeric)}>{html.escape(name)}</th>'
            for (_, name), numeric in zip(self.columns, self.numeric, strict=True)
        )
        first = f'<th scope="col" align="left" style="text-align:left">{corner}</th>' if corner else "<td></td>"
        lines.append(f"<tr>{first}{names}</tr>")
        return f"<thead>{''.join(lines)}</thead>"

    def html_cell(self, name: str, j: int, text: str) -> str:
        """One cell; the best of its column is bold."""
        text = html.escape(text)
        return f"<td {alignment(self.numeric[j])}>{f'<strong>{text}</strong>' if (name, j) in self.best else text}</td>"

    def __str__(self) -> str:
        rows = [[name, *cells] for name, cells in self.rows.items()]
        names = [[self.corner, *(name for _, name in self.columns)]] if self.columns else []
        widths = [max(len(row[j]) for row in names + rows) for j in range(len(rows[0]))]
        groups = []
        if any(group for group, _ in self.columns):
            groups, start = [" " * widths[0]], 1
            for group, members in groupby(group for group, _ in self.columns):
                count = len(list(members))
                room = sum(widths[start : start + count]) + 2 * (count - 1)
                widths[start] += max(0, len(group) - room)  # a wide heading widens its first column
                groups.append(group.rjust(max(room, len(group))))
                start += count
        numeric = [False, *self.numeric]
        aligned = [
            "  ".join(
                text.rjust(w) if right else text.ljust(w) for text, w, right in zip(row, widths, numeric, strict=True)
            )
            for row in names + rows
        ]
        lines = ([self.caption] if self.caption else []) + (["  ".join(groups)] if groups else []) + aligned
        return "\n".join(line.rstrip() for line in lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return self.to_html()


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
    values = {str(name): [plain(cell) for cell in cells] for name, cells in rows.items()}
    widths = {len(cells) for cells in values.values()} | ({len(columns)} if columns else set())
    if len(widths) != 1:
        raise ValueError(f"rows must have one cell for each column, got {sorted(widths)} cells or columns.")
    (width,) = widths
    headings = [column if isinstance(column, tuple) else ("", str(column)) for column in columns]
    forms, bests = one_each("form", form, width), one_each("best", best, width)
    if unknown := set(bests) - {"", "high", "low"}:
        raise ValueError(f'best must be "high", "low" or "", got {unknown.pop()!r}.')
    texts = {name: [written(cell, forms[j]) for j, cell in enumerate(cells)] for name, cells in values.items()}
    made = Table(caption, corner, headings, texts)
    for j, which in enumerate(bests):
        numbers = {name: cells[j] for name, cells in values.items() if isinstance(cells[j], (int, float))}
        if which and numbers:
            top = (max if which == "high" else min)(numbers.values())
            # What reads the same is as good.
            made.best |= {(name, j) for name in numbers if texts[name][j] == written(top, forms[j])}
    return made


def one_each(name: str, value: str | Sequence[str], count: int) -> list[str]:
    """`value` for each of `count` columns."""
    each = [value] * count if isinstance(value, str) else list(value)
    if len(each) != count:
        raise ValueError(f"{name} must be one text, or {count} of them, one for each column, got {len(each)}.")
    return each


def plain(cell):
    """A cell as a Python number or text."""
    if isinstance(cell, torch.Tensor):
        if cell.numel() != 1:
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


def is_number(text: str) -> bool:
    """Does this text stand in a column of numbers? A unit may follow it, an empty cell is one, too."""
    return not text or text.lstrip(f"+{MINUS}")[:1].isdigit() or text.endswith("\u221e")


def alignment(numeric: bool) -> str:
    """The attributes that align a cell: numbers right, texts left, also where styles are stripped."""
    side = "right" if numeric else "left"
    return f'align="{side}" style="text-align:{side}"'

"""How long a lesson takes: reading, code, exercises, and half a minute for each thing to look at or to answer."""

import re
from math import ceil

from nbformat import NotebookNode

WORDS, LINES, LOOK = 180, 12, 0.5  # words and lines of code a minute; minutes a figure, table, question or explorer
TO_LOOK_AT = re.compile(
    r"(?<!axes\.)\b(table|grid|to_picture|case_file|draw_matrix|ask|Explorer|Quiz|DigitPad|Wipe|health_check|\w+_sheet"
    r"|\w+\.(?:sheet|score))\("
)
A_PAIR = re.compile(r"^\w+, \w+ = \w+_sheet\(")  # a sheet's picture and its table, or its curves
MARKDOWN_TABLE = re.compile(r"^\|[ :|-]+\|$", re.MULTILINE)
"""The line under its head."""
UNREAD = re.compile(rf"<[^>]+>|(?<=\])\([^)]*\)|{MARKDOWN_TABLE.pattern}|\|", re.MULTILINE)
"""Tags, where links lead, and a table's lines."""
EXERCISE = re.compile(r"^#+ .*\(\w+, (\d+) minutes\)", re.MULTILINE)
HEADING = re.compile(r"^(#+) (.*)$", re.MULTILINE)


def lesson_minutes(notebook: NotebookNode) -> float:
    """The minutes of a lesson without what is marked optional: a heading with that word, up to the next of its level.

    Lines are counted as a student sees them, without blanks; a folded cell takes as long as an open one,
    a folded solution none.
    """
    words = lines = looks = exercises = 0
    level = 0  # of the optional section that we are in, if any
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        if cell.cell_type == "code":
            if not level:
                code = [line for line in cell.source.splitlines() if line.strip()]
                lines += len(code)
                seen = [line for line in code if not line.lstrip().startswith("def ")]
                looks += sum(len(TO_LOOK_AT.findall(line)) + bool(A_PAIR.match(line)) for line in seen)
            continue
        if "solution" in tags or "instructor" in tags:
            continue
        for part in re.split(r"^(?=#+ )", cell.source, flags=re.MULTILINE):
            if heading := HEADING.match(part):
                depth = len(heading[1])
                if level and depth <= level:
                    level = 0
                if not level and "optional" in heading[2].lower():
                    level = depth
            if not level:
                words += len(UNREAD.sub("", part).split())
                exercises += sum(map(int, EXERCISE.findall(part)))
                looks += len(MARKDOWN_TABLE.findall(part))
    return words / WORDS + lines / LINES + exercises + LOOK * looks


def stated(minutes: float) -> int:
    """What a lesson states: rounded up to five."""
    return 5 * ceil(minutes / 5)

"""Converts plain text whose line breaks matter to Markdown: aligned lines become a table, and short
lines stay lines.

    Room     Floor   Phone             | Room | Floor | Phone |
    Orion    2       4410       ─▶     |---|---|---|
    Lyra     3       4411              | Orion | 2 | 4410 |
                                       | Lyra | 3 | 4411 |

Columns are what blanks part from top to bottom, or lines that are drawn with signs; what else is
drawn with them is code, whose blanks stay. A line stands by itself where the first word of the
next one would stand in it, or where it is above what is indented below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from textwrap import dedent

from entrywise.data.documents.conversion import writing
from entrywise.data.documents.plain_text import margin

_LEAST, _WIDEST = 60, 120
"""Characters of lines that are broken for their width."""
_MOST_LINES = 0.9
"""The share of lines that are no wider than all are to be."""
_SHARE = 0.6
"""The share of lines that end early where all stand by themselves."""
_APART = 2
"""Blanks between two columns, at least; one is within a text."""
_FEWEST = 6
"""Cells of the smallest table: two lines of three, or three of two."""
_MOST = 30
"""Columns: what has more is no table of people, and would take long."""
_TAB = 8
_LONGEST = 100_000
"""Characters of lines that are looked at."""
_GAP = re.compile(r"\S {2,}\S")
_RULE = re.compile(r"[-=_+ ]*[-=_]{2}[-=_+ ]*")
_BAR = "|\u2502\u2503\u2551"
"""What parts the cells of a row in a table that is drawn."""
_DRAWN = re.compile(r"[-+=|:*\s\u2500-\u257f]*")
_CORNER = re.compile(r"[-=][+|]|[+|][-=]|[\u2500\u2501\u2550]{2}")
"""What a line between rows has, of nothing but such signs."""
_MOSTLY = 0.5
"""The share of lines with such signs from which on a paragraph is drawn."""
_BREAK = "  \n"
"""Between lines: where one is quoted alone, blanks are left out."""
_MARK = re.compile(r"[\W_]*|\(?\w{1,3}[.)]")
"""What begins an item of a list."""
_NUMERIC = re.compile(r"[^\w\s]?\s?\d[\d.,:%\s/-]*\s?(?:\w{1,3}|[^\w\s])?")


def aligned_table(lines: str) -> str:
    """A table of lines whose cells stand below each other, and above it the lines that announce it;
    empty where they do not.

    >>> print(aligned_table("Rooms:\\nRoom    Floor\\nOrion   2\\nLyra    3"))
    Rooms:
    <BLANKLINE>
    | Room | Floor |
    |---|---|
    | Orion | 2 |
    | Lyra | 3 |
    """
    if len(lines) > _LONGEST or "|" in lines:
        return ""
    texts = [line.expandtabs(_TAB).rstrip() for line in lines.split("\n")]
    first = next((place for place, text in enumerate(texts) if _GAP.search(text)), len(texts))
    table = _table(texts[first:])
    above = writing.paragraph(writing.escaped(" ".join(texts[:first])))
    return "\n\n".join(filter(None, (above, table))) if table else ""


def drawn(lines: str) -> str:
    """A table whose lines are drawn with signs, or code where it is another drawing; empty of what
    is none.

    >>> print(drawn("+------+-----+\\n| Port | Use |\\n+------+-----+\\n| 80   | web |"))
    | Port | Use |
    |---|---|
    | 80 | web |
    """
    texts = [line.expandtabs(_TAB).rstrip() for line in lines.split("\n")]
    ruled = [_DRAWN.fullmatch(text) is not None for text in texts]
    has_corner = any(rule and _CORNER.search(text) for rule, text in zip(ruled, texts, strict=True))
    barred = [any(bar in text for bar in _BAR) for text in texts]
    share = sum(map(max, ruled, barred)) / len(texts)
    if len(lines) > _LONGEST or not has_corner or share <= _MOSTLY or all(ruled):
        return ""
    return _ruled_table(texts, ruled) or writing.code_block(dedent("\n".join(texts)))


def _ruled_table(texts: Sequence[str], ruled: Sequence[bool]) -> str:
    """A table whose rows lines part, or only the header; empty where rows have not the same number
    of cells."""
    parts: list[list[list[str]]] = [[]]
    for text, rule in zip(texts, ruled, strict=True):
        if rule:
            parts.append([])
            continue
        cells = [cell.strip() for cell in re.split(f"[{_BAR}]", text)]
        parts[-1].append(cells[not cells[0] : -1 if not cells[-1] else None])
    header, *below = [part for part in parts if part] or [[]]
    # Where one line is below the header, it parts no rows.
    lines = [[line] for part in below for line in part] if len(below) == 1 else map(_wrapped, below)
    rows = [row for part in (_wrapped(header), *lines) for row in part]
    if not below or len(header[0]) < _APART or len({len(row) for row in rows}) > 1:
        return ""
    rows = [[writing.escaped(cell) for cell in row] for row in rows]
    return writing.table(rows[0], rows[1:])


def _wrapped(part: Sequence[list[str]]) -> list[list[str]]:
    """The rows of a part: a line with an empty cell goes on with the one above it."""
    rows: list[list[str]] = []
    for cells in part:
        if rows and not all(cells) and len(cells) == len(rows[-1]):
            rows[-1] = [f"{one} {more}".strip() for one, more in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
    return rows


def width(text: str) -> int:
    """How wide the lines of a text are, by those behind which a paragraph goes on."""
    lengths = sorted(
        len(line.rstrip())
        for line, after in pairwise(text.split("\n"))
        if line.strip() and after.strip() and len(line) <= _WIDEST
    )
    return max(lengths[int(_MOST_LINES * len(lengths))], _LEAST) if lengths else _LEAST


def own_lines(lines: str, width: int) -> str:
    r"""A paragraph of lines that stand by themselves; empty where they are one text.

    >>> own_lines("Main Street 5\nBerlin", 60)
    'Main Street 5  \nBerlin'
    >>> own_lines("-r\n   Copies all folders, and\n   what they hold.", 26)
    '\\-r  \nCopies all folders, and what they hold.'
    """
    texts = [line.expandtabs(_TAB).rstrip() for line in lines.split("\n") if line.strip()]
    if len(texts) < _APART:
        return ""
    early = [_ends_early(one, after, width) for one, after in pairwise(texts)]
    if sum(early) >= _SHARE * len(early):
        return _set(texts)
    first, *below = texts
    is_above = early[0] and all(len(margin(one)) >= len(margin(first)) + _APART for one in below)
    return _set([first, " ".join(below)]) if is_above else ""


def _set(texts: Sequence[str]) -> str:
    return _BREAK.join(typed(text) for text in texts)


def typed(text: str) -> str:
    """A paragraph, or a line of one, that stands for nothing but itself."""
    # A dollar is of a price or a program, and begins no formula.
    return writing.paragraph(writing.escaped(" ".join(text.split())).replace("$", "\\$"))


def _ends_early(line: str, after: str, width: int) -> bool:
    return len(f"{line} {after.split(maxsplit=1)[0]}") < width


def _table(texts: Sequence[str]) -> str:
    is_ruled = len(texts) > 1 and _RULE.fullmatch(texts[1]) is not None
    texts = [text for text in texts if text.strip() and not _RULE.fullmatch(text)]
    columns = _columns(texts)
    if not 1 < len(columns) <= _MOST:
        return ""
    rows = list(_joined([_cells(text, columns) for text in texts]))
    is_list = all(_MARK.fullmatch(row[0]) for row in rows)
    is_whole = all(sum(map(bool, row)) > 1 for row in rows)
    is_small = len(rows) < _APART or len(rows) * len(columns) < _FEWEST
    if is_list or not is_whole or is_small:
        return ""
    rows = [[writing.escaped(cell) for cell in row] for row in rows]
    if is_ruled or is_header(rows[0], rows[1:]):
        return writing.table(rows[0], rows[1:])
    return writing.table([], rows)


def _columns(texts: Sequence[str]) -> list[int]:
    """Where columns begin: behind blanks that all lines share."""
    width = max(map(len, texts), default=0)
    is_blank = [True] * width
    for text in texts:
        for found in re.finditer(r"\S(?:\s?\S)*", text):
            is_blank[found.start() : found.end()] = [False] * (found.end() - found.start())
    starts = [0]
    run = 0
    for place, blank in enumerate(is_blank):
        if not blank and run >= _APART and place > run:
            starts.append(place)
        run = run + 1 if blank else 0
    return starts


def _cells(text: str, columns: Sequence[int]) -> list[str]:
    return [text[a:b].strip() for a, b in zip(columns, [*columns[1:], None], strict=True)]


def _joined(rows: Sequence[list[str]]) -> Iterator[list[str]]:
    """Rows, each with the lines below it that have nothing in the first column."""
    row: list[str] = []
    for cells in rows:
        if row and not cells[0]:
            row = [f"{one} {more}".strip() for one, more in zip(row, cells, strict=True)]
        else:
            if row:
                yield row
            row = cells
    if row:
        yield row


def is_header(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names columns: above numbers stand none."""
    return any(
        not _NUMERIC.fullmatch(name) and all(map(_NUMERIC.fullmatch, filter(None, column)))
        for name, *column in zip(first, *below, strict=True)
        if name and any(column)
    ) and not any(map(_NUMERIC.fullmatch, first))

"""Tables of AsciiDoc: the cells of rows, with what they say of themselves.

[cols="1,2"]
|===
|Town |Days          ─▶  [["Town", "Days"], ["Rome", "three"]], with a header

|Rome
|three
|===
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import NamedTuple

from entrywise.data.documents.plain_text import whole_number

_SPEC = r"(?<!\S)(?:\d+(?:\.\d+)?|\.\d+)?[+*]?[<^>]?(?:\.[<^>])?[adehlmsv]?"
"""What stands before the sign that begins a cell, and says something of it, behind a blank."""
_SPAN = re.compile(r"(?P<across>\d+)?(?:\.(?P<down>\d+))?(?P<how>[+*])")
_COLUMNS = re.compile(r"(?:(?P<times>\d+)\*)?[^,;]*")
_WIDEST, _MOST = 200, 1_000
"""Columns of a table, and how many cells one of them may stand for."""


class Cell(NamedTuple):
    """A cell of a table: its text, how many columns and rows it takes, and its style."""

    text: str
    across: int = 1
    down: int = 1
    style: str = ""


class Table(NamedTuple):
    """The rows of a table, each as wide, and whether the first names the columns."""

    rows: list[list[Cell]]
    has_header: bool


def read_table(lines: Sequence[str], attributes: Mapping[str, str], fence: str) -> Table:
    """The table between two fences."""
    text = "\n".join(lines).strip("\n")
    kind = attributes.get("format", {",": "csv", ":": "dsv"}.get(fence[:1], ""))
    if kind in ("csv", "dsv", "tsv"):
        apart = attributes.get("separator", {"csv": ",", "dsv": ":", "tsv": "\t"}[kind])[:1]
        rows = [[Cell(one) for one in row] for row in _separated(text, apart or ",") if row]
    else:
        sign = attributes.get("separator", "")[:1] or fence[:1]
        cells = _cells(text, sign)
        first = next((line for line in lines if line.strip()), "")
        width = _width(attributes.get("cols", "")) or sum(one.across for one in _cells(first, sign))
        rows = _rows(cells, max(min(width, _WIDEST), 1))
        styles = _styles(attributes.get("cols", ""))
        rows = [[_styled(one, styles[n : n + 1]) for n, one in enumerate(row)] for row in rows]
    return Table(rows, bool(rows) and _has_header(lines, attributes))


def _separated(text: str, apart: str) -> list[list[str]]:
    """The rows of values; lines as they are where these are none, as one without an end."""
    try:
        return [*csv.reader(StringIO(text), delimiter=apart)]
    except csv.Error:
        return [[line] for line in text.split("\n")]


def _has_header(lines: Sequence[str], attributes: Mapping[str, str]) -> bool:
    options = f"{attributes.get('options', '')},{attributes.get('opts', '')}".split(",")
    if "header" in options:
        return True
    # A first row on one line, with an empty line behind it alone.
    is_apart = len(lines) > 1 and bool(lines[0].strip()) and not lines[1].strip()
    return is_apart and "noheader" not in options


def _cells(text: str, sign: str) -> list[Cell]:
    """The cells of a text: each begins with a sign, blanks before it or none."""
    begins = re.compile(rf"(?P<spec>{_SPEC}|)(?<!\\){re.escape(sign)}")
    found = [*begins.finditer(text)]
    cells: list[Cell] = []
    for one, behind in zip(found, [*found[1:], None], strict=False):
        inner = text[one.end() : behind.start() if behind else len(text)]
        span = _SPAN.match(one["spec"])
        across = whole_number(span["across"], 1) if span and span["across"] else 1
        down = whole_number(span["down"], 1) if span and span["down"] else 1
        style = one["spec"][-1:] if one["spec"][-1:].isalpha() else ""
        told = inner.strip().replace(f"\\{sign}", sign)
        if span and span["how"] == "*":
            cells += [Cell(told, style=style)] * min(across, _MOST)
        else:
            cells.append(Cell(told, min(across, _WIDEST), min(down, _MOST), style))
    return cells


def _styles(columns: str) -> str:
    """What cells of each column are, a letter each; a blank where that is not said."""
    styles = ""
    for part in re.split(r"[,;]", columns):
        found = _COLUMNS.match(part.strip())
        times = whole_number(found["times"], 1) if found and found["times"] else 1
        style = part.strip()[-1:]
        styles += (style if style.isalpha() else " ") * min(times, _WIDEST)
    return styles


def _styled(one: Cell, style: str) -> Cell:
    return one if one.style or not style.strip() else one._replace(style=style)


def _width(columns: str) -> int:
    """How many columns there are; 0 where that is not said."""
    if columns.strip().isdecimal():
        return 1
    found = [_COLUMNS.match(one.strip()) for one in re.split(r"[,;]", columns) if columns.strip()]
    return sum(whole_number(one["times"], 1) if one and one["times"] else 1 for one in found)


def _rows(cells: Sequence[Cell], width: int) -> list[list[Cell]]:
    """Cells by rows: one that takes several rows is there in each, its text in all of them."""
    rows: list[list[Cell]] = []
    below: dict[tuple[int, int], Cell] = {}
    row: list[Cell] = []
    for one in cells:
        while (held := below.pop((len(rows), len(row)), None)) is not None:
            row.append(held)
        for place in range(min(one.across, width - len(row))):
            own = one if not place else Cell("")
            for down in range(1, min(one.down, _MOST)):
                below[len(rows) + down, len(row)] = own
            row.append(own)
        while (held := below.pop((len(rows), len(row)), None)) is not None:
            row.append(held)
        if len(row) >= width:
            rows.append(row)
            row = []
    return [*rows, row] if row else rows

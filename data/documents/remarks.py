"""Remarks: admonitions of a text, which authors set apart from what is around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from entrywise.data.documents.dialects.commonmark import COLONS, INDENTED, SLASHES, STEP
from entrywise.data.documents.dialects.fences import Fences

_TAB = "tab"
"""The kind of what is one of several, and no remark."""


def remarks(text: str) -> list[range]:
    """The lines of each outermost admonition (`!!! note`, `??? tip`, `::: warning`, `/// tip`), the
    one that opens it first; `to_commonmark` leaves them in their places.

    >>> remarks("One.\\n\\n!!! note\\n    Two.\\n\\nThree.")
    [range(2, 4)]
    """
    lines = text.split("\n")
    found: list[range] = []
    closed = _closed(lines)
    fences, number = Fences(), 0
    while number < len(lines):
        end = number if fences.read(lines[number]) else _end(lines, number, closed)
        if end > number:
            found.append(range(number, end))
        number = max(end, number + 1)
    return found


def _end(lines: Sequence[str], first: int, closed: Mapping[int, int]) -> int:
    """The line after the admonition that a line opens; that line where it opens none."""
    if (opening := INDENTED.match(lines[first])) and opening["kind"]:
        inner = len(opening["indent"]) + STEP
        end = last = first + 1
        while end < len(lines) and (not lines[end].strip() or _indent(lines[end]) >= inner):
            end += 1
            last = end if lines[end - 1].strip() else last
        return last
    return closed.get(first, first)


def _closed(lines: Sequence[str]) -> Mapping[int, int]:
    """The line after the one that closes what a line opens, for each line that opens an admonition
    which is closed."""
    closed: dict[int, int] = {}
    for marks in (COLONS, SLASHES):
        opened: list[tuple[int, str]] = []
        for number, line in enumerate(lines):
            if not (found := marks.match(line)):
                continue
            if found["kind"]:
                opened.append((number, found["kind"]))
            elif opened:
                first, kind = opened.pop()
                if kind != _TAB:
                    closed[first] = number + 1
    return closed


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))

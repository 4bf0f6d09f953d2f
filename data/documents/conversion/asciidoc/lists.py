"""Lists of AsciiDoc: which lines are one, and what its items are.

* Oars             Item("", "Oars", ["** two"])
** two         ─▶
* Rudder           Item("", "Rudder", [])
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from entrywise.data.documents.conversion.asciidoc.lines import (
    HEADING,
    About,
    fenced,
    is_fence,
    tell,
)

_ITEM = re.compile(
    r"[ \t]*(?P<mark>\*{1,5}|-|\.{1,5}|\d{1,5}\.|[a-zA-Z]\.|<(?:\d+|\.)>)[ \t]+(?P<text>\S.*)$"
)
_TERM = re.compile(r"[ \t]*(?P<term>\S.*?)(?P<mark>:{2,4}|;;)(?:[ \t]+(?P<text>\S.*))?$")


class Item(NamedTuple):
    """An item of a list: the term that it explains, its first line, and those below."""

    term: str
    text: str
    below: list[str]


def is_item(line: str) -> bool:
    """Whether a line begins an item of a list."""
    return bool(_ITEM.match(line)) or bool(_TERM.match(line) and not line.startswith(("//", "|")))


def mark_of(line: str) -> str:
    """What tells the items of one list from those of another: their mark, or the kind of it."""
    if found := _ITEM.match(line):
        mark = found["mark"]
        if mark[0] == "<":
            return "<"
        return "1." if mark[0].isdigit() else "a." if mark[0].isalpha() else mark
    found = _TERM.match(line)
    return found["mark"] if found else ""


def end_of_list(lines: Sequence[str], place: int) -> int:
    """Where a list ends that begins on a line."""
    end = place
    while end < len(lines):
        line = lines[end].rstrip()
        if line == "+" and end + 1 < len(lines):
            end = _behind_attached(lines, end + 1)
        elif not line:
            behind = next((n for n in range(end, len(lines)) if lines[n].strip()), len(lines))
            if behind == len(lines) or not _goes_on(lines[behind]):
                return end
            end = behind
        elif end > place and _is_apart(line):
            return end
        else:
            end += 1
    return end


def _behind_attached(lines: Sequence[str], place: int) -> int:
    """Where a block ends that a `+` attaches to an item."""
    while place < len(lines) and tell(lines[place], About()):
        place += 1
    if place < len(lines) and is_fence(lines[place]):
        return fenced(lines, place)[0]
    return min(place + 1, len(lines))


def _goes_on(line: str) -> bool:
    """Whether a list goes on with a line behind an empty one."""
    return is_item(line) or line.rstrip() == "+" or line[:1].isspace()


def _is_apart(line: str) -> bool:
    """Whether a line right below an item is none of its text."""
    return is_fence(line) or bool(HEADING.match(line)) or tell(line, About())


def items_of(lines: Sequence[str]) -> list[Item]:
    """The items of a list, of which each is marked as the first is."""
    first = mark_of(lines[0])
    items: list[Item] = []
    verbatim = 0
    for place, line in enumerate(lines):
        if place >= verbatim and items and is_fence(line):
            verbatim = fenced(lines, place)[0]
        elif place >= verbatim and is_item(line) and mark_of(line) == first:
            found = (_TERM if first[0] in ":;" else _ITEM).match(line)
            told = found.groupdict() if found else {}
            items.append(Item(told.get("term") or "", told.get("text") or "", []))
            continue
        items[-1].below.append(line)
    return items

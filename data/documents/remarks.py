"""Remarks: admonitions of a text, which authors set apart from what is around them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from entrywise.data.documents.dialects.admonitions import (
    ALERT,
    COLONS,
    INDENTED,
    MARKED,
    SLASHES,
    STEP,
)
from entrywise.data.documents.dialects.fences import HOLDER, Fences, end_of_directive
from entrywise.data.documents.dialects.lines import Line, starts, within
from entrywise.data.documents.dialects.mkdocs import TYPE
from entrywise.data.documents.dialects.shortcodes import around
from entrywise.data.documents.markup.mdc import from_mdc
from entrywise.data.documents.plain_text import columns

URGENT = frozenset(
    "attention bug caution danger deprecated error fail failure important warning".split()
)
"""The kinds that nobody should miss."""
_NAMES = {
    "NOTE": "note info abstract summary tldr todo",
    "TIP": "tip hint success check done",
    "IMPORTANT": "important",
    "WARNING": "warning attention deprecated",
    "CAUTION": "caution danger error fail failure bug",
}
ALERTS = {kind: name for name, kinds in _NAMES.items() for kind in kinds.split()}
"""What GitHub calls the kinds that it has an alert for."""
_MARKED = {"!": "important", "?": "tip"}
"""The kinds of what docsify and Terraform mark so; `->` and `~>` are notes."""
_TAGS = frozenset(
    "admonition alert attention callout caution danger error hint important info note notice "
    "success tip warning".split()
)
"""What tags are called that hold a remark."""
_SAID = re.compile(
    r"(?:(?P<name>[\w-]+)\s?=\s?)?(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'=]+))"
)
_TITLES = frozenset("caption header heading label summary text title".split())
_TAB = "tab"
"""The kind of what is one of several, and no remark."""


class Remark(NamedTuple):
    """The lines of an admonition, the one that opens it first, and what its author calls it in
    lower case: "note", "warning"."""

    lines: range
    kind: str

    def below(self, line: int) -> Remark:
        """This remark, its lines counted from the line `line` on, which may be within it."""
        lines = self.lines
        return Remark(range(max(0, lines.start - line), lines.stop - line), self.kind)


def remarks(text: str) -> list[Remark]:
    """The outermost admonitions of a text (`!!! note`, `??? tip`, `::: warning`, `/// tip`,
    `> [!NOTE]`, `!> …`, `{% callout tip %}`); `to_commonmark` leaves them in their places.

    >>> remarks("One.\\n\\n!!! note\\n    Two.\\n\\nThree.")
    [Remark(lines=range(2, 4), kind='note')]
    """
    lines = from_mdc(text).split("\n")
    found: list[Remark] = []
    closed = _closed(lines)
    fences, number = Fences(), 0
    while number < len(lines):
        one = None if fences.is_open else _directive(lines, number)
        if not (one or fences.read(lines[number])):
            one = _opened(lines, number, closed)
        if one:
            found.append(one)
        number = max(one.lines.stop if one else 0, number + 1)
    return found


def remarks_in(text: str, lines: Sequence[Line]) -> list[Remark]:
    """The outermost admonitions of a text, by the lines of CommonMark that it became."""
    begins = starts(text.split("\n"))
    return [
        Remark(within(lines, begins[one.lines.start], begins[one.lines.stop] - 1), one.kind)
        for one in remarks(text)
    ]


def _directive(lines: Sequence[str], first: int) -> Remark | None:
    """The admonition that a directive of MyST is."""
    holder = HOLDER.match(lines[first])
    if not holder or holder["name"].lower() not in ALERTS:
        return None
    end = end_of_directive(lines, first, holder["fence"])
    return None if end is None else _remark(first, end + 1, holder["name"])


def _opened(lines: Sequence[str], first: int, closed: Mapping[int, Remark]) -> Remark | None:
    """The admonition that a line opens."""
    if (opening := INDENTED.match(lines[first])) and opening["kind"]:
        inner = len(opening["indent"]) + STEP
        end = last = first + 1
        while end < len(lines) and (not lines[end].strip() or columns(lines[end]) >= inner):
            end += 1
            last = end if lines[end - 1].strip() else last
        return _remark(first, last, opening["kind"])
    if marked := MARKED.match(lines[first]):
        end = first + 1
        while end < len(lines) and lines[end].strip():
            end += 1
        return _remark(first, end, _MARKED.get(marked["kind"], "note"))
    if alert := ALERT.match(lines[first]):
        end = first + 1
        while end < len(lines) and lines[end].lstrip().startswith(">"):
            end += 1
        return _remark(first, end, alert["kind"])
    return closed.get(first)


def _remark(first: int, end: int, kind: str) -> Remark:
    return Remark(range(first, end), kind.lower())


def _closed(lines: Sequence[str]) -> Mapping[int, Remark]:
    """The admonitions that are closed by a line of their own, by the line that opens them."""
    closed: dict[int, Remark] = {}
    for marks in (COLONS, SLASHES):
        opened: list[tuple[int, str]] = []
        for number, line in enumerate(lines):
            if not (found := marks.match(line)):
                continue
            if found["kind"]:
                below = lines[number + 1] if number + 1 < len(lines) else ""
                told = TYPE.match(below) if marks is SLASHES else None
                opened.append((number, told["kind"] if told else found["kind"]))
            elif opened:
                first, kind = opened.pop()
                if kind != _TAB:
                    closed[first] = _remark(first, number + 1, kind)
    return closed | _tagged(lines)


def _tagged(lines: Sequence[str]) -> dict[int, Remark]:
    """The admonitions that tags of Hugo, Jekyll and GitBook hold, by the line that opens them."""
    found: dict[int, Remark] = {}
    opened: dict[str, list[tuple[int, str]]] = {}
    fences = Fences()
    for number, line in enumerate(lines):
        if fences.read(line):
            continue
        said, closes = around(line)
        name = said.split()[0].lower() if said.strip() else ""
        if name in _TAGS:
            opened.setdefault(name, []).append((number, _kind(said)))
        if open_tags := opened.get(closes.lower()):
            first, kind = open_tags.pop()
            found[first] = _remark(first, number + 1, kind)
    return found


def _kind(said: str) -> str:
    """The kind of a remark by what the tag says that opens it: one that it is given, else its name.

    >>> _kind('callout type="warning"'), _kind("tip 'Note'"), _kind('alert title="Danger"')
    ('warning', 'note', 'note')
    """
    name, *_ = words = [
        (one["double"] or one["single"] or one["bare"] or "").lower()
        for one in _SAID.finditer(said)
        if one["name"] not in _TITLES
    ]
    given = next((word for word in words[1:] if word in ALERTS), name)
    return given if given in ALERTS else "note"

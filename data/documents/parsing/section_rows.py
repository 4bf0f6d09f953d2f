"""What stands below a heading, and what of it belongs to another one: footnotes, and what stands
behind tabs in which there are headings.

## Rowing               the first section, and again below `</Tabs>`
<Tabs>
### By hand             the second
</Tabs>
Mind the tide.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrywise.data.documents.dialects.fences import LONGEST, Fences
from entrywise.data.documents.dialects.footnotes import Notes
from entrywise.data.documents.dialects.lines import Rows
from entrywise.data.documents.dialects.shortcodes import around

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

_OPENS = re.compile(r"[ \t]*<(?P<name>(?:[A-Z]\w*)?Tabs)(?=[\s>]|$)(?![^<>]*/>)")
_CLOSES = re.compile(r"</(?P<name>(?:[A-Z]\w*)?Tabs)>")
_DEEPEST = 5
"""Groups of tabs within each other."""


@dataclass(slots=True)
class Stretch:
    """What stands below one heading: the nodes, and the rows of the source."""

    heading: str
    path: tuple[str, ...]
    anchor: str
    rows: list[int]
    nodes: list[SyntaxTreeNode]


def move_notes(stretches: Sequence[Stretch], notes: Notes, rows: Rows) -> None:
    """Put footnotes that stand below another heading below those where they are referred to."""
    if not notes:
        return
    nodes: dict[str, list[SyntaxTreeNode]] = {name: [] for name in notes}
    for stretch in stretches:
        for node in stretch.nodes:
            if name := notes.at(rows.of(node.map[0])) if node.map else "":
                nodes[name].append(node)
    referring = [notes.referred(stretch.rows) for stretch in stretches]
    wanted = frozenset[str]().union(*referring)
    for stretch, referred in zip(stretches, referring, strict=True):
        standing = {notes.at(row) for row in stretch.rows}
        moved = (standing & wanted) - referred
        if moved:
            stretch.rows = [row for row in stretch.rows if notes.at(row) not in moved]
            gone = {id(node) for name in moved for node in nodes[name]}
            stretch.nodes = [node for node in stretch.nodes if id(node) not in gone]
        for name in sorted(referred - standing, key=lambda name: notes.rows(name).start):
            stretch.rows = [*stripped(stretch.rows, rows.texts), notes.gap, *notes.rows(name)]
            stretch.nodes += nodes[name]


def move_behind_tabs(stretches: Sequence[Stretch], rows: Rows) -> None:
    """Put what stands behind a group of tabs below the heading that the group stands below, rather
    than the last one in it."""
    holders: dict[int, Stretch] = {}
    for first, last in _groups(rows.texts):
        holders = holders or {row: stretch for stretch in stretches for row in stretch.rows}
        around_it, inner = holders.get(first), holders.get(last)
        if not (around_it and inner) or around_it is inner:
            continue
        behind = [row for row in inner.rows if row >= last]
        inner.rows = [row for row in inner.rows if row < last]
        around_it.rows += behind
        holders |= dict.fromkeys(behind, around_it)
        moved = [node for node in inner.nodes if node.map and rows.of(node.map[0]) >= last]
        gone = set(map(id, moved))
        inner.nodes = [node for node in inner.nodes if id(node) not in gone]
        around_it.nodes += moved


def _groups(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The rows that open groups of tabs and close them, the inner ones first."""
    fences = Fences()
    opened: list[tuple[str, int]] = []
    names = Counter[str]()
    for row, text in enumerate(texts):
        if fences.read(text) or "abs" not in text or len(text) > LONGEST:
            continue
        opens, closes = _tags(text)
        if opens and opens != closes and len(opened) < _DEEPEST:
            opened.append((opens, row))
            names[opens] += 1
        elif closes != opens and names[closes]:
            name, first = opened.pop()
            while name != closes:
                names[name] -= 1
                name, first = opened.pop()
            names[name] -= 1
            yield first, row


def _tags(text: str) -> tuple[str, str]:
    """The names of the groups that a row opens and closes."""
    said, closes = around(text)
    opening, closing = _OPENS.match(text), _CLOSES.search(text)
    opens = "tabs" if said.split()[:1] == ["tabs"] else opening["name"] if opening else ""
    return opens, "tabs" if closes == "tabs" else closing["name"] if closing else ""


def stripped(rows: Sequence[int], texts: Sequence[str]) -> list[int]:
    """The rows without the empty ones around them."""
    filled = [place for place, row in enumerate(rows) if row < len(texts) and texts[row].strip()]
    return list(rows[filled[0] : filled[-1] + 1]) if filled else []

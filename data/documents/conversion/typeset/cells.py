"""Cells of typeset pages: pieces of lines that stand below each other are a table, or texts side by
side.

    Code   Cause        ─▶  rows of cells
    E1     Tank full

    Leave is asked   Sick notes    ─▶  one text, and then the other
    for by mail.     are sent.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from entrywise.data.documents.conversion.typeset.letters import leftward

GAP = 0.7
"""Heights of a line between two cells of a row; blanks of justified lines have less."""
_CELLS = 6
"""Cells of the smallest table: two rows of three, or three of two."""
MARK = re.compile(r"\(?(?:\d{1,2}|[a-z])[.)]?|[^\w\s]")
"""What begins an item of a list."""
_ITEM = re.compile(r"[•◦‣▪●∙·–—*\ue000-\uf8ff-] ?[^\W\d_]")
"""How an item with a bullet begins."""
ENDS = (".", "!", "?", ":", "…", "”", '"', ")")
"""What ends a sentence, or what announces something."""
_BLANK = 0.03
"""Heights of a blank between two words, at least, where a word may be set in parts."""
_TOLD = re.compile(r"\w")
_MOST = 30
"""Columns of a table: what has more is none, and would take long."""
_WORDS, _LONG = 2, 4
"""Words of a line that may be of a sentence, as one alone is a name; and of one that is likely to
be."""
_NEAR, _DENSE = 2.5, 0.5
"""Heights of a line between two rows of a table, at most; and from which on they stand apart."""
FLOWS = 0.3
"""The share of lines that go on in the next from which they are texts side by side."""


class Piece(NamedTuple):
    """Words of a page beside each other: where they stand, in points from its left and foot, their
    size, whether they are bold, how wide each letter is where all are as wide, the font of most of
    them; empty where they have several; and the table that they are, where rules part its cells."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    is_bold: bool
    pitch: float = 0.0
    font: str = ""
    table: Table | None = None

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


Row = list[Piece]
"""The pieces of a line, from left to right."""


@dataclass(frozen=True, slots=True)
class Table:
    """Lines that stand in columns: where the first is, how many there are, and their cells by rows,
    with the lines that these begin with; or, where they are texts side by side, the lines of each;
    and the edges where the columns begin, in points, where rules part them."""

    start: int
    count: int
    cells: tuple[tuple[str, ...], ...] = ()
    rows: tuple[Row, ...] = ()
    texts: tuple[tuple[Row, ...], ...] = ()
    edges: tuple[int, ...] = ()


def whole(row: Row) -> Row:
    """A line whose pieces are one that stand beside each other without a gap, where a letter is
    written from right to left, as programs set these in parts."""
    found = row[:1]
    for piece in row[1:]:
        before = found[-1]
        gap = (piece.left - before.right) / max(min(before.height, piece.height), 1)
        if gap > GAP or not leftward(before.text + piece.text) or MARK.fullmatch(before.text):
            found.append(piece)
            continue
        longer = max(before, piece, key=lambda one: len(one.text))
        is_word = leftward(before.text[-1]) and (
            leftward(piece.text[0]) or not _TOLD.search(piece.text)
        )
        blank = "" if is_word and gap <= _BLANK else " "
        found[-1] = longer._replace(
            text=f"{before.text}{blank}{piece.text}",
            left=before.left,
            right=max(before.right, piece.right),
            is_bold=before.is_bold and piece.is_bold,
            font=before.font if before.font == piece.font else "",
        )
    return found


def tables_of(rows: Sequence[Row]) -> Iterator[Table]:
    """The tables in a column of a page.

    Args:
        rows: its lines from top to bottom.
    """
    start = 0
    while start < len(rows):
        if ruled := rows[start][0].table:
            yield replace(ruled, start=start)
        end = start + (len(rows[start]) > 1)
        while start < end < len(rows) and _belongs(rows[end - 1], rows[end], rows[start]):
            end += 1
        if end - start > 1 and (table := _table(rows[start:end], start)):
            yield table
        start = max(end, start + 1)


def _belongs(before: Row, row: Row, first: Row) -> bool:
    """Whether a line may belong to a table: it has several cells, or goes on in another than the
    first one."""
    gap = before[0].bottom - row[0].top
    if row[0].table:
        return False
    if len(row) > 1:
        return gap <= _NEAR * row[0].height
    return gap <= _DENSE * row[0].height and row[0].left > first[0].right


def _table(rows: Sequence[Row], start: int) -> Table | None:
    spans = _spans(rows)
    if not 1 < len(spans) <= _MOST:
        return None
    if _are_lists(rows, spans):
        return Table(start, len(rows), texts=_texts(rows, spans))
    cells = [_cells(row, spans) for row in rows]
    count, names = len(rows), _header(rows)
    header = tuple(reduce(joined, column) for column in zip(*cells[:names], strict=True))
    cells, below = [header, *cells[names:]], rows[names - 1 :]
    going_on = [go_on(above, below) for above, below in pairwise(cells)]
    starts = _starts(below, cells, going_on)
    groups = [
        tuple(reduce(joined, column) for column in zip(*cells[a:b], strict=True))
        for a, b in pairwise((*starts, len(cells)))
    ]
    is_list = all(MARK.fullmatch(first) for first, *_ in cells if first)
    is_whole = all(sum(map(bool, group)) > 1 for group in groups)
    if is_list or not is_whole or len(spans) * count < _CELLS:
        return None
    is_dense = (
        median(a[0].bottom - b[0].top for a, b in pairwise(rows)) <= _DENSE * rows[0][0].height
    )
    is_long = median(len(one.split()) for row in cells for one in row if one) >= _LONG
    if (is_dense or is_long) and len(groups) == len(rows) and sum(going_on) > FLOWS * len(going_on):
        return Table(start, count, texts=_texts(rows, spans))
    if len(groups) < 2:
        return None
    return Table(start, count, tuple(groups), tuple(below[place] for place in starts))


def _texts(
    rows: Sequence[Row], spans: Sequence[tuple[float, float]]
) -> tuple[tuple[Row, ...], ...]:
    """The lines of texts side by side."""
    return tuple(
        tuple([piece] for row in rows for piece in row if _span(piece, spans) == column)
        for column, _ in enumerate(spans)
    )


def _are_lists(rows: Sequence[Row], spans: Sequence[tuple[float, float]]) -> bool:
    """Whether lists stand side by side: several columns have several items with bullets."""
    pieces = (piece for row in rows for piece in row)
    counts = Counter(_span(piece, spans) for piece in pieces if _ITEM.match(piece.text))
    return sum(count > 1 for count in counts.values()) > 1


def _header(rows: Sequence[Row]) -> int:
    """How many lines name the columns: those at the top in bold, where not all are; else one."""
    found = next((n for n, row in enumerate(rows) if not all(one.is_bold for one in row)), 0)
    return max(found, 1)


def _spans(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Where the columns of lines are: what no piece reaches over parts them."""
    spans: list[tuple[float, float]] = []
    for piece in sorted((piece for row in rows for piece in row), key=lambda piece: piece.left):
        if spans and piece.left < spans[-1][1] + GAP / 2 * piece.height:
            spans[-1] = spans[-1][0], max(spans[-1][1], piece.right)
        else:
            spans.append((piece.left, piece.right))
    return spans


def _span(piece: Piece, spans: Sequence[tuple[float, float]]) -> int:
    return max(n for n, span in enumerate(spans) if span[0] <= piece.left)


def _cells(row: Row, spans: Sequence[tuple[float, float]]) -> tuple[str, ...]:
    cells = [""] * len(spans)
    for piece in row:
        column = _span(piece, spans)
        cells[column] = f"{cells[column]} {piece.text}".strip()
    return tuple(cells)


def go_on(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a sentence of one line goes on in the next, in any column."""
    return any(
        len(a.split()) >= _WORDS and b[:1].islower() and not a.endswith(ENDS)
        for a, b in zip(above, below, strict=True)
    )


def _starts(
    rows: Sequence[Row], cells: Sequence[tuple[str, ...]], going_on: Sequence[bool]
) -> list[int]:
    """Where the rows of a table begin, of which some have several lines: those with nothing in the
    first column, and, where sentences go on, those that stand closer below another than most."""
    gaps = [a[0].bottom - b[0].top for a, b in pairwise(rows)]
    height = rows[0][0].height
    is_parted = max(gaps) > min(gaps) + height / 3 and min(gaps) <= height / 2 and any(going_on)
    least = (max(gaps) + min(gaps)) / 2
    return [0] + [
        place
        for place, (gap, row) in enumerate(zip(gaps, cells[1:], strict=True), start=1)
        if row[0] and not (is_parted and gap < least)
    ]


def joined(text: str, line: str) -> str:
    """A text with its next line; a word that is hyphenated between them is one again.

    >>> joined("are car-", "ried over"), joined("the GPT-", "4 model"), joined("one", "two")
    ('are carried over', 'the GPT-4 model', 'one two')
    """
    if text.endswith("\u00ad"):
        return text[:-1] + line
    if re.search(r"[^\W\d_]-$", text):
        return (text[:-1] if line[:1].islower() else text) + line
    return f"{text} {line}".strip()

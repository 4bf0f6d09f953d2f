"""What stands around a quote: its blocks and those near, without the middle of a long one.

Of long tables, lists and code only what is near is shown; no table comes twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import reduce

from entrywise.data.documents.dialects.lines import within
from entrywise.data.documents.stretches import lines_of
from entrywise.data.entries import Section
from entrywise.rag.answer import Citation
from entrywise.rag.render.documents.spans import Span
from entrywise.rag.render.documents.tree import (
    Block,
    Code,
    Listing,
    Paragraph,
    Quotation,
    Row,
    Table,
)
from entrywise.web.documents.highlight import has, of_lines

AROUND = 240
"""Characters on each side of a quote that are shown with it, to the ends of their blocks."""
_OF_QUOTE = 40
"""Characters at each end of a long quote that is read elsewhere which are shown where it stands, to
the ends of their blocks: enough to know it again."""
_LONG = 500
"""Characters of code of which only what is near is shown."""
_ROWS = 12
"""Rows of a table that is shown whole: it is read at once."""

_LEFT_OUT = (Span("…"),)
"""What stands for what is left out."""


def near(
    blocks: Sequence[Block], section: Section, citation: Citation, *, has_gaps: bool
) -> tuple[Block, ...]:
    """Those of a section's blocks that a citation quotes, and those near.

    Args:
        has_gaps: whether the middle of a quote that is longer than what is shown around it is left
            out, but what answers by itself in it.
    """
    lines, start, end = lines_of(section), citation.start, citation.end
    whole = within(lines, start - AROUND, end + AROUND)
    if not has_gaps or end - start <= AROUND:
        return tuple(_within(blocks, whole))
    shown = [
        within(lines, start - AROUND, start + _OF_QUOTE),
        within(lines, *(citation.highlight or (start, start))),
        within(lines, end - _OF_QUOTE, end + AROUND),
    ]
    pieces = (tuple(_within(blocks, one)) for one in _apart(blocks, shown))
    return reduce(_with_gap, pieces)


def _apart(blocks: Sequence[Block], shown: Iterable[range]) -> list[range]:
    """Ranges of lines, those together between which the blocks have nothing."""
    found: list[range] = []
    for lines in filter(None, shown):
        if found:
            reached = _end(_within(blocks, found[-1]))
            rest = range(max(lines.start, reached), lines.stop)
            if [*_within(blocks, rest)] == [*_within(blocks, range(reached, lines.stop))]:
                found[-1] = range(found[-1].start, max(found[-1].stop, lines.stop))
                continue
            lines = rest
        found.append(lines)
    return found


def _with_gap(above: tuple[Block, ...], below: tuple[Block, ...]) -> tuple[Block, ...]:
    """Two pieces with a sign between them that something is left out; in a table it is a row."""
    match above[-1:], below[:1]:
        case (Table() as begun,), (Table() as ended,) if begun.first == ended.first:
            gap = Row(0, 0, (_LEFT_OUT, *[()] * (len(begun.header.cells) - 1)))
            table = replace(begun, rows=(*begun.rows, gap, *ended.rows))
            return (*above[:-1], table, *below[1:])
    return (*above, Paragraph(0, 0, _LEFT_OUT), *below)


def _within(blocks: Sequence[Block], lines: range) -> Iterator[Block]:
    """The blocks that have one of some lines, without what is far from them of lists, long tables
    and code. With the header of a table comes its first row: it says nothing alone."""
    for block in blocks:
        if not has(block, lines):
            continue
        match block:
            case Listing():
                yield from _of_list(block, lines)
            case Table(header=header, rows=rows) if len(rows) > _ROWS:
                begun = rows[: has(header, lines)]
                yield replace(block, rows=(*begun, *_near(rows[len(begun) :], lines)))
            case Code() if len(block.text) > _LONG:
                yield from filter(None, [of_lines(block, lines)])
            case Quotation():
                yield replace(block, blocks=tuple(_within(block.blocks, lines)))
            case _:
                yield block


def _of_list(listing: Listing, lines: range) -> Iterator[Block]:
    """The items of a list that have one of some lines; what is in the first of them stands by
    itself where its own text is far."""
    inside = [tuple(_within(item.blocks, lines)) for item in listing.items]
    shown = [number for number, blocks in enumerate(inside) if blocks]
    if shown and not has(listing.items[shown[0]].blocks[0], lines):
        yield from inside[shown.pop(0)]
    if shown:
        start = None if listing.start is None else listing.start + shown[0]
        items = (replace(listing.items[number], blocks=inside[number]) for number in shown)
        yield replace(listing, start=start, items=tuple(items))


def _near(rows: Sequence[Row], lines: range) -> Iterator[Row]:
    return (row for row in rows if has(row, lines))


def _end(blocks: Iterable[Block]) -> int:
    """The line behind the last of some blocks, as much of them as there is."""
    return max(map(_end_of, blocks), default=0)


def _end_of(block: Block) -> int:
    match block:
        case Listing():
            return max((_end(item.blocks) for item in block.items), default=0)
        case Table():
            return max(row.last for row in (block.header, *block.rows))
        case Quotation():
            return _end(block.blocks)
        case _:
            return block.last

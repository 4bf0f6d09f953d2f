"""Counts what stands beside quotes in the tables and lists that they are of, and is not quoted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from entrywise.data.entries import Block
from entrywise.rag.answer import Citation

_ROWS = ("header", "row")
_ITEMS = ("item", "step")


def rows_left_out(blocks: Sequence[Block], cited: Sequence[Citation]) -> int:
    """How many rows have the tables of a section that its quotes have some of, besides."""
    quoted = _quoted(blocks, cited)
    rows = [n for n, block in enumerate(blocks) if block.kind in _ROWS]
    headers = {n if blocks[n].kind == "header" else blocks[n].lead for n in quoted & set(rows)}
    return sum(blocks[n].lead in headers and n not in quoted for n in rows)


def items_left_out(blocks: Sequence[Block], cited: Sequence[Citation]) -> int:
    """How many items have the lists of a section that its quotes have some of, besides."""
    quoted = _quoted(blocks, cited)
    lists = (set(one) for one in _lists(blocks))
    return sum(len(one - quoted) for one in lists if one & quoted)


def _quoted(blocks: Sequence[Block], cited: Sequence[Citation]) -> set[int]:
    """The numbers of the blocks of which something is quoted."""
    return {
        number
        for number, block in enumerate(blocks)
        if any(one.start < block.end and block.start < one.end for one in cited)
    }


def _lists(blocks: Sequence[Block]) -> Iterable[Sequence[int]]:
    """The numbers of the items of each list, those below others with them."""
    items: list[int] = []
    inside: set[int] = set()
    for number, block in enumerate(blocks):
        is_below = block.lead in inside
        is_item = block.kind in _ITEMS
        is_next = is_item and bool(items) and block.lead == blocks[items[0]].lead
        if not (is_below or is_next):
            yield items
            items, inside = [], set()
        if is_item:
            items.append(number)
        if is_item or is_below:
            inside.add(number)
    yield items

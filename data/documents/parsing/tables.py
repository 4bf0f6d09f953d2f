"""Tables of Markdown, but for those that are nearly all empty.

A parser fills up each row to the width of the header: 14 KB of one wide row and a thousand short
ones become a million cells, which take half a minute. Such a table is read as text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

_MOST_EMPTY = 10_000
"""Cells: half a second's. A wide table of people has a few hundred that are empty."""
_EMPTY_SHARE = 10


def is_sparse(width: int, rows: int, cells: int) -> bool:
    """Whether a table would be nearly all empty.

    Args:
        width: cells of the longest row.
        cells: how many there are in all rows.
    """
    return width * rows > _EMPTY_SHARE * cells + _MOST_EMPTY


def with_tables(parser: MarkdownIt) -> MarkdownIt:
    """The same parser, which now knows tables."""
    parser.enable("table")
    parser.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    return parser


def _table(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    from markdown_it.rules_block.table import table

    return not _would_be_sparse(state, first, end) and table(state, first, end, silent)


def _would_be_sparse(state: StateBlock, first: int, end: int) -> bool:
    if first + 1 >= end:
        return False
    rule = _line(state, first + 1)
    width = rule.count("|") + 1
    if rule.strip(" \t|:-") or width * (end - first) <= _MOST_EMPTY:
        return False
    rows, cells = 0, width
    for line in range(first, end):
        if state.isEmpty(line):
            break
        rows += 1
        cells += _line(state, line).count("|") + 1
    return is_sparse(width, rows, cells)


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]

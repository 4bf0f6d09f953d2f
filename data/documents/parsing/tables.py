"""Tables of Markdown, but for those that are nearly all empty, and which rows name columns or
head others.

A parser fills up each row to the width of the header: 14 KB of one wide row and a thousand short
ones become a million cells, which take half a minute. Such a table is read as text.

    | Rule | `a|b` |    below a header of two cells: the bar is code, as MkDocs and authors take it
    Rule | Oars | Wood
    :--- | :---         below a header of three cells: a rule, as Jekyll's kramdown takes it
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

_MOST_EMPTY = 10_000
"""Cells: half a second's. A wide table of people has a few hundred that are empty."""
_EMPTY_SHARE = 10
_BOLD = re.compile(r"(\*{2,3})(?!\*)(?:(?!\1).)+\1")
_RULE = re.compile(r"[ ]{0,3}\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?)?[ \t]*")
_BAR = re.compile(r"\\.|\|")
"""One, or what is escaped."""


def is_sparse(width: int, rows: int, cells: int) -> bool:
    """Whether a table would be nearly all empty.

    Args:
        width: cells of the longest row.
        cells: how many there are in all rows.
    """
    return width * rows > _EMPTY_SHARE * cells + _MOST_EMPTY


def names_columns(row: Sequence[str]) -> bool:
    """Whether the first row of a table is its header, which HTML does not say: of the cells that
    say something all are bold.

    >>> names_columns(["", "**Before**", "**Now**"]), names_columns(["**Memory**", "1 TB"])
    (True, False)
    """
    told = [cell for cell in row if cell]
    return len(told) > 1 and all(map(_BOLD.fullmatch, told))


def head_rows(rows: Sequence[Sequence[str]], looks: Sequence[frozenset[str]]) -> Iterator[bool]:
    """Which rows head those below them: their first cell alone is filled, and looks unlike the one
    below it; where both are plain, in a table in which no such row follows another. What else has
    no other cell is a row of which nothing is said.

    Args:
        looks: what their first cells are made of.
    """
    alone = [any(cells[:1]) and not any(cells[1:]) for cells in rows]
    plain = [one and look == {"text"} for one, look in zip(alone, looks, strict=True)]
    may_be_plain = not any(one and other for one, other in pairwise(plain))
    for number, is_alone in enumerate(alone):
        below = number + 1
        yield (
            is_alone
            and below < len(rows)
            and any(rows[below][1:])
            and (looks[number] != looks[below] or (plain[number] and may_be_plain))
        )


def look(row: SyntaxTreeNode) -> frozenset[str]:
    """What the first cell of a row is made of, whatever it says."""
    inline = (one for cell in row.children[:1] for one in cell.children)
    return frozenset(
        one.type for part in inline for one in part.walk() if one.content or one.children
    ) - {"inline"}


def whole_rule(line: str, above: str, below: str) -> str:
    """The line of dashes below the header of a table, with as many columns as that has, as kramdown
    takes it; other lines as they are.

    >>> whole_rule(":--- | :---", "Oar | Wood | Price", "A | Ash | 9")
    '|---|---|---|'
    """
    if not (_RULE.fullmatch(line) and "|" in above and "|" in below):
        return line
    columns = len(_cells(above, ()))
    return line if columns in (1, len(_cells(line, ()))) else f"|{'---|' * columns}"


def with_tables(parser: MarkdownIt, *, bars_in_code: bool = False) -> MarkdownIt:
    """The same parser, which now knows tables.

    Args:
        bars_in_code: whether bars within code part no cells where a row would have more of them
            than the header otherwise, and as many then.
    """
    parser.enable("table")
    rule = _joining_table if bars_in_code else _table
    parser.block.ruler.at("table", rule, {"alt": ["paragraph", "reference"]})
    return parser


def _table(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    from markdown_it.rules_block.table import table

    return not _would_be_sparse(state, first, end) and table(state, first, end, silent)


def _joining_table(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    opened = len(state.tokens)
    if not _table(state, first, end, silent):
        return False
    row: list[Token] = []
    for token in [] if silent else state.tokens[opened:]:
        if token.type == "tr_open":
            row = []
        elif token.type == "inline":
            row.append(token)
        elif token.type == "tr_close" and row and row[0].map:
            text = _line(state, row[0].map[0])
            cells = _cells(text, _code_spans(text)) if "`" in text else []
            if len(cells) == len(row) < len(_cells(text, ())):
                for one, cell in zip(row, cells, strict=True):
                    one.content = cell
    return True


def _cells(text: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    """The cells of a row, whose bars part none within some of its characters."""
    found: list[str] = []
    start, waiting = 0, deque(spans)
    text = text.strip()
    for bar in _BAR.finditer(text):
        while waiting and waiting[0][1] <= bar.start():
            waiting.popleft()
        if bar.group() == "|" and not (waiting and waiting[0][0] < bar.start()):
            found.append(text[start : bar.start()])
            start = bar.end()
    found.append(text[start:])
    cells = [one.replace("\\|", "|").strip() for one in found]
    return cells[not cells[0] : len(cells) - (len(cells) > 1 and not cells[-1])]


def _code_spans(text: str) -> list[tuple[int, int]]:
    """Where code in a line is: behind backticks, up to the next ones that are as many."""
    runs = [(run.start(), run.end()) for run in re.finditer("`+", text.strip())]
    later: dict[int, int] = {}
    closing: dict[int, int] = {}
    for number in range(len(runs) - 1, -1, -1):
        size = runs[number][1] - runs[number][0]
        if size in later:
            closing[number] = later[size]
        later[size] = number
    found: list[tuple[int, int]] = []
    number = 0
    while number < len(runs):
        if (last := closing.get(number)) is not None:
            found.append((runs[number][0], runs[last][1]))
        number = number + 1 if last is None else last + 1
    return found


def _would_be_sparse(state: StateBlock, first: int, end: int) -> bool:
    if first + 1 >= end:
        return False
    rule = _line(state, first + 1)
    width = rule.count("|") + 1
    if width == 1 or rule.strip(" \t|:-") or width * (end - first) <= _MOST_EMPTY:
        return False
    header = _line(state, first)
    if not {*header} & {*"\\`"} and len(_cells(header, ())) != len(_cells(rule, ())):
        # Titles with a line below them, of which a long text may have any number.
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

"""Reads tables of HTML: their titles, the rows that name their columns, and those below.

| Boats          |    **Boats**
| Name | Length  |
|      | m | ft  | ─▶ | Name | Length m | Length ft |
| Ada  | 6 | 20  |    | Ada  | 6        | 20        |
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from entrywise.data.documents.conversion import elements
from entrywise.data.documents.parsing.spans import Span, grid, header
from entrywise.data.documents.parsing.tables import names_columns
from entrywise.data.documents.plain_text import whole_number

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_APART = "h1,h2,h3,table"
"""What a cell of a table holds only where that lays out a page."""
_ROWS, _SHORT = 3, 200
"""Rows of a table at least, and characters of its cells at most, that is none only by what it
says."""
_PARTS = f"{elements.HEADINGS},table,ul,ol,pre,img,input,button"
_GRID, _NAMES = "summary-table", "table-header"
"""Classes of Javadoc: elements that are laid out as a table, and the names of its columns."""
_MOST_HEADS = 4
"""Rows that name columns."""


class Table(NamedTuple):
    """The cells of a table: those that are its titles, and those of its rows."""

    titles: Sequence[LexborNode]
    heads: Sequence[Sequence[LexborNode]]
    rows: Sequence[Sequence[LexborNode]]

    @property
    def cells(self) -> list[LexborNode]:
        """All cells but the titles."""
        return [cell for row in (*self.heads, *self.rows) for cell in row]

    @property
    def is_list(self) -> bool:
        """Whether it has one column, with a name, and several rows."""
        return len(self.heads) == 1 and len(self.rows) > 1 and self._width == 1

    def lays_out(self, table: LexborNode) -> bool:
        """Whether a table lays out a page: it says so, or has one column; without a header, one row
        with blocks, or headings and tables below the first."""
        says_so = table.attributes.get("role") in ("presentation", "none")
        if self._width < 2 or (says_so and not self._is_grid()):
            return True
        if self.heads or any(one.tag == "th" for one in self.titles):
            return False
        below = self.rows[1:]
        return _hold(below, _APART) if below else _hold(self.rows, "pre,ul,ol,h1,h2,h3,table")

    def told(
        self, cell: Callable[[LexborNode], str], *, is_headed: bool
    ) -> tuple[list[str], list[list[str]]]:
        """What the header says, and what each row does.

        Args:
            cell: what says what a cell does.
            is_headed: whether it has a header, whether it says so or not.
        """
        heads, below = (_told(part, cell) for part in (self.heads, self.rows))
        if heads:
            names = header(heads)
            return names, grid(below, names)
        texts = grid(below)
        if texts and (is_headed or names_columns(texts[0])):
            return texts[0], texts[1:]
        return [], texts

    @property
    def _width(self) -> int:
        return max(map(len, (*self.heads, *self.rows)), default=0)

    def _is_grid(self) -> bool:
        """Whether rows are as many short texts each, as help centres write tables that say they lay
        out a page."""
        own = (*self.heads, *self.rows)
        return (
            len(own) >= _ROWS
            and len({len(row) for row in own}) == 1
            and all(
                0 < len(elements.line(one)) <= _SHORT and not one.css_first(_PARTS)
                for one in self.cells
            )
        )


def is_table(node: LexborNode) -> bool:
    """Whether an element is a table, or laid out as one."""
    return node.tag == "table" or _GRID in elements.class_names(node)


def read(table: LexborNode) -> Table:
    """The cells of a table; what stands alone above its header, over all columns, is a title."""
    parts = list(table.iter())
    if table.tag != "table":
        width = sum(_NAMES in elements.class_names(one) for one in parts) or 1
        own = [parts[at : at + width] for at in range(0, len(parts), width)]
        return Table((), own[:1], own[1:])
    lines = list(rows(table))
    told = [cells(line) for line in lines]
    count = _heads(lines, told)
    titles = [row[0] for row in takewhile(_is_title, told[:count])]
    captions = [part for part in parts if part.tag == "caption"][:1]
    return Table((*captions, *titles), told[len(titles) : count], told[count:])


def rows(table: LexborNode) -> Iterator[LexborNode]:
    """The rows of a table, not those of tables within it."""
    for part in table.iter():
        if part.tag == "tr":
            yield part
        elif part.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in part.iter() if row.tag == "tr")


def cells(row: LexborNode) -> list[LexborNode]:
    """The cells of a row of a table."""
    return [cell for cell in row.iter() if cell.tag in ("td", "th")]


def _heads(lines: Sequence[LexborNode], told: Sequence[Sequence[LexborNode]]) -> int:
    """How many rows name columns: all of the table's head, or one of header cells, and those below
    whose columns it groups."""
    if not told or not told[0]:
        return 0
    above = sum(1 for _ in takewhile(lambda line: elements.parent_tag(line) == "thead", lines))
    if 0 < above < min(len(told), _MOST_HEADS + 1):
        return above
    count = 0
    for row in told[:_MOST_HEADS]:
        is_head = bool(row) and all(cell.tag == "th" for cell in row)
        if not is_head or (count and (count + 1 >= len(told) or not _spans(told[count - 1]))):
            break
        count += 1
    return count or min(above, 1)


def _spans(row: Sequence[LexborNode]) -> bool:
    return any(_span(cell, name) > 1 for cell in row for name in ("rowspan", "colspan"))


def _is_title(row: Sequence[LexborNode]) -> bool:
    return len(row) == 1 and _span(row[0], "colspan") > 1


def _told(
    rows: Sequence[Sequence[LexborNode]], cell: Callable[[LexborNode], str]
) -> list[list[Span]]:
    return [
        [(cell(one), _span(one, "rowspan"), _span(one, "colspan")) for one in row] for row in rows
    ]


def _hold(rows: Sequence[Sequence[LexborNode]], selector: str) -> bool:
    return any(cell.css_first(selector) for row in rows for cell in row)


def _span(cell: LexborNode, name: str) -> int:
    """How many rows or columns a cell is in, 1 to 100."""
    return min(max(whole_number(cell.attributes.get(name) or "", 1), 1), 100)

"""Parts of a table on several pages, which are one: a page ends with some rows, and the next begins
with others whose columns begin at the same places. A header that is there again is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from entrywise.data.documents.conversion.typeset.cells import go_on, joined
from entrywise.data.documents.conversion.typeset.lines import Line

_NEAR = 3
"""Points between the places where the same column begins on two pages."""


def with_whole_tables(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Pages in which each table whose cells are ruled stands on its first page as a whole."""
    found: list[list[Line]] = []
    before: list[Line] = []
    header: tuple[str, ...] = ()
    for lines in pages:
        own = [*lines]
        found.append(own)
        if before and own and _is_alike(before[-1].edges, own[0].edges):
            count = len(_rows(own))
            _add(before, own[:count], header)
            del own[:count]
        if own:
            before, header = own, _rows(own[::-1])[-1].cells
    return found


def _rows(lines: Sequence[Line]) -> list[Line]:
    """The first of some lines, and those of its table."""
    return [*takewhile(lambda one: one.box == lines[0].box, lines)]


def _is_alike(a: Sequence[int], b: Sequence[int]) -> bool:
    return 0 < len(a) == len(b) and all(abs(x - y) <= _NEAR for x, y in zip(a, b, strict=True))


def _add(before: list[Line], rows: Sequence[Line], header: tuple[str, ...]) -> None:
    """Adds rows to a table that ends a page; the first may be what its last one goes on with."""
    last = before[-1]
    rows = rows[rows[0].cells == header :]
    if rows and go_on(last.cells, rows[0].cells):
        cells = tuple(map(joined, last.cells, rows[0].cells))
        before[-1] = last._replace(cells=cells, text=" ".join(filter(None, cells)))
        rows = rows[1:]
    before += (row._replace(box=last.box) for row in rows)

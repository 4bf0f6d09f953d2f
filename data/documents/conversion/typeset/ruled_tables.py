"""Tables of typeset pages whose cells are parted by lines that are drawn, the rules: what stands
within a cell is its text, however many lines it has.

    ┌──────┬───────────┐
    │ Code │ Cause     │   ─▶  Code │ Cause
    ├──────┼───────────┤       E1   │ The tank is full
    │ E1   │ The tank  │
    │      │ is full   │
    └──────┴───────────┘

Rules that touch are a grid; fields of it that no rule parts are one cell. What has few texts is a
drawing, and what has long ones lays out a page.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from itertools import chain, islice, pairwise, takewhile
from typing import NamedTuple

from entrywise.data.documents.conversion.typeset.cells import (
    FLOWS,
    Piece,
    Row,
    Table,
    go_on,
    joined,
)
from entrywise.data.documents.conversion.typeset.reading_order import rows_of

_NEAR = 3.0
"""Points between two rules that are one, or that touch."""
_SHORTEST = 5.0
"""Points of a rule; what is shorter is a sign, or a dot of a dotted one."""
_MOST, _DRAWN = 20_000, 300
"""Rules of a page, and those that are left when the parts of each are put together: what has more
is a drawing, and would take long."""
_TOLD, _PARTED, _FILLED = 0.5, 0.5, 0.7
"""The shares of a table's cells that have a text, at least; of its fields that are cells of their
own; and of lines of cells at the same heights that are rows without rules between them."""
_LONGEST, _LONG = 1_500, 80
"""Letters of a cell; and of one of several columns that says more than what these are called."""
_FEWEST = 3
"""Lines of a field that may be several rows."""


class Rule(NamedTuple):
    """A line that is drawn, level or upright: how far it is from the foot of the page, or from its
    left, and from where to where it goes, in points."""

    is_level: bool
    at: float
    start: float
    end: float

    def mirrored(self, width: float) -> Rule:
        """It, on a page of some width in a mirror."""
        if not self.is_level:
            return self._replace(at=width - self.at)
        return self._replace(start=width - self.end, end=width - self.start)


_Field = tuple[int, int]
"""A row and a column of a grid."""


class Grid(NamedTuple):
    """Fields between rules: where these are, from left to right and from foot to top, and the cell
    that each field belongs to, as its first column and its rows."""

    across: Sequence[float]
    up: Sequence[float]
    cells: Mapping[_Field, _Field]

    def cell(self, x: float, y: float) -> _Field | None:
        """The cell at a place of the page; None beside the grid."""
        row, column = bisect_left(self.up, y) - 1, bisect_left(self.across, x) - 1
        return self.cells.get((row, column))


def grids(rules: Iterable[Rule]) -> list[Grid]:
    """The grids that the rules of a page are, of two rows and two columns at least."""
    own = [*islice(rules, _MOST + 1)]
    if len(own) > _MOST:
        return []
    levels = _whole(rule for rule in own if rule.is_level)
    uprights = _whole(rule for rule in own if not rule.is_level)
    if len(levels) + len(uprights) > _DRAWN:
        return []
    return [*filter(None, map(_grid, _touching(levels, uprights)))]


def _whole(rules: Iterable[Rule]) -> list[Rule]:
    """Rules whose parts are one, and stand at the same place where they are near each other."""
    lines: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda one: one.at):
        if lines and rule.at - lines[-1][-1].at <= _NEAR:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    found: list[Rule] = []
    for line in lines:
        at, end = line[0].at, float("-inf")
        for rule in sorted(line, key=lambda one: one.start):
            if rule.start > end + _NEAR:
                found.append(rule._replace(at=at))
            elif rule.end > end:
                found[-1] = found[-1]._replace(end=rule.end)
            end = max(end, rule.end)
    return [rule for rule in found if rule.end - rule.start >= _SHORTEST]


def _touching(levels: Sequence[Rule], uprights: Sequence[Rule]) -> Iterable[list[Rule]]:
    """Rules by what touches each other."""
    groups = {rule: [rule] for rule in (*levels, *uprights)}
    for level in levels:
        for upright in uprights:
            touches = (
                level.start - _NEAR <= upright.at <= level.end + _NEAR
                and upright.start - _NEAR <= level.at <= upright.end + _NEAR
            )
            if touches and groups[level] is not groups[upright]:
                less, more = sorted((groups[level], groups[upright]), key=len)
                more += less
                groups |= dict.fromkeys(less, more)
    return {id(group): group for group in groups.values()}.values()


def _grid(rules: Sequence[Rule]) -> Grid | None:
    levels = [rule for rule in rules if rule.is_level]
    uprights = [rule for rule in rules if not rule.is_level]
    if not levels or not uprights:
        return None
    across, up = _edges(uprights, levels), _edges(levels, uprights)
    count = len(across) - 1
    if count < 2 or len(up) < 3:
        return None
    # The walls at the right of fields, and those at their foot.
    walls, floors = _crossed(uprights, across, up), _crossed(levels, up, across)
    cells: dict[_Field, _Field] = {}
    for row in reversed(range(len(up) - 1)):
        for column in range(count):
            above, before = (row + 1, column), (row, column - 1)
            if above in cells and (row + 1, column) not in floors:
                cells[row, column] = cells[above]
            elif before in cells and (column, row) not in walls:
                cells[row, column] = cells[before]
            else:
                cells[row, column] = row, column
    return Grid(across, up, cells)


def _edges(rules: Sequence[Rule], others: Sequence[Rule]) -> list[float]:
    """Where rules are, and where those end that touch them: a table may be open at its sides."""
    ends = min(one.start for one in others), max(one.end for one in others)
    found = sorted({one.at for one in rules})
    if found[0] - ends[0] > _SHORTEST:
        found.insert(0, ends[0])
    if ends[1] - found[-1] > _SHORTEST:
        found.append(ends[1])
    return found


def _crossed(
    rules: Sequence[Rule], places: Sequence[float], along: Sequence[float]
) -> set[tuple[int, int]]:
    """The fields that rules part from those before them: the number of a rule's place, and that of
    the stretch along it."""
    numbers = {at: place for place, at in enumerate(places)}
    return {
        (numbers[rule.at], place)
        for rule in rules
        if rule.at in numbers
        for place, (start, end) in enumerate(pairwise(along))
        if rule.start <= (start + end) / 2 <= rule.end
    }


def with_tables(lines: Sequence[Row], found: Sequence[Grid]) -> list[Row]:
    """Lines of a page in which those within a grid are one table, which stands as a piece where the
    grid does."""
    for grid in found:
        inside: dict[_Field, list[Piece]] = defaultdict(list)
        outside: list[Row] = []
        for line in lines:
            beside: Row = []
            for piece in line:
                cell = grid.cell((piece.left + piece.right) / 2, piece.middle)
                (beside if cell is None or piece.table else inside[cell]).append(piece)
            outside.append(beside)
        captions = _captions(grid, inside)
        for cell in captions:
            outside += ([piece] for piece in inside.pop(cell))
        if table := _table(grid, inside):
            lines = [*filter(None, outside), [_piece(table, [*chain(*inside.values())])]]
    return [*lines]


def _captions(grid: Grid, inside: Mapping[_Field, Sequence[Piece]]) -> list[_Field]:
    """The cells above and below all others that are as wide as the table, or wide and long: its
    title, what holds for all of it, and notes."""
    rows = range(len(grid.up) - 1)
    columns = range(len(grid.across) - 1)

    def is_caption(row: int) -> bool:
        cells = {grid.cells[row, column] for column in columns}
        most = max(sum(len(piece.text) for piece in inside.get(cell, ())) for cell in cells)
        return len(cells) == 1 or (len(cells) < len(columns) and most > _LONG)

    ends = chain(takewhile(is_caption, rows), takewhile(is_caption, reversed(rows)))
    found = {grid.cells[row, column] for row in ends for column in columns}
    return [cell for cell in found if cell in inside]


def _table(grid: Grid, inside: Mapping[_Field, Sequence[Piece]]) -> Table | None:
    texts = {cell: _text(pieces) for cell, pieces in inside.items()}
    if not _is_table(grid, texts):
        return None
    columns = sorted({column for _, column in texts})
    cells: list[tuple[str, ...]] = []
    rows: list[Row] = []
    for row in reversed(range(len(grid.up) - 1)):
        own = [grid.cells[row, column] for column in columns]
        begun = [*chain.from_iterable(inside.get(cell, ()) for cell in {*own} if cell[0] == row)]
        if not begun:
            continue
        lines = rows_of([piece] for piece in begun)
        parts = [_parts(grid, line, columns) for line in lines]
        if all(cell[0] == row for cell in own) and _are_rows(parts):
            cells += parts
            rows += lines
            continue
        told = zip(own, columns, strict=True)
        cells.append(tuple(texts.get(cell, "") if cell[1] == one else "" for cell, one in told))
        rows.append([*chain.from_iterable(lines)])
    if sum(sum(map(bool, row)) > 1 for row in cells) < 2:
        return None
    edges = tuple(round(grid.across[column]) for column in columns)
    return Table(0, 1, tuple(cells), tuple(rows), edges=edges)


def _is_table(grid: Grid, texts: Mapping[_Field, str]) -> bool:
    count = len({*grid.cells.values()})
    return (
        count >= _PARTED * len(grid.cells)
        and len(texts) >= _TOLD * count
        and max(map(len, texts.values())) <= _LONGEST
    )


def _text(pieces: Iterable[Piece]) -> str:
    """What a cell says."""
    lines = rows_of([piece] for piece in pieces)
    return reduce(joined, (" ".join(piece.text for piece in line) for line in lines))


def _parts(grid: Grid, line: Row, columns: Sequence[int]) -> tuple[str, ...]:
    """What a line of a table's row says in each column."""
    found: dict[int, list[str]] = defaultdict(list)
    for piece in line:
        if cell := grid.cell((piece.left + piece.right) / 2, piece.middle):
            found[cell[1]].append(piece.text)
    return tuple(" ".join(found[column]) for column in columns)


def _are_rows(lines: Sequence[tuple[str, ...]]) -> bool:
    """Whether the lines between two rules are rows: most say something in each column, and no
    sentence goes on from one to the next."""
    width = sum(any(column) for column in zip(*lines, strict=True))
    return (
        len(lines) >= _FEWEST
        and width > 1
        and sum(sum(map(bool, line)) for line in lines) >= _FILLED * len(lines) * width
        and sum(go_on(a, b) for a, b in pairwise(lines)) <= FLOWS * (len(lines) - 1)
    )


def _piece(table: Table, pieces: Sequence[Piece]) -> Piece:
    """A table as a piece of its page."""
    sizes = sorted(piece.size for piece in pieces)
    return Piece(
        " ".join(chain.from_iterable(table.cells)),
        left=min(piece.left for piece in pieces),
        right=max(piece.right for piece in pieces),
        bottom=min(piece.bottom for piece in pieces),
        top=max(piece.top for piece in pieces),
        size=sizes[len(sizes) // 2],
        is_bold=False,
        table=table,
    )

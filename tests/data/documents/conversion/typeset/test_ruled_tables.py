from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from entrywise.data.documents.conversion.typeset.cells import Piece, Row
from entrywise.data.documents.conversion.typeset.ruled_tables import (
    Grid,
    Rule,
    grids,
    with_tables,
)

LEFTS, TOPS = (100, 200, 300, 400), (700, 660, 620, 580)


def box(left: float, foot: float, right: float, top: float) -> list[Rule]:
    """The rules around a cell, which programs draw for each by itself."""
    levels = [Rule(True, at, left, right) for at in (foot, top)]
    return [*levels, *(Rule(False, at, foot, top) for at in (left, right))]


def boxes(lefts: Sequence[float] = LEFTS, tops: Sequence[float] = TOPS) -> list[Rule]:
    """The rules of a table with all its cells."""
    return [
        rule
        for left, right in pairwise(lefts)
        for top, foot in pairwise(tops)
        for rule in box(left, foot, right, top)
    ]


def said(text: str, left: float, top: float) -> Row:
    return [Piece(text, left, left + min(5 * len(text), 90), top - 10, top, 10, False)]


def table(rules: Sequence[Rule], lines: Sequence[Row]) -> tuple[tuple[str, ...], ...]:
    """The cells of the only table there is."""
    found = [one.table for line in with_tables(lines, grids(rules)) for one in line if one.table]
    return found[0].cells if found else ()


FULL = [said(f"c{x}{y}", x + 5, y - 5) for x in LEFTS[:3] for y in TOPS[:3]]


def test_what_stands_between_rules_is_a_cell_however_many_lines_it_has() -> None:
    lines = [*FULL, said("is full", 205, 640), said("by noon", 205, 628), said("Above", 100, 720)]
    assert table(boxes(), lines) == (
        ("c100700", "c200700", "c300700"),
        ("c100660", "c200660 is full by noon", "c300660"),
        ("c100620", "c200620", "c300620"),
    )
    above, held = with_tables(lines, grids(boxes()))
    assert (above[0].text, held[0].left, held[0].top) == ("Above", 105, 695)


def test_a_cell_of_several_rows_is_in_each_and_one_of_several_columns_in_the_first() -> None:
    rules = [Rule(True, at, 100, 400) for at in (700, 660, 580)]
    rules += [Rule(True, 620, 200, 400), Rule(False, 100, 580, 700), Rule(False, 400, 580, 700)]
    rules += [Rule(False, 200, 580, 700), Rule(False, 300, 580, 660)]
    lines = [one for one in FULL if one[0].text not in ("c300700", "c100620")]
    assert table(rules, lines) == (
        ("c100700", "c200700", ""),
        ("c100660", "c200660", "c300660"),
        ("c100660", "c200620", "c300620"),
    )


def test_a_table_may_be_open_at_its_sides_and_have_no_rules_between_rows() -> None:
    rules = [Rule(True, at, 100, 400) for at in (700, 660, 580)]
    rules += [Rule(False, at, 580, 700) for at in (200, 300)]
    lines = [*FULL, *(said(f"d{x}", x + 5, 600) for x in LEFTS[:3])]
    assert table(rules, lines)[1:] == (
        ("c100660", "c200660", "c300660"),
        ("c100620", "c200620", "c300620"),
        ("d100", "d200", "d300"),
    )
    lines[-3:] = [said(f"which d{x}", x + 5, 600) for x in LEFTS[:3]]
    lines += [said(f"and {name} it", x, 610) for x in (105, 205) for name in "xy"]
    rules.append(Rule(True, 620, 100, 400))
    assert len(table(rules, lines)) == 3


def test_what_is_as_wide_as_the_table_at_its_ends_is_no_row_of_it() -> None:
    rules = [*boxes(), *box(100, 700, 400, 740), *box(100, 540, 400, 580)]
    lines = [*FULL, said("Which boats are lifted", 105, 735), said("Except in May.", 105, 560)]
    assert len(table(rules, lines)) == 3
    left = [line[0].text for line in with_tables(lines, grids(rules)) if not line[0].table]
    assert {*left} == {"Which boats are lifted", "Except in May."}
    # What holds for all of it stands above its columns.
    rules = [*boxes(), *box(100, 700, 200, 740), *box(200, 700, 400, 740)]
    lines = [*FULL, said("Lifting", 105, 735), said("By crane, " * 10, 205, 735)]
    assert len(table(rules, lines)) == 3


def test_drawings_and_pages_that_are_laid_out_are_no_tables() -> None:
    # Few of the fields say something.
    assert not table(boxes(), FULL[:4])
    # One says what a page does.
    assert not table(boxes(), [*FULL, said("They are lifted by cranes. " * 60, 105, 640)])
    # Few of the fields are cells.
    rules = [Rule(True, at, 100, 400) for at in (700, 580)]
    rules += [Rule(False, at, 580, 700) for at in (100, 200, 400)]
    rules += [Rule(True, at, 190, 210) for at in range(590, 700, 10)]
    assert not table(rules, FULL)
    # A line below a text, and a box around one.
    assert not grids([Rule(True, 700, 100, 200), *box(100, 500, 400, 600)])
    # So many lines are drawn for nothing but pictures.
    assert not grids(boxes(range(0, 3200, 10)))
    assert not grids(Rule(True, 0, 0, 9) for _ in range(30_000))


def test_grids_tell_their_cells() -> None:
    (grid,) = grids(boxes())
    assert isinstance(grid, Grid)
    assert grid.cell(150, 690) != grid.cell(250, 690)
    assert grid.cell(50, 690) is None
    (mirrored,) = grids(rule.mirrored(612) for rule in boxes((100, 200, 400)))
    assert [*mirrored.across] == [212, 412, 512]

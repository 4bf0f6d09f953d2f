from __future__ import annotations

from collections.abc import Sequence

import pytest

from entrywise.data.documents.conversion.typeset.cells import Piece, Row, tables_of


def rows(*lines: Sequence[str], leading: Sequence[int] = ()) -> list[Row]:
    """Lines of cells, 100 points from each other; 18 points from line to line, or as given."""
    top = 700.0
    found: list[Row] = []
    for place, line in enumerate(lines):
        top -= leading[place - 1] if place and leading else 18
        cells = [(72 + 100.0 * n, cell) for n, cell in enumerate(line) if cell]
        found.append([Piece(c, x, x + 5 * len(c), top - 10, top, 10, False) for x, c in cells])
    return found


def test_cells_that_stand_below_each_other_are_a_table() -> None:
    (table,) = tables_of(
        rows(["Fees:"], ["Card", "1 %", "3 days"], ["Bank", "0 %", "7 days"], ["."])
    )
    assert (table.start, table.count) == (1, 2)
    assert table.cells == (("Card", "1 %", "3 days"), ("Bank", "0 %", "7 days"))


def test_a_row_may_have_several_lines() -> None:
    lines = [["Code", "Cause"], ["E1", "the tank"], ["", "is full"], ["E2", "it is cold"]]
    (table,) = tables_of(rows(*lines, leading=[18, 12, 18]))
    assert table.cells == (("Code", "Cause"), ("E1", "the tank is full"), ("E2", "it is cold"))
    lines = [
        ["Sick", "Say so"],
        ["leave", "at once"],
        ["Paid", "Ask a"],
        ["leave", "month be-"],
        ["", "fore"],
    ]
    (table,) = tables_of(rows(*lines, leading=[12, 20, 12, 12]))
    assert table.cells == (("Sick leave", "Say so at once"), ("Paid leave", "Ask a month before"))


def test_a_header_may_have_several_lines_in_bold() -> None:
    lines = rows(["Resistance", "Rate"], ["(ohm)", "(mm)"], ["24", "2.8"], ["121", "1.5"])
    bold = [[piece._replace(is_bold=True) for piece in row] for row in lines[:2]]
    (table,) = tables_of([*bold, *lines[2:]])
    assert table.cells == (("Resistance (ohm)", "Rate (mm)"), ("24", "2.8"), ("121", "1.5"))
    assert table.count == 4


def test_texts_side_by_side_are_read_one_after_the_other() -> None:
    lines = [["Leave is", "Sick notes"], ["asked for", "are sent"], ["by mail.", "at once."]]
    (table,) = tables_of(rows(*lines, leading=[12, 12]))
    assert not table.cells
    texts = [" ".join(piece.text for line in text for piece in line) for text in table.texts]
    assert texts == ["Leave is asked for by mail.", "Sick notes are sent at once."]


def test_lists_side_by_side_are_read_one_after_the_other() -> None:
    lines = [["In May", "In June"], ["• Oars", "• Sails"], ["• Ropes", "- Bread"], ["", "- Tea"]]
    (table,) = tables_of(rows(*lines, leading=[14, 14, 14]))
    texts = [[piece.text for line in text for piece in line] for text in table.texts]
    assert texts == [["In May", "• Oars", "• Ropes"], ["In June", "• Sails", "- Bread", "- Tea"]]
    # In one column they are cells, and what stands for nothing is none.
    (table,) = tables_of(rows(["Oars", "• Ann"], ["Sails", "• Bob"], ["Tea", "• Eve"]))
    assert table.cells[0] == ("Oars", "• Ann")
    (table,) = tables_of(rows(["Oars", "-1", "-2"], ["Sails", "-3", "-4"]))
    assert table.cells[0] == ("Oars", "-1", "-2")


@pytest.mark.parametrize(
    "lines",
    [
        [["1.", "Remove"], ["2.", "Insert"], ["3.", "Plug"]],
        [["a", "b"], ["c", "d"]],
        [["one line"], ["another"], ["a third"]],
        [],
    ],
)
def test_other_lines_are_none(lines: list[list[str]]) -> None:
    assert list(tables_of(rows(*lines))) == []

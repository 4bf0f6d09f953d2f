from __future__ import annotations

import pytest
from growth import grows_linearly

from entrywise.data.documents.conversion.asciidoc.tables import Table, read_table


def read(text: str, fence: str = "|===", **attributes: str) -> Table:
    return read_table(text.split("\n"), attributes, fence)


def texts(table: Table) -> list[list[str]]:
    return [[one.text for one in row] for row in table.rows]


def test_columns_are_as_many_as_is_said_or_as_the_first_line_has() -> None:
    assert texts(read("|a |b\n|c |d")) == [["a", "b"], ["c", "d"]]
    assert texts(read("|a\n|b\n|c\n|d", cols="1,2")) == [["a", "b"], ["c", "d"]]
    assert texts(read("|a\n|b\n|c", cols="3*")) == [["a", "b", "c"]]


def test_cells_may_take_several_columns_and_rows_or_stand_for_several() -> None:
    assert texts(read("2+|a |b\n|c |d |e")) == [["a", "", "b"], ["c", "d", "e"]]
    assert texts(read(".2+|a |b\n|c")) == [["a", "b"], ["a", "c"]]
    assert texts(read("3*|x", cols="3*")) == [["x", "x", "x"]]


def test_bars_within_cells_are_escaped() -> None:
    assert texts(read("|a \\| b |c")) == [["a | b", "c"]]


def test_cells_need_no_blanks_between_them() -> None:
    assert texts(read("|Pier|Free|Paid\n\n|North|2|12m")) == [
        ["Pier", "Free", "Paid"],
        ["North", "2", "12m"],
    ]
    assert texts(read("|a|\n|b|c")) == [["a", ""], ["b", "c"]]


def test_cells_begin_with_the_sign_of_their_table() -> None:
    assert texts(read("!a|b!c", "!===")) == [["a|b", "c"]]
    assert texts(read("¦a|b ¦c", separator="¦")) == [["a|b", "c"]]


@pytest.mark.parametrize("unit", ["|", "1", "1.", "a ", " 2.2", "|\\"])
def test_long_tables_take_as_much_time_each_cell(unit: str) -> None:
    assert grows_linearly(lambda count: read(unit * count), 40_000)


def test_styles_are_those_of_a_cell_or_of_its_column() -> None:
    (row,) = read("|x m|y", cols="1a,1").rows
    assert [one.style for one in row] == ["a", "m"]


def test_other_formats_have_separators_of_their_own() -> None:
    assert texts(read('a,"b,c"', ",===")) == [["a", "b,c"]]
    assert texts(read("a:b", ":===")) == [["a", "b"]]


def test_what_are_no_values_are_lines() -> None:
    endless = f'a,"{"b" * 200_000}'
    assert texts(read(f"{endless}\nc", ",===")) == [[endless], ["c"]]


def test_what_holds_no_cell_has_no_row() -> None:
    assert read("") == Table([], False)
    assert read("text alone").rows == []
    assert len(read("9999999*|x").rows) <= 1000

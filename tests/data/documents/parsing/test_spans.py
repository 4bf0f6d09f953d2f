from __future__ import annotations

from entrywise.data.documents.parsing.spans import grid, header


def test_cells_that_span_are_told_in_each_row() -> None:
    rows = [
        [("a", 3, 1), ("b", 1, 2), ("c", 1, 1)],
        [("d", 2, 2), ("e", 1, 1)],
        [("f", 1, 1)],
        [("g", 1, 1)],
    ]
    assert grid(rows) == [
        ["a", "b", "", "c"],
        ["a", "d", "", "e"],
        ["a", "d", "", "f"],
        ["g"],
    ]


def test_a_value_of_several_columns_is_told_in_those_that_have_names() -> None:
    rows = [[("Ada", 1, 1), ("none", 2, 3)], [("Kaya", 1, 1)]]
    told = [["Ada", "none", "none", ""], ["Kaya", "none", "none", ""]]
    assert grid(rows, ["Boat", "Oars", "Sails"]) == told
    assert grid([[(one, 1, 1) for one in "abcd"], *rows])[1:] == [
        ["Ada", "none", "none", "none"],
        ["Kaya", "none", "none", "none"],
    ]
    assert grid([[("Boats", 1, 4)], *rows])[1:] == [
        [one, "none", "", ""] for one in ("Ada", "Kaya")
    ]


def test_what_heads_rows_or_is_a_text_is_told_once() -> None:
    text = "It lies at the pier, and nobody has rowed it since."
    rows = [[("Old boats", 1, 2)], [(text, 1, 2), ("", 1, 1)]]
    assert grid(rows, ["a", "b", "c"]) == [["Old boats", ""], [text, "", ""]]


def test_names_of_groups_are_told_with_those_of_their_columns() -> None:
    rows = [[("Boat", 2, 1), ("Oars", 1, 2)], [("ash", 1, 1), ("pine", 1, 1), ("", 1, 1)]]
    assert header(rows) == ["Boat", "Oars ash", "Oars pine", ""]
    assert header(rows[:1]) == ["Boat", "Oars", ""]
    assert header([]) == []

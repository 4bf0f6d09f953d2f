"""Tells what cells that span several rows or columns of a table say in each of them.

|      | Length |    |        |      | Length m | Length ft |
|      | m      | ft |   ─▶   | Ada  | 6        | 20        |
| Ada  | 6      | 20 |        | Kaya | unknown  | unknown   |
| Kaya | unknown     |
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

Span = tuple[str, int, int]
"""A cell: its text, and in how many rows and columns it is."""
_LONGEST = 40
"""Characters of what is said in several columns: a value, no text."""


def grid(rows: Iterable[Sequence[Span]], names: Sequence[str] | None = None) -> list[list[str]]:
    """The texts of a table's rows; a cell of several rows is in each of them, a short one of
    several columns in each that has a name, unless it is all that its row says.

    Args:
        names: of the columns; without them the first row has them.

    >>> grid([[("Poland", 2, 1), ("26", 1, 1)], [("24", 1, 1)]])
    [['Poland', '26'], ['Poland', '24']]
    >>> grid([[("Ada", 1, 1), ("none", 1, 2)], [("Ebb", 1, 2)]], ["Boat", "Oars", "Sails"])
    [['Ada', 'none', 'none'], ['Ebb', '']]
    """
    below: dict[int, tuple[str, int]] = {}
    """What cells above leave in columns: a text, and in how many further rows."""
    found: list[list[str]] = []
    for row in rows:
        texts: list[str] = []
        left: dict[int, tuple[str, int]] = {}
        for cell in (*row, None):
            while (column := len(texts)) in below:
                text, more = below.pop(column)
                texts.append(text)
                if more > 1:
                    left[column] = (text, more - 1)
            if cell is None:
                break
            text, down, across = cell
            is_value = len(row) > 1 and len(text) <= _LONGEST
            for place in range(column, column + across):
                is_named = place == column or (is_value and any((names or ())[place : place + 1]))
                said = text if is_named else ""
                texts.append(said)
                below.pop(place, None)
                if down > 1:
                    left[place] = (said, down - 1)
        below = left
        names = texts if names is None else names
        found.append(texts)
    return found


def header(rows: Sequence[Sequence[Span]]) -> list[str]:
    """The names of columns that are told in several rows, those of groups of columns first.

    >>> header([[("Boat", 2, 1), ("Length", 1, 2)], [("m", 1, 1), ("ft", 1, 1)]])
    ['Boat', 'Length m', 'Length ft']
    """
    if len(rows) < 2:
        return [text for texts in grid(rows) for text in texts]
    width = max(sum(across for _, _, across in row) for row in rows)
    columns = zip_longest(*grid(rows, ["?"] * width), fillvalue="")
    return [" ".join(filter(None, dict.fromkeys(column))) for column in columns]

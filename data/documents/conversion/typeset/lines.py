"""Lines of typeset pages, with what tells how they are set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

LARGER = 1.12
"""How many times as large as the text a heading is at least; half a point of 10 is chance."""

_ENOUGH = 0.1
"""The share of letters that lines of text have at least, from which they tell how it is set."""


class Line(NamedTuple):
    """A line of a page: its size in points, the number of the box that it is in, and how high it
    stands, from 0 at the foot to 1; the cells of one that is the row of a table, the mark that an
    item begins with and stands apart from it, itself with its blanks where it is code, whether
    it is the title of the text right below it, whether it fills its column, as most lines of a
    text do, the level of the bookmark that leads to it, from 1, or 0, and the edges where the
    columns of its table begin, in points, where rules part them."""

    text: str
    size: float
    is_bold: bool
    box: int
    height: float
    cells: tuple[str, ...] = ()
    mark: str = ""
    code: str = ""
    is_title: bool = False
    is_full: bool = False
    rank: int = 0
    edges: tuple[int, ...] = ()


def usual_size(pages: Sequence[Sequence[Line]]) -> float:
    """The size of most letters of lines that fill their column: tables, drawings and notes may have
    more letters than the text has. Without enough of those, the size of most letters."""
    every: Counter[float] = Counter()
    full: Counter[float] = Counter()
    for line in (line for lines in pages for line in lines):
        every[line.size] += len(line.text)
        if line.is_full:
            full[line.size] += len(line.text)
    letters = full if full.total() >= _ENOUGH * every.total() else every
    return letters.most_common(1)[0][0] if letters else 0.0

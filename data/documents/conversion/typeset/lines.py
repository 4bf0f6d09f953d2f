"""Lines of typeset pages, with what tells how they are set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

LARGER = 1.12
"""How many times as large as the text a heading is at least; half a point of 10 is chance."""


class Line(NamedTuple):
    """A line of a page: its size in points, the number of the box that it is in, and how high it
    stands, from 0 at the foot to 1; the cells of one that is the row of a table, the mark that an
    item begins with and stands apart from it, itself with its blanks where it is code, and whether
    it is the title of the text right below it."""

    text: str
    size: float
    is_bold: bool
    box: int
    height: float
    cells: tuple[str, ...] = ()
    mark: str = ""
    code: str = ""
    is_title: bool = False


def usual_size(pages: Sequence[Sequence[Line]]) -> float:
    """The size of most letters."""
    letters: Counter[float] = Counter()
    for line in (line for lines in pages for line in lines):
        letters[line.size] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 0.0

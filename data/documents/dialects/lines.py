"""Lines of CommonMark that know which characters of their source they are of.

Most are a line of the source, said as CommonMark says it. What HTML has in one line may be several
(the rows of a table), and what it has in several may be one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple


class Line(NamedTuple):
    """A line, and the characters of the source that it is of, from `start` to `end` (exclusive);
    where these are the same, it says nothing, or goes on with the line before it. `is_markup` is
    one that was HTML."""

    text: str
    start: int
    end: int
    is_markup: bool = False


def starts(texts: Iterable[str]) -> list[int]:
    """Where rows begin in the text that they make, and where one behind the last would.

    >>> starts(["one", "", "two"])
    [0, 4, 5, 9]
    """
    return [*accumulate((len(text) + 1 for text in texts), initial=0)]


def within(lines: Sequence[Line], start: int, end: int) -> range:
    """The lines that are of some characters of the source.

    >>> lines = [Line("a", 0, 1), Line("b", 2, 3), Line("", 3, 3), Line("c", 3, 4)]
    >>> within(lines, 2, 3), within(lines, 3, 4)
    (range(1, 3), range(3, 4))
    """
    if start >= end:
        return range(0)
    found = [number for number, line in enumerate(lines) if _is_of(line, start, end)]
    return range(found[0], found[-1] + 1) if found else range(0)


def _is_of(line: Line, start: int, end: int) -> bool:
    if line.start == line.end:
        return start < line.start <= end
    return line.start < end and start < line.end


class Rows:
    """The rows of a source, and in which of them the lines of CommonMark stand that it became."""

    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        self.texts = text.split("\n")
        self._lines = lines
        self._starts = starts(self.texts)

    def of(self, line: int) -> int:
        """The row in which a line begins; that behind the last for the one behind the last."""
        return self._row(self._lines[line].start) if line < len(self._lines) else len(self.texts)

    def behind(self, line: int) -> int:
        """The row behind the one that a line, or the one before that, ends in."""
        return self._row(self._lines[line - 1].end) + 1

    def span(self, first: int, last: int) -> tuple[tuple[int, int], tuple[int, int]]:
        """Where what lines say begins and ends, each as a row and a place in it.

        Args:
            first: the first line.
            last: the one behind the last.
        """
        said = [one for one in self._lines[first:last] if one.start < one.end and self._says(one)]
        while not said:
            # It goes on with what stands before it.
            first -= 1
            said = [one for one in self._lines[first : first + 1] if one.start < one.end]
        begin, end = said[0], said[-1]
        start = begin.start
        row, until = self._row(start), self._row(end.end)
        if not begin.is_markup:
            start += len(self.texts[row]) - len(self.texts[row].lstrip())
        behind = end.end - self._starts[until]
        return (
            (row, start - self._starts[row]),
            (until, len(self.texts[until][:behind].rstrip())),
        )

    def _says(self, line: Line) -> bool:
        return line.is_markup or bool(self.texts[self._row(line.start)].strip())

    def _row(self, place: int) -> int:
        return bisect_right(self._starts, place) - 1

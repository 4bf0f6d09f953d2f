"""Columns of a typeset page: what their lines leave free from top to bottom parts them, as in the
projections of Nagy and Seth 1984, "Hierarchical representation of optically scanned documents".

    Heading over both                1
    first column │ second column     2 │ 3
    goes on      │ goes on
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from entrywise.data.documents.conversion.typeset.cells import GAP, Row

_FEWEST = 5
"""Lines of a column."""
_NARROWEST, _SHARE, _WIDEST, _FILLED = 0.15, 0.2, 0.6, 0.6
"""Shares of a page's width: the least that a column has, the most that is between two, the most
that a line of one has; and of a column's width: what a fifth of its lines fill."""
_DENSE = 1.7
"""Heights from line to line within a text, at most: rows of tables stand further apart."""
_ACROSS = (0.03, 0.1)
"""Shares of all lines that may run over the blank between two columns: few, else some more."""


def columns_of(lines: Sequence[Row]) -> Iterator[list[Row]]:
    """The lines of a page by the columns that they are in; what runs over several parts what stands
    above it from what stands below."""
    spans = _spans(lines)
    if len(spans) < 2:
        yield [*lines]
        return
    places = {id(line): _place(line, spans) for line in lines}
    band: list[list[Row]] = [[] for _ in spans]
    across: list[Row] = []
    for line in sorted(lines, key=lambda line: -line[0].middle):
        place = places[id(line)]
        if place is None and any(band):
            yield from filter(None, band)
            band = [[] for _ in spans]
        if place is None:
            across.append(line)
            continue
        if across:
            yield across
            across = []
        band[place].append(line)
    yield from filter(None, (*band, across))


def _spans(lines: Sequence[Row]) -> list[tuple[float, float]]:
    """Where the columns of a page are, from left to right; fewer than two where it has none."""
    left = min((line[0].left for line in lines), default=0.0)
    width = int(max((line[-1].right for line in lines), default=0.0) - left) + 1
    narrow = [line for line in lines if line[-1].right - line[0].left <= _WIDEST * width]
    changes: Counter[int] = Counter()
    for line in narrow:
        changes[int(line[0].left - left)] += 1
        changes[int(line[-1].right - left) + 1] -= 1
    # What stands over both, a title and its authors, may hide what parts them.
    for share in _ACROSS:
        places = _filled(changes, max(1.0, share * len(lines)))
        spans = [(left + start, left + end) for start, end in places]
        spans = [span for span in spans if _is_text(span, narrow, width)]
        if len(spans) > 1 and _are_columns(spans, lines, width):
            return spans
    return []


def _filled(changes: Counter[int], most: float) -> Iterator[tuple[int, int]]:
    """Where more lines stand above each other than some number."""
    start, count, before = -1, 0, 0
    for place in sorted(changes):
        before, count = count, count + changes[place]
        if before <= most < count:
            start = place
        elif before > most >= count:
            yield start, place


def _are_columns(spans: Sequence[tuple[float, float]], lines: Sequence[Row], width: float) -> bool:
    height = median(line[0].height for line in lines)
    is_apart = all(GAP * height <= b[0] - a[1] <= _SHARE * width for a, b in pairwise(spans))
    inside = sum(_place(line, spans) is not None for line in lines)
    return is_apart and 2 * inside > len(lines) and not _are_cells(lines, spans)


def _are_cells(lines: Sequence[Row], spans: Sequence[tuple[float, float]]) -> bool:
    """Whether columns are those of one large table: most lines of each stand beside one of another,
    and do not fill it."""
    told = [(place, line) for line in lines if (place := _place(line, spans)) is not None]
    filled = median(
        (line[-1].right - line[0].left) / (spans[place][1] - spans[place][0])
        for place, line in told
    )
    heights = [
        {round(line[0].middle) for one, line in told if one == n} for n, _ in enumerate(spans)
    ]
    shared = set.intersection(*heights)
    return filled < _FILLED and len(shared) > 0.8 * min(map(len, heights))


def _is_text(span: tuple[float, float], lines: Sequence[Row], width: float) -> bool:
    """Whether the lines within a span are a text, rather than the cells of a column of a table."""
    own = sorted((line for line in lines if _place(line, [span]) == 0), key=lambda one: -one[0].top)
    if len(own) < _FEWEST or span[1] - span[0] < _NARROWEST * width:
        return False
    # The others are of tables and items, or end paragraphs.
    filled = sorted(line[-1].right - line[0].left for line in own)[4 * len(own) // 5]
    leading = median(a[0].bottom - b[0].bottom for a, b in pairwise(own))
    height = median(line[0].height for line in own)
    return filled >= _FILLED * (span[1] - span[0]) and leading <= _DENSE * height


def _place(line: Row, spans: Sequence[tuple[float, float]]) -> int | None:
    """The column that a line is in; None of one that is in none, or in several."""
    # What hangs out a little is in it all the same.
    found = [n for n, (a, b) in enumerate(spans) if line[0].left < b - 2 and line[-1].right > a + 2]
    if len(found) != 1:
        return None
    a, b = spans[found[0]]
    outside = max(a - line[0].left, 0) + max(line[-1].right - b, 0)
    return found[0] if outside <= (b - a) / 2 else None

"""The reading order of a typeset page: columns from left to right, lines from top to bottom, and
lines whose cells stand below each other as rows of a table.

    Heading over both                1
    first column │ second column     2 │ 4
    goes on      │ goes on           3 │ 5
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from entrywise.data.documents.conversion.typeset.cells import (
    ENDS,
    MARK,
    Piece,
    Row,
    tables_of,
    whole,
)
from entrywise.data.documents.conversion.typeset.columns import columns_of
from entrywise.data.documents.conversion.typeset.lines import Line

_SHORT = 0.2
"""The share of a page's width that a line leaves free at its end, at least, if it is short."""
_ITEM = re.compile(r"(?:[^\w\s]|\(?\d{1,2}[.)])\s")
"""How an item of a list begins."""
_MOST_LETTERS = 300
"""The most letters of a line of code."""
_FULL, _FEWEST_WORDS = 0.8, 4
"""The share of a column that a line of a text fills, and how many words it has, at least."""


def in_order(lines: Iterable[Row], page_height: float) -> list[Line]:
    """The lines of a page in the order in which they are read.

    Args:
        lines: each of pieces that stand beside each other, with any gaps between them.
    """
    found: list[Line] = []
    for column in columns_of([*filter(None, lines)]):
        right = max((line[-1].right for line in column), default=0.0)
        found += _read(rows_of(column), right, page_height, found[-1].box + 1 if found else 0)
    return found


def rows_of(lines: Iterable[Row]) -> list[Row]:
    """Lines from top to bottom; those at the same height are one, but for tables."""
    rows: list[Row] = []
    for line in sorted(lines, key=lambda line: -line[0].middle):
        if rows and _are_level(rows[-1][0], line[0]):
            rows[-1] += line
        else:
            rows.append([*line])
    return [whole(sorted(row, key=lambda piece: piece.left)) for row in rows]


def _are_level(a: Piece, b: Piece) -> bool:
    is_text = not (a.table or b.table)
    return is_text and abs(a.middle - b.middle) <= min(a.height, b.height) / 2


def _read(rows: Sequence[Row], right: float, height: float, box: int) -> Iterator[Line]:
    """The lines of a column, by the boxes that paragraphs, items and tables are."""
    usual, font = _usual_gap([row for row in rows if not row[0].table]), _usual_font(rows)
    left = min((row[0].left for row in rows), default=0.0)
    tables = {one.start: one for one in tables_of(rows)}
    before: Row = []
    place = 0
    while place < len(rows):
        row = rows[place]
        if (table := tables.get(place)) and not all(map(_is_code, rows[place:][: table.count])):
            for first, cells in zip(table.rows, table.cells, strict=True):
                yield _line(first, height, box + 1, cells)._replace(edges=table.edges)
            for column in table.texts:
                box += 1
                yield from (_line(part, height, box) for part in column)
            box, place, before = box + 2, place + table.count, []
            continue
        is_apart = not before or _is_apart(before, row, usual, right)
        box += bool(before) and is_apart
        line = _line(row, height, box)._replace(is_full=_is_full(row, left, right))
        place += 1
        if is_apart and place < len(rows) and _is_title(row, rows[place], font):
            line = line._replace(is_title=_is_apart(row, rows[place], usual, right))
        yield line
        before = row


def _is_full(row: Row, left: float, right: float) -> bool:
    """Whether a line without gaps fills a column."""
    is_wide = row[0].right - row[0].left >= _FULL * (right - left)
    return len(row) == 1 and is_wide and len(row[0].text.split()) >= _FEWEST_WORDS


def _usual_gap(rows: Sequence[Row]) -> float:
    """The gap between lines of a paragraph: of gaps that are no larger than the lines are high, one
    of the small ones."""
    pairs = ((a[0], b[0]) for a, b in pairwise(rows))
    gaps = sorted(a.bottom - b.top for a, b in pairs if abs(a.size - b.size) < 1)
    small = [gap for gap in gaps if gap <= rows[0][0].height]
    return small[len(small) // 4] if small else 0.0


def _is_apart(before: Row, row: Row, usual: float, right: float) -> bool:
    """Whether a line begins a paragraph: it stands further below, or the one before ends early, and
    a sentence with it, or this one is indented or set otherwise."""
    gap = before[0].bottom - row[0].top
    if gap > max(min(before[0].height, row[0].height) / 2, 1.25 * usual):
        return True
    left = min(before[0].left, row[0].left)
    is_short = before[-1].right < right - _SHORT * (right - left)
    ends = before[-1].text.endswith(ENDS) and not row[0].text[:1].islower()
    # Below the first line of an item its text begins further in.
    is_further = before[0].left < row[0].left and row[0].text[:1].islower()
    is_hanging = is_further and _ITEM.match(f"{before[0].text} ")
    is_indented = abs(before[0].left - row[0].left) > row[0].height and not is_hanging
    if is_short and (ends or is_indented or _is_set_otherwise(before, row)):
        return True
    # A bold sentence begins a paragraph, which goes on on its line, or below.
    is_bold = all(one.is_bold for one in before) and not any(one.is_bold for one in row)
    return is_bold and not before[-1].text.endswith(".") and _ends_early(before, row, right)


def _ends_early(before: Row, row: Row, right: float) -> bool:
    """Whether the first word of a line would stand in the one before."""
    first = row[0]
    letters = len(first.text.split(maxsplit=1)[0]) + 1
    width = letters * (first.right - first.left) / len(first.text)
    return before[-1].right + width + first.height <= right


def _is_set_otherwise(before: Row, row: Row) -> bool:
    """Whether two lines are set in different ways: one is bold, or larger, or has another font."""
    if all(one.is_bold for one in before) != all(one.is_bold for one in row):
        return True
    fonts = {one.font for one in before}, {one.font for one in row}
    are_other = fonts[0].isdisjoint(fonts[1]) and not any("" in one for one in fonts)
    return are_other or abs(before[0].size - row[0].size) >= 1


def _usual_font(rows: Sequence[Row]) -> str:
    """The font of most letters."""
    letters: Counter[str] = Counter()
    for piece in (piece for row in rows for piece in row):
        letters[piece.font] += len(piece.text)
    return letters.most_common(1)[0][0] if letters else ""


def _is_title(row: Row, below: Row, usual: str) -> bool:
    """Whether a line alone is the title of the text that begins right below it: it is bold, or in
    another font than most, and no sentence."""
    text = row[0].text
    is_name = row[0].font != usual and text[:1].isalnum() and not text.endswith(ENDS)
    return (
        len(row) == 1
        and (row[0].is_bold or is_name)
        and below[0].font in ("", usual)
        and row[0].bottom - below[0].top <= row[0].height
        and abs(row[0].left - below[0].left) < row[0].height
        and row[0].size >= below[0].size
        and _is_set_otherwise(row, below)
    )


def _line(row: Row, page_height: float, box: int, cells: tuple[str, ...] = ()) -> Line:
    longest = max(row, key=lambda piece: len(piece.text))
    text = " ".join(filter(None, cells)) or " ".join(piece.text for piece in row)
    code = _code(row) if _is_code(row) and not cells else ""
    height = round(row[0].bottom / page_height, 2) if page_height else 0.0
    mark = row[0].text if len(row) > 1 and MARK.fullmatch(row[0].text) else ""
    is_bold = all(one.is_bold for one in row)
    return Line(text, longest.size, is_bold, box, height, cells, mark, code)


def _is_code(row: Row) -> bool:
    """Whether all letters of a line are as wide."""
    return all(piece.pitch for piece in row)


def _code(row: Row) -> str:
    """A line whose letters are all as wide, with the blanks that stand in it, and before it from
    the left of the page."""
    text = ""
    for piece in row:
        place = min(round(piece.left / piece.pitch), _MOST_LETTERS)
        text += " " * max(place - len(text), bool(text)) + piece.text
    return text

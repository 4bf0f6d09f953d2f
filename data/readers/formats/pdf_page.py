"""What stands on a page of a PDF: its lines in the order in which they are read.

letters and where they stand ─▶ pieces of lines ─▶ `typeset/reading_order.py` ─▶ lines
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING
from unicodedata import east_asian_width, normalize

from entrywise.data.documents.conversion.typeset.cells import GAP, Piece
from entrywise.data.documents.conversion.typeset.letters import as_read, leftward
from entrywise.data.documents.conversion.typeset.lines import Line
from entrywise.data.documents.conversion.typeset.reading_order import in_order
from entrywise.data.documents.conversion.typeset.ruled_tables import (
    Grid,
    Rule,
    grids,
    with_tables,
)

if TYPE_CHECKING:
    from pdfminer.layout import LTChar, LTPage, LTTextLine

_LETTERS = 8
"""Different ones by which a font is told to have one width, at least."""
_BOLD = re.compile(r"(?i:bold|black|heavy|demi)|[-.,](?:Bd?|Medi)(?![a-z])|BX\d|Bd(?![a-z])")
"""What the names of bold fonts have, as foundries and TeX write it."""
_SLANTED = 0.05
"""How far a line may rise, by its length."""
_BLANK = 0.15
"""Sizes of a letter between two words, at least."""
_THIN = 3.0
"""Points of the width of a line that is drawn."""
_SHIFTED = 0.3
"""How far a letter may be from where it is set again, by its width, and a line by its height."""
_UNKNOWN = re.compile(r"\(cid:\d+\)")
"""What the library calls a letter of which the file does not say what it stands for."""
_WIDE = frozenset("WF")
"""Letters of Chinese, Japanese and Korean, as Unicode calls their width."""


def text_lines(page: LTPage) -> list[LTTextLine]:
    """The lines of text that stand on a page, rather than beside it."""
    from pdfminer.layout import LTTextBox, LTTextLine

    return [
        line
        for box in page
        if isinstance(box, LTTextBox)
        for line in box
        if isinstance(line, LTTextLine)
        and 0 <= line.x0 + line.x1 <= 2 * page.width
        and 0 <= line.y0 + line.y1 <= 2 * page.height
    ]


def lines_of(page: LTPage) -> list[Line]:
    """The lines of a page in the order in which they are read."""
    lines = _without_copies(text_lines(page))
    fixed, rules = _fixed(lines), [*_rules(page)]
    ruled = grids(rules)
    upright: list[LTChar] = []
    pieces = [found for line in lines if (found := _pieces(line, fixed, ruled, upright))]
    pieces += [[one] for one in _upright(upright)]
    text = "".join(piece.text for line in pieces for piece in line)
    if 2 * leftward(text) > sum(map(str.isalpha, text)):
        # In a mirror its lines begin at the left, and its columns are read from there.
        pieces = [[_mirrored(one, page.width) for one in reversed(line)] for line in pieces]
        ruled = grids(one.mirrored(page.width) for one in rules)
    return in_order(with_tables(pieces, ruled), page.height)


def _rules(page: LTPage) -> Iterator[Rule]:
    """The lines that are drawn on a page; many are rectangles that are as thin as a line."""
    from pdfminer.layout import LTLine, LTRect

    for one in page:
        if not isinstance(one, LTLine | LTRect):
            continue
        if one.height <= _THIN:
            yield Rule(True, (one.y0 + one.y1) / 2, one.x0, one.x1)
        elif one.width <= _THIN:
            yield Rule(False, (one.x0 + one.x1) / 2, one.y0, one.y1)
        elif isinstance(one, LTRect) and one.stroke:
            yield from (Rule(True, at, one.x0, one.x1) for at in (one.y0, one.y1))
            yield from (Rule(False, at, one.y0, one.y1) for at in (one.x0, one.x1))


def _mirrored(piece: Piece, width: float) -> Piece:
    return piece._replace(left=width - piece.right, right=width - piece.left)


def _without_copies(lines: Iterable[LTTextLine]) -> list[LTTextLine]:
    """Lines without those that are set again where they stand, to look bold or have a shade."""
    places: set[tuple[str, int, int]] = set()
    found = []
    for line in lines:
        text, size = line.get_text(), _SHIFTED * max(line.height, 1)
        x, y = round(line.x0 / size), round(line.y0 / size)
        if not any((text, x + n // 3 - 1, y + n % 3 - 1) in places for n in range(9)):
            places.add((text, x, y))
            found.append(line)
    return found


def _fixed(lines: Sequence[LTTextLine]) -> frozenset[str]:
    """The fonts of a page whose letters are all as wide, other than those that always are."""
    from pdfminer.layout import LTChar

    widths: dict[str, dict[str, float]] = {}
    for one in (letter for line in lines for letter in line):
        if isinstance(one, LTChar) and one.size and one.get_text().isalpha():
            widths.setdefault(one.fontname, {})[one.get_text()] = one.width / one.size
    found: set[str] = set()
    for name, told in widths.items():
        own = [width for text, width in told.items() if east_asian_width(text[0]) not in _WIDE]
        if len(own) >= _LETTERS and max(own) <= 1.02 * min(own):
            found.add(name)
    return frozenset(found)


def _pieces(
    line: LTTextLine, fixed: frozenset[str], ruled: Sequence[Grid], upright: list[LTChar]
) -> list[Piece]:
    """The words of a line, apart where the gap between them is larger than a blank, or where a rule
    parts cells; without letters that do not stand level, of which some stand upright, those that
    are set again where the one before stands, and blanks that are parts of those."""
    from pdfminer.layout import LTAnno, LTChar

    found: list[Piece] = []
    run: list[LTChar] = []
    text: list[str] = []
    for one in line:
        if isinstance(one, LTChar):
            across, up, *_ = one.matrix
            if abs(up) > _SLANTED * abs(across):
                upright += [one] * (abs(across) < _SLANTED * abs(up))
                continue
            if run:
                before = run[-1]
                is_again = abs(one.x0 - before.x0) < _SHIFTED * one.width
                if is_again and one.get_text() == before.get_text():
                    continue
                if _is_part(one, before):
                    continue
                gap = one.x0 - before.x1
                is_blank = gap > _BLANK * one.size or not before.get_text().strip()
                is_apart = gap > GAP * one.size or (is_blank and _are_parted(before, one, ruled))
                if is_apart and any(map(str.strip, text)):
                    found += _piece(run, text, fixed)
                    run, text = [], []
            run.append(one)
            text.append(one.get_text())
        elif isinstance(one, LTAnno):
            text.append(one.get_text())
    return [*found, *_piece(run, text, fixed)]


def _is_part(letter: LTChar, before: LTChar) -> bool:
    """Whether a blank stands upon the letter before it, which stands for several: programs set it
    in the place of the second of these."""
    is_upon = letter.x0 < before.x1 - _SHIFTED * letter.width
    return letter.get_text().isspace() and is_upon and len(normalize("NFKC", before.get_text())) > 1


def _are_parted(before: LTChar, letter: LTChar, ruled: Sequence[Grid]) -> bool:
    """Whether a rule of a grid is between two letters."""
    (a, b), y = ((one.x0 + one.x1) / 2 for one in (before, letter)), (letter.y0 + letter.y1) / 2
    return any(grid.cell(a, y) != grid.cell(b, y) for grid in ruled)


def _upright(letters: Iterable[LTChar]) -> list[Piece]:
    """What stands upright and begins at the same height as others: the names of columns, as if they
    stood there level."""
    lines: dict[tuple[int, bool], list[LTChar]] = {}
    for one in letters:
        lines.setdefault((round(one.x0), one.matrix[1] > 0), []).append(one)
    found: list[Piece] = []
    for (_, is_up), line in lines.items():
        line.sort(key=lambda one: one.y0 if is_up else -one.y0)
        told = [line[0].get_text()]
        for a, b in pairwise(line):
            told.append(" " * (max(b.y0 - a.y1, a.y0 - b.y1) > 0.2 * b.width) + b.get_text())
        for piece in _piece(line, told, frozenset()):
            size = piece.right - piece.left
            found.append(piece._replace(top=piece.bottom + size, size=round(size * 2) / 2))
    heights = Counter(round(one.bottom) for one in found)
    return [one for one in found if heights[round(one.bottom)] > 1]


def _piece(
    letters: Sequence[LTChar], told: Sequence[str], fixed: frozenset[str]
) -> Iterator[Piece]:
    text = "".join(told)
    if leftward(text) and letters[0].x0 < letters[-1].x0:
        text = as_read(told)
    text = _UNKNOWN.sub("\ufffd", text.replace("\0", ""))
    is_fixed = bool(fixed) and all(one.fontname in fixed for one in letters)
    # Blanks within code are a part of it.
    text = text.strip().expandtabs() if is_fixed else " ".join(text.split())
    letters = [one for one in letters if one.get_text().strip()]
    if not letters or not text:
        return
    sizes = sorted([letter.size for letter in letters])
    names = [letter.fontname for letter in letters]
    fonts = {name: names.count(name) for name in {*names}}
    bold = sum(count for font, count in fonts.items() if _BOLD.search(font))
    font = max(fonts, key=lambda name: (fonts[name], name))
    yield Piece(
        text,
        left=min([one.x0 for one in letters]),
        right=max([one.x1 for one in letters]),
        bottom=min([one.y0 for one in letters]),
        top=max([one.y1 for one in letters]),
        size=round(sizes[len(sizes) // 2] * 2) / 2,
        is_bold=bold > len(letters) * 0.8,
        pitch=max(one.width for one in letters) if is_fixed else 0.0,
        # What stands before a plus tells only which letters of it the file holds.
        font=font.rpartition("+")[2] if fonts[font] > len(letters) * 0.8 else "",
    )

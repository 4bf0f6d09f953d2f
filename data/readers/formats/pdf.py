"""Reads a PDF: its text, cut by what is set larger; each section leads to its page.

    leave.pdf, page 3: Carrying over     ─▶ Section("carrying-over", …, anchor="page=3")
    (14 points)  Unused days carry over

Words that are hyphenated at a line's end are joined, and what stands at the top or the foot of most
pages is left out, as what stands upright beside a text. A page is turned until most of its letters
stand upright. Columns are read one after the other, and lines whose cells stand below each
other are tables (`reading_order.py`). A page without text is listed: it was scanned.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from entrywise.data.documents.conversion.typeset.cells import GAP, Piece
from entrywise.data.documents.conversion.typeset.letters import as_read, leftward
from entrywise.data.documents.conversion.typeset.lines import Line
from entrywise.data.documents.conversion.typeset.pages import as_markdown
from entrywise.data.documents.conversion.typeset.reading_order import in_order
from entrywise.data.documents.sections import Page, read_page
from entrywise.data.entries import Unread
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.base import Contents, FileReader
from entrywise.data.readers.documents import document
from entrywise.data.readers.encodings import missing_package
from entrywise.data.readers.files import LARGEST_FILE, read_bytes
from entrywise.data.readers.formats import pdf_catalog

if TYPE_CHECKING:
    from pdfminer.layout import LTChar, LTPage, LTTextLine
    from pdfminer.pdfdocument import PDFDocument

MOST_PAGES = 5_000
_LETTERS = 8
"""Different ones by which a font is told to have one width, at least."""
_BOLD = re.compile(r"(?i:bold|black|heavy|demi)|[-.,](?:Bd?|Medi)(?![a-z])|BX\d|Bd(?![a-z])")
"""What the names of bold fonts have, as foundries and TeX write it."""
_SLANTED = 0.05
"""How far a line may rise, by its length."""
_SHIFTED = 0.3
"""How far a letter may be from where it is set again, by its width, and a line by its height."""
_UNKNOWN = re.compile(r"\(cid:\d+\)")
"""What the library calls a letter of which the file does not say what it stands for."""
_WIDE = frozenset("WF")
"""Letters of Chinese, Japanese and Korean, as Unicode calls their width."""


class PdfReader(FileReader):
    """Reads one entry from a file; none where it has no text."""

    reads = "a .pdf file"
    suffixes = (".pdf",)

    def read(self, source: Path) -> Contents:
        """`Reader.read`."""
        content = read_bytes(source, LARGEST_FILE)
        page = self._reading.pages.page("pdf", content, read=lambda: _page(content, source))
        return document(source, page)


def _page(content: bytes, source: Path) -> Page:
    try:
        from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError
        from pdfminer.pdfparser import PDFParser
    except ImportError as error:
        raise missing_package(source, error) from error
    # It warns of every oddity of a file, and what matters is listed here.
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    faults: list[Unread] = []
    try:
        parsed = PDFDocument(PDFParser(BytesIO(content)))
        title, bookmarks = pdf_catalog.title(parsed), pdf_catalog.bookmarks(parsed)
        read = [(number, _lines(page)) for number, page in _pages(parsed, faults)]
    except PDFEncryptionError as error:
        message = f"{source}: is encrypted; save it without a password"
        raise KnowledgeBaseError(message) from error
    except Exception as error:  # A broken file makes the library raise whatever it meets.
        reason = type(error).__name__
        raise KnowledgeBaseError(f"{source}: is a broken PDF ({reason}); save it again") from error
    if not read and not faults:
        raise KnowledgeBaseError(f"{source}: is a broken PDF (no pages); save it again")
    told = [bookmarks.get(number, ()) for number, _ in read]
    page = read_page(as_markdown([lines for _, lines in read], told))
    return replace(page, title=title or page.title, faults=tuple(faults))


def _pages(parsed: PDFDocument, faults: list[Unread]) -> Iterator[tuple[int, LTPage]]:
    """The pages that can be read, with the numbers of their objects; one that cannot is listed."""
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.layout import LAParams, LTFigure, LTImage, LTTextContainer
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage

    device = PDFPageAggregator(resources := PDFResourceManager(), laparams=LAParams())
    interpreter = PDFPageInterpreter(resources, device)
    for number, page in enumerate(PDFPage.create_pages(parsed), start=1):
        place = f"page {number}"
        if number > MOST_PAGES:
            faults.append(Unread(place, f"{MOST_PAGES:,} pages are read at most; split the file"))
            return
        left, foot, right, top = page.cropbox
        if left < right and foot < top:
            # What stands outside of it is for the printer, or of the page beside it.
            page.mediabox = page.cropbox
        try:
            interpreter.process_page(page)
            layout = device.get_result()
            if turn := _turn(layout):
                page.rotate = (page.rotate + turn) % 360
                interpreter.process_page(page)
                layout = device.get_result()
        except Exception as error:  # As above; the other pages may be whole.
            reason = type(error).__name__
            faults.append(Unread(place, f"is broken ({reason}); save the file again"))
            continue
        has_text = any(
            part.get_text().strip() for part in layout if isinstance(part, LTTextContainer)
        )
        if not has_text and any(isinstance(part, LTFigure | LTImage) for part in layout):
            what = "holds a picture and no text, so it was scanned; have its text recognized"
            faults.append(Unread(place, what))
        yield page.pageid if isinstance(page.pageid, int) else 0, layout


def _text_lines(page: LTPage) -> list[LTTextLine]:
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


def _turn(page: LTPage) -> int:
    """By how many degrees a page has to be turned, so that most of its letters stand upright."""
    from pdfminer.layout import LTChar

    turns: Counter[int] = Counter()
    for line in _text_lines(page):
        if first := next((one for one in line if isinstance(one, LTChar)), None):
            across, up, *_ = first.matrix
            is_level = abs(across) >= abs(up)
            turn = (0 if across > 0 else 180) if is_level else (90 if up > 0 else 270)
            turns[turn] += len(line)
    return turns.most_common(1)[0][0] if turns else 0


def _lines(page: LTPage) -> list[Line]:
    lines = _without_copies(_text_lines(page))
    fixed = _fixed(lines)
    upright: list[LTChar] = []
    pieces = [found for line in lines if (found := _pieces(line, fixed, upright))]
    pieces += [[one] for one in _upright(upright)]
    text = "".join(piece.text for line in pieces for piece in line)
    if 2 * leftward(text) > sum(map(str.isalpha, text)):
        # In a mirror its lines begin at the left, and its columns are read from there.
        pieces = [[_mirrored(one, page.width) for one in reversed(line)] for line in pieces]
    return in_order(pieces, page.height)


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


def _pieces(line: LTTextLine, fixed: frozenset[str], upright: list[LTChar]) -> list[Piece]:
    """The words of a line, apart where the gap between them is larger than a blank; without letters
    that do not stand level, of which some stand upright, and those that are set again where the one
    before stands."""
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
                if one.x0 - before.x1 > GAP * one.size and any(map(str.strip, text)):
                    found += _piece(run, text, fixed)
                    run, text = [], []
            run.append(one)
            text.append(one.get_text())
        elif isinstance(one, LTAnno):
            text.append(one.get_text())
    return [*found, *_piece(run, text, fixed)]


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

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
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from entrywise.data.documents.conversion.typeset.pages import as_markdown
from entrywise.data.documents.sections import Page, read_page
from entrywise.data.entries import Unread
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.base import Contents, FileReader
from entrywise.data.readers.documents import document
from entrywise.data.readers.encodings import missing_package
from entrywise.data.readers.files import LARGEST_FILE, read_bytes
from entrywise.data.readers.formats import pdf_catalog
from entrywise.data.readers.formats.pdf_page import lines_of, text_lines

if TYPE_CHECKING:
    from pdfminer.layout import LTPage
    from pdfminer.pdfdocument import PDFDocument

MOST_PAGES = 5_000


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
        read = [(number, lines_of(page)) for number, page in _pages(parsed, faults)]
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


def _turn(page: LTPage) -> int:
    """By how many degrees a page has to be turned, so that most of its letters stand upright."""
    from pdfminer.layout import LTChar

    turns: Counter[int] = Counter()
    for line in text_lines(page):
        if first := next((one for one in line if isinstance(one, LTChar)), None):
            across, up, *_ = first.matrix
            is_level = abs(across) >= abs(up)
            turn = (0 if across > 0 else 180) if is_level else (90 if up > 0 else 270)
            turns[turn] += len(line)
    return turns.most_common(1)[0][0] if turns else 0

"""Reads a PDF: its text, cut by what is set larger; each section leads to its page.

    leave.pdf, page 3: Carrying over     ─▶ Section("carrying-over", …, anchor="page=3")
    (14 points)  Unused days carry over

Words that are hyphenated at a line's end are joined, and what stands at the top or the foot of most
pages is left out. Tables are read as lines. A page without text is listed: it was scanned.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from entrywise.data.documents.conversion.typeset import Line, as_markdown
from entrywise.data.documents.sections import Page, read_page
from entrywise.data.entries import Unread
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.base import ALONE, Contents, Reading, has_suffix
from entrywise.data.readers.documents import document
from entrywise.data.readers.encodings import missing_package
from entrywise.data.readers.files import LARGEST_FILE, read_bytes

if TYPE_CHECKING:
    from pdfminer.layout import LTPage
    from pdfminer.pdfdocument import PDFDocument

MOST_PAGES = 5_000


class PdfReader:
    """Reads one entry from a file; none where it has no text."""

    reads = "a .pdf file"

    def __init__(self, reading: Reading = ALONE) -> None:
        self._reading = reading

    def accepts(self, source: Path) -> bool:
        """`Reader.accepts`."""
        return has_suffix(source, ".pdf")

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
        title = _title(parsed)
        pages = [_lines(page) for page in _pages(parsed, faults)]
    except PDFEncryptionError as error:
        message = f"{source}: is encrypted; save it without a password"
        raise KnowledgeBaseError(message) from error
    except Exception as error:  # A broken file makes the library raise whatever it meets.
        reason = type(error).__name__
        raise KnowledgeBaseError(f"{source}: is a broken PDF ({reason}); save it again") from error
    if not pages and not faults:
        raise KnowledgeBaseError(f"{source}: is a broken PDF (no pages); save it again")
    page = read_page(as_markdown(pages))
    return replace(page, title=title or page.title, faults=tuple(faults))


def _title(parsed: PDFDocument) -> str:
    """The title that a PDF says of itself, where it is none of a program's making."""
    from pdfminer.utils import decode_text

    for info in parsed.info:
        value = info.get("Title")
        text = decode_text(value) if isinstance(value, bytes) else ""
        text = " ".join(text.replace("\0", "").split())
        if text and not text.lower().startswith(("microsoft word", "untitled", "slide 1")):
            return text if "." not in text[-5:] else ""
    return ""


def _pages(parsed: PDFDocument, faults: list[Unread]) -> Iterator[LTPage]:
    """The pages that can be read; one that cannot is listed."""
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.layout import LAParams, LTFigure, LTImage, LTTextContainer
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage

    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=LAParams())
    interpreter = PDFPageInterpreter(resources, device)
    for number, page in enumerate(PDFPage.create_pages(parsed), start=1):
        place = f"page {number}"
        if number > MOST_PAGES:
            faults.append(Unread(place, f"{MOST_PAGES:,} pages are read at most; split the file"))
            return
        try:
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
        yield layout


def _lines(page: LTPage) -> list[Line]:
    from pdfminer.layout import LTChar, LTTextBox, LTTextLine

    found: list[Line] = []
    for number, box in enumerate(part for part in page if isinstance(part, LTTextBox)):
        for line in box:
            letters = (
                [one for one in line if isinstance(one, LTChar)]
                if isinstance(line, LTTextLine)
                else []
            )
            text = " ".join(line.get_text().replace("\0", "").split())
            if not letters or not text:
                continue
            sizes = sorted(round(letter.size * 2) / 2 for letter in letters)
            bold = sum("bold" in letter.fontname.lower() for letter in letters)
            is_bold = bold > len(letters) * 0.8
            height = round(line.y0 / page.height, 2) if page.height else 0.0
            found.append(Line(text, sizes[len(sizes) // 2], is_bold, number, height))
    return found

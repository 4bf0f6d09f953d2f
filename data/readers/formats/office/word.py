"""Reads a Word document (.docx): headings, lists, tables and what is bold.

Heading 1: Leave          ─▶ Entry("leave", "Leave", …)
Table: Country | Days        Section with a header and rows
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

from entrywise.data.documents.conversion.hypertext import from_html
from entrywise.data.documents.conversion.word_document.archive import completed
from entrywise.data.documents.conversion.word_document.numbering import as_starts
from entrywise.data.documents.conversion.word_document.styles import HEADING
from entrywise.data.documents.conversion.word_document.typewriter import CODE
from entrywise.data.documents.sections import Page, read_page
from entrywise.data.readers.base import Contents, FileReader
from entrywise.data.readers.documents import document
from entrywise.data.readers.encodings import missing_package
from entrywise.data.readers.files import broken, read_archive
from entrywise.data.readers.formats.office.word_html import split_notes, with_headings, with_notes

_QUOTES = ("Quote", "Intense Quote", "Block Text")
_STYLES = "\n".join(
    [
        "p[style-name='Title'] => h1.title:fresh",
        "p[style-name='Subtitle'] => p:fresh",
        *(f"p.{HEADING}{level} => h{level}:fresh" for level in range(1, 7)),
        f"p.{CODE} => pre:separator('\\n')",
        f"r.{CODE} => code",
        *(f"p[style-name='{name}'] => blockquote > p:fresh" for name in _QUOTES),
        *(f"p[style-name='toc {level}'] => !" for level in range(1, 10)),
        "p[style-name='TOC Heading'] => !",
        # Word indents them, and calls each a list of its own.
        "p[style-name='List Bullet 2'] => ul|ol > li > ul > li:fresh",
        "p[style-name='List Number 2'] => ul|ol > li > ol > li:fresh",
        "p[style-name='List Bullet 3'] => ul|ol > li > ul|ol > li > ul > li:fresh",
        "p[style-name='List Number 3'] => ul|ol > li > ul|ol > li > ol > li:fresh",
    ]
)
_MARKS = str.maketrans("🗸🗴🗶🗹🗵🗷", "✓✗✗☑☒☒")
"""Marks of Word's typeface Wingdings as signs that other typefaces have."""


class WordReader(FileReader):
    """Reads one entry from a file; none where it has no text."""

    reads = "a .docx file"
    suffixes = (".docx",)

    def read(self, source: Path) -> Contents:
        """`Reader.read`."""
        content = read_archive(source)
        page = self._reading.pages.page("word", content, read=lambda: _page(content, source))
        return document(source, page)


def _page(content: bytes, source: Path) -> Page:
    html, notes = split_notes(_html(content, source))
    html = with_headings(html)
    markdown = with_notes(_markdown(html), notes, _markdown)
    if 'class="title"' not in html and html.count("<h1") > 1:
        # Chapters, and none of them is the title.
        markdown = re.sub("^#(?=#{0,4} )", "##", markdown, flags=re.MULTILINE)
    return read_page(markdown)


def _markdown(html: str) -> str:
    # The first row of a table is its header, whether it is marked as one or not.
    return from_html(html, first_row_is_header=True).markdown


def _html(content: bytes, source: Path) -> str:
    try:
        import mammoth
    except ImportError as error:
        raise missing_package(source, error) from error
    # Pictures are told by their description alone.
    picture = mammoth.images.img_element(lambda image: {"src": ""})
    try:
        done = mammoth.convert_to_html(
            BytesIO(completed(content)), style_map=_STYLES, convert_image=picture
        )
    except Exception as error:  # A broken file makes the library raise whatever it meets.
        raise broken(source, error) from error
    html = as_starts(str(done.value)).translate(_MARKS)
    # Boxes of a document are no form that asks for something.
    return html.replace("<input ", "<input disabled ")

"""Reads a page of HTML: its main content, by its headings.

<title>Leave – Acme</title><main><h2 id="days">Days</h2><p>26.</p></main>
    ─▶ Entry("leave", "Leave – Acme", …, (Section("days", "26.", ("Days",), "days"),))
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from entrywise.data.documents.conversion.aligned_lines import width
from entrywise.data.documents.conversion.hypertext import from_html
from entrywise.data.documents.sections import Page, read_page
from entrywise.data.languages import is_language
from entrywise.data.readers.base import Contents, FileReader
from entrywise.data.readers.documents import document
from entrywise.data.readers.encodings import charset_of_html, decoded, missing_package
from entrywise.data.readers.exported_names import has_id
from entrywise.data.readers.files import read_bytes
from entrywise.data.readers.formats.front_matter import read_front_matter
from entrywise.data.readers.formats.text import outlined

_WRAPPED = re.compile(r"(`{3,})\n(?P<text>(?:(?!\1)[\s\S])*)\n\1\s*")
"""A page of nothing but text as it was typed, as laws and mails are put on the web."""


class HtmlReader(FileReader):
    """Reads one entry from a file; none where it has no text."""

    reads = "a .html file"
    suffixes = (".html", ".htm", ".xhtml")

    def accepts(self, source: Path) -> bool:
        """`Reader.accepts`: also `index.html.de` and `index.html.ja.utf8`, as servers tell pages in
        several languages apart."""
        tags = [one.lower() for one in source.suffixes[-3:]]
        is_told = any(
            kind in self.suffixes and is_language(language[1:]) for kind, language in pairwise(tags)
        )
        return super().accepts(source) or (is_told and not source.is_dir())

    def read(self, source: Path) -> Contents:
        """`Reader.read`."""
        data = read_bytes(source)
        text, guessed = decoded(data, str(source), [charset_of_html(data)])
        # Generators of sites have it above pages of HTML, too.
        matter, text = read_front_matter(text, source, self._reading)
        title = matter.title
        try:
            is_exported = has_id(source)
            how = "exported" if is_exported else ""
            page = self._reading.pages.page(
                "html", how, title, text, read=lambda: _page(text, title, is_exported)
            )
        except ImportError as error:
            raise missing_package(source, error) from error
        page = replace(
            page, title=page.title or matter.name, address=matter.address or page.address
        )
        return document(source, page, (*guessed, *matter.wrong))


def _page(text: str, title: str, is_exported: bool) -> Page:
    found = from_html(text)
    plain = _WRAPPED.fullmatch(found.markdown)
    if plain and "<code" not in text:
        page = outlined(plain["text"].strip(), width(plain["text"]))
    else:
        page = read_page(found.markdown, title=title, is_exported=is_exported)
    return replace(page, title=title or page.title or found.title, address=found.address)

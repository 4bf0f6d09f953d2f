"""Reads a page of HTML: its main content, by its headings.

<title>Leave – Acme</title><main><h2 id="days">Days</h2><p>26.</p></main>
    ─▶ Entry("leave", "Leave – Acme", …, (Section("days", "26.", ("Days",), "days"),))
"""

from __future__ import annotations

import re
from pathlib import Path

from entrywise.data.documents.conversion.hypertext import from_html
from entrywise.data.documents.sections import read_page
from entrywise.data.readers.base import Contents, has_suffix
from entrywise.data.readers.documents import document
from entrywise.data.readers.encodings import missing_package, read_any_text

_SUFFIXES = (".html", ".htm", ".xhtml")
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


class HtmlReader:
    """Reads one entry from a file; none where it has no text."""

    reads = "a .html file"

    def accepts(self, source: Path) -> bool:
        """`Reader.accepts`."""
        return any(has_suffix(source, suffix) for suffix in _SUFFIXES)

    def read(self, source: Path) -> Contents:
        """`Reader.read`."""
        text, guessed = read_any_text(source, _DECLARED)
        try:
            found = from_html(text)
        except ImportError as error:
            raise missing_package(source, error) from error
        page = read_page(found.markdown)
        title = page.title or found.title
        entries = document(source, title, page.sections, url=found.address or None)
        return Contents(entries, unread=guessed)

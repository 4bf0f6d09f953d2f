"""Reads a Markdown or MDX file: a document is an entry, its headings are its sections.

setup.md   # Setup            ─▶ Entry(id="setup", name="Setup")
           First this.        ─▶ Section("introduction", "First this.")
           ## On Linux
           Then that.         ─▶ Section("on-linux", "Then that.", path=("On Linux",))
"""

from __future__ import annotations

from pathlib import Path

from entrywise.data.documents.front_matter import split_front_matter
from entrywise.data.documents.sections import read_page
from entrywise.data.readers.base import Contents, has_suffix
from entrywise.data.readers.documents import document
from entrywise.data.readers.fields import Record
from entrywise.data.readers.files import read_text

_SUFFIXES = (".md", ".markdown", ".mdx")


class MarkdownReader:
    """Reads one entry from a file; none where it has no text."""

    reads = "a .md or .mdx file"

    def accepts(self, source: Path) -> bool:
        """`Reader.accepts`."""
        return any(has_suffix(source, suffix) for suffix in _SUFFIXES)

    def read(self, source: Path) -> Contents:
        """`Reader.read`."""
        fields, text = split_front_matter(read_text(source), f"{source}: front matter")
        page = read_page(text, is_mdx=has_suffix(source, ".mdx"))
        record = Record(f"{source}: front matter", fields)
        title = record.note("title").strip() or page.title
        return Contents(document(source, title, page.sections, url=record.url("url")))

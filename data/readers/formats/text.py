"""Reads a file of plain text: its paragraphs are what stands between empty lines."""

from __future__ import annotations

from pathlib import Path

from entrywise.data.entries import Section
from entrywise.data.readers.base import Contents, has_suffix
from entrywise.data.readers.documents import document, paragraphs
from entrywise.data.readers.encodings import read_any_text


class TextReader:
    """Reads one entry from a file; none where it has no text."""

    reads = "a .txt file"

    def accepts(self, source: Path) -> bool:
        """`Reader.accepts`."""
        return has_suffix(source, ".txt")

    def read(self, source: Path) -> Contents:
        """`Reader.read`."""
        text, guessed = read_any_text(source)
        text = text.strip()
        blocks = paragraphs(text)
        sections = (Section("text", text, blocks=blocks),) if blocks else ()
        return Contents(document(source, "", sections), unread=guessed)

"""Reads a file of reStructuredText, those of Sphinx included.

Leave                  ─▶ Entry("leave", "Leave", …,
=====                         (Section("days", "26.", ("Days",), "days"),))
Days
----
26.
"""

from __future__ import annotations

from pathlib import Path

from entrywise.data.documents.conversion.doctree import from_restructured
from entrywise.data.documents.includes import Includes
from entrywise.data.documents.sections import read_page
from entrywise.data.entries import Unread
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.base import ALONE, Contents, Reading, has_suffix
from entrywise.data.readers.documents import document
from entrywise.data.readers.encodings import missing_package, read_any_text


class RestructuredReader:
    """Reads one entry from a file; none where it has no text."""

    reads = "a .rst file"

    def __init__(self, reading: Reading = ALONE) -> None:
        self._reading = reading

    def accepts(self, source: Path) -> bool:
        """`Reader.accepts`."""
        return has_suffix(source, ".rst") or has_suffix(source, ".rest")

    def read(self, source: Path) -> Contents:
        """`Reader.read`."""
        text, guessed = read_any_text(source)
        includes = Includes(self._reading.root or source.parent)
        text = includes.in_restructured(text, source)
        try:
            found = from_restructured(text, self._reading.titles, source)
        except ImportError as error:
            raise missing_package(source, error) from error
        except Exception as error:  # Odd markup makes docutils raise whatever it meets.
            reason = type(error).__name__
            message = f"{source}: docutils cannot read it ({reason}); correct or simplify it"
            raise KnowledgeBaseError(message) from error
        page = read_page(found.markdown, slugs="sphinx")
        faults = (
            Unread(f"{source}: line {line}", f"docutils: {message}", "warning")
            for line, message in found.faults
        )
        entries = document(source, page.title, page.sections)
        return Contents(entries, unread=(*guessed, *includes.unread, *faults))

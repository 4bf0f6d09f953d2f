"""Reads a file of AsciiDoc, those of a site by Antora included.

= Leave            ─▶ Entry("leave", "Leave", …,
== Days                   (Section("days", "26.", ("Days",), "_days"),))
26.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from entrywise.data.documents.conversion.asciidoc import antora
from entrywise.data.documents.conversion.asciidoc.blocks import Blocks
from entrywise.data.documents.conversion.asciidoc.preprocessing import Preprocessor
from entrywise.data.documents.inclusion.files import IncludedFiles
from entrywise.data.documents.sections import read_page
from entrywise.data.readers.base import Contents, FileReader
from entrywise.data.readers.documents import document
from entrywise.data.readers.encodings import read_any_text


class AsciiDocReader(FileReader):
    """Reads one entry from a file; none where it has no text, or is a part of others."""

    reads = "an .adoc file"
    suffixes = antora.SUFFIXES

    def read(self, source: Path) -> Contents:
        """`Reader.read`."""
        text, guessed = read_any_text(source)
        root = self._reading.root or source.parent
        of_site = antora.attributes(source, root)
        files = IncludedFiles(root)
        preprocessor = Preprocessor(files, of_site)
        lines = preprocessor.lines(text, source)
        told = preprocessor.attributes
        is_of_antora = antora.is_in_module(source)
        prefix = told.get("idprefix", "" if is_of_antora else "_")
        separator = told.get("idseparator", "-" if is_of_antora else "_")
        page = self._reading.pages.page(
            "asciidoc",
            str(source),
            prefix,
            separator,
            "\n".join(lines),
            read=lambda: read_page(Blocks(source, prefix, separator).written(lines)),
        )
        contents = document(source, page, (*guessed, *files.unread))
        return replace(contents, included=frozenset(files.whole))

"""Reads a file of reStructuredText, those of Sphinx included.

Leave                  ─▶ Entry("leave", "Leave", …,
=====                         (Section("days", "26.", ("Days",), "days"),))
Days
----
26.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from entrywise.data.documents.conversion.doctree import from_restructured
from entrywise.data.documents.conversion.titles import Asked, Titles, links_of_contents
from entrywise.data.documents.dialects.sphinx import with_definitions
from entrywise.data.documents.inclusion.includes import Includes
from entrywise.data.documents.sections import Page, read_page
from entrywise.data.entries import Unread
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.base import Contents, FileReader
from entrywise.data.readers.documents import document
from entrywise.data.readers.encodings import missing_package, read_any_text

_HEADER = re.compile(r"(?:[A-Za-z][\w-]*:(?:[ \t][^\n]*)?\n(?:[ \t][^\n]*\n)*)+(?=\n)")
_TITLE = re.compile(r"^Title:[ \t]+(?P<text>[^\n]*(?:\n[ \t][^\n]+)*)", re.MULTILINE)


class RestructuredReader(FileReader):
    """Reads one entry from a file; none where it has no text."""

    reads = "a .rst file"
    suffixes = (".rst", ".rest")

    def read(self, source: Path) -> Contents:
        """`Reader.read`."""
        text, guessed = read_any_text(source)
        includes = Includes(self._reading.root or source.parent)
        text = includes.in_restructured(text, source)
        text = with_definitions(text, self._reading.definitions)
        title, text = without_header(text)
        titles = Asked(self._reading.titles, source)
        try:
            page = self._reading.pages.page(
                "restructured",
                title,
                text,
                read=lambda: _page(text, title, titles, source),
                titles=titles,
            )
        except ImportError as error:
            raise missing_package(source, error) from error
        except Exception as error:  # Odd markup makes docutils raise whatever it meets.
            reason = type(error).__name__
            message = f"{source}: docutils cannot read it ({reason}); correct or simplify it"
            raise KnowledgeBaseError(message) from error
        contents = document(source, page, (*guessed, *includes.unread))
        return replace(contents, included=includes.whole)


def without_header(text: str) -> tuple[str, str]:
    """The title that the header of a mail above a text says (RFC 2822), as proposals have it, and
    the text without it, each line where it was; an empty one where there is none."""
    header = _HEADER.match(text)
    title = header and _TITLE.search(header[0])
    if not (header and title):
        return "", text
    lines = "\n" * header[0].count("\n")
    return " ".join(title["text"].split()), f"{lines}{text[header.end() :]}"


def _page(text: str, title: str, titles: Titles, source: Path) -> Page:
    found = from_restructured(text, titles, source)
    faults = (
        Unread(f"line {line}", f"docutils: {message}", "warning") for line, message in found.faults
    )
    markdown = found.markdown + links_of_contents(text, titles, source)
    page = read_page(markdown, title=title, slugs="sphinx")
    return replace(page, faults=tuple(faults))

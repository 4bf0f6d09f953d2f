"""A document as a page: its sections below their headings, and what it contains."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from entrywise.data.entries import Entry, Section
from entrywise.web.documents.headings import Heading, with_headings
from entrywise.web.documents.html import Documents
from entrywise.web.pages.formulas import typeset

_CONTENTS_FROM = 4
"""Fewer sections than this are found without a list of them."""

_FULL = 50
"""Characters from which on a line may have been broken because it was full."""
_NUMBERED = re.compile(r"(?:\d{1,3}|[A-Za-z])[.)]\s")

_TEXT = Markup('<p class="text">{}{}{}</p>')
_QUOTE = Markup('<mark id="quote">{}</mark>')


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section: the headings above it, and its text as HTML."""

    headings: tuple[Heading, ...]
    html: Markup


def shown_sections(
    documents: Documents, entry: Entry, place: tuple[str, int, int]
) -> list[ShownSection]:
    """All sections of a document; what stands at a place (section, start, end) is marked."""
    return [
        ShownSection(headings, _html(documents, entry, section, place))
        for section, headings in with_headings(entry.sections)
    ]


def contents(sections: list[ShownSection]) -> list[Heading]:
    """The headings of sections, where there are so many that one has to look for them."""
    found = [heading for section in sections for heading in section.headings]
    return found if len(found) >= _CONTENTS_FROM else []


def unwrapped(section: Section) -> str:
    """The text of a section; of plain text without the breaks that its author's editor made where
    a line was full, with as many characters: lists, verses and addresses keep their lines."""
    if not section.blocks or section.is_markdown:
        return section.text
    first, *rest = section.text.split("\n")
    pieces, before = [first], first
    for line in rest:
        is_full = len(before) >= _FULL and line[:1].isalnum() and not _NUMBERED.match(line)
        pieces += [" " if is_full else "\n", line]
        before = line
    return "".join(pieces)


def _html(
    documents: Documents, entry: Entry, section: Section, place: tuple[str, int, int]
) -> Markup:
    name, start, end = place
    if section.name != name:
        start = end = 0
    if section.is_markdown:
        return documents.section(entry.id, section, start, end)
    end = max(start, end)
    text = unwrapped(section)
    before, quote, after = text[:start], text[start:end], text[end:]
    linked = documents.terms.of([(entry.id, section.name)])
    first, marked = typeset(before, linked), typeset(quote, linked)
    return _TEXT.format(first, _QUOTE.format(marked) if quote else "", typeset(after, linked))

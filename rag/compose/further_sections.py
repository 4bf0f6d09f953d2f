"""What to ask next of documents: sections that go on from what was quoted.

how do I leave?  ─▶  Berths > Leaving   "Tell the office a day before. … kept in the [store](…)."
                     Berths > Leaving > Last weeks     stands below it
                     The store behind the crane        is what it links to
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from entrywise.data.documents.linked_documents import Linked, LinkedDocuments
from entrywise.data.documents.links import with_labels_read
from entrywise.data.entries import Entry, Section
from entrywise.data.questions.examples import of_section, wording_in
from entrywise.data.readers.places import targets
from entrywise.index.index import Index
from entrywise.index.passages.section_titles import page_title
from entrywise.rag.find.signposts import only_leads_on
from entrywise.rag.judge.asked_words import QuestionWords
from entrywise.rag.judge.excerpts import Excerpt
from entrywise.rag.judge.selection import Findings

_MANY = 5
"""Pages of which a heading tells nothing: "Introduction", "Communication", "Before you begin"."""
_LOOKED_AT = 40
"""Headings that are looked at for the same one; those that stand below few others come first."""
_AS_MUCH = 0.5
"""The share of what the best section says of the question from which on another says it, too."""


def further_sections(findings: Findings, index: Index) -> Iterator[str]:
    """What asks for sections that are not quoted, but none that only leads on, as "See also" does,
    nor one of the same page that is headed as those of many are: of the page that answers best
    those which say what is asked, then those below what is quoted; what the quotes link to; and
    where that page is called what is asked, its others."""
    best = findings.excerpts[0].hit
    page = index.entries[best.entry]
    quoted = [(index.entries[one.hit.entry], one.hit.section) for one in findings.excerpts]
    seen = {(one.id, one.sections[section].name) for one, section in quoted}
    pages = {one.id for one, _ in quoted}
    own = [page.sections[section] for one, section in quoted if one.id == page.id]
    asked = {of_section(page, section) for section in own if section.path}
    explain = wording_in(index.language).about_page
    found = chain(
        (Linked(page, section) for section in _within(page, own, findings, index)),
        chain.from_iterable(_linked(excerpt, index) for excerpt in findings.excerpts),
        (Linked(page, section) for section in _rest(page, findings, index)),
    )
    for document, section in found:
        if section is None or not section.path:
            if document.id in pages:
                continue
            question = explain(document.name)
        elif (document.id, section.name) in seen or not section.blocks or only_leads_on(section):
            continue
        else:
            question = of_section(document, section)
            # Of another page the title tells what it is on.
            if document.id == page.id and _is_common(section.path[-1], index):
                continue
        # Sections of a page may have the same heading, below others.
        if question not in asked:
            asked.add(question)
            yield question


def _is_common(heading: str, index: Index) -> bool:
    """Whether many pages have a section that is headed so."""
    found = index.titles.headings(heading, _LOOKED_AT)
    return len({one.entry for one in found if one.path[-1] == heading}) >= _MANY


def _within(
    page: Entry, quoted: Sequence[Section], findings: Findings, index: Index
) -> Iterator[Section]:
    """The sections of a page that say what is asked, the best first, and those below others."""
    best = findings.excerpts[0].hit
    for candidate in findings.candidates:
        for hit in candidate.sections:
            # Where the best says none of its words, no other says as much.
            if hit.entry == best.entry and 0 < _AS_MUCH * best.words <= hit.words:
                yield page.sections[hit.section]
    for section in page.sections:
        if any(_is_below(section, one) for one in quoted):
            yield section


def _is_below(section: Section, other: Section) -> bool:
    """Whether a section stands below another; below what opens a page all others do."""
    return len(section.path) > len(other.path) and section.path[: len(other.path)] == other.path


def _linked(excerpt: Excerpt, index: Index) -> Iterator[Linked]:
    """What an excerpt links to within the documents, in its order."""
    page = index.entries[excerpt.hit.entry]
    section = page.sections[excerpt.hit.section]
    documents = LinkedDocuments(page.id, _ById(index))
    for sentence in excerpt.sentences:
        text = with_labels_read(sentence.text, section.links)
        for address in targets(Section("", text, is_markdown=section.is_markdown)):
            if found := documents.to(address.removeprefix("[[").removesuffix("]]")):
                yield found


def _rest(page: Entry, findings: Findings, index: Index) -> Sequence[Section]:
    """The sections of a page whose title is what is asked about, in reading order."""
    words = QuestionWords(findings.question, index)
    return page.sections if words.are_all_said(page_title(page)) else ()


class _ById:
    """The documents of an index, by their ids."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def __contains__(self, entry_id: object) -> bool:
        return entry_id in self._index.ordinals

    def __getitem__(self, entry_id: str) -> Entry:
        return self._index.entry(entry_id)

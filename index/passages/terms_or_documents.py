"""Terms and documents: a knowledge base holds the one or the other.

Sections of documents are found and quoted by themselves, terms as a whole. Of a folder with pages
and a table whose rows are terms, whichever there is less of is read as the other.
"""

from __future__ import annotations

from dataclasses import replace

from entrywise.data.entries import Entry, KnowledgeBase, Section
from entrywise.data.readers.documents import paragraphs


def of_one_kind(knowledge_base: KnowledgeBase) -> KnowledgeBase:
    """The knowledge base with terms alone, or with documents alone: what more of it is, a section
    of a document counted as much as a term."""
    documents = [entry for entry in knowledge_base if entry.is_document]
    terms = len(knowledge_base) - len(documents)
    if not (documents and terms):
        return knowledge_base
    sections = sum(len(entry.sections) for entry in documents)
    as_kind = _as_document if sections >= terms else _as_term
    return replace(knowledge_base, entries=tuple(map(as_kind, knowledge_base)))


def _as_document(entry: Entry) -> Entry:
    if entry.is_document:
        return entry
    # What says nothing is no section that can be found.
    said = (replace(section, blocks=paragraphs(section.text)) for section in entry.sections)
    return replace(entry, sections=tuple(section for section in said if section.blocks))


def _as_term(entry: Entry) -> Entry:
    if not entry.is_document:
        return entry
    return replace(entry, sections=tuple(map(_without_markup, entry.sections)))


def _without_markup(section: Section) -> Section:
    """A section that says what its blocks say."""
    text = "\n\n".join(block.plain for block in section.blocks) or section.text
    return replace(section, text=text, blocks=(), is_markdown=False, is_mdx=False)

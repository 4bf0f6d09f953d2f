"""The reading report: what was understood of documents, for whoever builds an index of them.

81 pages, 640 sections, 35 tables, 1,203 blocks of code
longest section: settings, "Environment variables" (12,345 characters)
nearly empty section: faq, "Prices" (words: 1)
not read: drafts/old.pdf: is encrypted; save it without a password
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from heapq import nlargest, nsmallest

from entrywise.data.entries import DETAILS, Block, Entry, KnowledgeBase, Section
from entrywise.data.words import word_count

_MOST_SHOWN = 20
"""Files that were not read which are listed one by one; the others are counted."""
_EXTREME = 5
_NEARLY_EMPTY = 5
"""Words of a section that may have been left unwritten, at most."""


def reading_report(knowledge_base: KnowledgeBase) -> Iterator[str]:
    """The lines of the report: none of a knowledge base that is no documents and was read whole."""
    documents = [entry for entry in knowledge_base if entry.is_document]
    if documents:
        yield _counts(documents)
        sections = [(entry, section) for entry in documents for section in entry.sections]
        for entry, section in nlargest(_EXTREME, sections, key=lambda one: _length(one[1])):
            yield f"longest section: {_named(entry, section)} ({_length(section):,} characters)"
        # What other columns say of a row is as short as they are.
        written = [one for one in sections if one[1].path or one[1].name != DETAILS]
        for entry, section in nsmallest(_EXTREME, written, key=lambda one: _words(one[1])):
            if (words := _words(section)) <= _NEARLY_EMPTY:
                yield f"nearly empty section: {_named(entry, section)} (words: {words})"
    # What is lost comes before what may be as it should.
    unread = sorted(knowledge_base.unread, key=lambda one: one.severity)
    for one in unread[:_MOST_SHOWN]:
        yield f"{'not read' if one.severity == 'error' else 'note'}: {one}"
    if len(unread) > _MOST_SHOWN:
        yield f"and {len(unread) - _MOST_SHOWN:,} more; `entrywise check` lists all"


def _length(section: Section) -> int:
    """The characters of what is read of a section: where links lead may stand between its texts."""
    return sum(block.end - block.start for block in section.blocks)


def _words(section: Section) -> int:
    return sum(word_count(block.plain) for block in section.blocks)


def _counts(documents: list[Entry]) -> str:
    counts: Counter[str] = Counter(pages=len(documents))
    for section in (section for entry in documents for section in entry.sections):
        counts["sections"] += 1
        counts["tables"] += _tables(section.blocks)
        counts["blocks of code"] += sum(block.kind == "code" for block in section.blocks)
    names = ("pages", "sections", "tables", "blocks of code")
    return ", ".join(f"{counts[name]:,} {name}" for name in names)


def _tables(blocks: tuple[Block, ...]) -> int:
    """Headers, and rows that have none above them."""
    count = 0
    before = ""
    for block in blocks:
        count += block.kind == "header" or (block.kind == "row" and before not in ("header", "row"))
        before = block.kind
    return count


def _named(entry: Entry, section: Section) -> str:
    return f"{entry.id}, {section.path[-1]!r}" if section.path else entry.id

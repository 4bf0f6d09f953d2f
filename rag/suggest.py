"""What stands beside an answer: questions to ask next, and references for further reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from entrywise.data.entries import Entry
from entrywise.index.store import Index
from entrywise.rag.answer import Reference
from entrywise.rag.draft import Draft
from entrywise.rag.retrieve import Candidate

_SUGGESTED = 3


def suggestions(draft: Draft, candidates: Sequence[Candidate], index: Index) -> tuple[str, ...]:
    """Up to three questions that this knowledge base answers: on the neighbours of what was
    cited, or on the nearest entries when nothing was."""
    cited = _cited(draft, index)
    if not cited:
        return tuple(
            f"Explain {index.entries[c.entry].short_name}" for c in candidates[:_SUGGESTED]
        )
    known = {entry.id for entry in cited}
    neighbours = [
        (entry, index.entry(neighbour))
        for entry in cited
        for neighbour in entry.related
        if neighbour in index.ordinals and neighbour not in known
    ]
    ranked = sorted(neighbours, key=lambda pair: _rank(pair[1], candidates, index))
    questions: dict[str, str] = {}
    for entry, neighbour in ranked:
        if len(cited) == 1 and not questions:
            question = f"Difference between {entry.short_name} and {neighbour.short_name}"
        else:
            question = f"Explain {neighbour.short_name}"
        questions.setdefault(neighbour.id, question)
    return tuple(questions.values())[:_SUGGESTED]


def references(draft: Draft, index: Index) -> tuple[Reference, ...]:
    """The papers, resources and sources of the cited entries, each once."""
    found = {
        (reference.title, reference.url): reference
        for entry in _cited(draft, index)
        for reference in _references_of(entry)
    }
    return tuple(found.values())


def _references_of(entry: Entry) -> Iterator[Reference]:
    for paper in entry.papers:
        by = ", ".join(part for part in (paper.authors, paper.venue) if part)
        title = f"{paper.title} ({by})" if by else paper.title
        yield Reference(entry.id, "paper", title, paper.url)
    for resource in entry.resources:
        yield Reference(entry.id, "resource", resource.label, resource.url)
    for source in entry.sources:
        yield Reference(entry.id, "source", source)


def _cited(draft: Draft, index: Index) -> list[Entry]:
    ids = dict.fromkeys(citation.entry for citation in draft.citations)
    return [index.entry(entry_id) for entry_id in ids]


def _rank(entry: Entry, candidates: Sequence[Candidate], index: Index) -> int:
    """The place of an entry among the candidates; behind all of them when it is none."""
    order = [index.catalog.ids[candidate.entry] for candidate in candidates]
    return order.index(entry.id) if entry.id in order else len(order)

"""What stands beside an answer: questions to ask next, and references for further reading."""

from __future__ import annotations

from collections.abc import Iterator

from entrywise.data.entries import Entry
from entrywise.index.index import Index
from entrywise.rag.answer import Reference
from entrywise.rag.compose.draft import Draft
from entrywise.rag.compose.shapes.abstention import nearest_found
from entrywise.rag.judge.evidence import Evidence
from entrywise.rag.judge.selection import Findings

_SUGGESTED = 3


def suggestions(
    draft: Draft, findings: Findings, evidence: Evidence, index: Index
) -> tuple[str, ...]:
    """Up to three questions that this knowledge base answers: on the neighbours of what was
    cited, or on the nearest entries when nothing was; none where no entry is near, and none on
    documents, whose titles are no terms. Who asks the assistant itself gets examples."""
    if findings.question.aside:
        return index.manifest.identity.examples[:_SUGGESTED]
    if index.holds_documents:
        return ()
    cited = _cited(draft, index)
    if not cited:
        near = [f"Explain {evidence.title(one.entry)}" for one in nearest_found(findings, index)]
        return tuple([draft.meant, *near] if draft.meant else near)[:_SUGGESTED]
    known = {entry.id for entry in cited}
    neighbours = [
        (entry, index.entry(neighbour))
        for entry in cited
        for neighbour in entry.related
        if neighbour in index.ordinals and neighbour not in known
    ]
    places = {candidate.entry: place for place, candidate in enumerate(findings.candidates)}
    # Behind all candidates comes what is none.
    ranked = sorted(
        neighbours, key=lambda pair: places.get(index.ordinals[pair[1].id], len(places))
    )
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
        yield Reference(entry.id, "paper", paper.label, paper.url)
    for resource in entry.resources:
        yield Reference(entry.id, "resource", resource.label, resource.url)
    for source in entry.sources:
        yield Reference(entry.id, "source", source)


def _cited(draft: Draft, index: Index) -> list[Entry]:
    ids = dict.fromkeys(citation.entry for citation in draft.citations)
    return [index.entry(entry_id) for entry_id in ids]

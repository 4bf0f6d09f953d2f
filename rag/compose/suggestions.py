"""What stands beside an answer: questions to ask next, and references for further reading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from entrywise.data.entries import Entry
from entrywise.index.index import Index
from entrywise.rag.answer import Intent, Reference
from entrywise.rag.compose.draft import Draft
from entrywise.rag.compose.shapes.abstention import nearest_found
from entrywise.rag.domains.base import Aspect
from entrywise.rag.judge.aspects import COST, MECHANISM, OCCASION, REASON, USE, compared
from entrywise.rag.judge.evidence import Evidence
from entrywise.rag.judge.selection import Findings

_SUGGESTED = 3
_QUESTIONS: tuple[tuple[Aspect, Intent | None, str, str], ...] = (
    (MECHANISM, "how", "How does {} work?", "How do {} work?"),
    (COST, "numeric", "What about the {heading} of {}?", "What about the {heading} of {}?"),
    (OCCASION, "when", "When should {} be used?", "When should {} be used?"),
    (REASON, "why", "Why {}?", "Why {}?"),
    (USE, None, "Where is {} used?", "Where are {} used?"),
)
"""What asks for an aspect, of one thing and of several, and the intent of such a question; the
heading is that of the aspect in the domain of the knowledge base."""
_MORE = "Tell me more about {}"
_WORTH_MORE = 2
"""Sentences that were not quoted yet from which on it is worth to ask for more."""
# "Embeddings", "Scaling Laws"; not "BitsAndBytes", "Analysis", "Process".
_PLURAL = r"(?:^|[\s-])[A-Z]?[a-z]{2,}(?<![suio])s$"


def suggestions(
    draft: Draft, findings: Findings, evidence: Evidence, index: Index
) -> tuple[str, ...]:
    """Up to three questions that this knowledge base answers, none on documents, whose titles are
    no terms. After an answer on one subject they set it against its nearest neighbour and ask what
    its entry says beyond what was quoted; after others they explain the neighbours of what was
    cited, or the nearest entries when nothing was. None is made where no entry is near."""
    if index.holds_documents:
        return ()
    about = _about(draft, findings, index)
    if not about:
        return tuple(
            f"Explain {evidence.title(one.entry)}" for one in nearest_found(findings, index)
        )
    neighbours = _neighbours(about, findings, index)
    explained = (f"Explain {neighbour.short_name}" for _, neighbour in neighbours)
    subject = about[0] if len(about) == 1 else None
    if subject is None:
        return tuple(dict.fromkeys(explained))[:_SUGGESTED]
    beside = [
        f"Difference between {subject.short_name} and {neighbour.short_name}"
        for _, neighbour in neighbours[:1]
    ]
    deeper = _deeper(subject, draft, findings, evidence, index)
    rest = islice(explained, 1, None)
    return tuple(dict.fromkeys([*beside, *deeper, *rest]))[:_SUGGESTED]


def _about(draft: Draft, findings: Findings, index: Index) -> list[Entry]:
    """The entries that an answer is about: the one that the question names, where it is cited, else
    all that are cited."""
    cited = _cited(draft, index)
    named = [index.entries[entry] for entry in findings.question.surely_named]
    if draft.goes_on:
        return named or cited
    ids = {entry.id for entry in cited}
    return named if len(named) == 1 and named[0].id in ids else cited


def _neighbours(
    about: Sequence[Entry], findings: Findings, index: Index
) -> list[tuple[Entry, Entry]]:
    """Related entries, each beside the one that it is related to, those nearest to the question
    first."""
    known = {entry.id for entry in about}
    pairs = [
        (entry, index.entry(neighbour))
        for entry in about
        for neighbour in entry.related
        if neighbour in index.ordinals and neighbour not in known
    ]
    places = {candidate.entry: place for place, candidate in enumerate(findings.candidates)}
    # Behind all candidates comes what is none.
    return sorted(pairs, key=lambda pair: places.get(index.ordinals[pair[1].id], len(places)))


def _deeper(
    subject: Entry, draft: Draft, findings: Findings, evidence: Evidence, index: Index
) -> Iterator[str]:
    """What asks for the sentences on a subject that were not quoted yet: by an aspect that one of
    them has, and in general."""
    side = evidence.of(index.ordinals[subject.id])
    unused = set(draft.unused(side.sentences))
    said = [one for one in side.sentences if one not in unused]
    left = side.best(_SUGGESTED, beside=said)
    name = subject.short_name
    several = re.search(_PLURAL, name) is not None
    headings = {aspect.id: aspect.heading.lower() for aspect in compared(evidence.domain)}
    fitting = (
        (of_several if several else of_one).format(name, heading=headings.get(aspect.id))
        for aspect, intent, of_one, of_several in _QUESTIONS
        if intent != findings.question.intent and any(aspect.id in one.fits for one in left)
    )
    yield from islice(fitting, 1)
    if len(left) >= _WORTH_MORE:
        yield _MORE.format(name)


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

"""Why an answer is what it is, line by line: for `ask --explain`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from entrywise.index.store import Index
from entrywise.rag.answer import Status
from entrywise.rag.confidence import Confidence
from entrywise.rag.draft import Draft
from entrywise.rag.question import Question
from entrywise.rag.retrieve import Candidate
from entrywise.rag.select import relevance

_SHOWN = 5


def explain(
    asked: str,
    question: Question,
    candidates: Sequence[Candidate],
    confidence: Confidence,
    threshold: float,
    status: Status,
    draft: Draft,
    index: Index,
) -> Iterator[str]:
    """Line by line: what was understood, what was found and why, what decided the status, and why
    each sentence is quoted."""
    ids = index.catalog.ids
    yield f"read as: {asked}"
    yield f"intent: {question.intent}"
    named = (f"{ids[entry]} ({strength:.2f})" for entry, strength in question.named.items())
    yield f"names found: {', '.join(named) or 'none'}"
    yield f"names that no entry owns: {', '.join(question.unknown) or 'none'}"
    yield f"names that a text mentions only: {', '.join(question.mentioned) or 'none'}"
    for item in question.decoded:
        owner = "no entry" if item.entry is None else ids[item.entry]
        yield f"part of a model name: {item.part.text} is {item.part.kind}, explained by {owner}"
    relevant = relevance(question, candidates, index)
    for place, candidate in enumerate(candidates[:_SHOWN], start=1):
        yield (
            f"{place}. {ids[candidate.entry]} {candidate.score:.3f} = names {candidate.names:.2f}, "
            f"parts {candidate.parts:.0f}, words {candidate.words:.2f}, "
            f"nearest chunk {candidate.near.cosine:.2f}, "
            f"nearest asked questions {candidate.near.asked:.2f}; "
            f"relevant with probability {relevant[candidate.entry]:.2f}"
        )
    signs = ", ".join(f"{name} {value:.2f}" for name, value in asdict(confidence.signs).items())
    yield f"confidence {confidence.probability:.3f} (threshold {threshold}) from {signs}"
    yield f"status: {status}"
    for number, sentence in draft.evidence:
        section = index.entries[sentence.entry].sections[sentence.section].name
        yield (
            f"[{number}] {ids[sentence.entry]}, {section} {sentence.start}–{sentence.end}: "
            f"cosine {sentence.cosine:.2f}, its wording {sentence.bonus:+.2f}"
        )

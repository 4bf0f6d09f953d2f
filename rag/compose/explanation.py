"""Why an answer is what it is, line by line: for `ask --explain`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from entrywise.rag.compose.draft import Draft
from entrywise.rag.find.retrieval import Candidate, fusion_weights
from entrywise.rag.judge.findings import Found
from entrywise.rag.judge.verdict import Verdict
from entrywise.rag.understand.question import Question

_SHOWN = 5


def explanation(found: Found, verdict: Verdict, draft: Draft) -> Iterator[str]:
    """Line by line: what was understood, what was found and why, what decided the status, and why
    each sentence is quoted."""
    ids = found.index.catalog.ids
    yield from _understood(found.question, ids)
    weights = fusion_weights(found.question, found.index)
    for place, candidate in enumerate(found.candidates[:_SHOWN], start=1):
        yield (
            f"{place}. {ids[candidate.entry]} {_sum(candidate, weights)}; "
            f"nearest chunk {candidate.near.cosine:.2f}, "
            f"nearest asked questions {candidate.near.asked:.2f}; "
            f"relevant with probability {found.relevance[candidate.entry]:.2f}"
        )
    confidence = verdict.confidence
    signs = ", ".join(f"{name} {value:.2f}" for name, value in confidence.signs._asdict().items())
    yield f"confidence {confidence.probability:.3f} (threshold {verdict.threshold}) from {signs}"
    yield f"status: {verdict.status(draft)}"
    for number, sentence in draft.evidence:
        section = found.index.entries[sentence.entry].sections[sentence.section].name
        yield (
            f"[{number}] {ids[sentence.entry]}, {section} {sentence.start}–{sentence.end}: "
            f"cosine {sentence.cosine:.2f}, its wording {sentence.bonus:+.2f}"
        )


def _understood(question: Question, ids: Sequence[str]) -> Iterator[str]:
    yield f"read as: {question.text}"
    yield f"intent: {question.intent}"
    named = (f"{ids[entry]} ({strength:.2f})" for entry, strength in question.named.items())
    yield f"names found: {', '.join(named) or 'none'}"
    yield f"names that no entry owns: {', '.join(question.unknown) or 'none'}"
    yield f"names that a text mentions only: {', '.join(question.mentioned) or 'none'}"
    for item in question.decoded:
        owner = "no entry" if item.entry is None else ids[item.entry]
        yield f"part of a model name: {item.part.text} is {item.part.kind}, explained by {owner}"


def _sum(candidate: Candidate, weights: Mapping[str, float]) -> str:
    """A score as the weighted mean that it is."""
    terms = " + ".join(
        f"{weights[name]:g} × {name} {signal:.2f}" for name, signal in candidate.signals.items()
    )
    return f"{candidate.score:.3f} = ({terms}) / {sum(weights.values()):g}"

"""Why an answer is what it is, line by line: for `ask --explain`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from entrywise.index.index import Index
from entrywise.rag.compose.draft import Draft
from entrywise.rag.domains.base import Domain
from entrywise.rag.find.candidates import Candidate
from entrywise.rag.find.releases import releases_of
from entrywise.rag.find.retrieval import fusion_weights
from entrywise.rag.find.sections import PAGE, WORDS
from entrywise.rag.find.signposts import only_leads_on
from entrywise.rag.judge.confidence import Verdict
from entrywise.rag.judge.selection import Findings
from entrywise.rag.understand.question import Question

_SHOWN = 5


def explanation(
    findings: Findings, verdict: Verdict, draft: Draft, index: Index, domain: Domain
) -> Iterator[str]:
    """Line by line: what was understood, what was found and why, what decided the status, and why
    each sentence is quoted."""
    ids = index.catalog.ids
    yield from _understood(findings.question, ids, domain)
    for place, candidate in enumerate(findings.candidates[:_SHOWN], start=1):
        told = (
            _document(candidate, index) if candidate.sections else _term(candidate, findings, index)
        )
        yield f"{place}. {ids[candidate.entry]}{told}"
    confidence = verdict.confidence
    signs = ", ".join(f"{name} {value:.2f}" for name, value in confidence.signs._asdict().items())
    yield f"confidence {confidence.probability:.3f} (threshold {verdict.threshold}) from {signs}"
    if (step := index.calibration).offset or step.slope != 1:
        yield f"calibrated: logit × {step.slope:g} {step.offset:+g} (`entrywise index info`)"
    yield f"status: {verdict.status(complete=draft.complete)}"
    for number, sentence in draft.evidence:
        section = index.entries[sentence.entry].sections[sentence.section].name
        yield (
            f"[{number}] {ids[sentence.entry]}, {section} {sentence.start}–{sentence.end}: "
            f"cosine {sentence.cosine:.2f}, its wording {sentence.score - sentence.cosine:+.2f}"
        )


def _understood(question: Question, ids: Sequence[str], domain: Domain) -> Iterator[str]:
    yield f"intent: {question.intent}"
    named = (f"{ids[entry]} ({strength:.2f})" for entry, strength in question.named.items())
    yield f"names found: {', '.join(named) or 'none'}"
    yield f"names that no entry owns: {', '.join(question.unknown) or 'none'}"
    yield f"names that a text mentions only: {', '.join(question.mentioned) or 'none'}"
    noun = domain.decoder.noun if domain.decoder else "name"
    for item in question.decoded:
        owner = "no entry" if item.entry is None else ids[item.entry]
        yield f"part of a {noun}: {item.part.text} is {item.part.kind}, explained by {owner}"


def _term(candidate: Candidate, findings: Findings, index: Index) -> str:
    weights = fusion_weights(findings.question, index)
    return (
        f" {_sum(candidate, weights)}; "
        f"nearest chunk {candidate.near.cosine:.2f}, "
        f"nearest asked questions {candidate.near.asked:.2f}; "
        f"relevant with probability {findings.relevance[candidate.entry]:.2f}"
    )


def _document(candidate: Candidate, index: Index) -> str:
    best = candidate.sections[0]
    section = index.entries[candidate.entry].sections[best.section].name
    if best.reranked is not None:
        said = f"its reranker says {best.reranked:.3f}"
        return f", {section} {said}; nearest {best.cosine:.2f}, words {best.words:.2f}"
    (release,) = releases_of([best], index)
    leads_on = only_leads_on(index.entries[candidate.entry].sections[best.section])
    reason = "what only leads on" if leads_on else "another edition or a reference"
    reason = "notes of a release" if release else reason
    moved = f", {best.moved:+.2f} as {reason}" if best.moved else ""
    return (
        f", {section} {best.score:.3f} = (nearest {best.cosine:.2f} + {WORDS:g} × words "
        f"{best.words:.2f} + {PAGE:g} × page) / {1 + WORDS + PAGE:g}{moved}"
    )


def _sum(candidate: Candidate, weights: Mapping[str, float]) -> str:
    """A score, written out as the weighted mean that it is."""
    terms = " + ".join(
        f"{weights[name]:g} × {name} {signal:.2f}" for name, signal in candidate.signals.items()
    )
    total = sum(weights.values())
    score = sum(weights[name] * signal for name, signal in candidate.signals.items()) / total
    said = candidate.reranked
    reranked = "" if said is None else f"its reranker says {said:.3f}; without it "
    return f"{reranked}{score:.3f} = ({terms}) / {total:g}"

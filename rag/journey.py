"""The journey of one question: the stages, one after the other.

text ─ understand ─▶ Question ─ find ─▶ Candidates ─ judge ─▶ Findings, Verdict ─ compose ─▶ Draft,
of which an Answer is made.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from itertools import pairwise
from time import perf_counter
from typing import TYPE_CHECKING

from entrywise.index.index import Index
from entrywise.index.similarity import similarities
from entrywise.rag.answer import EXTRACTIVE, READ_AS, Part, Step, Subjects
from entrywise.rag.compose.composition import compose
from entrywise.rag.compose.draft import Draft
from entrywise.rag.compose.explanation import explanation
from entrywise.rag.compose.shapes.abstention import abstain
from entrywise.rag.compose.suggestions import references, suggestions
from entrywise.rag.domains.base import Domain
from entrywise.rag.find.retrieval import hits, retrieve
from entrywise.rag.judge.confidence import Verdict, decide
from entrywise.rag.judge.evidence import Evidence
from entrywise.rag.judge.selection import Findings, select
from entrywise.rag.render.answer import Answer
from entrywise.rag.render.visitor import plain_text
from entrywise.rag.understand.input import cleaned, readable_questions
from entrywise.rag.understand.question import Question, understand
from entrywise.rag.understand.spelling import spelt

if TYPE_CHECKING:
    from entrywise.rag.compose.follow_up import FollowUp
    from entrywise.rag.find.rerankers.base import Reranker
    from entrywise.rag.llm.writer import Writer

DEFAULT_TOP = 10
"""Retrieved entries that an answer lists, unless told otherwise, and that it is made from."""


def journey(
    question: str,
    history: Sequence[str],
    *,
    index: Index,
    domain: Domain,
    threshold: float,
    reranker: Reranker | None,
    writer: Writer | None,
    top: int,
    explain: bool,
) -> Generator[Step | Answer, None, None]:
    """The steps towards an answer, then the answer; see `Assistant.steps`.

    Raises:
        QuestionError: the question is empty or too long.
        BackendError: an LLM is required and fails.
    """
    text = cleaned(question)
    laps = [("", perf_counter())]
    follow_up = _follow_up(text, history, index, domain, threshold, reranker) if history else None
    complete = follow_up.asked if follow_up else text
    laps.append(("parse", perf_counter()))
    read_as, encoded = spelt(complete, index)
    laps.append(("encode", perf_counter()))
    near = similarities(encoded.vector, index)
    asked = understand(read_as, encoded, near, index, domain)
    laps.append(("parse", perf_counter()))
    retrieved = retrieve(asked, near, index, max(top, DEFAULT_TOP), reranker)
    # What is answered does not depend on how much is listed.
    findings = select(asked, retrieved[:DEFAULT_TOP], index)
    verdict = decide(findings, index, threshold, reranker)
    laps.append(("retrieve", perf_counter()))
    evidence = Evidence(asked, index, domain)
    quotes, verdict = _quotes(findings, evidence, verdict, index, follow_up)
    laps.append(("compose", perf_counter()))
    told = follow_up.text if follow_up and follow_up.text != complete else read_as
    first: list[Part] = []
    if told != text:
        first = [Part("notice", quotes.texts("told.read_as", question=told), aspect=READ_AS)]
    for remark in first:
        yield Step(remark, text, told, asked.intent, ())
    draft, writing = quotes, None
    # What the knowledge base does not hold is not asked of an LLM either; and what an LLM wrote
    # before is not known, so that it cannot go on with it.
    if writer and not (verdict.withheld or quotes.goes_on):
        reply = writer.reply(findings, evidence, quotes)
        with closing(reply.parts()) as parts:
            for part in parts:
                yield Step(part, text, told, asked.intent, reply.draft.citations)
        draft, writing = reply.draft, reply.record
        laps.append(("write", perf_counter()))
    else:
        for part in draft.parts:
            yield Step(part, text, told, asked.intent, draft.citations)
    explained: tuple[str, ...] = ()
    if explain:
        explained = follow_up.explanation if follow_up else (f"read as: {text}",)
        explained += (*explanation(findings, verdict, quotes, index, domain),)
        if writer and writing:
            explained += (*writer.explanation(findings, evidence, quotes),)
    said = (*first, *draft.parts)
    yield Answer(
        question=text,
        read_as=told,
        status=verdict.status(complete=quotes.complete),
        confidence=verdict.probability,
        intent=asked.intent,
        text=plain_text(said, draft.citations),
        parts=said,
        citations=tuple(draft.citations),
        retrieved=tuple(hits(retrieved[:top], index)),
        closest=tuple(draft.closest),
        did_you_mean=asked.text if asked.text != complete else draft.meant,
        subjects=_subjects(asked, index),
        suggestions=(follow_up and follow_up.suggestions)
        or suggestions(draft, findings, evidence, index),
        references=references(draft, index),
        index=index.manifest.generation,
        backend=writing.model if writing and writing.supported else EXTRACTIVE,
        writing=writing,
        timings_ms=_timings(laps),
        explanation=explained,
    )


def _follow_up(
    text: str,
    history: Sequence[str],
    index: Index,
    domain: Domain,
    threshold: float,
    reranker: Reranker | None,
) -> FollowUp:
    """A question that has others before it: most have none, and need nothing of all that."""
    from entrywise.rag.compose.follow_up import FollowUp

    asked = readable_questions(history)
    return FollowUp(text, asked, index, domain, threshold, DEFAULT_TOP, reranker)


def _quotes(
    findings: Findings,
    evidence: Evidence,
    verdict: Verdict,
    index: Index,
    follow_up: FollowUp | None,
) -> tuple[Draft, Verdict]:
    """What is quoted, and the verdict on it: what quotes nothing is no answer."""
    if follow_up and (shown := follow_up.draft(findings, evidence, verdict)):
        return shown, verdict if shown.citations else verdict.of_no_answer()
    if verdict.withheld:
        return abstain(findings, evidence, index, verdict.probability), verdict
    draft = compose(findings, evidence)
    if draft.citations:
        return draft, verdict
    return abstain(findings, evidence, index), verdict.of_no_answer()


def _timings(laps: Sequence[tuple[str, float]]) -> dict[str, float]:
    """{stage: milliseconds} of laps, each with the stage that it ends and its time in seconds."""
    spent: dict[str, float] = {}
    for (_, before), (stage, now) in pairwise(laps):
        spent[stage] = round(spent.get(stage, 0.0) + (now - before) * 1000, 3)
    return spent


def _subjects(question: Question, index: Index) -> Subjects:
    known = tuple(index.catalog.ids[entry] for entry in question.subjects)
    return Subjects(known, question.unknown)

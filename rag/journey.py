"""The journey of one question: the stages, one after the other.

text ─ understand ─▶ Question ─ find ─▶ Candidates ─ judge ─▶ Findings, Verdict ─ compose ─▶ Draft,
of which an Answer is made.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import pairwise
from time import perf_counter
from typing import TYPE_CHECKING

from entrywise.index.index import Index
from entrywise.rag.answer import EXTRACTIVE, READ_AS, Citation, Part, Step, Subjects, Writing
from entrywise.rag.compose.composition import compose
from entrywise.rag.compose.draft import Draft
from entrywise.rag.compose.shapes.abstention import abstain
from entrywise.rag.compose.suggestions import references, suggestions
from entrywise.rag.domains.base import Domain
from entrywise.rag.find.candidates import Candidate
from entrywise.rag.find.retrieval import hits, retrieve
from entrywise.rag.judge.confidence import Verdict, decide
from entrywise.rag.judge.evidence import Evidence
from entrywise.rag.judge.selection import Findings, select
from entrywise.rag.render.answer import Answer
from entrywise.rag.render.visitor import plain_text
from entrywise.rag.understand.decoded_name import asked
from entrywise.rag.understand.input import cleaned, readable_questions
from entrywise.rag.understand.question import Question, understand
from entrywise.rag.understand.spelling import as_texts_write, correct_spelling

if TYPE_CHECKING:
    from entrywise.rag.compose.follow_up import FollowUp
    from entrywise.rag.find.rerankers.base import Reranker
    from entrywise.rag.llm.writer import Writer

DEFAULT_TOP = 10
"""Retrieved entries that an answer lists, unless told otherwise, and that it is made from."""


@dataclass(frozen=True, eq=False)
class Engine:
    """What questions are answered with."""

    index: Index
    domain: Domain
    threshold: float
    """The least confidence, in [0, 1], of an answer that is given."""
    reranker: Reranker | None
    writer: Writer | None
    """Lets an LLM write the answers; without it they are made of quotes."""


@dataclass(frozen=True, eq=False)
class _Stages:
    """What the stages made of one question, up to the quotes."""

    text: str
    """The question as it was asked, on one line."""
    read_as: str
    """The question complete in itself."""
    looked_up: str
    """What was looked up for it, before misspelt names were put right."""
    follow_up: FollowUp | None
    question: Question
    retrieved: Sequence[Candidate]
    findings: Findings
    verdict: Verdict
    evidence: Evidence
    quotes: Draft


_Laps = list[tuple[str, float]]
"""(stage that ends, time in seconds), in order; the first is the start."""


def journey(
    question: str, history: Sequence[str], engine: Engine, *, top: int, explain: bool
) -> Generator[Step | Answer, None, None]:
    """The steps towards an answer, then the answer; see `Assistant.steps`.

    Raises:
        QuestionError: the question is empty or too long.
        BackendError: an LLM is required and fails.
    """
    laps: _Laps = [("", perf_counter())]
    stages = _stages(question, history, engine, top, laps)
    draft, writing = stages.quotes, None
    first: list[Part] = []
    if stages.read_as != stages.text:
        notice = draft.texts("told.read_as", question=stages.read_as)
        first = [Part("notice", notice, aspect=READ_AS)]
    for remark in first:
        yield _step(remark, stages, ())
    # What the knowledge base does not hold is not asked of an LLM either; and what an LLM wrote
    # before is not known, so that it cannot go on with it.
    if engine.writer and not (stages.verdict.withheld or draft.goes_on):
        reply = engine.writer.reply(stages.findings, stages.evidence, draft)
        with closing(reply.parts()) as parts:
            for part in parts:
                yield _step(part, stages, reply.draft.citations)
        draft, writing = reply.draft, reply.record
        laps.append(("write", perf_counter()))
    else:
        for part in draft.parts:
            yield _step(part, stages, draft.citations)
    explained = _explanation(stages, engine, writing) if explain else ()
    answer = _answer(stages, (*first, *draft.parts), draft, writing, engine.index)
    yield replace(
        answer,
        retrieved=tuple(hits(stages.retrieved[:top], engine.index)),
        timings_ms=_timings(laps),
        explanation=explained,
    )


def _stages(
    question: str, history: Sequence[str], engine: Engine, top: int, laps: _Laps
) -> _Stages:
    """Take a question through all stages that need no LLM; `laps` grow by each."""
    index, domain = engine.index, engine.domain
    text = cleaned(question)
    follow_up = _follow_up(text, history, engine) if history else None
    complete = follow_up.asked if follow_up else text
    laps.append(("parse", perf_counter()))
    looked_up = as_texts_write(complete, index)
    spelt_right, encoded = correct_spelling(looked_up, index)
    read_as = complete if spelt_right == looked_up else spelt_right
    laps.append(("encode", perf_counter()))
    what = asked(spelt_right, encoded, index, domain)
    near = what.near
    understood = understand(spelt_right, what.encoded, near, index, domain, looked_up=what.text)
    laps.append(("parse", perf_counter()))
    retrieved = retrieve(understood, near, index, max(top, DEFAULT_TOP), engine.reranker)
    # What is answered does not depend on how much is listed.
    findings = select(understood, retrieved[:DEFAULT_TOP], index)
    verdict = decide(findings, index, engine.threshold, engine.reranker)
    laps.append(("retrieve", perf_counter()))
    evidence = Evidence(understood, index, domain)
    quotes, verdict = _quotes(findings, evidence, verdict, index, follow_up)
    laps.append(("compose", perf_counter()))
    return _Stages(
        text=text,
        read_as=follow_up.text if follow_up and follow_up.text != complete else read_as,
        looked_up=looked_up,
        follow_up=follow_up,
        question=understood,
        retrieved=retrieved,
        findings=findings,
        verdict=verdict,
        evidence=evidence,
        quotes=quotes,
    )


def _timings(laps: _Laps) -> dict[str, float]:
    """{stage: milliseconds of all its laps}."""
    spent: dict[str, float] = {}
    for (_, before), (stage, now) in pairwise(laps):
        spent[stage] = round(spent.get(stage, 0.0) + (now - before) * 1000, 3)
    return spent


def _step(part: Part | None, stages: _Stages, citations: Sequence[Citation]) -> Step:
    return Step(part, stages.text, stages.read_as, stages.question.intent, citations)


def _answer(
    stages: _Stages, parts: tuple[Part, ...], draft: Draft, writing: Writing | None, index: Index
) -> Answer:
    """The answer, but for what only who asked knows: how much is listed and explained."""
    question, follow_up = stages.question, stages.follow_up
    return Answer(
        question=stages.text,
        read_as=stages.read_as,
        status=stages.verdict.status(complete=stages.quotes.complete),
        confidence=stages.verdict.probability,
        intent=question.intent,
        text=plain_text(parts, draft.citations),
        parts=parts,
        citations=tuple(draft.citations),
        retrieved=(),
        closest=tuple(draft.closest),
        did_you_mean=question.text if question.text != stages.looked_up else draft.meant,
        subjects=_subjects(question, index),
        suggestions=(follow_up and follow_up.suggestions)
        or suggestions(draft, stages.findings, stages.evidence, index),
        references=references(draft, index),
        index=index.manifest.generation,
        backend=writing.model if writing and writing.supported else EXTRACTIVE,
        writing=writing,
    )


def _explanation(stages: _Stages, engine: Engine, writing: Writing | None) -> tuple[str, ...]:
    """Why the answer is what it is, line by line."""
    # Few want to know.
    from entrywise.rag.compose.explanation import explanation

    findings, quotes, follow_up = stages.findings, stages.quotes, stages.follow_up
    lines = [*(follow_up.explanation if follow_up else (f"read as: {stages.text}",))]
    lines += explanation(findings, stages.verdict, quotes, engine.index, engine.domain)
    if engine.writer and writing:
        lines += engine.writer.explanation(findings, stages.evidence, quotes)
    return tuple(lines)


def _follow_up(text: str, history: Sequence[str], engine: Engine) -> FollowUp:
    """A question that has others before it."""
    # Most have none, and need nothing of all that.
    from entrywise.rag.compose.earlier_answers import EarlierAnswers
    from entrywise.rag.compose.follow_up import FollowUp

    index, domain = engine.index, engine.domain
    earlier = EarlierAnswers(index, domain, engine.threshold, DEFAULT_TOP, engine.reranker)
    return FollowUp(text, readable_questions(history), index, domain, earlier)


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


def _subjects(question: Question, index: Index) -> Subjects:
    known = tuple(index.catalog.ids.of(question.subjects))
    return Subjects(known, question.unknown)

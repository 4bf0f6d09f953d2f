"""What earlier answers of a conversation showed: they are given again, without an LLM, each once.

A conversation is no more than its questions, so that any server can go on with it. What an answer
quoted and suggested is found out where a follow-up needs it only: "tell me more" shows what was not
shown yet, a number picks from what was suggested.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from entrywise.index.index import Index
from entrywise.rag.compose.composition import compose
from entrywise.rag.compose.draft import Draft
from entrywise.rag.compose.shapes.abstention import abstain
from entrywise.rag.compose.shapes.more import further
from entrywise.rag.compose.suggestions import suggestions
from entrywise.rag.domains.base import Domain
from entrywise.rag.find.retrieval import look_up
from entrywise.rag.judge.confidence import Verdict, decide
from entrywise.rag.judge.evidence import Evidence
from entrywise.rag.judge.selection import Findings, select
from entrywise.rag.understand.follow_up.values import Shown, Turn

if TYPE_CHECKING:
    from entrywise.rag.find.rerankers.base import Reranker

_REMEMBERED = 4
"""Questions on one subject, the last ones, of which is known what their answers showed."""
_MOST = 60
"""Answers that one question gives again, or tries; only fifteen things that are added one after the
other, or number upon number, need more."""


class _Given(NamedTuple):
    findings: Findings
    evidence: Evidence
    verdict: Verdict


class EarlierAnswers:
    """The answers to earlier turns of one conversation (an `Earlier`)."""

    def __init__(
        self,
        index: Index,
        domain: Domain,
        threshold: float,
        top: int,
        reranker: Reranker | None = None,
    ) -> None:
        """Answers of an index, made of `top` candidates in the order of a reranker."""
        self._index = index
        self._domain = domain
        self._threshold = threshold
        self._top = top
        self._reranker = reranker
        self._given: dict[str, _Given] = {}

    def __call__(self, turns: Sequence[Turn]) -> Shown:
        """What the answers to these turns showed, the oldest first."""
        rows: frozenset[int] = frozenset()
        known = [*dict.fromkeys(turn.asked for turn in turns)][-_REMEMBERED:]
        given, draft = None, None
        for asked, more in turns:
            if asked in known and (given := self._answer(asked)):
                draft = self._draft(given, rows, more=more)
                rows |= {sentence.row for _, sentence in draft.evidence}
        if not (given and draft):
            return Shown(rows)
        suggested = suggestions(draft, given.findings, given.evidence, self._index)
        said = max((sentence.share for _, sentence in draft.evidence), default=0.0)
        probability = given.verdict.probability
        return Shown(rows, self._titles(draft), suggested, said, probability)

    def _answer(self, asked: str) -> _Given | None:
        """What was found for a question; None where too many were asked already."""
        if asked not in self._given:
            if len(self._given) == _MOST:
                return None
            question, retrieved = look_up(
                asked, self._index, self._domain, self._top, reranker=self._reranker
            )
            findings = select(question, retrieved, self._index)
            verdict = decide(findings, self._index, self._threshold, self._reranker)
            evidence = Evidence(question, self._index, self._domain)
            self._given[asked] = _Given(findings, evidence, verdict)
        return self._given[asked]

    def _draft(self, given: _Given, rows: frozenset[int], *, more: bool) -> Draft:
        if given.verdict.withheld:
            return abstain(given.findings, given.evidence, self._index, given.verdict.probability)
        if more:
            return further(given.findings, given.evidence, self._index, rows)
        return compose(given.findings, given.evidence)

    def _titles(self, draft: Draft) -> tuple[str, ...]:
        """What the quotes of an answer are about, each once."""
        entries = dict.fromkeys(citation.entry for citation in draft.citations)
        return tuple(self._index.entry(entry).short_name for entry in entries)

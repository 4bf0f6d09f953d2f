"""Whether an answer is given, and its status."""

from __future__ import annotations

from typing import NamedTuple

from entrywise.index.index import Index
from entrywise.rag.answer import Status
from entrywise.rag.judge.confidence import Confidence, judge
from entrywise.rag.judge.findings import Findings
from entrywise.rag.understand.question import Question


class Verdict(NamedTuple):
    """Whether the answer to a question is withheld, and the confidence that decided, unless a name
    that no entry owns did; `threshold` is the least confidence, in [0, 1], of an answer."""

    withheld: bool
    confidence: Confidence
    threshold: float

    def status(self, *, complete: bool) -> Status:
        """The status of the answer, which has all that was asked for, or not."""
        if self.withheld:
            return "abstained"
        return "answered" if complete else "partial"


def decide(findings: Findings, index: Index, threshold: float) -> Verdict:
    """Withhold the answer when the subject is a name that no entry owns, even one that a text
    mentions, or when confidence is below the threshold."""
    confidence = judge(findings, index)
    return Verdict(_is_withheld(findings.question, confidence, threshold), confidence, threshold)


def _is_withheld(question: Question, confidence: Confidence, threshold: float) -> bool:
    if question.unowned_only or (question.unknown and not question.surely_named):
        return True
    if question.unknown and question.intent == "comparison":
        # Its other side is known; that one side is not lowers confidence in any answer.
        return False
    return confidence.probability < threshold

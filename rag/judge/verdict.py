"""Whether an answer is given, and its status."""

from __future__ import annotations

from typing import NamedTuple

from entrywise.rag.answer import Status
from entrywise.rag.compose.draft import Draft
from entrywise.rag.judge.confidence import Confidence, judge
from entrywise.rag.judge.findings import Found


class Verdict(NamedTuple):
    """Whether the answer to a question is withheld, and the confidence that decided, unless a name
    that no entry owns did; `threshold` is the least confidence, in [0, 1], of an answer."""

    withheld: bool
    confidence: Confidence
    threshold: float

    def status(self, draft: Draft) -> Status:
        """The status of the answer that a draft became."""
        if self.withheld:
            return "abstained"
        return "answered" if draft.complete else "partial"


def decide(found: Found, threshold: float) -> Verdict:
    """Withhold the answer when the subject is a name that no entry owns, even one that a text
    mentions, or when confidence is below the threshold."""
    confidence = judge(found)
    return Verdict(_is_withheld(found, confidence, threshold), confidence, threshold)


def _is_withheld(found: Found, confidence: Confidence, threshold: float) -> bool:
    question = found.question
    if question.unowned_only or (question.unknown and not question.surely_named):
        return True
    if question.unknown and question.intent == "comparison":
        # Its other side is known; that one side is not lowers confidence in any answer.
        return False
    return confidence.probability < threshold

"""A question that has others before it: how it is read, and its answer where that depends on what
the earlier answers showed."""

from __future__ import annotations

from collections.abc import Sequence

from entrywise.index.index import Index
from entrywise.rag.compose.draft import Draft
from entrywise.rag.compose.earlier_answers import EarlierAnswers
from entrywise.rag.compose.shapes.more import further
from entrywise.rag.domains.base import Domain
from entrywise.rag.judge.confidence import Verdict
from entrywise.rag.judge.evidence import Evidence
from entrywise.rag.judge.selection import Findings
from entrywise.rag.understand.follow_up.resolution import resolve


class FollowUp:
    """A question of a conversation. `text` is the question complete in itself, `asked` what is
    looked up for it."""

    def __init__(
        self,
        question: str,
        history: Sequence[str],
        index: Index,
        domain: Domain,
        earlier: EarlierAnswers,
    ) -> None:
        """
        Args:
            history: the questions before it, oldest first.
            earlier: the answers to them.
        """
        self._earlier = earlier
        self._index = index
        self._reading = resolve(question, history, index, domain, earlier)
        self.text = self._reading.text
        self.asked = self._reading.asked

    def draft(self, findings: Findings, evidence: Evidence, verdict: Verdict) -> Draft | None:
        """A draft of what was not shown yet, or of why there is no answer; None where the question
        is answered as if it was asked by itself."""
        if self._reading.remark:
            draft = Draft(evidence.entries, language=evidence.language)
            draft.complete, draft.goes_on = False, True
            draft.notice(self._reading.remark)
            return draft
        if self._reading.more and not verdict.withheld:
            shown = self._earlier(self._reading.before).rows
            return further(findings, evidence, self._index, shown)
        return None

    @property
    def suggestions(self) -> tuple[str, ...]:
        """What the last answer suggested, where nothing of it was picked."""
        return self._earlier(self._reading.before).suggestions if self._reading.remark else ()

    @property
    def explanation(self) -> tuple[str, ...]:
        """How it is read, line by line."""
        read = f"read as: {self.text}"
        if not self._reading.more:
            return (read,)
        shown = dict.fromkeys(turn.asked for turn in self._reading.before)
        return read, f"beside what was shown of: {'; '.join(shown)}"

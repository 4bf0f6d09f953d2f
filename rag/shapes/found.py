"""What a shape is given: a question and what was retrieved for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from entrywise.index.store import Index
from entrywise.rag.evidence import EntryEvidence
from entrywise.rag.question import Question
from entrywise.rag.retrieve import Candidate


@dataclass(frozen=True)
class Found:
    """A question, its candidates (at least one, best first) and the index they come from."""

    question: Question
    candidates: Sequence[Candidate]
    quoted: Sequence[int]
    """The entries that are worth quoting, by ordinal, best first; at least one."""
    index: Index

    def evidence(self, entries: Iterable[int]) -> list[EntryEvidence]:
        """The scored sentences of each of these entries."""
        return [EntryEvidence(entry, self.question, self.index) for entry in entries]

    def title(self, entry: int) -> str:
        """An entry's name as people say it."""
        return self.index.entries[entry].short_name

"""What was found for a question: its candidates, and what is worth quoting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from entrywise.index.index import Index
from entrywise.index.names.names import ORDINARY
from entrywise.rag.find.retrieval import Candidate
from entrywise.rag.judge.evidence import EntryEvidence
from entrywise.rag.understand.mention import Mention
from entrywise.rag.understand.question import Question


@dataclass(frozen=True, eq=False)
class Found:
    """A question, what was selected for it, and the index that it comes from."""

    question: Question
    candidates: Sequence[Candidate]
    """Best first."""
    relevance: Mapping[int, float]
    """{entry ordinal: the probability, in (0, 1), that it is relevant} of the candidates."""
    quoted: Sequence[int]
    """The entries that are worth quoting, by ordinal, best first."""
    index: Index

    def evidence(self, entries: Iterable[int]) -> list[EntryEvidence]:
        """The scored sentences of each of these entries."""
        return [EntryEvidence(entry, self.question, self.index) for entry in entries]

    def title(self, entry: int) -> str:
        """An entry's name as people say it."""
        return self.index.entries[entry].short_name

    def owner(self, mention: Mention) -> int | None:
        """The entry that a mention surely names: of several the one that was retrieved first, else
        the one that it names most strongly."""
        owners = {e: strength for e, strength in mention.owners.items() if strength > ORDINARY}
        retrieved = (one.entry for one in self.candidates if one.entry in owners)
        return next(retrieved, max(owners, key=owners.__getitem__, default=None))

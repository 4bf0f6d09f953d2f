"""What was found for a question: its candidates, and what is worth quoting. Plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from entrywise.index.names.names import ORDINARY
from entrywise.rag.find.retrieval import Candidate
from entrywise.rag.understand.mention import Mention
from entrywise.rag.understand.question import Question


@dataclass(frozen=True, eq=False)
class Findings:
    """A question, and what was selected for it. Entries are given by their ordinals."""

    question: Question
    candidates: Sequence[Candidate]
    """Best first."""
    relevance: Mapping[int, float]
    """{entry: the probability, in (0, 1), that it is relevant} of the candidates."""
    quoted: Sequence[int]
    """The entries that are worth quoting, best first."""

    def owner(self, mention: Mention) -> int | None:
        """The entry that a mention surely names: of several the one that was retrieved first, else
        the one that it names most strongly."""
        owners = {e: strength for e, strength in mention.owners.items() if strength > ORDINARY}
        retrieved = (one.entry for one in self.candidates if one.entry in owners)
        return next(retrieved, max(owners, key=owners.__getitem__, default=None))

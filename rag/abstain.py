"""An answer withheld: what is unknown, by name, and what the knowledge base has that is near."""

from __future__ import annotations

from collections.abc import Sequence

from entrywise.index.store import Index
from entrywise.rag.draft import Draft
from entrywise.rag.question import Question
from entrywise.rag.retrieve import Candidate

_NEAREST = 3


def abstain(question: Question, candidates: Sequence[Candidate], index: Index) -> Draft:
    """A draft that quotes nothing."""
    draft = Draft(index)
    if question.unknown:
        names = ", ".join(f"“{name}”" for name in question.unknown)
        draft.notice(f"{names}: not in the knowledge base.")
    else:
        draft.notice("Not in the knowledge base: no entry answers this question.")
    if question.mentioned:
        names = ", ".join(f"“{name}”" for name in question.mentioned)
        draft.notice(f"Mentioned, but without an entry: {names}.")
    nearest = [index.entries[candidate.entry].short_name for candidate in candidates[:_NEAREST]]
    if nearest:
        draft.notice(f"Nearest entries: {', '.join(nearest)}.")
    return draft

"""An answer withheld: what is unknown, by name, and what the knowledge base has that is near."""

from __future__ import annotations

from entrywise.rag.draft import Draft, in_quotes
from entrywise.rag.found import Found

NEAREST = "nearest"
"""The aspect of the part that lists the nearest entries."""

_NEAREST = 3


def abstain(found: Found) -> Draft:
    """A draft that quotes nothing."""
    question = found.question
    draft = Draft(found.index)
    if question.unknown:
        draft.absent(in_quotes(question.unknown))
    else:
        draft.notice("Not in the knowledge base: no entry answers this question.")
    if question.mentioned:
        draft.mentioned(question.mentioned)
    nearest = [found.title(candidate.entry) for candidate in found.candidates[:_NEAREST]]
    if nearest:
        draft.notice(f"Nearest entries: {', '.join(nearest)}.", aspect=NEAREST)
    return draft

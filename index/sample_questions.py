"""Sample questions in the index: which entries answer each.

The ways of asking for an entry and the questions that span several entries are one list of vectors
and one table of labels. Questions that are known to have no answer here are a list of their own.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from entrywise.data.entries import KnowledgeBase

ANSWERS = 2
"""The grade of an entry that answers a question, or a part of it."""

Labels = NDArray[np.int32]
"""int32 (n, 2): row of the question, ordinal of an entry that answers it; ordered by row."""


def label(knowledge_base: KnowledgeBase) -> tuple[list[str], Labels]:
    """The different questions that entries answer, in order, and their labels."""
    ordinals = {entry.id: ordinal for ordinal, entry in enumerate(knowledge_base)}
    answered: dict[str, set[int]] = {}
    for ordinal, entry in enumerate(knowledge_base):
        for question in entry.questions:
            answered.setdefault(question, set()).add(ordinal)
    for asked in knowledge_base.asked:
        answering = {ordinals[key] for key, grade in asked.grades.items() if grade == ANSWERS}
        if answering:
            answered.setdefault(asked.question, set()).update(answering)
    rows = [(row, entry) for row, found in enumerate(answered.values()) for entry in sorted(found)]
    return list(answered), np.array(rows, dtype=np.int32).reshape(-1, 2)


def unanswered(knowledge_base: KnowledgeBase) -> list[str]:
    """The different questions of which it is known that no entry answers them."""
    return list(dict.fromkeys(asked.question for asked in knowledge_base.asked if not asked.grades))

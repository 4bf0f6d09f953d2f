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

_QUESTIONS_AN_ENTRY = 3

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


class SampleQuestions:
    """The entries that answer the sample questions, by row of the questions' vectors."""

    def __init__(self, labels: Labels, entries: int) -> None:
        """Of an index of so many entries; those that answer nothing count, too."""
        self._entries = labels[:, 1]
        count = int(labels[-1, 0]) + 1 if len(labels) else 0
        self._starts = np.searchsorted(labels[:, 0], np.arange(count + 1))
        self.counts: NDArray[np.int64] = np.bincount(labels[:, 1], minlength=entries)
        """How many questions each entry answers, or a part of them, by ordinal."""

    @property
    def are_known(self) -> bool:
        """Whether it is known how people ask for the entries: by three questions and more for each,
        on average. Where it is not, the text alone has to decide."""
        return int(self.counts.sum()) >= _QUESTIONS_AN_ENTRY * len(self.counts)

    def answering(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """The entries that answer the questions of some rows, or a part of them.

        Returns:
            of each pair, in the order of the rows, the place of its row among them, int64 (n,), and
            the ordinal of an entry, int32 (n,).
        """
        starts = self._starts[rows]
        counts = self._starts[rows + 1] - starts
        places = np.repeat(np.arange(len(rows)), counts)
        # What a pair's number has to be moved by, so that those of a row begin at its start.
        moved = np.repeat(starts - (np.cumsum(counts) - counts), counts)
        return places, self._entries[np.arange(len(places)) + moved]

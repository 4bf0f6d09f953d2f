"""Reranking: the first passages in the order that a reranker gives them, read with the question.

A reranker changes the order and nothing else: the best one gets the score that was the best, the
second one the second, and so on. So margins between scores keep their meaning, whatever model of
whatever scale it is; how sure an answer is, its own score says (`judge/confidence.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

from entrywise.index.index import Index
from entrywise.index.passages.chunks import passage
from entrywise.rag.find.candidates import Candidate, SectionHit
from entrywise.rag.find.passages import nearest_chunk
from entrywise.rag.find.rerankers.base import Reranker
from entrywise.rag.understand.question import Question

READ = 20
"""Passages that are read."""

_Found = TypeVar("_Found", Candidate, SectionHit)


def reranked(
    found: Sequence[_Found], question: Question, index: Index, reranker: Reranker
) -> list[_Found]:
    """What was found for a question, the first of it in the order of a reranker.

    Args:
        found: best first.
    """
    first = found[:READ]
    if not first:
        return []
    scores = reranker.scores(question.text, [_text(one, question, index) for one in first])
    order = np.argsort(-scores, kind="stable").tolist()
    best_first: list[_Found] = [
        first[place]._replace(score=one.score, reranked=float(scores[place]))
        for one, place in zip(first, order, strict=True)
    ]
    return best_first + list(found[READ:])


def _text(found: Candidate | SectionHit, question: Question, index: Index) -> str:
    """The passage that is read: what is nearest to the question, under what it is about."""
    section = found.section if isinstance(found, SectionHit) and found.section >= 0 else None
    row = nearest_chunk(question.encoded.vector, index, found.entry, section)
    if row is None:
        return index.entries[found.entry].name
    _, number, start, end = index.chunks[row].tolist()
    return passage(index.entries[found.entry], number, start, end)

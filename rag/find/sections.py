"""Sections of documents, ranked for a question: by vectors and words, and by their page.

    score = (cosine + 0.25 · words + 0.25 · page) / 1.5

`words` is BM25 divided by the best section's, `page` the mean of both over the best three sections
of the section's document: a page that is about the question is more likely to answer it than one
that mentions it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from entrywise.index.index import Index
from entrywise.index.passages.units import unit_numbers
from entrywise.index.similarity import NearestChunks, largest

# At a flat optimum on four collections of documents: half or twice as much of either moves no
# measure by more than 0.03 (`benchmarks/documents.py`).
WORDS = 0.25
PAGE = 0.25
_OF_A_PAGE = 3
# Sections that are looked at: of more pages than any answer lists.
_LOOKED_AT = 100


class SectionHit(NamedTuple):
    """A section that was found: the ordinals of its entry and of itself, its score in [0, 1], the
    cosine of its nearest chunk, and `words` in [0, 1]."""

    entry: int
    section: int
    score: float
    cosine: float
    words: float


def find_sections(text: str, near: NearestChunks, index: Index) -> list[SectionHit]:
    """The sections that fit a question, best first.

    Args:
        near: the chunks that are near to it.
    """
    cosines = _cosines(near, index)
    words = index.words.scores(text)
    words /= words.max(initial=0.0) or 1.0
    scores = cosines + WORDS * words
    best = np.array(largest(scores, _LOOKED_AT), dtype=np.int64)
    entries = index.units[best, 0]
    pages = {entry: scores[best[entries == entry][:_OF_A_PAGE]].mean() for entry in set(entries)}
    total = 1 + WORDS + PAGE
    hits = [
        SectionHit(
            entry=int(entry),
            section=int(index.units[unit, 1]),
            score=min(float(scores[unit] + PAGE * pages[entry]) / total, 1.0),
            cosine=float(cosines[unit]),
            words=float(words[unit]),
        )
        for unit, entry in zip(best.tolist(), entries, strict=True)
    ]
    return sorted(hits, key=lambda hit: -hit.score)


def _cosines(near: NearestChunks, index: Index) -> NDArray[np.float64]:
    """The cosine of the nearest chunk of each unit, float64 (units,)."""
    last = float(near.cosines[-1]) if len(near.cosines) else 0.0
    cosines = np.full(len(index.units), last)
    units = unit_numbers(index.units, index.chunks[near.rows, :2])
    np.maximum.at(cosines, units, near.cosines)
    return cosines

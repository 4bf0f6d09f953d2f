"""Sections of documents, ranked for a question: by their pieces, their words, and their page.

    score = (nearest + 0.3 · words + 0.4 · page) / 1.7

`nearest` is the cosine of the section's nearest piece, a block or a sentence: what answers is often
one line of a section that is about much else. `words` is how much of the question's words the
section says. `page` is the mean of the two over the best three sections of its document: a page
that is about the question is more likely to answer it than one that mentions it.
"""

from __future__ import annotations

from typing import SupportsFloat

import numpy as np
from numpy.typing import NDArray

from entrywise.index.encoders.base import Vector
from entrywise.index.index import Index
from entrywise.index.passages.units import unit_numbers
from entrywise.index.similarity import NearestChunks, largest
from entrywise.rag.find.candidates import SectionHit

# At a flat optimum on ten collections of documents: half or twice as much of either costs at most
# 0.02 of what they show in the mean (`benchmarks/documents.py`).
WORDS = 0.3
PAGE = 0.4
_OF_A_PAGE = 3
# Sections whose pieces are looked at, the best ones by their chunks; twice as many change nothing.
_READ = 20
# Sections that are ranked: of more pages than any answer lists.
_RANKED = 100


def find_sections(text: str, vector: Vector, near: NearestChunks, index: Index) -> list[SectionHit]:
    """The sections that fit a question, best first.

    Args:
        vector: that of the question.
        near: the chunks that are near to it.
    """
    cosines = _cosines(near, index)
    words = index.words.likeness(text)
    most = _RANKED + len(index.left_out)
    best = np.array(largest(cosines + WORDS * words, most), dtype=np.int64)
    if index.left_out:
        best = best[~np.isin(best, index.left_out)]
    for unit in best[:_READ].tolist():
        rows = index.section_rows(*index.units[unit].tolist())
        if rows:
            pieces = index.sentence_vectors[rows.start : rows.stop] @ vector
            cosines[unit] = pieces.max()
    scores = cosines + WORDS * words
    best = best[np.argsort(-scores[best], kind="stable")]
    entries = index.units[best, 0]
    pages = {entry: scores[best[entries == entry][:_OF_A_PAGE]].mean() for entry in set(entries)}
    hits = [
        SectionHit(
            entry=int(entry),
            section=int(index.units[unit, 1]),
            score=_bounded((scores[unit] + PAGE * pages[entry]) / (1 + WORDS + PAGE)),
            cosine=_bounded(cosines[unit]),
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


def _bounded(value: SupportsFloat) -> float:
    return min(max(float(value), 0.0), 1.0)

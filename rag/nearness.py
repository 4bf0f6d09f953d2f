"""How near the entries are to a text, by vectors: their own text's and their asked questions'."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from entrywise.index.store import Index

# The share of the asked questions (the mean of the nearest three) against the best chunk.
_ASKED_SHARE = 0.7
_NEAREST_ASKED = 3

# Neighbours that are looked up: at 254 entries most chunks, at a million the ones that matter.
# nDCG@5 on the dev questions is the same with 4,000, and a question costs 2 ms less.
_NEIGHBOURS = 400


class Nearness(NamedTuple):
    """Cosines of one entry, clipped to [0, 1].

    `cosine` is the best of a chunk, `nearest` that of the nearest asked question, `asked` the mean
    of the nearest three (both 0 where there are none), `vectors` a mean of `cosine` and `asked`, or
    `cosine` where nobody wrote down how people ask for the entry.
    """

    cosine: float
    vectors: float
    nearest: float = 0.0
    asked: float = 0.0


def nearness(
    vector: NDArray[np.float32], index: Index, *, unlike: float = math.inf
) -> Mapping[int, Nearness]:
    """{entry ordinal: how near it is to a text's vector}, of every entry that was found.

    Args:
        unlike: asked questions with a larger cosine are passed over.
    """
    chunks = _best_chunks(vector, index)
    far = min(chunks.values(), default=0.0)
    asked = _nearest_questions(vector, index, unlike)
    near = {
        entry: Nearness(cosine, cosine) for entry, cosine in chunks.items() if entry not in asked
    }
    for entry, (nearest, mean) in asked.items():
        cosine = chunks.get(entry, far)
        vectors = (1 - _ASKED_SHARE) * cosine + _ASKED_SHARE * mean
        near[entry] = Nearness(cosine, vectors, nearest, mean)
    return near


def _best_chunks(vector: NDArray[np.float32], index: Index) -> dict[int, float]:
    """{entry: cosine of its best chunk}."""
    rows, scores = index.chunk_vectors.search(vector, _NEIGHBOURS)
    best: dict[int, float] = {}
    cosines = np.maximum(scores, 0.0).tolist()
    for entry, cosine in zip(index.chunks[rows, 0].tolist(), cosines, strict=True):
        best.setdefault(entry, cosine)
    return best


def _nearest_questions(
    vector: NDArray[np.float32], index: Index, unlike: float
) -> dict[int, tuple[float, float]]:
    """{entry that answers asked questions: cosine of the nearest, mean of the nearest three}.

    Questions beyond the neighbours that are looked up count as the last of them.
    """
    rows, scores = index.question_vectors.search(vector, _NEIGHBOURS)
    cosines = np.maximum(scores, 0.0).tolist()
    nearest: dict[int, list[float]] = {entry: [] for entry in index.asked.counts}
    for entries, cosine in zip(index.asked.answering(rows.tolist()), cosines, strict=True):
        for entry in entries if cosine <= unlike else ():
            nearest[entry].append(cosine)
    last = cosines[-1:] * _NEAREST_ASKED
    three = {
        entry: (found + last)[: min(_NEAREST_ASKED, index.asked.counts[entry])]
        for entry, found in nearest.items()
    }
    return {entry: (found[0], sum(found) / len(found)) for entry, found in three.items() if found}

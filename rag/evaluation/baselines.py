"""What a plain retriever finds on the same chunks: MiniLM alone, BM25 alone, and both fused.

MiniLM is all-MiniLM-L6-v2 as it was published, whatever encoder the index has.
Reciprocal rank fusion: Cormack et al. 2009, https://doi.org/10.1145/1571941.1572114
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from entrywise.index.encoders.base import Passage
from entrywise.index.encoders.registry import open_shipped_encoder
from entrywise.index.index import Index
from entrywise.index.passages.chunks import passage
from entrywise.index.similarity import largest

MINILM, BM25, FUSED = BASELINES = ("MiniLM", "BM25", "reciprocal rank fusion")

_RRF_K = 60
# Entries that are looked up by their words: more than any list here is read for.
_DEPTH = 1000


def rankings(
    texts: Sequence[str], index: Index, limit: int
) -> Mapping[str, Sequence[tuple[str, ...]]]:
    """{baseline: for each text the ids of the `limit` best entries, best first}."""
    vectors = by_vectors(texts, index)
    words = [by_words(text, index) for text in texts]
    found = {MINILM: vectors, BM25: words, FUSED: [*map(fuse, zip(vectors, words, strict=True))]}
    ids = index.catalog.ids
    return {
        name: [tuple(ids[entry] for entry in ranked[:limit]) for ranked in rows]
        for name, rows in found.items()
    }


def by_vectors(texts: Sequence[str], index: Index) -> list[list[int]]:
    """For each text the entries by the cosine of their best chunk, best first."""
    encoder = open_shipped_encoder()
    passages = [Passage(passage(index.entries[e], *at)) for e, *at in index.chunks[:].tolist()]
    chunks = np.array([one.vector for one in encoder.encode_passages(passages)])
    queries = np.array([encoder.encode_query(text).vector for text in texts])
    order = np.argsort(-(queries @ chunks.T), axis=1, kind="stable")
    return [list(dict.fromkeys(row)) for row in index.chunks[:, 0][order].tolist()]


def by_words(text: str, index: Index) -> list[int]:
    """Entries by BM25 over names and text, best first."""
    scores = index.words.scores(text, ("names", "body"))
    return [entry for entry in largest(scores, _DEPTH) if scores[entry] > 0]


def fuse(ranked: Sequence[Sequence[int]]) -> list[int]:
    """Entries by the sum of 1 / (60 + rank) over rankings, best first; ties by ordinal."""
    scores: dict[int, float] = {}
    for ranking in ranked:
        for rank, entry in enumerate(ranking, start=1):
            scores[entry] = scores.get(entry, 0.0) + 1 / (_RRF_K + rank)
    return sorted(scores, key=lambda entry: (-scores[entry], entry))

"""What a plain retriever finds on the same index: vectors alone, words alone, and both fused.

Reciprocal rank fusion: Cormack et al. 2009, https://doi.org/10.1145/1571941.1572114
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from entrywise.index.store import Index

VECTORS, WORDS, FUSED = BASELINES = ("vectors alone", "words alone", "reciprocal rank fusion")

_RRF_K = 60
# Chunks and entries that are looked up: more than any list here is read for.
_DEPTH = 1000


def rankings(text: str, index: Index, limit: int) -> Mapping[str, tuple[str, ...]]:
    """The ids of the `limit` best entries by each baseline, best first."""
    vectors, words = by_vectors(text, index), by_words(text, index)
    found = {VECTORS: vectors, WORDS: words, FUSED: fuse([vectors, words])}
    ids = index.catalog.ids
    return {name: tuple(ids[entry] for entry in ranked[:limit]) for name, ranked in found.items()}


def by_vectors(text: str, index: Index) -> list[int]:
    """Entries by the cosine of their best chunk, best first."""
    rows, _ = index.chunk_vectors.search(index.encoder.encode_query(text).vector, _DEPTH)
    return list(dict.fromkeys(index.chunks[rows, 0].tolist()))


def by_words(text: str, index: Index) -> list[int]:
    """Entries by BM25 over names and text, best first."""
    return list(index.words.search(text, _DEPTH, ("names", "body")))


def fuse(ranked: Sequence[Sequence[int]]) -> list[int]:
    """Entries by the sum of 1 / (60 + rank) over rankings, best first; ties by ordinal."""
    scores: dict[int, float] = {}
    for ranking in ranked:
        for rank, entry in enumerate(ranking, start=1):
            scores[entry] = scores.get(entry, 0.0) + 1 / (_RRF_K + rank)
    return sorted(scores, key=lambda entry: (-scores[entry], entry))

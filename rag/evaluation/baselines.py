"""What a plain retriever finds on the same chunks: MiniLM alone, BM25 alone, and both fused.

MiniLM is all-MiniLM-L6-v2 as it was published, whatever encoder the index has.
Reciprocal rank fusion: Cormack et al. 2009, https://doi.org/10.1145/1571941.1572114
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from entrywise.index.encoders.base import Passage
from entrywise.index.encoders.registry import open_shipped_encoder
from entrywise.index.index import Index
from entrywise.index.passages.chunks import passage
from entrywise.index.similarity import largest

MINILM, BM25, FUSED = BASELINES = ("MiniLM", "BM25", "reciprocal rank fusion")

CHUNKS = 3
"""So many chunks are shown, as where retrieval is built by hand."""
_RRF_K = 60
# Units that are looked up by their words: more than any list here is read for.
_DEPTH = 1000


class Ranked(NamedTuple):
    """Ids of entries, best first, and the texts of the nearest chunks where vectors rank them."""

    entries: tuple[str, ...]
    texts: tuple[str, ...] | None = None


def rankings(texts: Sequence[str], index: Index, limit: int) -> Mapping[str, Sequence[Ranked]]:
    """{baseline: for each text the `limit` best entries, best first}."""
    nearest = nearest_chunks(texts, index)
    vectors = [list(dict.fromkeys(entry for entry, *_ in chunks)) for chunks in nearest]
    words = [by_words(text, index) for text in texts]
    shown = [tuple(_text(index, *at) for at in chunks[:CHUNKS]) for chunks in nearest]
    ids = index.catalog.ids

    def named(ranked: Iterable[Sequence[int]]) -> list[tuple[str, ...]]:
        return [tuple(ids[entry] for entry in row[:limit]) for row in ranked]

    return {
        MINILM: [*map(Ranked, named(vectors), shown)],
        BM25: [*map(Ranked, named(words))],
        FUSED: [*map(Ranked, named(map(fuse, zip(vectors, words, strict=True))))],
    }


def nearest_chunks(texts: Sequence[str], index: Index) -> list[list[list[int]]]:
    """For each text all chunks by their cosines, best first, as `Index.chunks` has them."""
    encoder = open_shipped_encoder()
    passages = [Passage(_text(index, *at)) for at in index.chunks[:].tolist()]
    chunks = np.array([one.vector for one in encoder.encode_passages(passages)])
    queries = np.array([encoder.encode_query(text).vector for text in texts])
    order = np.argsort(-(queries @ chunks.T), axis=1, kind="stable")
    found: list[list[list[int]]] = index.chunks[:][order].tolist()
    return found


def _text(index: Index, entry: int, *at: int) -> str:
    return passage(index.entries[entry], *at)


def by_words(text: str, index: Index) -> list[int]:
    """Entries by BM25 over names and text, documents by that of their best section; best first."""
    scores = index.words.scores(text, ("names", "body"))
    units = [unit for unit in largest(scores, _DEPTH) if scores[unit] > 0]
    return list(dict.fromkeys(index.units[units, 0].tolist()))


def fuse(ranked: Sequence[Sequence[int]]) -> list[int]:
    """Entries by the sum of 1 / (60 + rank) over rankings, best first; ties by ordinal."""
    scores: dict[int, float] = {}
    for ranking in ranked:
        for rank, entry in enumerate(ranking, start=1):
            scores[entry] = scores.get(entry, 0.0) + 1 / (_RRF_K + rank)
    return sorted(scores, key=lambda entry: (-scores[entry], entry))

"""Similarities: how near the entries are to a text, by the vectors of their own text and of their
sample questions; and the order of what is scored by them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from entrywise.index.encoders.base import Vectors
from entrywise.index.index import Index

# The share of the asked questions (the mean of the nearest three) against the best chunk.
_ASKED_SHARE = 0.7
_NEAREST_ASKED = 3

# How much nearer a sample question is whose vote weighs e times as much.
_NEARER = 0.05

# Neighbours that are looked up: at 254 entries most chunks, at a million the ones that matter.
# nDCG@5 on the dev questions is the same with 4,000, and a question costs 2 ms less. With 300 no
# answer of 1,552 differs, but the entries listed below one in twelve do.
_NEIGHBOURS = 400

TIE = 0.0006
"""Scores made of cosines that differ by less are as good: the last digits of a cosine are chance,
which another processor rounds otherwise. With normal noise of 1e-4 in every vector 2 of 1,000
labelled questions get other quotes, entries or their order, 8 without; of 1,000 questions that it
was not chosen on 9, 14 without. What is left crosses a threshold (`benchmarks/jitter.py`)."""

_Item = TypeVar("_Item")

Cosines = NDArray[np.float64]
"""float64 (entries,), in [0, 1]."""


class Similarity(NamedTuple):
    """Cosines of one entry, clipped to [0, 1].

    `cosine` is the best of a chunk, `nearest` that of the nearest asked question, `asked` the mean
    of the nearest three (both 0 where there are none), `vectors` a mean of `cosine` and `asked`, or
    `cosine` where nobody wrote down how people ask for the entry. `votes` is how many of the
    nearest asked questions it answers, each counted by its nearness, as a share of those of the
    entry with most, times the cosine of the nearest.
    """

    cosine: float
    vectors: float
    nearest: float
    asked: float
    votes: float


class NearestChunks(NamedTuple):
    """The nearest chunks, the nearest first: their rows, int64 (n,), and cosines."""

    rows: NDArray[np.int64]
    cosines: Cosines


@dataclass(frozen=True, slots=True, eq=False)
class Similarities:
    """How near all entries, by ordinal, are to a question; and the nearest chunks.

    Chunks and questions beyond the neighbours that are looked up count as the last of them. `found`
    are the entries of those that were, int64 (n,), in any order and some of them several times.
    """

    chunks: NearestChunks
    found: NDArray[np.int64]
    cosine: Cosines
    vectors: Cosines
    nearest: Cosines
    asked: Cosines
    votes: Cosines

    def __getitem__(self, entry: int) -> Similarity:
        signals = (self.cosine, self.vectors, self.nearest, self.asked, self.votes)
        return Similarity(*(float(signal[entry]) for signal in signals))

    def or_nearer(self, other: Similarities) -> Similarities:
        """How near the entries are to a text that is read in this and in another way, each as near
        as to the nearer one; the chunks are those that are near this one."""
        return Similarities(
            self.chunks,
            np.concatenate([self.found, other.found]),
            cosine=np.maximum(self.cosine, other.cosine),
            vectors=np.maximum(self.vectors, other.vectors),
            nearest=np.maximum(self.nearest, other.nearest),
            asked=np.maximum(self.asked, other.asked),
            votes=np.maximum(self.votes, other.votes),
        )


def similarities(
    vector: NDArray[np.float32], index: Index, *, unlike: float = math.inf
) -> Similarities:
    """How near the entries are to a text's vector.

    Args:
        unlike: asked questions with a larger cosine are passed over.
    """
    rows, scores = index.chunk_vectors.search(vector, _NEIGHBOURS)
    chunks = NearestChunks(rows, _clipped(scores))
    found = index.chunks[rows, 0].astype(np.int64)
    cosine = np.full(len(index.entries), _last(chunks.cosines))
    np.maximum.at(cosine, found, chunks.cosines)
    if not len(index.question_vectors):
        none = np.zeros(len(cosine))
        return Similarities(chunks, found, cosine, cosine, none, none, none)
    nearest, asked, votes, answering = _nearest_questions(vector, index, unlike)
    mixed = (1 - _ASKED_SHARE) * cosine + _ASKED_SHARE * asked
    vectors = np.where(index.sample_questions.counts > 0, mixed, cosine)
    found = np.concatenate([found, answering.astype(np.int64)])
    return Similarities(chunks, found, cosine, vectors, nearest, asked, votes)


def largest(values: NDArray[np.float64], count: int) -> list[int]:
    """The places of the largest `count` values, the largest first; of equal ones the first."""
    places = np.arange(len(values))
    if 0 < count < len(values):
        # Of many entries most have nothing in common with a question: they all have the least.
        above = np.flatnonzero(values > values.min())
        places = above if len(above) >= count else places
        some = values[places]
        places = places[some >= np.partition(some, -count)[-count]]
    ordered: list[int] = places[np.argsort(-values[places], kind="stable")].tolist()
    return ordered[:count]


def ranked(
    items: Iterable[_Item], score: Callable[[_Item], float], *, tie: float = TIE
) -> list[_Item]:
    """Items, best first; those within `tie` of the best one of them are as good as this, and stay
    in the order in which they are given.

    >>> ranked(["b", "a", "c"], {"a": 0.7001, "b": 0.7, "c": 0.9}.__getitem__)
    ['c', 'b', 'a']
    """
    scored = [(score(item), place, item) for place, item in enumerate(items)]
    scored.sort(key=lambda one: -one[0])
    rank, best = 0, math.inf
    ranks: dict[int, int] = {}
    for value, place, _ in scored:
        if value < best - tie:
            rank, best = rank + 1, value
        ranks[place] = rank
    return [item for _, _, item in sorted(scored, key=lambda one: (ranks[one[1]], one[1]))]


def _nearest_questions(
    vector: NDArray[np.float32], index: Index, unlike: float
) -> tuple[Cosines, Cosines, Cosines, NDArray[np.int32]]:
    """The cosine of the nearest asked question of each entry, the mean of the nearest three, and
    the votes; and the entries of those that were found."""
    rows, scores = index.question_vectors.search(vector, _NEIGHBOURS)
    cosines = _clipped(scores)
    three = np.full((len(index.sample_questions.counts), _NEAREST_ASKED), _last(cosines))
    is_other = scores <= unlike
    places, entries = index.sample_questions.answering(rows[is_other])
    # By entry, and within an entry the nearest first, as they came.
    order = np.argsort(entries, kind="stable")
    entries, found = entries[order], cosines[is_other][places[order]]
    votes = _votes(entries, found, len(three))
    ranks = np.arange(len(entries)) - np.searchsorted(entries, entries)
    kept = ranks < _NEAREST_ASKED
    three[entries[kept], ranks[kept]] = found[kept]
    counts = np.minimum(index.sample_questions.counts, _NEAREST_ASKED)
    three[np.arange(_NEAREST_ASKED) >= counts[:, np.newaxis]] = 0.0
    return three[:, 0], three.sum(1) / np.maximum(counts, 1), votes, entries


def _votes(entries: NDArray[np.int32], cosines: Cosines, count: int) -> Cosines:
    """How many of some questions each of `count` entries answers, as in `Similarity`: questions
    that several entries answer vote for each.

    Args:
        entries: those that the questions answer, a question as often as it has some.
        cosines: of the questions.
    """
    votes = np.zeros(count)
    if len(cosines):
        nearest = cosines.max()
        np.add.at(votes, entries, np.exp((cosines - nearest) / _NEARER))
        # Of many entries few have any.
        some = votes[entries]
        votes[entries] = some * (nearest / some.max())
    return votes


def _clipped(scores: Vectors) -> Cosines:
    cosines: Cosines = scores.astype(np.float64).clip(0.0, 1.0)
    return cosines


def _last(cosines: Cosines) -> float:
    """The least of cosines that are in order; 0 where nothing was found."""
    return float(cosines[-1]) if len(cosines) else 0.0

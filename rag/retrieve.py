"""Hybrid retrieval: names, words and vectors, each scored by itself, fused and explained.

The fusion is a weighted sum of scores that lie in [0, 1]: a reader can redo it by hand.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from entrywise.index.store import Index
from entrywise.index.words import COLUMNS
from entrywise.rag.answer import Hit
from entrywise.rag.logistic import PLAIN, model_name
from entrywise.rag.question import Question

# At a flat optimum of nDCG@5 on the dev questions (0.88) and on `tests/questions.jsonl` (0.95):
# halving or doubling any one of them costs at most 0.015 on either.
WEIGHTS = {"names": 0.4, "parts": 1.0, "words": 1.2, "vectors": 7.0}
# What a comparison names are its sides, which it has to show: with the weight of other names 0.91
# of the dev comparisons have every side among the first five, with this one 0.95.
SIDES = 1.2
# Where no asked questions are known, cosines of chunks alone deserve less beside words: on BEIR
# SciFact 2 to 4 are alike (nDCG@10 0.74), 7 costs 0.01.
PLAIN_VECTORS = 3.5
# Within vectors: the best chunk against the asked questions (mean of the nearest three).
_ASKED_SHARE = 0.7
_NEAREST_ASKED = 3

# Neighbours that are looked up: at 254 entries most chunks, at a million the ones that matter.
# nDCG@5 on the dev questions is the same with 4,000, and a question costs 2 ms less.
_NEIGHBOURS = 400


@dataclass(frozen=True, slots=True)
class Candidate:
    """A retrieved entry with its signals, each in [0, 1].

    `cosine` is the best cosine of a chunk, `nearest` that of the nearest asked question and `asked`
    the mean of the nearest three (0 where there are none), `vectors` a mean of `cosine` and
    `asked`, `words` BM25 divided by the best entry's.
    """

    entry: int
    score: float
    names: float
    parts: float
    words: float
    vectors: float
    cosine: float
    nearest: float
    asked: float


def retrieve(
    question: Question, index: Index, limit: int, *, unlike: float = math.inf
) -> list[Candidate]:
    """The `limit` best entries for a question, best first.

    Args:
        unlike: asked questions with a larger cosine are passed over: who fits a model to
            questions that the index holds must not find each by itself.
    """
    cosine = _best_chunks(question, index)
    asked = _nearest_questions(question, index, unlike)
    words = _words(question, index)
    parts = {item.entry for item in question.decoded if item.entry is not None}
    far = min(cosine.values(), default=0.0)
    weights = dict(WEIGHTS)
    if question.intent == "comparison":
        weights["names"] = SIDES
    if model_name(index) == PLAIN:
        weights["vectors"] = PLAIN_VECTORS
    candidates = [
        _fused(
            entry,
            names=question.named.get(entry, 0.0),
            parts=float(entry in parts),
            words=words.get(entry, 0.0),
            cosine=cosine.get(entry, far),
            asked=asked.get(entry, []),
            weights=weights,
        )
        for entry in {*cosine, *asked, *words, *question.named, *parts}
    ]
    candidates.sort(key=lambda candidate: (-candidate.score, candidate.entry))
    return candidates[:limit]


def hit(candidate: Candidate, index: Index) -> Hit:
    """A candidate in the public shape."""
    return Hit(
        entry=index.catalog.ids[candidate.entry],
        score=round(candidate.score, 4),
        why={
            "names": round(max(candidate.names, candidate.parts), 4),
            "words": round(candidate.words, 4),
            "vectors": round(candidate.vectors, 4),
        },
    )


def _fused(
    entry: int,
    *,
    names: float,
    parts: float,
    words: float,
    cosine: float,
    asked: Sequence[float],
    weights: Mapping[str, float],
) -> Candidate:
    mean = _mean(asked)
    # Where nobody wrote down how people ask for an entry, its text speaks alone.
    share = _ASKED_SHARE if asked else 0.0
    vectors = (1 - share) * cosine + share * mean
    total = (
        weights["names"] * names
        + weights["parts"] * parts
        + weights["words"] * words
        + weights["vectors"] * vectors
    )
    score = total / sum(weights.values())
    nearest = max(asked, default=0.0)
    return Candidate(entry, score, names, parts, words, vectors, cosine, nearest, mean)


def _best_chunks(question: Question, index: Index) -> dict[int, float]:
    """{entry: cosine of its best chunk, clipped to [0, 1]}."""
    rows, scores = index.chunk_vectors.search(question.encoded.vector, _NEIGHBOURS)
    best: dict[int, float] = {}
    cosines = np.maximum(scores, 0.0).tolist()
    for entry, cosine in zip(index.chunks[rows, 0].tolist(), cosines, strict=True):
        best.setdefault(entry, cosine)
    return best


def _nearest_questions(question: Question, index: Index, unlike: float) -> dict[int, list[float]]:
    """{entry that answers asked questions: cosines of the nearest three, best first, clipped to
    [0, 1]}.

    Questions beyond the neighbours that are looked up count as the last of them.
    """
    rows, scores = index.question_vectors.search(question.encoded.vector, _NEIGHBOURS)
    cosines = np.maximum(scores, 0.0).tolist()
    nearest: dict[int, list[float]] = {entry: [] for entry in index.asked.counts}
    for entries, cosine in zip(index.asked.answering(rows.tolist()), cosines, strict=True):
        for entry in entries if cosine <= unlike else ():
            nearest[entry].append(cosine)
    return {
        entry: (found + cosines[-1:] * _NEAREST_ASKED)[: min(_NEAREST_ASKED, count)]
        for (entry, found), count in zip(nearest.items(), index.asked.counts.values(), strict=True)
    }


def _mean(cosines: Sequence[float]) -> float:
    return sum(cosines) / len(cosines) if cosines else 0.0


def _words(question: Question, index: Index) -> dict[int, float]:
    """{entry: BM25 over names, text and ways of asking, divided by the best}."""
    scores = index.words.search(question.text, _NEIGHBOURS, COLUMNS)
    best = max(scores.values(), default=1.0)
    return {entry: score / best for entry, score in scores.items()}

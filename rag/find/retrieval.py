"""Hybrid retrieval: names, words and vectors, each scored by itself, fused and explained.

The fusion is a weighted sum of scores that lie in [0, 1]: a reader can redo it by hand.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from entrywise.index.index import Index
from entrywise.index.similarity import Similarities, largest
from entrywise.index.words.base import Scores
from entrywise.rag.answer import Hit
from entrywise.rag.domains.base import Domain
from entrywise.rag.find.candidates import Candidate, SectionHit
from entrywise.rag.understand.decoded_name import asked
from entrywise.rag.understand.question import Question, understand
from entrywise.rag.understand.spelling import as_texts_write, correct_spelling

if TYPE_CHECKING:
    from entrywise.rag.find.rerankers.base import Reranker

# At a flat optimum of nDCG@5 on the dev questions (0.88) and on `tests/questions.jsonl` (0.95):
# halving or doubling any one of them costs at most 0.015 on either.
WEIGHTS = {
    "names": 0.4,
    "parts": 1.0,
    "words": 1.2,
    "vectors": 7.0,
    "votes": 0.6,
    "linked": 0.9,
}
# `votes` and `linked` were chosen on these and the labelled questions: from 0.882, 0.950 and 0.894
# (dev, own, labelled) they lead to 0.892, 0.961 and 0.899. Links alone lead from 0.852, 0.928 and
# 0.854 to 0.860, 0.939 and 0.856 where no asked questions are known.
# What a comparison names are its sides, which it has to show: with the weight of other names 0.91
# of the dev comparisons have every side among the first five, with this one 0.95.
# What is named beside a compound name ("does Foo-7B use GQA?") is what is asked, too.
SIDES = 1.2
# Where no asked questions are known, cosines of chunks alone deserve less beside words: on BEIR
# SciFact 2 to 4 are alike (nDCG@10 0.74), 7 costs 0.01.
PLAIN_VECTORS = 3.5

# The index may hold the very questions that are asked to fit or to measure. The exported encoder
# and the model that embedded them agree to 0.996 and better, and 8 bits move a vector's cosine with
# itself by 0.006: this passes over a question's own vector.
UNLIKE = 0.99

_LINKING = 5
"""The best entries: what they name as related is probably relevant, too."""

_MANY = 5_000
"""Entries: of more, each that has nothing to do with a question would be scored all the same."""


def look_up(
    text: str,
    index: Index,
    domain: Domain,
    limit: int,
    *,
    reranker: Reranker | None = None,
    unlike: float = math.inf,
) -> tuple[Question, list[Candidate]]:
    """A text understood, and the `limit` best entries for it, best first.

    Args:
        reranker: puts the first of them in order.
        unlike: sample questions with a larger cosine are passed over: who fits a model to questions
            that the index holds must not find each by itself.
    """
    text, encoded = correct_spelling(as_texts_write(text, index), index)
    what = asked(text, encoded, index, domain, unlike=unlike)
    question = understand(text, what.encoded, what.near, index, domain, looked_up=what.text)
    return question, retrieve(question, what.near, index, limit, reranker)


def retrieve(
    question: Question,
    near: Similarities,
    index: Index,
    limit: int,
    reranker: Reranker | None = None,
) -> list[Candidate]:
    """The `limit` best entries for a question, best first.

    Args:
        near: how near the entries are to it.
        reranker: puts the first of them in order.
    """
    if index.holds_documents:
        return _documents(question, near, index, reranker)[:limit]
    if reranker is None:
        found = _terms(question, near, index, limit)
        if index.generation.expect:
            index.generation.expect([candidate.entry for candidate in found])
        return found
    # Most have none.
    from entrywise.rag.find.reranking import READ, reranked

    found = _terms(question, near, index, max(limit, READ))
    return reranked(found, question, index, reranker)[:limit]


def _terms(question: Question, near: Similarities, index: Index, limit: int) -> list[Candidate]:
    """The terms that fit best."""
    words = index.words.scores(question.looked_up)
    parts = {item.entry for item in question.central if item.entry is not None}
    entries = _worth_scoring({*question.named, *parts}, near, words)
    words = words[entries]
    words /= words.max(initial=0.0) or 1.0
    weights = fusion_weights(question, index)
    scores = weights["vectors"] * near.vectors[entries] + weights["words"] * words
    scores += weights["votes"] * near.votes[entries]
    for entry, strength in question.named.items():
        scores[np.searchsorted(entries, entry)] += weights["names"] * strength
    for entry in parts:
        scores[np.searchsorted(entries, entry)] += weights["parts"]
    scores /= sum(weights.values())
    linked = _linked(scores, entries, index)
    scores += weights["linked"] / sum(weights.values()) * linked
    best = [(place, int(entries[place])) for place in largest(scores, limit + len(index.left_out))]
    return [
        Candidate(
            entry,
            score=float(scores[place]),
            names=question.named.get(entry, 0.0),
            parts=float(entry in parts),
            words=float(words[place]),
            near=near[entry],
            linked=float(linked[place]),
        )
        for place, entry in best
        if entry not in index.left_out
    ]


def _linked(
    scores: NDArray[np.float64], entries: NDArray[np.int64], index: Index
) -> NDArray[np.float64]:
    """How far the best entries that name each of some as related stand out, in all: float64
    (entries,), in [0, 1].

    Args:
        scores: float64 (entries,).
        entries: their ordinals, ascending, int64 (entries,).
    """
    linked = np.zeros(len(scores))
    near = largest(scores, _LINKING + 1 + len(index.left_out))
    first = [one for one in near if entries[one] not in index.left_out][: _LINKING + 1]
    linking = index.entries.of(entries[first[:-1]].tolist())
    named = [
        (one, place) for place, entry in enumerate(linking) for one in dict.fromkeys(entry.related)
    ]
    ordinals = index.ordinals.of(dict.fromkeys(one for one, _ in named))
    related = [(ordinals[one], place) for one, place in named if one in ordinals]
    if not related:
        return linked
    ids, by = np.array(related).T
    # In the order of those that name it, so that sums have the same last digit.
    places = np.searchsorted(entries, ids).clip(max=len(entries) - 1)
    is_there = entries[places] == ids
    above = scores[first[:-1]] - scores[first[-1]]
    np.add.at(linked, places[is_there], above[by[is_there]])
    return linked.clip(0.0, 1.0)


def _worth_scoring(named: Collection[int], near: Similarities, words: Scores) -> NDArray[np.int64]:
    """The entries that may be among the best: all, or of many those that are named, near by a chunk
    or a sample question, or that share a word, ascending. All others are alike."""
    if len(words) <= _MANY:
        return np.arange(len(words))
    is_worth = words > 0
    is_worth[near.found] = True
    is_worth[[*named]] = True
    return np.flatnonzero(is_worth)


def _documents(
    question: Question, near: Similarities, index: Index, reranker: Reranker | None
) -> list[Candidate]:
    """The documents whose sections fit best."""
    # Whoever asks for terms does not wait for what reads documents.
    from entrywise.rag.find.sections import find_sections

    pages: dict[int, list[SectionHit]] = {}
    found = find_sections(question, near.chunks, index)
    if reranker is not None:
        from entrywise.rag.find.reranking import reranked

        found = reranked(found, question, index, reranker)
    for section in found:
        pages.setdefault(section.entry, []).append(section)
    return [
        Candidate(
            entry,
            score=sections[0].score,
            names=0.0,
            parts=0.0,
            words=max(section.words for section in sections),
            near=near[entry],
            sections=tuple(sections),
            reranked=max((s.reranked for s in sections if s.reranked is not None), default=None),
        )
        for entry, sections in pages.items()
    ]


def hits(candidates: Sequence[Candidate], index: Index) -> list[Hit]:
    """Candidates in the public shape."""
    ids = index.catalog.ids.of([candidate.entry for candidate in candidates])
    return [_hit(*found, index) for found in zip(ids, candidates, strict=True)]


def _hit(entry: str, candidate: Candidate, index: Index) -> Hit:
    return Hit(
        entry=entry,
        section=_best_section(candidate, index),
        score=round(candidate.score, 4),
        why={
            "names": round(max(candidate.names, candidate.parts), 4),
            "words": round(candidate.words, 4),
            "vectors": round(candidate.near.vectors, 4),
            **({} if candidate.reranked is None else {"reranker": round(candidate.reranked, 4)}),
        },
    )


def _best_section(candidate: Candidate, index: Index) -> str | None:
    if not candidate.sections or candidate.sections[0].section < 0:
        return None
    return index.entries[candidate.entry].sections[candidate.sections[0].section].name


def fusion_weights(question: Question, index: Index) -> Mapping[str, float]:
    """{signal: its weight in the score} for a question, of the signals of `WEIGHTS`."""
    weights = dict(WEIGHTS)
    if question.intent == "comparison" or question.has_names_beside:
        weights["names"] = SIDES
    if not index.sample_questions.are_known:
        weights["vectors"] = PLAIN_VECTORS
    return weights

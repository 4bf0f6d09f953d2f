from __future__ import annotations

from contextlib import closing

import numpy as np
import pytest
from indexes import Indexed

from entrywise.data.entries import Entry, KnowledgeBase
from entrywise.index.index import Index
from entrywise.index.similarity import largest, similarities

QUESTION = "how do heads share keys and values?"


def test_the_largest_are_those_of_a_whole_sort() -> None:
    values = np.array([0.2, 0.9, 0.2, 0.5, 0.9, 0.0])
    assert largest(values, 3) == [1, 4, 3]
    assert largest(values, 4) == [1, 4, 3, 0]
    assert largest(values, 10) == [1, 4, 3, 0, 2, 5]
    assert largest(values, 0) == []
    assert largest(np.empty(0), 2) == []


@pytest.mark.parametrize("distinct", [1, 2, 5, 100])
def test_so_they_are_where_most_have_the_least(distinct: int) -> None:
    values = np.random.default_rng(distinct).integers(0, distinct, 60) / distinct
    values[::2] = 0.0
    whole = sorted(range(60), key=lambda place: (-values[place], place))
    for count in (0, 1, 10, 29, 30, 31, 59, 60, 61):
        assert largest(values, count) == whole[:count]


def test_cosines_are_those_of_every_vector_by_itself(small_index: Index) -> None:
    """Six entries have fewer chunks and questions than are looked up."""
    vector = small_index.encoder.encode_query(QUESTION).vector
    near = similarities(vector, small_index)
    asked = np.array(
        [
            small_index.question_vectors.vector(row)
            for row in range(len(small_index.question_vectors))
        ]
    )
    for ordinal in range(len(small_index.entries)):
        rows = np.flatnonzero(small_index.chunks[:, 0] == ordinal)
        chunks = [small_index.chunk_vectors.vector(int(row)) @ vector for row in rows]
        assert near[ordinal].cosine == pytest.approx(max(chunks), abs=1e-5)
        own = [
            row
            for row in range(len(asked))
            if ordinal in small_index.sample_questions.answering(np.array([row]))[1]
        ]
        cosines = sorted((max(asked[row] @ vector, 0.0) for row in own), reverse=True)[:3]
        if cosines:
            assert near[ordinal].nearest == pytest.approx(cosines[0], abs=4e-3)
            assert near[ordinal].asked == pytest.approx(np.mean(cosines), abs=4e-3)
            mixed = 0.3 * near[ordinal].cosine + 0.7 * near[ordinal].asked
        else:
            assert (near[ordinal].nearest, near[ordinal].asked) == (0, 0)
            mixed = near[ordinal].cosine
        assert near[ordinal].vectors == pytest.approx(mixed)


def test_questions_that_are_too_like_are_passed_over(small_index: Index) -> None:
    asked = next(entry.questions[0] for entry in small_index.entries if entry.questions)
    vector = small_index.encoder.encode_query(asked).vector
    assert similarities(vector, small_index).nearest.max() > 0.99
    assert similarities(vector, small_index, unlike=0.9).nearest.max() <= 0.9


def test_what_is_beyond_the_neighbours_counts_as_the_last_of_them(
    small_index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    vector = small_index.encoder.encode_query(QUESTION).vector
    whole = similarities(vector, small_index)
    monkeypatch.setattr("entrywise.index.similarity._NEIGHBOURS", 2)
    near = similarities(vector, small_index)
    assert near.cosine.max() == whole.cosine.max()
    assert len(set(near.cosine.tolist())) <= 2
    assert near.cosine.min() >= np.sort(whole.cosine)[-2] - 1e-6


def test_questions_beyond_the_neighbours_count_as_the_last_of_them(
    small_index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    vector = small_index.encoder.encode_query(QUESTION).vector
    monkeypatch.setattr("entrywise.index.similarity._NEIGHBOURS", 2)
    _, (_, last) = small_index.question_vectors.search(vector, 2)
    near = similarities(vector, small_index)
    has_questions = small_index.sample_questions.counts > 0
    assert near.nearest[has_questions].min() == pytest.approx(float(last))
    assert near.asked[has_questions].min() == pytest.approx(float(last))
    assert not near.nearest[~has_questions].any()


def test_cosines_lie_between_0_and_1(small_index: Index) -> None:
    for entry in small_index.entries:
        for asked in entry.questions:
            near = similarities(small_index.encoder.encode_query(asked).vector, small_index)
            for cosines in (near.cosine, near.vectors, near.nearest, near.asked):
                assert 0 <= cosines.min() <= cosines.max() <= 1


def test_entries_without_text_are_near_nothing(indexed: Indexed) -> None:
    bare = KnowledgeBase((Entry("a", "A", "", ()), Entry("b", "B", "", ())))
    with closing(Index(indexed(bare))) as index:
        near = similarities(index.encoder.encode_query(QUESTION).vector, index)
        assert not near.vectors.any()


def test_an_entry_has_the_votes_of_the_nearest_questions_that_it_answers(
    small_index: Index,
) -> None:
    """A question that is nearer by 0.05 weighs e times as much."""
    vector = small_index.encoder.encode_query(QUESTION).vector
    near = similarities(vector, small_index)
    rows, cosines = small_index.question_vectors.search(vector, 400)
    weights = np.zeros(len(small_index.entries))
    for place, entry in zip(*small_index.sample_questions.answering(rows), strict=True):
        weights[entry] += np.exp((max(cosines[place], 0.0) - cosines.max()) / 0.05)
    expected = weights / weights.max() * cosines.max()
    assert near.votes == pytest.approx(expected, abs=1e-6)
    assert near.votes.max() == near.nearest.max()

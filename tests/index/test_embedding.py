from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from entrywise.index import embedding
from entrywise.index.embedding import KnownChunks
from entrywise.index.index import Index
from entrywise.index.layout import Layout
from entrywise.index.passages.digests import DIGEST, Digests
from entrywise.index.vectors.faiss import VectorIndex
from entrywise.index.vectors.writing import VectorWriter


@pytest.fixture
def marks(small_index: Index) -> Digests:
    path = small_index.file(Layout.chunk_digests)
    assert path
    return np.load(path)


def test_chunks_are_known_by_their_digests_in_any_order(small_index: Index, marks: Digests) -> None:
    known = KnownChunks(small_index)
    new = np.zeros((1, DIGEST), np.uint8)
    asked = np.concatenate([marks[::-1], new, marks[:1]])
    assert known.rows(asked).tolist() == [*range(len(marks) - 1, -1, -1), -1, 0]
    assert known.rows(marks[:0]).tolist() == []


def test_half_a_digest_is_not_enough(small_index: Index, marks: Digests) -> None:
    like = marks[2:3].copy()
    like[0, -1] ^= 1
    assert KnownChunks(small_index).rows(like).tolist() == [-1]


def test_without_an_index_nothing_is_known(marks: Digests) -> None:
    assert set(KnownChunks(None).rows(marks).tolist()) == {-1}


def test_what_is_known_is_taken_over_in_runs(
    small_index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding, "_AT_ONCE", 2)
    rows = np.array([3, 4, 5, -1, -1, 0, 7, 6])
    runs = [*embedding._runs(rows)]
    assert runs == [(3, 5), (5, 6), (-1, 0), (-1, 0), (0, 1), (7, 8), (6, 7)]
    assert [*embedding._runs(rows[:0])] == []
    known = KnownChunks(small_index)
    with VectorWriter(tmp_path / "v", 4, small_index.chunk_vectors.dimension) as writer:
        codes = [known.take_over(first, last, writer) for first, last in ((0, 2), (1, 2), (0, 1))]
    np.testing.assert_array_equal(codes[0], np.concatenate([codes[2], codes[1]]))
    taken = VectorIndex(tmp_path / "v")
    for row, kept in enumerate((0, 1, 1, 0)):
        np.testing.assert_array_equal(taken.vector(row), small_index.chunk_vectors.vector(kept))

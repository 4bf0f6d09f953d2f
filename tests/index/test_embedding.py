from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from entrywise.index import embedding
from entrywise.index.embedding import KnownChunks, ThreadEmbedder, write_passages
from entrywise.index.encoders.base import Passage
from entrywise.index.index import Index
from entrywise.index.layout import Layout
from entrywise.index.passages.chunks import ChunkText, first_sentences
from entrywise.index.passages.digests import DIGEST, Digests
from entrywise.index.vectors.compact import CompactVectors
from entrywise.index.vectors.faiss import VectorIndex


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
    known, layout, told = KnownChunks(small_index), Layout(tmp_path), list[int]()
    sizes = np.diff(first_sentences(small_index.chunks[:], small_index.sentences[:]))
    sentences = int(sizes[rows[rows >= 0]].sum()) + 2
    texts = [ChunkText("Bees fly.", ((0, 9),), 0), ChunkText("Wasps too.", ((0, 10),), 0)]
    embedder = ThreadEmbedder(small_index.encoder)
    write_passages(iter(texts), rows, sentences, layout, embedder, known, told.append)
    assert told == [1, 2]
    taken = VectorIndex(layout.chunk_vectors)
    for row, kept in enumerate(rows.tolist()):
        if kept >= 0:
            expected = small_index.chunk_vectors.vector(kept)
        else:
            (passage,) = embedder.passages([Passage(*texts[row - 3])])
            expected = passage.vector
        np.testing.assert_array_equal(taken.vector(row), expected)
    codes = CompactVectors(layout.sentence_vectors)
    assert len(codes) == sentences
    np.testing.assert_array_equal(codes[0], small_index.sentence_vectors[int(sizes[:3].sum())])

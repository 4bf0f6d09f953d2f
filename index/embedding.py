"""What a build embeds, and what it takes over from the index that it replaces.

The same text under the same encoder has the same vectors: an update embeds only what is new.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from entrywise.data.questions.to_the_assistant import REMARKS
from entrywise.index.encoders.base import Encoder, Passage, Vector
from entrywise.index.index import Index
from entrywise.index.layout import Layout
from entrywise.index.passages.chunks import ChunkText, first_sentences
from entrywise.index.vectors import writing as vector_file
from entrywise.index.vectors.accuracy import Accuracy
from entrywise.index.vectors.compact import codes_of, write_compact

Told = Callable[[int], None]
"""Called with how many texts are embedded."""

Digests = NDArray[np.uint8]
"""uint8 (chunks, 16)."""

DIGEST = 16
"""Bytes."""


def digests(texts: Iterator[ChunkText], count: int) -> Digests:
    """What tells chunks that have the same vectors: their text, and the sentences in it."""
    found = bytearray()
    for text, sentences, heading in texts:
        told = text.encode() + np.array([*sentences, (heading, 0)], np.int32).tobytes()
        found += hashlib.blake2b(told, digest_size=DIGEST).digest()
    return np.frombuffer(bytes(found), np.uint8).reshape(count, DIGEST)


class KnownChunks:
    """The chunks of an index, with their vectors and those of their sentences."""

    def __init__(self, index: Index | None) -> None:
        self._index = index
        self._rows: dict[bytes, int] = {}
        self._firsts: list[int] = []
        if index:
            path = index.file(Layout.chunk_digests)
            assert path
            kept = np.load(path, allow_pickle=False)
            self._rows = {digest.tobytes(): row for row, digest in enumerate(kept)}
            self._firsts = first_sentences(index.chunks[:], index.sentences[:]).tolist()

    def __contains__(self, digest: bytes) -> bool:
        return digest in self._rows

    def missing(self, marks: Digests) -> NDArray[np.int64]:
        """The rows of the digests that are not among them, int64 (n,), ascending."""
        missing = [row for row, mark in enumerate(marks) if mark.tobytes() not in self]
        return np.array(missing, np.int64)

    def vectors(self, digest: bytes) -> tuple[Vector, NDArray[np.int8]]:
        """The vector of a chunk, float32 (dim,), and the codes of its sentences."""
        assert self._index
        row = self._rows[digest]
        codes = self._index.sentence_vectors.codes(self._firsts[row], self._firsts[row + 1])
        return self._index.chunk_vectors.vector(row), codes


def write_passages(
    texts: Iterator[ChunkText],
    marks: Digests,
    sentences: int,
    layout: Layout,
    encoder: Encoder,
    known: KnownChunks,
    told: Told,
) -> Accuracy:
    """Embed the chunks and their sentences, and write their vectors as they come; tell how a search
    finds the chunks.

    Args:
        texts: what is embedded of the chunks that are not known, in order.
        marks: the digests of all chunks.
        sentences: how many there are.
        told: of those that are not known.
    """
    dim = encoder.config.dimension
    with vector_file.VectorWriter(layout.chunk_vectors, len(marks), dim) as writer:

        def codes() -> Iterator[NDArray[np.int8]]:
            embedded = enumerate(encoder.encode_passages(Passage(*text) for text in texts), 1)
            for mark in marks:
                if (digest := mark.tobytes()) in known:
                    vector, rows = known.vectors(digest)
                else:
                    count, passage = next(embedded)
                    vector, rows = passage.vector, codes_of(passage.sentences)
                    told(count)
                writer.add(vector)
                yield rows

        write_compact(layout.sentence_vectors, codes(), sentences, dim)
    return writer.accuracy


def write_questions(
    layout: Layout,
    asked: Sequence[Sequence[str]],
    encoder: Encoder,
    known: dict[str, Vector],
    told: Told,
) -> None:
    """Embed the sample questions, those with an answer and those without, and write them.

    They are most of the vectors, and every question is compared with all of them: 8 bits a number.

    Args:
        known: {text: its vector} by the same encoder.
    """
    vectors = dict(known)
    new = [text for text in dict.fromkeys(chain(*asked)) if text not in known]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        encoded = pool.map(encoder.encode_query, new)
        for count, (text, query) in enumerate(zip(new, encoded, strict=True), 1):
            vectors[text] = query.vector
            told(count)
    for path, texts in zip(
        (layout.question_vectors, layout.unanswered_vectors), asked, strict=True
    ):
        rows = np.array([vectors[text] for text in texts], np.float32)
        rows = rows.reshape(len(texts), encoder.config.dimension)
        vector_file.write(path, rows, compact=True)


def write_remarks(layout: Layout, encoder: Encoder) -> None:
    """Embed what people say to the assistant itself, and write it."""
    vectors = [encoder.encode_query(text).vector for _, text in REMARKS]
    np.save(layout.remark_vectors, np.array(vectors, np.float32))

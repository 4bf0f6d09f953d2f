"""Embedding at build: new texts are embedded, vectors of known ones are taken from the old index.

The same text under the same encoder has the same vectors: an update embeds only what is new.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from itertools import chain, islice
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from entrywise.data.questions.to_the_assistant import REMARKS
from entrywise.index.encoders.base import (
    EncodedPassage,
    Encoder,
    EncoderConfig,
    Passage,
    Vector,
)
from entrywise.index.index import Index
from entrywise.index.layout import Layout
from entrywise.index.passages.chunks import ChunkText, first_sentences
from entrywise.index.passages.digests import DIGEST, Digests, rows_of
from entrywise.index.passages.rows import UNKNOWN, runs
from entrywise.index.vectors import writing as vector_file
from entrywise.index.vectors.accuracy import Accuracy
from entrywise.index.vectors.compact import codes_of, write_compact

Told = Callable[[int], None]
"""Called with how many texts are embedded."""

Rows = NDArray[np.int64]
"""int64 (n,)."""

_AT_ONCE = 2**14
"""Vectors that are taken over together: 6 MB in 8 bits, as many are."""


class Embedder(Protocol):
    """Embeds the texts of a build, in the given order. All embedders give a text the same
    vectors."""

    @property
    def config(self) -> EncoderConfig:
        """The config of the encoder that it embeds with."""
        ...

    def passages(self, passages: Iterable[Passage]) -> Iterator[EncodedPassage]:
        """Embed passages."""
        ...

    def queries(self, texts: Iterable[str]) -> Iterator[Vector]:
        """Embed questions."""
        ...


OpenEmbedder = Callable[[Encoder, Path], AbstractContextManager[Embedder]]
"""Opens what embeds by an encoder, which the files of this folder hold."""


class ThreadEmbedder:
    """Embeds in threads of this process, one for each processor."""

    def __init__(self, encoder: Encoder) -> None:
        """Embed with this encoder."""
        self._encoder = encoder
        self.config = encoder.config

    def passages(self, passages: Iterable[Passage]) -> Iterator[EncodedPassage]:
        """Embed passages."""
        return self._encoder.encode_passages(passages)

    def queries(self, texts: Iterable[str]) -> Iterator[Vector]:
        """Embed questions."""
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for query in pool.map(self._encoder.encode_query, texts):
                yield query.vector


def in_threads(encoder: Encoder, folder: Path) -> AbstractContextManager[Embedder]:
    """Embed in threads of this process."""
    return nullcontext(ThreadEmbedder(encoder))


class KnownChunks:
    """The chunks of an index, with their vectors and those of their sentences."""

    def __init__(self, index: Index | None) -> None:
        self._index = index
        self._digests = np.empty((0, DIGEST), np.uint8)
        self._firsts = np.empty(0, np.int64)
        self.codes = 0
        """How many vectors are kept as codes."""
        if index:
            vectors = index.chunk_vectors
            self.codes = len(vectors) if vectors.codes(0, 0) is not None else 0
            path = index.file(Layout.chunk_digests)
            assert path
            self._digests = np.load(path, allow_pickle=False)
            self._firsts = first_sentences(index.chunks[:], index.sentences[:])

    def rows(self, marks: Digests) -> Rows:
        """The row of each chunk with one of these digests, int64 (n,), -1 where there is none."""
        return rows_of(marks, self._digests)

    def take_over(
        self, first: int, last: int, writer: vector_file.VectorWriter
    ) -> NDArray[np.int8]:
        """Add the vectors of some rows to what is written, and give the codes of their
        sentences."""
        assert self._index
        vectors = self._index.chunk_vectors
        if (kept := vectors.codes(first, last)) is not None:
            writer.add_codes(kept)
        else:
            writer.add(np.array([vectors.vector(row) for row in range(first, last)]))
        return self._index.sentence_vectors.codes(self._firsts[first], self._firsts[last])


def write_passages(
    texts: Iterator[ChunkText],
    rows: Rows,
    sentences: int,
    layout: Layout,
    embedder: Embedder,
    known: KnownChunks,
    told: Told,
) -> Accuracy:
    """Embed the chunks and their sentences, and write their vectors as they come; tell how a search
    finds the chunks.

    Args:
        texts: what is embedded of the chunks that are not known, in order.
        rows: those of all chunks among the known ones, -1 where they are not.
        sentences: how many there are.
        told: of those that are not known.
    """
    dim, path = embedder.config.dimension, layout.chunk_vectors
    with vector_file.VectorWriter(path, len(rows), dim, known_codes=known.codes) as writer:

        def codes() -> Iterator[NDArray[np.int8]]:
            embedded = enumerate(embedder.passages(Passage(*text) for text in texts), 1)
            for first, last, before in runs(rows):
                if before == UNKNOWN:
                    for count, passage in islice(embedded, last - first):
                        writer.add(passage.vector[np.newaxis])
                        yield codes_of(passage.sentences)
                        told(count)
                    continue
                end = before + last - first
                for start in range(before, end, _AT_ONCE):
                    yield known.take_over(start, min(start + _AT_ONCE, end), writer)

        write_compact(layout.sentence_vectors, codes(), sentences, dim)
    return writer.accuracy


def write_questions(
    layout: Layout,
    asked: Sequence[Sequence[str]],
    embedder: Embedder,
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
    for count, (text, vector) in enumerate(zip(new, embedder.queries(new), strict=True), 1):
        vectors[text] = vector
        told(count)
    for path, texts in zip(
        (layout.question_vectors, layout.unanswered_vectors), asked, strict=True
    ):
        rows = np.array([vectors[text] for text in texts], np.float32)
        rows = rows.reshape(len(texts), embedder.config.dimension)
        vector_file.write(path, rows, compact=True)


def write_remarks(layout: Layout, encoder: Encoder) -> None:
    """Embed what people say to the assistant itself, and write it."""
    vectors = [encoder.encode_query(text).vector for _, text in REMARKS]
    np.save(layout.remark_vectors, np.array(vectors, np.float32))

"""Checks that the tables of an opened index fit each other: rot, or a fault of a build, breaks
that.

A hash tells that a file is what was written; this tells that what is read can be used. It costs a
fraction of a millisecond for a glossary, and one pass over the spans of chunks and sentences at any
size. Mentions, of which there are many times as many, are checked as they are read
(`Index.mentions`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entrywise.index.stores.base import Generation

_Table = NDArray[Any]


def check_structure(index: Generation) -> None:
    """Check sizes, ordinals and ranges of an index.

    Raises:
        ValueError: a table has another size than the manifest says, or points beyond another one.
    """
    counts, entries = index.manifest.counts, len(index.entries)
    sentences, dimension = len(index.sentences), counts["dimension"]
    _same("entries", counts["entries"], entries)
    _same("listed entries", entries, index.listing.entries)
    _same("chunks", counts["chunks"], len(index.chunks), len(index.chunk_vectors))
    _same("sentences", counts["sentences"], sentences, len(index.sentence_features))
    _same("features", len(index.manifest.features), index.sentence_features.shape[1])
    _same("vectors of sentences", (sentences, dimension), index.sentence_vectors.shape)
    _same("questions", counts["questions"], len(index.question_vectors))
    unanswered = counts["questions without an answer"]
    _same("questions without an answer", unanswered, len(index.unanswered_vectors))
    _same("units of words", len(index.units), index.words.rows)
    vectors = (index.chunk_vectors, index.question_vectors, index.unanswered_vectors)
    for width in (*(one.dimension for one in vectors), index.remark_vectors.shape[1]):
        _same("dimension", dimension, width, index.encoder.config.dimension)
    for name, spans in (("chunks", index.chunks), ("sentences", index.sentences)):
        _spans(name, spans[:], entries)
    _within("units", index.units[:, 0], 0, entries)
    _within("names", _array(index.name_tables.entries()), 0, entries)
    _within("completions", index.completer.entries, 0, entries)
    _within("parts", _array(index.catalog.parts.values()), 0, entries)


def check_labels(labels: _Table, questions: int, entries: int) -> None:
    """Check which entries answer the sample questions, before tables of such sizes are made.

    Raises:
        ValueError: a question or an entry is none.
    """
    _within("labels", labels[:, 0], 0, questions)
    _within("labelled entries", labels[:, 1], 0, entries)
    _ordered("labels", labels[:, 0])


def _spans(name: str, spans: _Table, entries: int) -> None:
    """Spans (n, 4) of entry, section, start, end."""
    _within(f"entries of {name}", spans[:, 0], 0, entries)
    _ordered(name, spans[:, 0])
    if (spans[:, 1:3] < 0).any() or (spans[:, 3] < spans[:, 2]).any():
        raise ValueError(f"{name}: a span is none")


def _same(name: str, told: object, *sizes: object) -> None:
    for size in sizes:
        if size != told:
            raise ValueError(f"{name}: {size} instead of {told}")


def _within(name: str, values: _Table, least: int, end: int) -> None:
    if len(values) and not (least <= values.min() and values.max() < end):
        raise ValueError(f"{name}: beyond {least} to {end - 1}")


def _ordered(name: str, values: _Table) -> None:
    if (values[1:] < values[:-1]).any():
        raise ValueError(f"{name}: not in order")


def _array(values: Iterable[int]) -> _Table:
    return np.fromiter(values, np.int64)

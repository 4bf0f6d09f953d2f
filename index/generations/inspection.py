"""Reads all of a generation: what its hashes vouch for has to fit together, too.

A hash finds what changed after it was written. This finds what was written wrong: a span beyond its
text, a line that is no entry, a vector that is none.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from entrywise.data.entries import Entry
from entrywise.data.errors import IndexDamaged
from entrywise.index.index import Index
from entrywise.index.layout import damaged
from entrywise.index.passages.rows import Mentions
from entrywise.index.vectors.base import VectorStore

# A vector in 8 bits is by so much longer or shorter than 1.
_UNIT = 0.02


def inspect(index: Index) -> Iterator[str]:
    """Read every entry, sentence, chunk, word list and vector; a line for each kind that is sound.

    Raises:
        IndexDamaged: something cannot be read, or does not fit.
    """
    entries = _entries(index)
    yield f"{len(entries):,} entries can be read"
    for one in index.listing.by_ordinal(0, len(entries)):
        if entries[one.ordinal].id != one.id:
            raise damaged(index.store, f"the entry {one.id!r} is another one")
    yield f"{index.listing.entries:,} entries are listed"
    for name, spans in (("sentences", index.sentences), ("chunks", index.chunks)):
        for ordinal, section, _, end in spans[:].tolist():
            sections = entries[ordinal].sections
            if section >= len(sections) or end > len(sections[section].text):
                raise damaged(index.store, f"{name}: a span is beyond its text")
        yield f"{len(spans):,} {name} are in their texts"
    named = [index.sentence_mentions[:], index.generation.title_mentions[:]]
    for mentions in named:
        _mentions(index, mentions)
    yield f"{sum(map(len, named)):,} mentions are of entries"
    index.words.check()
    yield f"the words of {len(index.words):,} units can be searched"
    vectors = {
        "chunks": index.chunk_vectors,
        "questions": index.question_vectors,
        "questions without an answer": index.unanswered_vectors,
    }
    for name, found in vectors.items():
        _vectors(index, name, found)
        yield f"{len(found):,} vectors of {name} have unit length"


def _entries(index: Index) -> list[Entry]:
    try:
        entries = [*index.entries]
    except IndexDamaged:
        raise
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise damaged(index.store, f"an entry cannot be read ({error})") from error
    return entries


def _mentions(index: Index, mentions: Mentions) -> None:
    beyond = (mentions[:, :2] < 0) | (mentions[:, :2] >= (len(index.sentences), len(index.entries)))
    if beyond.any() or (np.diff(mentions[:, 0]) < 0).any():
        raise damaged(index.store, "a mention is beyond its table, or not in its place")


def _vectors(index: Index, name: str, vectors: VectorStore) -> None:
    for row in range(len(vectors)):
        if not abs(float(np.linalg.norm(vectors.vector(row))) - 1) < _UNIT:
            raise damaged(index.store, f"{name}: vector {row} is no unit vector")

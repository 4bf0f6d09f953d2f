"""Reads all of a generation: what its hashes vouch for has to fit together, too.

A hash finds what changed after it was written. This finds what was written wrong: a span beyond its
text, a line that is no entry, a vector that is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np

from entrywise.data.entries import Entry
from entrywise.data.errors import IndexDamaged
from entrywise.index.index import Index
from entrywise.index.layout import damaged
from entrywise.index.vectors.faiss import VectorIndex

# A vector in 8 bits is by so much longer or shorter than 1.
_UNIT = 0.02


def inspect(folder: Path) -> Iterator[str]:
    """Read every entry, sentence, chunk, word list and vector; a line for each kind that is sound.

    Raises:
        IndexDamaged: something cannot be read, or does not fit.
    """
    with closing(Index(folder)) as index:
        entries = _entries(index, folder)
        yield f"{len(entries):,} entries can be read"
        for one in index.listing.by_ordinal(0, len(entries)):
            if entries[one.ordinal].id != one.id:
                raise damaged(folder, f"the entry {one.id!r} is another one")
        yield f"{index.listing.entries:,} entries are listed"
        for name, spans in (("sentences", index.sentences), ("chunks", index.chunks)):
            for ordinal, section, _, end in spans.tolist():
                sections = entries[ordinal].sections
                if section >= len(sections) or end > len(sections[section].text):
                    raise damaged(folder, f"{name}: a span is beyond its text")
            yield f"{len(spans):,} {name} are in their texts"
        index.words.check()
        yield f"the words of {len(index.words):,} units can be searched"
        vectors = {
            "chunks": index.chunk_vectors,
            "questions": index.question_vectors,
            "questions without an answer": index.unanswered_vectors,
        }
        for name, found in vectors.items():
            _vectors(name, found, folder)
            yield f"{len(found):,} vectors of {name} have unit length"


def _entries(index: Index, folder: Path) -> list[Entry]:
    try:
        entries = [*index.entries]
    except IndexDamaged:
        raise
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise damaged(folder, f"an entry cannot be read ({error})") from error
    return entries


def _vectors(name: str, vectors: VectorIndex, folder: Path) -> None:
    for row in range(len(vectors)):
        if not abs(float(np.linalg.norm(vectors.vector(row))) - 1) < _UNIT:
            raise damaged(folder, f"{name}: vector {row} is no unit vector")

"""Passages: the chunk of each retrieved entry that is nearest to a query.

For programs that read for themselves: retrievers of other frameworks, and agents.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entrywise.data.addresses import section_url
from entrywise.index.index import Index
from entrywise.rag.find.candidates import Candidate


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk of an entry, verbatim: `entry.text(section)[start:end] == text`, characters, end
    exclusive. `score`, in [0, 1], is the entry's: higher is better."""

    entry: str
    title: str
    section: str
    start: int
    end: int
    text: str
    score: float
    url: str | None = None


def best_passage(candidate: Candidate, query: NDArray[np.float32], index: Index) -> Passage | None:
    """The chunk of a candidate whose vector is nearest to that of the query, float32 (dim,); None
    of an entry without text."""
    row = nearest_chunk(query, index, candidate.entry)
    if row is None:
        return None
    _, section, start, end = index.chunks[row].tolist()
    entry = index.entries[candidate.entry]
    within = entry.sections[section]
    return Passage(
        entry=entry.id,
        title=entry.name,
        section=within.name,
        start=start,
        end=end,
        text=within.text[start:end],
        score=round(candidate.score, 4),
        url=section_url(entry, within, start, end),
    )


def nearest_chunk(
    query: NDArray[np.float32], index: Index, entry: int, section: int | None = None
) -> int | None:
    """The row of the chunk of an entry, or of one of its sections, whose vector is nearest to that
    of the query, float32 (dim,); None where there is no text."""
    first, last = index.chunks.stretch(entry, entry + 1)
    rows = np.arange(first, last)
    if section is not None:
        rows = rows[index.chunks[first:last, 1] == section]
    cosines = {row: float(index.chunk_vectors.vector(row) @ query) for row in rows.tolist()}
    return max(cosines, key=cosines.__getitem__, default=None)

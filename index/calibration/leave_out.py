"""Leaves a term or a section out of an opened index: what would be found, were it not there.

    without(index, 3)       the third unit (`Layout.units`): of a glossary a term, else a section

Nothing is written, and nothing is embedded again. What rests on all units together, as the rarity
of a word in BM25, still counts the one that is left out.
"""

from __future__ import annotations

from copy import copy

import numpy as np

from entrywise.index.index import Index


def without(index: Index, unit: int) -> Index:
    """An index in which nothing finds one unit; closed with the one it is made of."""
    other = copy(index)
    other.left_out = (*index.left_out, unit)
    entry, section = index.units[unit].tolist()
    other.chunk_vectors = index.chunk_vectors.without(_chunks(index, entry, section))
    other.words = index.words.without(unit)
    # The names of a document, and how people ask for it, are those of its other sections, too.
    if section < 0:
        other.question_vectors = index.question_vectors.without(index.sample_questions.rows(entry))
        other.names = index.names.without(entry)
    return other


def _chunks(index: Index, entry: int, section: int) -> list[int]:
    """The rows of the chunks of an entry, or of its section where that is a number from 0."""
    first, last = index.chunks.stretch(entry, entry + 1)
    rows = np.arange(first, last)
    kept: list[int] = rows[(section < 0) | (index.chunks[first:last, 1] == section)].tolist()
    return kept

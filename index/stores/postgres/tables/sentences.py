"""What is told of sentences, read an entry at a time: places, vectors, features, mentions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from entrywise.index.encoders.base import Vectors
from entrywise.index.memo import Remembered
from entrywise.index.stores.postgres.tables.entries import PostgresLines
from entrywise.index.stores.postgres.tables.reading import RowsByEntry, Starts
from entrywise.index.vectors.compact import unit_vectors
from entrywise.index.words.database import Database

_KINDS: dict[str, Any] = {
    "spans": np.int32,
    "codes": np.int8,
    "features": np.uint8,
    "mentions": np.int32,
}
_REMEMBERED = 1_024
_TOGETHER = 512
"""Entries that are remembered, and those that are read together where all are."""


class Widths(NamedTuple):
    """How many columns the four tables have."""

    spans: int
    codes: int
    features: int
    mentions: int


class Told(NamedTuple):
    """The stretches of four tables that belong to an entry."""

    spans: NDArray[Any]
    codes: NDArray[Any]
    features: NDArray[Any]
    mentions: NDArray[Any]


class Sentences:
    """The four tables of sentences."""

    def __init__(self, database: Database, lines: PostgresLines) -> None:
        """
        Args:
            lines: of entries, which are read with them.
        """
        held = "SELECT sentences, mentions, chunks, features, dimension FROM starts"
        [(*starts, features, dimension)] = database.rows(held)
        sentences, mentions, chunks = (np.frombuffer(one, np.int32) for one in starts)
        self.chunk_starts: Starts = chunks
        """Where the chunks of each entry begin."""
        columns = Widths(4, dimension, features, 4)
        told = Remembered(partial(_read, database, columns), _REMEMBERED)
        self._told, self._lines = told, lines
        self._read_both = partial(_read_both, database, columns)
        self.spans = EntryRows(told, "spans", sentences, columns.spans)
        self.features = EntryRows(told, "features", sentences, columns.features)
        self.mentions = MentionRows(told, "mentions", mentions, columns.mentions, sentences)
        self.vectors = EntryVectors(EntryRows(told, "codes", sentences, columns.codes))

    def expect(self, entries: Sequence[int]) -> None:
        """Read these entries, and what is told of them, at once."""
        if missing := self._told.missing(entries):
            told, lines = self._read_both(missing)
            self._told.keep(told)
            self._lines.keep(lines)
        self._lines.expect(entries)


class EntryRows(RowsByEntry):
    """`Rows` of one of the tables."""

    def __init__(
        self, told: Remembered[int, Told], name: str, starts: Starts, columns: int
    ) -> None:
        self._told = told
        self._name = name
        self._starts = starts
        self.shape = (int(starts[-1]), columns)

    def _of(self, rows: NDArray[np.int64]) -> NDArray[Any]:
        table = np.empty((len(rows), self.shape[1]), _KINDS[self._name])
        entries = np.searchsorted(self._starts, rows, "right") - 1
        several = np.unique(entries)
        for first in range(0, len(several), _TOGETHER):
            some = several[first : first + _TOGETHER].tolist()
            for entry, told in self._told.of(some).items():
                places = np.flatnonzero(entries == entry)
                table[places] = getattr(told, self._name)[rows[places] - self._starts[entry]]
        return table


class MentionRows(EntryRows):
    """Mentions, which are in order by the rows of sentences."""

    def __init__(
        self,
        told: Remembered[int, Told],
        name: str,
        starts: Starts,
        columns: int,
        sentences: Starts,
    ) -> None:
        super().__init__(told, name, starts, columns)
        self._sentences = sentences

    def stretch(self, first: int, end: int) -> tuple[int, int]:
        """Where those of the sentences from `first` to `end`, exclusive, begin and end."""
        return self._begin(first), self._begin(end)

    def _begin(self, sentence: int) -> int:
        """The first mention that is not before a sentence."""
        if sentence >= self._sentences[-1]:
            return len(self)
        entry = int(np.searchsorted(self._sentences, sentence, "right")) - 1
        if sentence == self._sentences[entry]:
            return int(self._starts[entry])
        mentions = self._told.of([entry])[entry].mentions
        return int(self._starts[entry] + np.searchsorted(mentions[:, 0], sentence))


class EntryVectors:
    """`CompactRows`: the vectors of sentences."""

    def __init__(self, codes: EntryRows) -> None:
        self._codes = codes
        self.shape = codes.shape
        """(vectors, dim)."""

    def __getitem__(self, rows: Any) -> Vectors:
        """The vector of a row, float32 (dim,), or those of several, float32 (n, dim)."""
        return unit_vectors(self._codes[rows])

    def codes(self, first: int, last: int) -> NDArray[np.int8]:
        """What is kept of some rows, `last` exclusive."""
        return self._codes[first:last]


def _read(database: Database, columns: Widths, entries: Sequence[int]) -> Mapping[int, Told]:
    """What is told of entries; `columns` are the widths of the tables."""
    statement = f"SELECT entry, {', '.join(_KINDS)} FROM sentences WHERE entry = ANY(?)"
    found = database.rows(statement, list(entries))
    return {entry: _told(packed, columns) for entry, *packed in found}


def _read_both(
    database: Database, columns: Widths, entries: Sequence[int]
) -> tuple[Mapping[int, Told], Mapping[int, bytes]]:
    """What is told of entries, and their lines."""
    statement = (
        f"SELECT entry, line, {', '.join(_KINDS)} FROM sentences JOIN lines ON ordinal = entry "
        "WHERE entry = ANY(?)"
    )
    found = database.rows(statement, list(map(int, entries)))
    told = {entry: _told(packed, columns) for entry, _, *packed in found}
    return told, {entry: line for entry, line, *_ in found}


def _told(packed: Sequence[bytes], columns: Widths) -> Told:
    spans, codes, features, mentions = map(np.frombuffer, packed, _KINDS.values())
    rows = len(spans) // columns.spans
    # Without an annotator there are no columns of features, but as many rows.
    return Told(
        spans.reshape(rows, columns.spans),
        codes.reshape(rows, columns.codes),
        features.reshape(rows, columns.features),
        mentions.reshape(-1, columns.mentions),
    )

"""Words in PostgreSQL: BM25 of postings, by the formula of FTS5 and with its numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import partial, reduce

import numpy as np
from numpy.typing import NDArray

from entrywise.data.errors import IndexDamaged
from entrywise.index.memo import Remembered
from entrywise.index.passages.rows import is_among
from entrywise.index.stores.postgres.tables.postings import (
    Cutter,
    Posting,
    read_places,
    read_postings,
    read_texts,
    rows_beginning,
)
from entrywise.index.words.base import (
    COLUMNS,
    MOST,
    REMEMBERED,
    TOLD,
    Column,
    Ordinals,
    Scores,
)
from entrywise.index.words.database import Database

_K1, _B = 1.2, 0.75
_PLACES = 64
"""Words whose places are remembered, each 8 bytes: of a common one 1 MB."""
_LEAST = 1e-6
"""The inverse document frequency of a word that most rows hold, as FTS5 has it."""

_Rows = NDArray[np.int64]


class PostgresWords:
    """A `WordStore`: tables of postings."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._texts = read_texts(database)
        self.rows = self._texts.rows
        """How many there are."""
        self._cutter = Cutter(self._texts.tokenizer)
        self._postings = Remembered(partial(read_postings, database), REMEMBERED)
        self._places = Remembered(partial(read_places, database), _PLACES)

    def close(self) -> None:
        """Nothing: the generation closes what it reads."""

    def expect(self, words: Sequence[str]) -> None:
        """Read the postings of these at once."""
        self._postings.of([term for word in words for term in self._cutter.terms(word)])

    def shares(self, word: str, columns: Sequence[Column]) -> tuple[Ordinals, Scores]:
        """The rows that hold a word, and what it adds to the BM25 of each."""
        rows, counts, lengths = self._holding(word, columns)
        rarity = math.log((self.rows - len(rows) + 0.5) / (len(rows) + 0.5))
        mean = self._texts.tokens / self.rows
        saturated = counts + _K1 * (1 - _B + _B * lengths / mean)
        shares = max(rarity, _LEAST) * counts * (_K1 + 1) / saturated
        best = np.argsort(-shares, kind="stable")[:MOST]
        return rows[best].astype(np.int32), shares[best]

    def telling(self, word: str) -> Ordinals:
        """The first rows whose names or text hold a word."""
        return self._holding(word, TOLD).rows[:MOST].astype(np.int32)

    def tells(self, word: str, row: int) -> bool:
        """Whether the names or text of a row hold a word."""
        return bool(np.isin(row, self._holding(word, TOLD).rows))

    def phrase(self, words: Sequence[str], most: int) -> list[int]:
        """The first rows whose names, or whose text, hold these words next to each other."""
        return [*map(int, self._holding(" ".join(words), TOLD).rows[:most])]

    def beginning(self, words: Sequence[str], columns: Sequence[Column], most: int) -> list[int]:
        """The first rows whose columns hold all words, the last one as it is or as a beginning."""
        *whole, last = words
        found = [self._holding(word, columns).rows for word in whole]
        for term in self._cutter.terms(last)[-1:]:
            found.append(rows_beginning(self._database, term, _fields(columns)))
        both: _Rows = reduce(_both, found) if found else np.empty(0, np.int64)
        return [*map(int, both[:most])]

    def check(self) -> None:
        """Compare the lengths of all postings, or raise IndexDamaged."""
        fitting = "octet_length(rows) IN (octet_length(counts)) AND octet_length(rows) % 4 = 0"
        [(count,)] = self._database.rows(f"SELECT count(*) FROM postings WHERE NOT ({fitting})")
        if count:
            raise IndexDamaged(f"{count} postings of the index are damaged; build it again")

    def _holding(self, word: str, columns: Sequence[Column]) -> Posting:
        """The rows some of whose columns hold a word, or the words that it falls into."""
        terms, fields = self._cutter.terms(word), _fields(columns)
        if len(terms) == 1:
            held = self._postings.of(terms)[terms[0]]
            return _merged(held[field] for field in fields if field in held)
        return _merged(self._next_to_each_other(terms, fields) if terms else ())

    def _next_to_each_other(self, terms: Sequence[str], fields: Sequence[int]) -> list[Posting]:
        held = self._postings.of(terms)
        # Most phrases of a question are in no text, and one of their words is in no column.
        together = [field for field in fields if all(field in held[term] for term in terms)]
        if not together:
            return []
        places = self._places.of(terms)
        found = []
        for field in together:
            shifted = [places[term][field] - n for n, term in enumerate(terms)]
            rows, counts = np.unique(reduce(_both, shifted) >> 32, return_counts=True)
            if len(rows):
                first = held[terms[0]][field]
                lengths = first.lengths[np.searchsorted(first.rows, rows)]
                found.append(Posting(rows, counts.astype(np.int64), lengths))
        return found


def _both(one: _Rows, other: _Rows) -> _Rows:
    """What is in both of two ascending arrays: where one is short, without reading the other."""
    short, long = sorted((one, other), key=len)
    both: _Rows = short[is_among(short, long)]
    return both


def _merged(postings: Iterable[Posting]) -> Posting:
    """The postings of several columns as one."""
    some = [*postings, Posting(*[np.empty(0, np.int64)] * 3)]
    if len(some) == 2:
        return some[0]
    together = np.concatenate([one.rows for one in some])
    rows, first, inverse = np.unique(together, return_index=True, return_inverse=True)
    counts: _Rows = np.zeros(len(rows), np.int64)
    np.add.at(counts, inverse, np.concatenate([one.counts for one in some]))
    return Posting(rows, counts, np.concatenate([one.lengths for one in some])[first])


def _fields(columns: Sequence[Column]) -> list[int]:
    return [COLUMNS.index(column) for column in columns]

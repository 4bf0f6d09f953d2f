"""Scores common words, for the table that `common_words.py` reads: as FTS5 would, in the same order
of operations to the last bit, in a fifth of the time.

table of FTS5 ─▶ the places of a common term ─▶ its rows and their shares
                 kept for the next update        kept for questions
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from contextlib import closing
from itertools import groupby
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from entrywise.index.passages.rows import is_among
from entrywise.index.words.base import COLUMNS, MOST, TOLD, Scores
from entrywise.index.words.common_words import CommonWord, Terms, checksum
from entrywise.index.words.row_numbers import Numbers, rows_of

_LEAST = 500
"""Rows: of fewer FTS5 finds those of a word in half a millisecond."""
_SHARE = 0.005
"""A share of all rows, where that is more. Of 100,000 entries some thousand words are so common,
and take 40 MB, their places 24."""

_K1, _B, _LEAST_RARITY = 1.2, 0.75, 1e-6
"""FTS5's BM25: its two constants, and the rarity of a word that half of the rows have."""

Places = NDArray[np.int32]
"""int32 (rows, 2): the number of each row that holds a term (`row_numbers.py`), in ascending order,
and twice how often it does, one more where its names or text do."""

_TABLES = (
    "CREATE TABLE common (term TEXT PRIMARY KEY, rows BLOB, shares BLOB, telling BLOB, "
    "crc INTEGER) WITHOUT ROWID",
    "CREATE TABLE places (term TEXT PRIMARY KEY, places BLOB NOT NULL) WITHOUT ROWID",
)
_VOCABULARY = "CREATE VIRTUAL TABLE temp.{0}s USING fts5vocab(main, entries, {0})"
_TOLD = f"col IN ({', '.join(map(repr, TOLD))})"


class CommonTerms:
    """The common terms of a file whose table `entries` of FTS5 is written."""

    def __init__(self, connection: sqlite3.Connection, tokenizer: str, numbers: Numbers) -> None:
        self._connection = connection
        self._numbers = numbers
        self._tokenizer = tokenizer
        self._lengths = _lengths(connection)
        self._mean = float(self._lengths.sum()) / max(len(self._lengths), 1)
        self._least = least_common(len(self._lengths))
        for kind in ("row", "instance"):
            connection.execute(_VOCABULARY.format(kind))

    def write(self) -> None:
        """Make the tables, and fill them."""
        for table in _TABLES:
            self._connection.execute(table)
        statement = "SELECT term FROM temp.rows WHERE doc > ?"
        found = self._connection.execute(statement, (self._least,)).fetchall()
        self._add(term for (term,) in found)

    def renew(self, changed: Collection[int], held: Mapping[str, Places]) -> None:
        """Fill them again where some rows are other: as the mean length of all rows is, so are the
        shares of all words, but few of their places.

        Args:
            changed: the numbers of these rows, and of those that are gone.
            held: the places of all terms in them, as they are now.
        """
        self._connection.execute("DELETE FROM common")
        before = self._connection.execute("SELECT term FROM places").fetchall()
        numbers = np.array([*changed], np.int32)
        for (term,) in before:
            self._renew(term, numbers, held.get(term))
        new = held.keys() - {term for (term,) in before}
        self._add(term for term in sorted(new) if self._rows(term) > self._least)

    def _add(self, terms: Iterable[str]) -> None:
        """Add those that can be searched for: of a stem Porter's algorithm may make another one."""
        with closing(Terms(self._tokenizer)) as known:
            for term in terms:
                if known.of(term) == [term]:
                    places = self._places(term)
                    self._connection.execute(
                        "INSERT INTO places VALUES (?, ?)", (term, places.tobytes())
                    )
                    self._score(term, places)

    def _renew(self, term: str, changed: NDArray[np.int32], held: Places | None) -> None:
        statement = "SELECT places FROM places WHERE term = ?"
        [(kept,)] = self._connection.execute(statement, (term,))
        places = before = np.frombuffer(kept, np.int32).reshape(-1, 2)
        # Most words are in none of the rows, neither before nor now.
        if is_among(changed, before[:, 0]).any():
            places = before[~np.isin(before[:, 0], changed)]
        if held is not None:
            places = np.concatenate([places, held])
            places = places[places[:, 0].argsort()]
        if len(places) <= self._least:
            self._connection.execute("DELETE FROM places WHERE term = ?", (term,))
            return
        if places is not before and not np.array_equal(places, before):
            statement = "UPDATE places SET places = ? WHERE term = ?"
            self._connection.execute(statement, (places.tobytes(), term))
        self._score(term, places)

    def _rows(self, term: str) -> int:
        """How many rows hold a term."""
        found = self._connection.execute("SELECT doc FROM temp.rows WHERE term = ?", (term,))
        return sum(count for (count,) in found)

    def _places(self, term: str) -> Places:
        """Where FTS5 has a term."""
        # As one text: SQLite writes it in a third of the time that Python takes for so many tuples.
        told = f"group_concat(2 * doc + ({_TOLD}), ' ')"
        statement = f"SELECT {told} FROM temp.instances WHERE term = ?"
        [(found,)] = self._connection.execute(statement, (term,))
        instances = np.fromstring(found, np.int64, sep=" ")
        rows, row_of, counts = np.unique(instances >> 1, return_inverse=True, return_counts=True)
        is_told = np.zeros(len(rows), bool)
        is_told[row_of[instances % 2 == 1]] = True
        return np.column_stack([rows, 2 * counts + is_told]).astype(np.int32)

    def _score(self, term: str, places: Places) -> None:
        """Write what FTS5 finds for a term."""
        rows, counts = rows_of(self._numbers, places[:, 0]), places[:, 1] >> 1
        rarity = math.log((len(self._lengths) - len(rows) + 0.5) / (len(rows) + 0.5))
        lengths = 1 - _B + _B * self._lengths[rows] / self._mean
        weights = (counts * (_K1 + 1.0)) / (counts + _K1 * lengths)
        shares: Scores = (rarity if rarity > 0 else _LEAST_RARITY) * weights
        best = _best(shares)
        word = CommonWord(rows[best], shares[best], rows[places[:, 1] % 2 == 1][:MOST])
        kept = [array.tobytes() for array in word]
        statement = "INSERT INTO common VALUES (?, ?, ?, ?, ?)"
        self._connection.execute(statement, (term, *kept, checksum(kept)))


def least_common(rows: int) -> int:
    """In how many of so many rows a common word is, and in one more."""
    return max(_LEAST, int(_SHARE * rows))


def places_in(connection: sqlite3.Connection, table: str) -> dict[str, Places]:
    """The places of all terms in a temporary table of FTS5 that has a few rows."""
    vocabulary = f"CREATE VIRTUAL TABLE temp.in_few USING fts5vocab(temp, {table}, instance)"
    connection.execute(vocabulary)
    statement = f"SELECT term, doc, 2 * count(*) + max({_TOLD}) FROM temp.in_few GROUP BY term, doc"
    found = connection.execute(statement)
    by_term = groupby(found, key=itemgetter(0))
    return {term: np.array([row[1:] for row in rows], np.int32) for term, rows in by_term}


def _best(shares: Scores) -> NDArray[np.int64]:
    """The places of the `MOST` largest, the largest first, those that are alike in their order."""
    chosen = np.arange(len(shares))
    if len(shares) > MOST:
        chosen = np.flatnonzero(shares >= np.partition(shares, -MOST)[-MOST])
    return chosen[np.argsort(-shares[chosen], kind="stable")][:MOST]


def _lengths(connection: sqlite3.Connection) -> Scores:
    """How many words each row has, float64 (rows,), by what FTS5 keeps: for each column a number of
    7 bits a byte, the highest first; the last byte is below 128."""
    sizes = connection.execute("SELECT sz FROM entries_docsize ORDER BY id")
    told = np.frombuffer(b"".join(size for (size,) in sizes), np.uint8).astype(np.int64)
    ends = np.flatnonzero(told < 128)
    starts = np.concatenate([[0], ends[:-1] + 1])[: len(ends)]
    shifts = 7 * (np.repeat(ends, ends - starts + 1) - np.arange(len(told)))
    numbers = np.add.reduceat((told & 127) << shifts, starts) if len(ends) else ends
    lengths: Scores = numbers.reshape(-1, len(COLUMNS)).sum(axis=1).astype(np.float64)
    return lengths

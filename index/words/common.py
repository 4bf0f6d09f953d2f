"""Common words, scored when the index is built: FTS5 scores each row that holds a word whenever it
is asked, which is milliseconds where there are ten thousands of them.

table of FTS5 ─ `Postings` ─▶ what FTS5 would find for a term ─▶ table `common`
words ─ `Terms` ─▶ the terms that FTS5 keeps ─ table `common` ─▶ what `Fts5Words` would find
"""

from __future__ import annotations

import math
import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import closing
from threading import Lock
from typing import NamedTuple
from zlib import crc32

import numpy as np

from entrywise.data.errors import IndexDamaged
from entrywise.index.words.base import MOST, TOLD, Ordinals, Scores
from entrywise.index.words.database import SqliteFile

_LEAST = 500
"""Rows: of fewer FTS5 finds those of a word in half a millisecond."""
_SHARE = 0.005
"""Of all rows, where that is more. Of 100,000 entries some thousand words are so common, and take
40 MB."""

_K1, _B, _LEAST_RARITY = 1.2, 0.75, 1e-6
"""Of FTS5's BM25: its two constants, and the rarity of a word that half of the rows have."""


class CommonWord(NamedTuple):
    """What `WordStore.shares`, for all columns, and `WordStore.telling` give for a word."""

    rows: Ordinals
    shares: Scores
    telling: Ordinals


class Terms:
    """What a tokenizer of FTS5 makes of a word. Safe to share between threads."""

    def __init__(self, tokenizer: str) -> None:
        self._connection = sqlite3.connect(":memory:", check_same_thread=False)
        self._connection.execute(
            f"CREATE VIRTUAL TABLE word USING fts5(text, tokenize='{tokenizer}')"
        )
        self._connection.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(word, row)")
        self._lock = Lock()
        self.close = weakref.finalize(self, self._connection.close)
        """Release it; it is, too, when the last one lets go of it."""

    def of(self, word: str) -> list[str]:
        """Its terms, in the order of the alphabet: one, unless it falls into several.

        >>> Terms("porter unicode61").of("Attentions")
        ['attent']
        """
        with self._lock:
            self._connection.execute("INSERT INTO word(rowid, text) VALUES (1, ?)", (word,))
            found = self._connection.execute("SELECT term FROM terms").fetchall()
            self._connection.execute("DELETE FROM word")
        return [term for (term,) in found]


class CommonWords:
    """The common words of a file. Safe to share between threads."""

    def __init__(self, database: SqliteFile, tokenizer: str) -> None:
        self._database = database
        [(count,)] = database.rows("SELECT count(*) FROM common")
        # Most knowledge bases are small, and have none.
        self._terms = Terms(tokenizer) if count else None

    def find(self, word: str) -> CommonWord | None:
        """What is known of a word; None where it is not common.

        Raises:
            IndexDamaged: it is not what was written.
        """
        if self._terms is None or len(terms := self._terms.of(word)) != 1:
            return None
        found = self._database.rows(
            "SELECT rows, shares, telling, crc FROM common WHERE term = ?", terms[0]
        )
        if not found:
            return None
        *kept, crc = found[0]
        if _checksum(kept) != crc:
            raise IndexDamaged("the index's words are damaged (a common one); build it again")
        rows, shares, telling = kept
        return CommonWord(
            np.frombuffer(rows, np.int32),
            np.frombuffer(shares, np.float64),
            np.frombuffer(telling, np.int32),
        )


class Postings:
    """Where terms stand in the table `entries` of FTS5, of a file that is being written.

    Scored here, in the same order of operations, a common term takes a fifth of the time that it
    takes there, and has the same shares to the last bit.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read how long the rows are."""
        sizes = connection.execute("SELECT sz FROM entries_docsize ORDER BY id")
        self._lengths = np.array([_tokens(size) for (size,) in sizes], np.float64)
        self._mean = float(self._lengths.sum()) / max(len(self._lengths), 1)
        self._connection = connection
        connection.execute(
            "CREATE VIRTUAL TABLE temp.places USING fts5vocab(main, entries, instance)"
        )
        told = ", ".join(f"'{column}'" for column in TOLD)
        # As one text: SQLite writes it in a third of the time that Python takes for so many tuples.
        self._places = f"group_concat(2 * doc + (col IN ({told})), ' ')"

    def scored(self, term: str) -> CommonWord:
        """What FTS5 finds for a term that has places."""
        statement = f"SELECT {self._places} FROM temp.places WHERE term = ?"
        [(found,)] = self._connection.execute(statement, (term,))
        places = np.fromstring(found, np.int64, sep=" ")
        rows, counts = np.unique(places >> 1, return_counts=True)
        telling = np.unique(places[places % 2 == 1] >> 1)[:MOST]
        rarity = math.log((len(self._lengths) - len(rows) + 0.5) / (len(rows) + 0.5))
        lengths = 1 - _B + _B * self._lengths[rows] / self._mean
        weights = (counts * (_K1 + 1.0)) / (counts + _K1 * lengths)
        shares = (rarity if rarity > 0 else _LEAST_RARITY) * weights
        best = np.argsort(-shares, kind="stable")[:MOST]
        return CommonWord(rows[best].astype(np.int32), shares[best], telling.astype(np.int32))


def _tokens(size: bytes) -> int:
    """The sum of the lengths of a row's columns, which FTS5 keeps as numbers of 7 bits a byte, the
    highest first; the last byte of each is below 128."""
    total = number = 0
    for byte in size:
        number = number << 7 | byte & 127
        if byte < 128:
            total, number = total + number, 0
    return total


def create(connection: sqlite3.Connection) -> None:
    """Make the table."""
    connection.execute(
        "CREATE TABLE common(term TEXT PRIMARY KEY, rows BLOB, shares BLOB, telling BLOB, "
        "crc INTEGER) WITHOUT ROWID"
    )


def common_terms(connection: sqlite3.Connection, tokenizer: str, rows: int) -> Iterator[str]:
    """The terms of the table `entries` of FTS5 that are common in so many rows, and that can be
    searched for: of a stem Porter's algorithm may make another one."""
    least = max(_LEAST, int(_SHARE * rows))
    connection.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, entries, row)")
    found = connection.execute("SELECT term FROM temp.terms WHERE doc > ?", (least,)).fetchall()
    connection.execute("DROP TABLE temp.terms")
    with closing(Terms(tokenizer)) as terms:
        yield from (term for (term,) in found if terms.of(term) == [term])


def keep(connection: sqlite3.Connection, term: str, word: CommonWord) -> None:
    """Write what is known of a term."""
    kept = [array.tobytes() for array in word]
    connection.execute("INSERT INTO common VALUES (?, ?, ?, ?, ?)", (term, *kept, _checksum(kept)))


def _checksum(kept: list[bytes]) -> int:
    return crc32(kept[2], crc32(kept[1], crc32(kept[0])))

"""Common words, scored when the index is built: FTS5 scores each row that holds a word whenever it
is asked, which is milliseconds where there are ten thousands of them.

table of FTS5 ─ `scoring.py` ─▶ what FTS5 would find for a term ─▶ table `common`
words ─ `Terms` ─▶ the terms that FTS5 keeps ─ table `common` ─▶ what `Fts5Words` would find
"""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Sequence
from threading import Lock
from typing import NamedTuple
from zlib import crc32

import numpy as np

from entrywise.data.errors import IndexDamaged
from entrywise.index.words.base import Ordinals, Scores
from entrywise.index.words.database import SqliteFile


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
        # Most knowledge bases are small, and have none.
        has_some = database.rows("SELECT 1 FROM common LIMIT 1")
        self._terms = Terms(tokenizer) if has_some else None

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
        if checksum(kept) != crc:
            raise IndexDamaged("the index's words are damaged (a common one); build it again")
        rows, shares, telling = kept
        return CommonWord(
            np.frombuffer(rows, np.int32),
            np.frombuffer(shares, np.float64),
            np.frombuffer(telling, np.int32),
        )


def checksum(kept: Sequence[bytes]) -> int:
    """The checksum of the arrays of a `CommonWord`, as bytes."""
    return crc32(kept[2], crc32(kept[1], crc32(kept[0])))

"""Row numbers: the keys of rows in a table of FTS5. They ascend as rows do, with room between, so
that a row may come between two others and those behind it stay as they are.
"""

from __future__ import annotations

import sqlite3
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from entrywise.data.errors import IndexDamaged
from entrywise.index.passages.rows import UNKNOWN
from entrywise.index.words.database import Database

Numbers = NDArray[np.int32]
"""int32 (rows,), ascending."""

_ROOM = 64
"""Numbers a row. FTS5 keeps how far apart the rows of a word are, in a byte or more: of 20,000
entries its table is 3 % larger than with numbers in turn."""
_MOST = 2**31 - 1


def fresh_numbers(rows: int) -> Numbers:
    """The numbers of `rows` rows, all of them new."""
    return np.arange(1, rows + 1, dtype=np.int32) * np.int32(min(_ROOM, _MOST // (rows + 1)))


def renumbered(kept: Numbers) -> Numbers | None:
    """The numbers of rows of which some are new; None where there is no room for these.

    >>> renumbered(np.array([64, -1, 128, -1], np.int32))
    array([ 64,  96, 128, 192], dtype=int32)

    Args:
        kept: those that rows have, `UNKNOWN` of new ones.
    """
    numbers = kept.copy()
    is_new = np.concatenate([[False], kept == UNKNOWN, [False]])
    for first, last in np.flatnonzero(np.diff(is_new)).reshape(-1, 2).tolist():
        before = int(numbers[first - 1]) if first else 0
        parts = last - first + 1
        room = int(numbers[last]) - before if last < len(numbers) else parts * _ROOM
        if room < parts or before + room > _MOST:
            return None
        numbers[first:last] = before + np.arange(1, parts) * room // parts
    return numbers


def write_numbers(connection: sqlite3.Connection, numbers: Numbers) -> None:
    """Keep the numbers of all rows in the file of a table."""
    connection.execute("DROP TABLE IF EXISTS numbers")
    connection.execute("CREATE TABLE numbers (numbers BLOB NOT NULL, crc INTEGER NOT NULL)")
    kept = numbers.tobytes()
    connection.execute("INSERT INTO numbers VALUES (?, ?)", (kept, crc32(kept)))


def read_numbers(database: Database) -> Numbers:
    """The numbers of all rows.

    Raises:
        IndexDamaged: they are not what was written.
    """
    [(kept, crc)] = database.rows("SELECT numbers, crc FROM numbers")
    if crc32(kept) != crc:
        raise IndexDamaged("the index's words are damaged (their rows); build it again")
    return np.frombuffer(kept, np.int32)


def rows_of(numbers: Numbers, found: NDArray[np.integer[Any]]) -> NDArray[np.int32]:
    """The rows that have some of the numbers, int32 (n,)."""
    return np.searchsorted(numbers, found).astype(np.int32)

"""The tables of names where some entries are other: SQLite copies the rows of all other names, with
the numbers that they have now.

What is told of all names together is found again for what is in one that came or went: how the
first name that has a word writes it, and whose initials some letters are.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from itertools import count, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from entrywise.index.names.forms import Name
from entrywise.index.names.lookup import keys_of
from entrywise.index.names.tables import INDEXES, TABLES
from entrywise.index.names.words import FEWEST, digits_of, initialled, initials_of, written_words
from entrywise.index.passages.carryover import carried
from entrywise.index.passages.rows import UNKNOWN, Ordinals, left_over, runs
from entrywise.index.words.database import attach, new_file

_MANY = 50
"""Words: more are looked for one name after the other."""

_TEMPORARY = """
CREATE TEMP TABLE moves (first INTEGER PRIMARY KEY, shift INTEGER);
CREATE TEMP TABLE gone (number INTEGER PRIMARY KEY);
CREATE TEMP TABLE came (key TEXT, number INTEGER, PRIMARY KEY (key, number)) WITHOUT ROWID;
CREATE TEMP TABLE found (letters TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE owned (letters TEXT PRIMARY KEY, form TEXT) WITHOUT ROWID;
"""
_COPIED = """
INSERT INTO names SELECT number + ?, form, entry + ?, ordinary, key FROM old.names
WHERE number BETWEEN ? AND ? ORDER BY number
"""
# Both parts are in the order of keys already.
_MERGED_KEYS = """
INSERT INTO keys
SELECT key, number + (SELECT shift FROM moves WHERE first <= number ORDER BY first DESC LIMIT 1)
FROM old.keys WHERE number NOT IN (SELECT number FROM gone)
UNION ALL SELECT key, number FROM came ORDER BY 1, 2
"""
_MERGED_INITIALS = """
INSERT INTO initials
SELECT letters, form FROM old.initials WHERE letters NOT IN (SELECT letters FROM found)
UNION ALL SELECT letters, form FROM owned ORDER BY 1
"""


def update(path: Path, old: Path, before: Ordinals, names: Sequence[Name]) -> None:
    """Write what `write` of `tables.py` writes.

    Args:
        old: the names of another index.
        before: where each entry is there, `UNKNOWN` of one that is other or new; in their order.
        names: those of the entries that are other or new, in their order.

    Raises:
        OSError: the file cannot be written.
    """
    with new_file(path) as connection:
        connection.executescript(TABLES)
        attach(connection, old)
        connection.executescript(_TEMPORARY)
        had = connection.execute("SELECT entry FROM old.names ORDER BY number").fetchall()
        entries = np.array(had, np.int32).reshape(-1, 1)
        come = np.array([name.entry for name in names], np.int32).reshape(-1, 1)
        owners, rows = carried(before, entries, come)
        # That of a new one says nothing.
        shifts = owners[:, 0] - np.append(entries[:, 0], 0)[rows]
        _copy_names(connection, rows, shifts, names)
        _move(connection, rows, len(entries))
        new = dict(zip(np.flatnonzero(rows == UNKNOWN).tolist(), names, strict=True))
        keys = ((key, number) for number, name in new.items() for key in keys_of(name))
        connection.executemany("INSERT INTO came VALUES (?, ?)", keys)
        connection.execute(_MERGED_KEYS)
        gone = connection.execute("SELECT key FROM old.names WHERE number IN gone").fetchall()
        other = [*(name.key for name in names), *(key for (key,) in gone)]
        _write_words_and_initials(connection, other)
        connection.execute(INDEXES)


def _copy_names(
    connection: sqlite3.Connection,
    rows: NDArray[np.int64],
    shifts: NDArray[np.int32],
    names: Sequence[Name],
) -> None:
    """Write all names, in their order.

    Args:
        rows: the number that each has in the other index, `UNKNOWN` of a new one.
        shifts: how many more entries are before that of each of the others.
        names: the new ones.
    """
    put = iter(names)
    for first, last, before in runs(rows):
        if before == UNKNOWN:
            some = [(number, *next(put)) for number in range(first, last)]
            connection.executemany("INSERT INTO names VALUES (?, ?, ?, ?, ?)", some)
            continue
        # Entries without a name may have come or gone within.
        ends = [first, *(np.flatnonzero(np.diff(shifts[first:last])) + first + 1).tolist(), last]
        for start, end in pairwise(ends):
            begin = before + start - first
            moved = (first - before, int(shifts[start]), begin, begin + end - start - 1)
            connection.execute(_COPIED, moved)


def _move(connection: sqlite3.Connection, rows: NDArray[np.int64], names: int) -> None:
    """Note how the numbers of names move: of so many, and which of them are gone."""
    moves = ((before, first - before) for first, _, before in runs(rows) if before != UNKNOWN)
    connection.executemany("INSERT INTO moves VALUES (?, ?)", moves)
    gone = ((number,) for number in left_over(rows, names).tolist())
    connection.executemany("INSERT INTO gone VALUES (?)", gone)


def _write_words_and_initials(connection: sqlite3.Connection, other: Sequence[str]) -> None:
    """Write words, and names by their initials.

    Args:
        other: what names are looked up by that came or went.
    """
    found = connection.execute("SELECT key FROM names ORDER BY number").fetchall()
    keys = [key for (key,) in found]
    every = dict.fromkeys(" ".join(keys).split(" "))
    places = dict(zip((word for word in every if len(word) >= FEWEST), count()))
    words = {word for key in other for word in key.split(" ")}
    letters = {*map(initials_of, other)} - {""}
    firsts, owners = _with_words(keys, words), _with_initials(keys, letters)
    kept = connection.execute("SELECT digits, length, number, word, written FROM old.words")
    rows = [(*row[:2], places[row[3]], *row[3:]) for row in kept if row[3] not in words]
    for word, number in firsts.items():
        if word in places:
            written = written_words(_names(connection, [number]))[word]
            rows.append((digits_of(word), len(word), places[word], word, written))
    connection.executemany("INSERT INTO words VALUES (?, ?, ?, ?, ?)", sorted(rows))
    connection.executemany("INSERT INTO found VALUES (?)", ((one,) for one in letters))
    owned = initialled(_names(connection, owners))
    connection.executemany("INSERT INTO owned VALUES (?, ?)", owned)
    connection.execute(_MERGED_INITIALS)


def _with_words(keys: Sequence[str], words: set[str]) -> Mapping[str, int]:
    """The first name that has each of some words."""
    firsts: dict[str, int] = {}
    if len(words) > _MANY:
        for number, key in enumerate(keys):
            for word in words.intersection(key.split(" ")):
                firsts.setdefault(word, number)
        return firsts
    # As one text, which is searched in a tenth of the time.
    text = " \n ".join(["", *keys, ""])
    for word in words:
        if (place := text.find(f" {word} ")) >= 0:
            firsts[word] = text.count("\n", 0, place) - 1
    return firsts


def _with_initials(keys: Sequence[str], letters: set[str]) -> list[int]:
    """The names that some letters may stand for."""
    begun = {one[0] for one in letters}
    return [
        number for number, key in enumerate(keys) if key[0] in begun and initials_of(key) in letters
    ]


def _names(connection: sqlite3.Connection, numbers: Iterable[int]) -> list[Name]:
    statement = "SELECT form, entry, ordinary, key FROM names WHERE number = ?"
    rows = (connection.execute(statement, (number,)).fetchone() for number in numbers)
    return [Name(form, entry, bool(ordinary), key) for form, entry, ordinary, key in rows]

"""Writes the words of an index, or updates those of changed rows in a copy.

FTS5 keeps what is put into its table at a time in a segment of its own, and merges these when there
are several, as often as pays. So an update costs what it changes, and a copy.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from entrywise.data.languages import DEFAULT, is_english
from entrywise.data.words import plain_words, spread
from entrywise.index.passages.rows import UNKNOWN
from entrywise.index.words.base import COLUMNS
from entrywise.index.words.database import SqliteFile, changed_copy, new_file
from entrywise.index.words.row_numbers import (
    Numbers,
    fresh_numbers,
    read_numbers,
    renumbered,
    write_numbers,
)
from entrywise.index.words.scoring import CommonTerms, least_common, places_in

Row = tuple[str, str, str]
"""The names of an entry, its text, and its ways of asking."""

Places = NDArray[np.int64]
"""int64 (rows,)."""

_COLUMNS = ", ".join(COLUMNS)
_FEW = 0.05
"""A share of the rows: where more of them changed, all are written anew."""


def write(path: Path, rows: Iterable[Row], language: str = DEFAULT) -> None:
    """Write one row an entry.

    Args:
        language: English words are stemmed by FTS5 (Porter); those of other languages are written
            as they are looked up (`stems.py`). Where words are not written apart, two letters are
            a word (`plain_words`), whatever the language.

    Raises:
        OSError: the file cannot be written.
    """
    tokenizer = _tokenizer(language)
    with new_file(path) as connection:
        _create(connection, "entries", tokenizer)
        cut = list(_cut(rows, language))
        numbers = fresh_numbers(len(cut))
        _insert(connection, "entries", zip(numbers.tolist(), cut, strict=True))
        connection.execute("INSERT INTO entries(entries) VALUES ('optimize')")
        write_numbers(connection, numbers)
        CommonTerms(connection, tokenizer, numbers).write()


def update(
    path: Path,
    old: Path,
    kept: Places,
    gone: Mapping[int, Row],
    new: Mapping[int, Row],
    language: str = DEFAULT,
) -> bool:
    """Write a file that differs from another by some rows, if that pays: false, and nothing is
    written, where all of them had better be written anew.

    Args:
        old: what was written by the same program, in the same language.
        kept: of each row which one it was, `UNKNOWN` of one that is other or new; in their order.
        gone: the rows that are other, or no more, as they were.
        new: those that are other or new, as they are.

    Raises:
        OSError: the file cannot be written.
    """
    # Of more rows other words may be common.
    before, after = len(kept) - len(new) + len(gone), len(kept)
    if max(len(gone), len(new)) > _FEW * before or least_common(before) != least_common(after):
        return False
    had = _numbers_of(old)
    numbers = renumbered(np.where(kept == UNKNOWN, np.int32(UNKNOWN), had[kept]))
    if numbers is None:
        return False
    tokenizer = _tokenizer(language)
    left, come = had[[*gone]].tolist(), numbers[[*new]].tolist()
    with changed_copy(old, path) as connection:
        for number, texts in zip(left, _cut(gone.values(), language), strict=True):
            connection.execute(
                f"INSERT INTO entries(entries, rowid, {_COLUMNS}) VALUES ('delete', ?, ?, ?, ?)",
                (number, *texts),
            )
        put = list(zip(come, _cut(new.values(), language), strict=True))
        _insert(connection, "entries", put)
        _create(connection, "temp.few", tokenizer)
        _insert(connection, "few", put)
        held = places_in(connection, "few")
        write_numbers(connection, numbers)
        CommonTerms(connection, tokenizer, numbers).renew({*left, *come}, held)
    return True


def _numbers_of(path: Path) -> Numbers:
    with closing(SqliteFile(path)) as database:
        return read_numbers(database)


def _tokenizer(language: str) -> str:
    # Words of other languages are cut already: all but signs of ASCII belongs to them.
    return "porter unicode61" if is_english(language) else "ascii"


def _cut(rows: Iterable[Row], language: str) -> Iterator[tuple[str, ...]]:
    """The rows with the words that their words are looked up by, in place of these."""
    if is_english(language):
        yield from (tuple(map(spread, row)) for row in rows)
        return
    from entrywise.index.words.stems import keys

    key = keys(language)
    for row in rows:
        yield tuple(" ".join(map(key, plain_words(text))) for text in row)


def _create(connection: sqlite3.Connection, table: str, tokenizer: str) -> None:
    connection.execute(
        f"CREATE VIRTUAL TABLE {table} USING fts5({_COLUMNS}, content='', tokenize='{tokenizer}')"
    )


def _insert(
    connection: sqlite3.Connection, table: str, rows: Iterable[tuple[int, tuple[str, ...]]]
) -> None:
    connection.executemany(
        f"INSERT INTO {table}(rowid, {_COLUMNS}) VALUES (?, ?, ?, ?)",
        ((number, *texts) for number, texts in rows),
    )

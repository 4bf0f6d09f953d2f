"""Postings: where each word stands, written from what FTS5 made of the texts, and read by word.

A row of the table is a word in one of the columns: the rows of texts that hold it, ascending, how
often each does, how long each is, and where it stands there. Who scores reads a word at once.
"""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from entrywise.index.memo import memo
from entrywise.index.stores.postgres.connections import Connection
from entrywise.index.words.base import COLUMNS, REMEMBERED
from entrywise.index.words.database import Database
from entrywise.index.words.row_numbers import Numbers, rows_of

_TABLES = """
CREATE TABLE texts (rows integer NOT NULL, tokens bigint NOT NULL, tokenizer text NOT NULL);
CREATE TABLE postings (
    term text COLLATE "C", field smallint, rows bytea NOT NULL, counts bytea NOT NULL,
    lengths bytea NOT NULL, positions bytea NOT NULL, PRIMARY KEY (term, field));
"""
_VOCABULARY = "CREATE VIRTUAL TABLE temp.stands USING fts5vocab({}, entries, instance)"


class Texts(NamedTuple):
    """All texts: how many rows, how many words, and what cuts them."""

    rows: int
    tokens: int
    tokenizer: str


class Posting(NamedTuple):
    """A word in one column: rows, ascending, how often it is in each, and how many words each has
    in all columns; int64 (n,) each."""

    rows: NDArray[np.int64]
    counts: NDArray[np.int64]
    lengths: NDArray[np.int64]


def write_postings(connection: Connection, database: sqlite3.Connection) -> None:
    """Write the postings of a table of FTS5.

    Raises:
        psycopg.Error: they cannot be written.
    """
    connection.execute(_TABLES.encode())
    database.execute(_VOCABULARY.format("main"))
    stands = "SELECT term, col, doc, offset FROM temp.stands"
    numbers = np.array(database.execute("SELECT id FROM entries_docsize ORDER BY id").fetchall())
    numbers = numbers.astype(np.int32).reshape(-1)
    lengths = np.zeros(len(numbers), np.int64)
    for number, count in database.execute("SELECT doc, count(*) FROM temp.stands GROUP BY doc"):
        lengths[np.searchsorted(numbers, number)] = count
    [(made,)] = database.execute("SELECT sql FROM sqlite_master WHERE name = 'entries'").fetchall()
    tokenizer = made.partition("tokenize='")[2].partition("'")[0]
    held = (len(numbers), int(lengths.sum()), tokenizer)
    connection.execute("INSERT INTO texts VALUES (%s, %s, %s)", held)
    statement = b"COPY postings FROM STDIN (FORMAT BINARY)"
    with connection.cursor().copy(statement) as copy:
        copy.set_types(("text", "int2", *["bytea"] * 4))
        ordered = database.execute(f"{stands} ORDER BY term, col, doc, offset")
        for (term, column), group in groupby(ordered, lambda stand: stand[:2]):
            copy.write_row((term, COLUMNS.index(column), *_packed(group, numbers, lengths)))


def _packed(
    group: Iterable[Sequence[Any]], numbers: Numbers, lengths: NDArray[np.int64]
) -> Iterator[bytes]:
    places = np.array([(number, offset) for *_, number, offset in group], np.int64)
    found, counts = np.unique(places[:, 0], return_counts=True)
    rows = rows_of(numbers, found)
    for column in (rows, counts, lengths[rows], places[:, 1]):
        yield column.astype(np.int32).tobytes()


def read_texts(database: Database) -> Texts:
    """What is known of all texts."""
    [(rows, tokens, tokenizer)] = database.rows("SELECT rows, tokens, tokenizer FROM texts")
    return Texts(rows, tokens, tokenizer)


def read_postings(database: Database, terms: Sequence[str]) -> Mapping[str, Mapping[int, Posting]]:
    """{word as it is kept: {column: its posting}}; nothing in it of a word that no text has."""
    found: dict[str, dict[int, Posting]] = {term: {} for term in terms}
    statement = "SELECT term, field, rows, counts, lengths FROM postings WHERE term = ANY(?)"
    for term, field, *packed in database.rows(statement, list(terms)):
        found[term][field] = Posting(*map(_unpacked, packed))
    return found


def read_places(
    database: Database, terms: Sequence[str]
) -> Mapping[str, Mapping[int, NDArray[np.int64]]]:
    """{word: {column: where it stands there}}: numbers of rows and of places within the column, one
    number of both, ascending."""
    found: dict[str, dict[int, NDArray[np.int64]]] = {term: {} for term in terms}
    statement = "SELECT term, field, rows, counts, positions FROM postings WHERE term = ANY(?)"
    for term, field, *packed in database.rows(statement, list(terms)):
        rows, counts, positions = map(_unpacked, packed)
        found[term][field] = (np.repeat(rows, counts) << 32) + positions
    return found


def rows_beginning(database: Database, term: str, fields: Sequence[int]) -> NDArray[np.int64]:
    """The rows that hold a word which begins so, ascending."""
    found = database.rows(
        "SELECT rows FROM postings WHERE term >= ? AND term < ? AND field = ANY(?)",
        term,
        term + chr(0x10FFFF),
        list(fields),
    )
    return np.unique(np.concatenate([np.empty(0, np.int64), *(_unpacked(r) for (r,) in found)]))


class Cutter:
    """Cuts words of a question as FTS5 cut those of the texts. Safe to share between threads."""

    def __init__(self, tokenizer: str) -> None:
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.execute(
            f"CREATE VIRTUAL TABLE entries USING fts5(text, content='', tokenize='{tokenizer}')"
        )
        self._database.execute(_VOCABULARY.format("main"))
        self._lock = Lock()
        # Closed when the last one lets go of it.
        self._close = weakref.finalize(self, self._database.close)
        self.terms = memo(self._cut, REMEMBERED)
        """What a word is kept as; several where it falls into them."""

    def _cut(self, word: str) -> tuple[str, ...]:
        with self._lock:
            try:
                self._database.execute("INSERT INTO entries(rowid, text) VALUES (1, ?)", (word,))
            except UnicodeEncodeError:
                return ()  # Half a character, as JSON may have one, is in no text.
            found = self._database.execute("SELECT term FROM temp.stands ORDER BY offset")
            cut = tuple(term for (term,) in found)
            self._database.rollback()
        return cut


def _unpacked(packed: bytes) -> NDArray[np.int64]:
    return np.frombuffer(packed, np.int32).astype(np.int64)

"""The tables of a generation, written from its files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
from psycopg import sql

from entrywise.index.layout import Layout
from entrywise.index.stores.base import Generation
from entrywise.index.stores.postgres.connections import Connection
from entrywise.index.stores.postgres.tables.postings import write_postings
from entrywise.index.stores.postgres.tables.vectors import write_vectors

_TYPES = {"INTEGER": "integer", "TEXT": 'text COLLATE "C"'}
"""{type of a column in SQLite: in PostgreSQL}; both order texts by their bytes."""

_TABLES = """
CREATE TABLE lines (ordinal integer PRIMARY KEY, line bytea NOT NULL);
CREATE TABLE starts (
    sentences bytea NOT NULL, mentions bytea NOT NULL, chunks bytea NOT NULL,
    features integer NOT NULL, dimension integer NOT NULL);
CREATE TABLE sentences (
    entry integer PRIMARY KEY, spans bytea NOT NULL, codes bytea NOT NULL, features bytea NOT NULL,
    mentions bytea NOT NULL);
"""


def write_tables(connection: Connection, files: Path, generation: Generation) -> None:
    """Write what is read by row of a generation into the schema that is searched first.

    Args:
        files: its folder.
        generation: the same, opened.

    Raises:
        psycopg.Error: it cannot be written.
    """
    layout = Layout(files)
    for path in (layout.listing, layout.names):
        with closing(sqlite3.connect(path)) as database:
            _write_database(connection, database)
    connection.execute(_TABLES.encode())
    count = len(generation.entries)
    lines = ((ordinal, generation.entries.line(ordinal)) for ordinal in range(count))
    copied(connection, "lines", ("ordinal", "line"), ("int4", "bytea"), lines)
    _write_sentences(connection, generation)
    write_vectors(connection, generation)
    with closing(sqlite3.connect(layout.words)) as database:
        write_postings(connection, database)
    connection.execute("ANALYZE")


def copied(
    connection: Connection,
    table: str,
    columns: Sequence[str],
    types: Sequence[str],
    rows: Iterable[Sequence[Any]],
) -> None:
    """Write rows into a table, all at once."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor().copy(statement) as copy:
        copy.set_types(types)
        for row in rows:
            copy.write_row(row)


def _write_sentences(connection: Connection, generation: Generation) -> None:
    """What is told of sentences, a row for each entry: they are read together."""
    entries = np.arange(len(generation.entries) + 1, dtype=np.int32)
    sentences, mentions = generation.sentences[:], generation.sentence_mentions[:]
    starts = np.searchsorted(sentences[:, 0], entries).astype(np.int32)
    named = np.searchsorted(mentions[:, 0], starts).astype(np.int32)
    chunks = np.searchsorted(generation.chunks[:, 0], entries).astype(np.int32)
    features = generation.sentence_features
    held = (starts.tobytes(), named.tobytes(), chunks.tobytes(), features.shape[1])
    connection.execute(
        "INSERT INTO starts VALUES (%s, %s, %s, %s, %s)",
        (*held, generation.sentence_vectors.shape[1]),
    )

    def rows() -> Iterator[Sequence[Any]]:
        for entry in range(len(entries) - 1):
            first, last = starts[entry : entry + 2].tolist()
            yield (
                entry,
                sentences[first:last].tobytes(),
                generation.sentence_vectors.codes(first, last).tobytes(),
                features[first:last].tobytes(),
                mentions[named[entry] : named[entry + 1]].tobytes(),
            )

    columns = ("entry", "spans", "codes", "features", "mentions")
    copied(connection, "sentences", columns, ("int4", *["bytea"] * 4), rows())


def _write_database(connection: Connection, database: sqlite3.Connection) -> None:
    """The tables of a database of SQLite, with their keys and indexes, in the same names: the same
    SQL asks both."""
    tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (table,) in tables:
        told = database.execute(f"PRAGMA table_info({table})").fetchall()
        columns = [(name, kind) for _, name, kind, *_ in told]
        keys = [name for _, name, *_, place in sorted(told, key=lambda row: row[-1]) if place]
        selected = "*"
        if not keys:
            # Rows have a number there, whether there is a column for it or not.
            columns, keys, selected = [("rowid", "INTEGER"), *columns], ["rowid"], "rowid, *"
        names = [name for name, _ in columns]
        defined = [f'"{name}" {_TYPES[kind]} NOT NULL' for name, kind in columns]
        defined.append(f"PRIMARY KEY ({_listed(keys)})")
        connection.execute(f'CREATE TABLE "{table}" ({", ".join(defined)})'.encode())
        types = ["int4" if kind == "INTEGER" else "text" for _, kind in columns]
        rows = database.execute(f"SELECT {selected} FROM {table}")
        copied(connection, table, names, types, (tuple(map(_storable, row)) for row in rows))
        for _, index, unique, origin, _ in database.execute(f"PRAGMA index_list({table})"):
            if origin == "c":
                indexed = [row[2] for row in database.execute(f"PRAGMA index_info({index})")]
                kind = "UNIQUE INDEX" if unique else "INDEX"
                connection.execute(f'CREATE {kind} ON "{table}" ({_listed(indexed)})'.encode())


def _storable(value: Any) -> Any:
    """A value as a table of PostgreSQL can hold it: no text may have a zero character there."""
    return value.replace("\0", "\N{REPLACEMENT CHARACTER}") if isinstance(value, str) else value


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)

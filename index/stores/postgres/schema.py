"""The tables that all generations share, and how they came to be."""

from __future__ import annotations

import zlib

from psycopg import sql

from entrywise.data.errors import IndexDamaged
from entrywise.index.stores.postgres.address import Address
from entrywise.index.stores.postgres.connections import Connection

MIGRATIONS = (
    """
    CREATE TABLE generations (
        number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL,
        tables integer NOT NULL, manifest bytea NOT NULL, made timestamptz NOT NULL DEFAULT now(),
        replaced timestamptz);
    CREATE TABLE pointer (
        single boolean PRIMARY KEY DEFAULT true CHECK (single),
        number integer NOT NULL REFERENCES generations);
    CREATE TABLE files (
        sha256 text, part integer, data bytea NOT NULL, PRIMARY KEY (sha256, part));
    """,
)
"""What makes each version of these tables of the one before it; none is ever changed."""

BUILDING = 0
"""The lock of who builds; those of the tables of generations have their numbers, from 1."""


def lock_class(address: Address) -> int:
    """The first half of the keys of an index's advisory locks."""
    return zlib.crc32(f"entrywise:{address.schema}".encode()) - 2**31


def migrate(connection: Connection, address: Address) -> None:
    """Bring the tables up to this version, in one transaction.

    Raises:
        IndexDamaged: they are of a newer version.
        psycopg.Error: this user may not.
    """
    with connection.transaction():
        connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
        if not _exists(connection, address):
            name = sql.Identifier(address.schema)
            connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(name))
            connection.execute(
                sql.SQL("CREATE TABLE {}.migrations (version integer PRIMARY KEY)").format(name)
            )
        version = version_of(connection, address)
        connection.execute("SELECT set_config('search_path', %s, true)", (address.schema,))
        for number, statements in enumerate(MIGRATIONS[version:], version + 1):
            connection.execute(statements.encode())
            connection.execute("INSERT INTO migrations VALUES (%s)", (number,))


def version_of(connection: Connection, address: Address) -> int:
    """The version of the tables.

    Raises:
        IndexDamaged: it is newer than this program.
        psycopg.Error: there are none.
    """
    statement = "SELECT coalesce(max(version), 0) FROM {}.migrations"
    found = connection.execute(sql.SQL(statement).format(sql.Identifier(address.schema)))
    version = int(found.fetchall()[0][0])
    if version > len(MIGRATIONS):
        raise IndexDamaged(
            f"{address}: its tables are of version {version}, this program's of "
            f"{len(MIGRATIONS)}; update Entrywise"
        )
    return version


def _exists(connection: Connection, address: Address) -> bool:
    table = f"{address.schema}.migrations"
    return connection.execute("SELECT to_regclass(%s)", (table,)).fetchall()[0][0] is not None

"""Messages for errors of a database, in one line: what, why, and the remedy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors

from entrywise.data.addresses import without_secrets
from entrywise.data.errors import IndexDamaged, IndexMissing, IndexUnusable
from entrywise.index.stores.postgres.address import Address

NO_INDEX = "no index there: build one with `entrywise index build SOURCE --store ADDRESS`"

# By what the server says: of a refused connection psycopg knows no code.
_REFUSED = (
    ("password authentication failed", "check the user and the password"),
    ("no password supplied", "put the password into the address, PGPASSWORD or ~/.pgpass"),
    ("pg_hba.conf", "have the server admit this user from here in its pg_hba.conf"),
    ("too many clients", "raise max_connections, or have fewer processes read"),
)
_BY_KIND: tuple[tuple[type[psycopg.Error] | tuple[type[psycopg.Error], ...], str], ...] = (
    ((errors.UndefinedTable, errors.InvalidSchemaName), NO_INDEX),
    (
        (errors.FeatureNotSupported, errors.UndefinedFile, errors.UndefinedObject),
        "pgvector is missing on the server: install it there, e.g. Debian's postgresql-17-pgvector",
    ),
    (
        errors.InsufficientPrivilege,
        "this user may not: GRANT it the right, or have an administrator run what is named",
    ),
    (
        errors.ReadOnlySqlTransaction,
        "this server is a replica, which cannot be written: build at the primary",
    ),
    (errors.DiskFull, "the server's disk is full: make room there"),
)


@contextmanager
def told(address: Address) -> Iterator[None]:
    """Raise what the database raises as an error of Entrywise.

    Raises:
        IndexMissing: it cannot be reached, read or written.
        IndexDamaged: it says that its data are broken.
    """
    try:
        yield
    except psycopg.Error as error:
        raise fault(error, address) from error


def fault(error: psycopg.Error, address: Address) -> IndexUnusable:
    """The error of Entrywise that says what a database said."""
    said = without_secrets(" ".join(str(error).split("\n")[0].split()))
    if isinstance(error, errors.DataCorrupted | errors.IndexCorrupted):
        return IndexDamaged(f"{address}: the database is damaged ({said}); restore it, or build it")
    for kind, remedy in _BY_KIND:
        if isinstance(error, kind):
            return IndexMissing(f"{address}: {said}; {remedy}")
    if 'database "' in said and "does not exist" in said:
        return IndexMissing(
            f"{address}: no such database; create it with `createdb`, or correct it"
        )
    for words, remedy in _REFUSED:
        if words in said:
            return IndexMissing(f"{address}: {said.rpartition('FATAL: ')[2]}; {remedy}")
    if isinstance(error, psycopg.OperationalError):
        remedy = "start it, or correct the address"
        return IndexMissing(f"{address}: the server cannot be reached ({said}); {remedy}")
    return IndexDamaged(f"{address}: the index cannot be read ({said}); build it again")

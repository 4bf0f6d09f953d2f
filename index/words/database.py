"""Databases that are only read: the words of an index, its names, and its listing."""

from __future__ import annotations

import shutil
import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

from entrywise.data.errors import IndexDamaged


class Database(Protocol):
    """Tables that nobody changes. Safe to share between threads."""

    def rows(self, statement: str, *parameters: object) -> list[Any]:
        """What a statement selects, in SQL that SQLite and PostgreSQL both know, `?` for each
        parameter; nothing where a parameter is no text that a table could hold.

        Raises:
            IndexDamaged: it cannot be read.
        """
        ...

    def close(self) -> None:
        """Release it; twice does no harm."""
        ...


@contextmanager
def new_file(path: Path) -> Iterator[sqlite3.Connection]:
    """A file of SQLite that is being written.

    Raises:
        OSError: it cannot be written.
    """
    try:
        with closing(sqlite3.connect(_address(path), uri=True)) as connection, connection:
            yield connection
    except sqlite3.OperationalError as error:
        raise OSError(f"{path.name}: {error}") from error


def attach(connection: sqlite3.Connection, old: Path) -> None:
    """Make the tables of a file that nobody changes readable beside those of another one, which
    nothing was inserted into yet, as `old.TABLE`."""
    connection.execute("ATTACH ? AS old", (_unchanged(old),))


def insert(connection: sqlite3.Connection, table: str, rows: Iterator[tuple[object, ...]]) -> None:
    """Insert rows of as many values as the table has columns."""
    for first in rows:
        marks_of = ", ".join("?" * len(first))
        connection.execute(f"INSERT INTO {table} VALUES ({marks_of})", first)
        connection.executemany(f"INSERT INTO {table} VALUES ({marks_of})", rows)


@contextmanager
def changed_copy(old: Path, path: Path) -> Iterator[sqlite3.Connection]:
    """A copy of a file of SQLite that is being changed.

    Raises:
        OSError: it cannot be written.
    """
    shutil.copyfile(old, path)
    with new_file(path) as connection:
        # Where a change fails nobody reads the copy: nothing is kept to undo it by.
        connection.execute("PRAGMA journal_mode = OFF")
        yield connection


class SqliteFile:
    """A file of SQLite, read-only and memory-mapped.

    It is not opened as the files that are written to (`rag/log/database.py`): nothing changes it,
    so it needs no locks on disk, no file beside it, and no version but that of the manifest.
    """

    def __init__(self, path: Path) -> None:
        self._name = path.name
        connection = sqlite3.connect(_unchanged(path), uri=True, check_same_thread=False)
        connection.execute("PRAGMA mmap_size = 268435456")
        self.connection = connection
        # A connection caches its prepared statements, and two threads must not step one at a time.
        self._lock = Lock()
        # An index that nobody closed is closed when the last one lets go of it.
        self.close = weakref.finalize(self, connection.close)
        """Release the file; twice does no harm."""

    def rows(self, statement: str, *parameters: object) -> list[Any]:
        """What a statement selects."""
        try:
            with self._lock:
                return self.connection.execute(statement, parameters).fetchall()
        except UnicodeEncodeError:
            return []  # Half a character, as JSON may have one, is in no text.
        except sqlite3.ProgrammingError:
            raise  # The index was closed: a mistake of the caller's, not damage.
        except sqlite3.DatabaseError as error:
            raise IndexDamaged(
                f"{self._name} of the index cannot be read ({error}); build it again"
            ) from error


def _address(path: Path) -> str:
    return path.resolve().as_uri()


def _unchanged(path: Path) -> str:
    """The address of a file that is read, and needs no locks."""
    return f"{_address(path)}?mode=ro&immutable=1"

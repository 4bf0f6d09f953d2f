"""Databases: SQLite files of ours, which threads and processes write to at the same time.

A file is made by who first writes to it, with its folder, for its owner's eyes only. Its header
says what it is; the file of another program or version is refused, and left as it is.

With a write-ahead log a row costs 0.05 ms, 0.3 ms among eight writers, and a killed process leaves
the file sound; with a rollback journal it costs 16 ms, and eight writers lost one row in twenty to
time-outs. A power cut may lose the last rows.

`index/words/fts5.py` has a connection of its own: what it reads is never written again, so it takes
no locks, makes no files beside it, and maps it.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from entrywise.data.errors import EntrywiseError
from entrywise.data.system_errors import unwritable

# What SQLite tells by codes of its own, the extended ones in the higher bits.
_PRIMARY = 0xFF
_REFUSALS = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EACCES,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_PERM: errno.EACCES,
    sqlite3.SQLITE_BUSY: errno.EBUSY,
    sqlite3.SQLITE_LOCKED: errno.EBUSY,
    sqlite3.SQLITE_IOERR: errno.EIO,
}


class ForeignFile(EntrywiseError):
    """A file is another program's, or of another version."""


@dataclass(frozen=True, slots=True)
class FileFormat:
    """What one kind of file is, and how such files are opened."""

    noun: str
    """What people call such a file."""
    variable: str
    """The variable of the environment that names another one."""
    application: int
    """What SQLite keeps in a file's header for the program that it belongs to: four bytes."""
    version: int
    schema: str
    upgrades: Mapping[int, str] = field(default_factory=dict)
    """{earlier version: the statement that makes the next one of it}."""

    def open(self, path: Path, patience: float) -> sqlite3.Connection:
        """A connection for writing, which threads may share; each statement is a transaction.

        Args:
            path: the file, which is made where it is missing.
            patience: seconds that a writer waits for another one.

        Raises:
            OSError, sqlite3.Error: it cannot be written.
            ForeignFile: it is no such file.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        connection = _connected(path, patience)
        try:
            self._prepare(connection, path)
        except (sqlite3.Error, ForeignFile):
            connection.close()
            raise
        return connection

    def open_existing(self, path: Path, patience: float) -> sqlite3.Connection:
        """A connection for writing to a file that is there: it is not made.

        Raises:
            sqlite3.Error: it is missing or damaged.
            ForeignFile: it is no such file.
        """
        # Not read-only: that cannot tidy up after a killed process.
        connection = _connected(f"{path.resolve().as_uri()}?mode=rw", patience)
        try:
            self._check(connection, path)
        except (sqlite3.Error, ForeignFile):
            connection.close()
            raise
        return connection

    def unwritable(self, path: Path, error: OSError | sqlite3.Error) -> str:
        """Why a file cannot be written, and the remedy."""
        if isinstance(error, sqlite3.Error):
            code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
            number = errno.EISDIR if path.is_dir() else _REFUSALS.get(code, 0)
            error = OSError(number, str(error))
        return unwritable(path, error, otherwise=f"name another file with {self.variable}")

    def _prepare(self, connection: sqlite3.Connection, path: Path) -> None:
        """Make the table in an empty file, and have it written ahead."""
        # Two first writers at the same time: the second waits here, and finds the table.
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None:
            connection.execute(self.schema)
            connection.execute(f"PRAGMA application_id = {self.application}")
            connection.execute(f"PRAGMA user_version = {self.version}")
        self._check(connection, path)
        connection.execute("COMMIT")
        # Fails while somebody writes; then that one, or the next, makes the switch.
        with suppress(sqlite3.OperationalError):
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")

    def _check(self, connection: sqlite3.Connection, path: Path) -> None:
        """See what a file is; bring one of an earlier version up to date."""
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if application != self.application:
            raise ForeignFile(
                f"{str(path)!r} is no {self.noun}; name another file with {self.variable}"
            )
        if version in self.upgrades:
            version = self._upgraded(connection)
        if version != self.version:
            raise ForeignFile(
                f"the {self.noun} {str(path)!r} is of version {version}, this program reads "
                f"{self.version}; update Entrywise, or name another file with {self.variable}"
            )

    def _upgraded(self, connection: sqlite3.Connection) -> int:
        """The version that a file has once all upgrades are made, by this process or another."""
        is_alone = not connection.in_transaction
        if is_alone:
            connection.execute("BEGIN IMMEDIATE")
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        while version in self.upgrades:
            connection.execute(self.upgrades[version])
            version += 1
            connection.execute(f"PRAGMA user_version = {version}")
        if is_alone:
            connection.execute("COMMIT")
        return version


def _connected(place: Path | str, patience: float) -> sqlite3.Connection:
    return sqlite3.connect(
        place,
        timeout=patience,
        isolation_level=None,
        check_same_thread=False,
        uri=isinstance(place, str),
    )

"""The question log: what was asked and how well it was answered, in one SQLite file.

It holds questions and nothing of those who asked them. Writing never costs an answer: a log that
cannot be written is said once, on stderr. Reading raises.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock

from entrywise.data.errors import EntrywiseError
from entrywise.rag.answer import Intent, Status

# What SQLite keeps in a file's header for the program that it belongs to: "EWql" in ASCII.
_APPLICATION = 0x4557716C
_VERSION = 1

_SCHEMA = """CREATE TABLE questions (
    asked_at TEXT NOT NULL,    -- UTC, ISO 8601
    question TEXT NOT NULL,    -- as it was asked
    completed TEXT NOT NULL,   -- the same, or a follow-up completed from its conversation
    status TEXT NOT NULL,
    confidence REAL NOT NULL,
    intent TEXT NOT NULL,
    unknown TEXT NOT NULL,     -- names that no entry owns, JSON
    nearest TEXT NOT NULL      -- ids of the nearest entries, best first, JSON
)"""

# Seconds that a writer waits for another one. Eight processes that write as fast as they can wait
# 0.06 s at most; beyond half a second a reader would notice that the answer is late.
_PATIENCE = 0.5


@dataclass(frozen=True, slots=True)
class LoggedQuestion:
    """One row of the log, as the schema above describes it; `confidence` is in [0, 1]."""

    asked_at: str
    question: str
    completed: str
    status: Status
    confidence: float
    intent: Intent
    unknown: tuple[str, ...]
    nearest: tuple[str, ...]


class QuestionLog:
    """The log in one file. Threads may share it, and processes the file.

    With a write-ahead log a row costs 0.05 ms, 0.3 ms among eight writers, and a killed process
    leaves the file sound; with a rollback journal it costs 16 ms, and eight writers lost one row in
    twenty to time-outs.
    """

    def __init__(self, path: Path) -> None:
        """Log to this file, which is made, with its folder, when the first question is added."""
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._lock = Lock()
        self._warned = False

    def close(self) -> None:
        """Release the file; the next question opens it again."""
        with self._lock:
            if self._connection:
                self._connection.close()
            self._connection = None

    def add(self, question: LoggedQuestion) -> None:
        """Add one question; where that fails, say so once, on stderr."""
        try:
            if not self._lock.acquire(timeout=_PATIENCE):
                raise TimeoutError(0, "another thread has waited for the file too long")
            try:
                self._insert(question)
            finally:
                self._lock.release()
        except (OSError, sqlite3.Error, EntrywiseError) as error:
            self._warn(error)

    def read(self, since: date | None = None) -> list[LoggedQuestion]:
        """The questions from the start of a day (UTC) on, in the order in which they were asked.

        Raises:
            EntrywiseError: there is no file, or it is damaged or no question log.
        """
        with self._existing() as connection:
            rows = connection.execute(
                "SELECT asked_at, question, completed, status, confidence, intent, unknown, "
                "nearest FROM questions WHERE asked_at >= ? ORDER BY asked_at, rowid",
                (since.isoformat() if since else "",),
            )
            return [
                LoggedQuestion(*row[:6], *(tuple(json.loads(names)) for names in row[6:]))
                for row in rows
            ]

    def forget_before(self, day: date) -> int:
        """Delete the questions asked before the start of a day (UTC), from the disk too.

        Returns:
            how many there were.

        Raises:
            EntrywiseError: there is no file, it is damaged or no question log, or not writable.
        """
        with self._existing() as connection:
            # Zeroes what is deleted, also where its copy waited in the write-ahead log.
            connection.execute("PRAGMA secure_delete = ON")
            gone = connection.execute(
                "DELETE FROM questions WHERE asked_at < ?", (day.isoformat(),)
            ).rowcount
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return gone

    def _insert(self, question: LoggedQuestion) -> None:
        if self._connection is None:
            self._connection = _opened(self._path)
        self._connection.execute(
            "INSERT INTO questions VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                question.asked_at,
                question.question,
                question.completed,
                question.status,
                question.confidence,
                question.intent,
                json.dumps(question.unknown, ensure_ascii=False),
                json.dumps(question.nearest, ensure_ascii=False),
            ),
        )

    @contextmanager
    def _existing(self) -> Iterator[sqlite3.Connection]:
        """A connection to a log that is there already."""
        if not self._path.is_file():
            raise EntrywiseError(
                f"no question log at {str(self._path)!r}; it is made when a question is answered "
                "while ENTRYWISE_LOG names it"
            )
        try:
            # Not read-only: that cannot tidy up after a killed process.
            with closing(_connected(f"{self._path.resolve().as_uri()}?mode=rw")) as connection:
                _check(connection, self._path)
                yield connection
        except (sqlite3.Error, ValueError, TypeError) as error:
            raise EntrywiseError(
                f"the question log {str(self._path)!r} cannot be used ({error}); "
                "mend its permissions, or move it away to begin a new one"
            ) from error

    def _warn(self, error: Exception) -> None:
        if self._warned:
            return
        self._warned = True
        message = str(error)
        if not isinstance(error, EntrywiseError):
            reason = getattr(error, "strerror", None) or error
            message = (
                f"{str(self._path)!r} cannot be written ({reason}); "
                "make it writable, or name another file with ENTRYWISE_LOG"
            )
        print(f"entrywise: questions are answered, but not logged: {message}", file=sys.stderr)


def _connected(place: Path | str) -> sqlite3.Connection:
    return sqlite3.connect(
        place,
        timeout=_PATIENCE,
        isolation_level=None,
        check_same_thread=False,
        uri=isinstance(place, str),
    )


def _opened(path: Path) -> sqlite3.Connection:
    """A connection for writing; the file is made where it is missing, for its owner's eyes only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    connection = _connected(path)
    try:
        connection.execute("BEGIN IMMEDIATE")
        if _is_empty(connection):
            connection.execute(_SCHEMA)
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            connection.execute(f"PRAGMA user_version = {_VERSION}")
        _check(connection, path)
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
    except (sqlite3.Error, EntrywiseError):
        connection.close()
        raise
    return connection


def _is_empty(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None


def _check(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a file of another program, or of another version of this one."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != _APPLICATION:
        raise EntrywiseError(f"{str(path)!r} is no question log; name another file")
    if version != _VERSION:
        raise EntrywiseError(
            f"the question log {str(path)!r} is of version {version}, this program reads "
            f"{_VERSION}; update Entrywise, or name another file"
        )

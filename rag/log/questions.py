"""The question log: what was asked and how well it was answered, in one SQLite file.

It holds questions and nothing of those who asked them. Writing never costs an answer: a log that
cannot be written is said once, on stderr. Reading raises.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock

from entrywise.data.errors import EntrywiseError
from entrywise.rag.answer import Intent, Status
from entrywise.rag.log.database import FileFormat, ForeignFile

FORMAT = FileFormat(
    noun="question log",
    variable="ENTRYWISE_LOG",
    application=0x4557716C,  # "EWql" in ASCII
    version=1,
    schema="""CREATE TABLE questions (
        asked_at TEXT NOT NULL,    -- UTC, ISO 8601
        question TEXT NOT NULL,    -- as it was asked
        completed TEXT NOT NULL,   -- the same, or a follow-up completed from its conversation
        status TEXT NOT NULL,
        confidence REAL NOT NULL,
        intent TEXT NOT NULL,
        unknown TEXT NOT NULL,     -- names that no entry owns, JSON
        nearest TEXT NOT NULL      -- ids of the nearest entries, best first, JSON
    )""",
)

PATIENCE = 0.5
"""Seconds that a writer waits for another one. Eight processes that write as fast as they can wait
0.06 s at most; beyond half a second a reader would notice that the answer is late."""


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
    """The log in one file. Threads may share it, and processes the file."""

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        """Log to this file, which is made, with its folder, when the first question is added.

        Args:
            path: the file.
            patience: seconds that a question waits for those of other threads and processes.
        """
        self._path = path
        self._patience = patience
        self._connection: sqlite3.Connection | None = None
        self._lock = Lock()
        self._warned = False

    def close(self) -> None:
        """Release the file; the next question opens it again."""
        with self._lock:
            if self._connection:
                self._release()
            self._connection = None

    def add(self, question: LoggedQuestion) -> None:
        """Add one question; where that fails, say so once, on stderr."""
        try:
            if not self._lock.acquire(timeout=self._patience):
                raise TimeoutError(0, "another thread has waited for the file too long")
            try:
                self._insert(question)
            finally:
                self._lock.release()
        except ForeignFile as error:
            self._warn(str(error))
        except (OSError, sqlite3.Error) as error:
            self._warn(FORMAT.unwritable(self._path, error))

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
            # What was wished then, too (wishes.py).
            if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'wishes'").fetchone():
                connection.execute("DELETE FROM wishes WHERE wished_at < ?", (day.isoformat(),))
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return gone

    def _insert(self, question: LoggedQuestion) -> None:
        if self._connection is None:
            self._connection = FORMAT.open(self._path, self._patience)
            # A log that nobody closed is closed when the last one lets go of it.
            self._release = weakref.finalize(self, self._connection.close)
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
            with closing(FORMAT.open_existing(self._path, self._patience)) as connection:
                yield connection
        except (sqlite3.Error, ValueError, TypeError) as error:
            raise EntrywiseError(
                f"the question log {str(self._path)!r} cannot be used ({error}); "
                "mend its permissions, or move it away to begin a new one"
            ) from error

    def _warn(self, message: str) -> None:
        if self._warned:
            return
        self._warned = True
        print(f"entrywise: questions are answered, but not logged: {message}", file=sys.stderr)

"""Votes on answers, kept in one SQLite file: what was asked, the vote, and why.

It holds nothing of those who voted. Unlike a question that is logged, a vote that cannot be kept
is an error: who gave it is told.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from entrywise.data.errors import EntrywiseError
from entrywise.rag.answer import Status

Direction = Literal["up", "down"]

# What SQLite keeps in a file's header for the program that it belongs to: "EWfb" in ASCII.
_APPLICATION = 0x45576662
_VERSION = 1

_SCHEMA = """CREATE TABLE votes (
    id TEXT PRIMARY KEY,       -- made by who votes: a vote that is sent again replaces the first
    voted_at TEXT NOT NULL,    -- UTC, ISO 8601
    question TEXT NOT NULL,
    vote TEXT NOT NULL,        -- up or down
    comment TEXT NOT NULL,
    answer_status TEXT NOT NULL,
    entries TEXT NOT NULL      -- ids of the entries that the answer cited, JSON
)"""

LARGEST = 256 * 2**20
"""Bytes of a file of votes: some 1,000 as long as one may be, half a million as people give them.
Who runs the server moves it away, or names another."""

# Seconds that a writer waits for another one: beyond that, who voted is asked to try again.
_PATIENCE = 2.0


@dataclass(frozen=True, slots=True)
class Vote:
    """One vote on one answer."""

    id: str
    question: str
    vote: Direction
    comment: str
    answer_status: Status
    entries: tuple[str, ...]


class VotesUnwritable(EntrywiseError):
    """The file of votes cannot be written."""


class VoteBox:
    """The votes in one file. Threads and processes may share it: each vote opens it anew."""

    def __init__(self, path: Path, largest: int = LARGEST) -> None:
        """Keep votes in this file, which is made, with its folder, by the first one.

        Args:
            path: the file.
            largest: how many bytes it may have; a vote beyond that is refused.
        """
        self._path = path
        self._largest = largest

    def put(self, vote: Vote) -> None:
        """Keep one vote, in the place of an earlier one with the same id.

        Raises:
            VotesUnwritable: the disk or the file is full, the place is read-only, or the file is
                another's.
        """
        try:
            with closing(self._opened()) as connection, connection:
                connection.execute(
                    "INSERT OR REPLACE INTO votes VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (
                        vote.id,
                        datetime.now(UTC).isoformat(timespec="seconds"),
                        vote.question,
                        vote.vote,
                        vote.comment,
                        vote.answer_status,
                        json.dumps(vote.entries, ensure_ascii=False),
                    ),
                )
        except (OSError, sqlite3.Error) as error:
            reason = getattr(error, "strerror", None) or error
            raise VotesUnwritable(
                f"{str(self._path)!r} cannot be written ({reason}); make room or make it "
                "writable, or name another file with ENTRYWISE_FEEDBACK"
            ) from error

    def _opened(self) -> sqlite3.Connection:
        """A connection for writing; the file is made where it is missing, for its owner's eyes."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.touch(mode=0o600)
        connection = sqlite3.connect(self._path, timeout=_PATIENCE)
        try:
            self._prepare(connection)
            (page_size,) = connection.execute("PRAGMA page_size").fetchone()
            # SQLite holds the limit, for this connection: beyond it the database is full.
            connection.execute(f"PRAGMA max_page_count = {self._largest // page_size}")
        except (sqlite3.Error, VotesUnwritable):
            connection.close()
            raise
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Make the table in an empty file; refuse the file of another program."""
        with connection:
            # Two first votes at the same time: the second waits here, and finds the table.
            connection.execute("BEGIN IMMEDIATE")
            if connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None:
                connection.execute(_SCHEMA)
                connection.execute(f"PRAGMA application_id = {_APPLICATION}")
                connection.execute(f"PRAGMA user_version = {_VERSION}")
            header = [
                connection.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("application_id", "user_version")
            ]
        if header != [_APPLICATION, _VERSION]:
            raise VotesUnwritable(
                f"{str(self._path)!r} is no file of votes of this version; "
                "name another with ENTRYWISE_FEEDBACK"
            )
        # Fails while another vote is being written; then that one, or the next, makes the switch.
        with suppress(sqlite3.OperationalError):
            connection.execute("PRAGMA journal_mode = WAL")

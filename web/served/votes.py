"""Votes on answers, kept in one SQLite file: what was asked, the vote, and why.

It holds nothing of those who voted. Unlike a question that is logged, a vote that cannot be kept
is an error: who gave it is told.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from entrywise.data.errors import EntrywiseError
from entrywise.rag.answer import Status
from entrywise.rag.log.database import FileFormat, ForeignFile

Direction = Literal["up", "down"]

FORMAT = FileFormat(
    noun="file of votes",
    variable="ENTRYWISE_FEEDBACK",
    application=0x45576662,  # "EWfb" in ASCII
    version=2,
    upgrades={1: "ALTER TABLE votes ADD COLUMN knowledge_base TEXT NOT NULL DEFAULT ''"},
    schema="""CREATE TABLE votes (
        id TEXT PRIMARY KEY,       -- made by who votes: one that is sent again replaces the first
        voted_at TEXT NOT NULL,    -- UTC, ISO 8601
        question TEXT NOT NULL,
        vote TEXT NOT NULL,        -- up or down
        comment TEXT NOT NULL,
        answer_status TEXT NOT NULL,
        entries TEXT NOT NULL,     -- ids of the entries that the answer cited, JSON
        knowledge_base TEXT NOT NULL DEFAULT ''   -- its title; several may share the file
    )""",
)

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
    knowledge_base: str = ""
    """The title of the one that answered; empty: from before it was kept."""


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
            with closing(FORMAT.open(self._path, _PATIENCE)) as connection:
                self._limit(connection)
                connection.execute(
                    "INSERT OR REPLACE INTO votes VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        vote.id,
                        datetime.now(UTC).isoformat(timespec="seconds"),
                        vote.question,
                        vote.vote,
                        vote.comment,
                        vote.answer_status,
                        json.dumps(vote.entries, ensure_ascii=False),
                        vote.knowledge_base,
                    ),
                )
        except ForeignFile as error:
            raise VotesUnwritable(str(error)) from error
        except (OSError, sqlite3.Error) as error:
            raise VotesUnwritable(FORMAT.unwritable(self._path, error)) from error

    def read(self, knowledge_base: str) -> list[Vote]:
        """The votes on answers of a knowledge base, called by its title, and those of which that is
        not known; the newest first, none where no file is.

        Raises:
            EntrywiseError: the file is damaged, or no file of votes.
        """
        if not self._path.is_file():
            return []
        try:
            with closing(FORMAT.open_existing(self._path, _PATIENCE)) as connection:
                rows = connection.execute(
                    "SELECT id, question, vote, comment, answer_status, entries, knowledge_base "
                    "FROM votes WHERE knowledge_base IN (?, '') "
                    "ORDER BY voted_at DESC, rowid DESC",
                    (knowledge_base,),
                )
                return [
                    Vote(own_id, question, vote, comment, status, tuple(json.loads(entries)), base)
                    for own_id, question, vote, comment, status, entries, base in rows
                ]
        except (sqlite3.Error, ValueError, TypeError) as error:
            raise EntrywiseError(
                f"the file of votes {str(self._path)!r} cannot be read ({error}); mend its "
                "permissions, or move it away to begin a new one"
            ) from error

    def _limit(self, connection: sqlite3.Connection) -> None:
        """Have SQLite hold the limit, for this connection: beyond it, the database is full."""
        (page_size,) = connection.execute("PRAGMA page_size").fetchone()
        connection.execute(f"PRAGMA max_page_count = {self._largest // page_size}")

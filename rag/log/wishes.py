"""Wishes: what people told the maintainers is missing, in the file of the question log.

A question without an answer is logged when it is asked; a wish is made by hand, and may say why.
Like the log it holds nothing of who made it, and it is kept only where a log is.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from entrywise.data.errors import EntrywiseError
from entrywise.rag.log.database import ForeignFile
from entrywise.rag.log.questions import FORMAT

MOST = 10_000
"""Wishes that a file holds: the newest. Anybody may make one."""

_SCHEMA = """CREATE TABLE IF NOT EXISTS wishes (
    wished_at TEXT NOT NULL,   -- UTC, ISO 8601
    question TEXT NOT NULL,    -- completed from its conversation, as the log has it
    comment TEXT NOT NULL      -- what was hoped for; often empty
)"""
# Seconds that a writer waits for another one: beyond that, who wishes is asked to try again.
_PATIENCE = 2.0


@dataclass(frozen=True, slots=True)
class Wish:
    """A question that somebody wants to be answered, and what they hoped to find."""

    wished_at: str
    question: str
    comment: str


class WishesUnwritable(EntrywiseError):
    """The file of the log cannot be written."""


class Wishes:
    """The wishes in the file of a question log. Each opens it anew: they are few."""

    def __init__(self, path: Path) -> None:
        """Those in this file, which is made, with its folder, by the first one."""
        self._path = path

    def add(self, question: str, comment: str) -> None:
        """Keep a wish.

        Raises:
            WishesUnwritable: the disk is full, the place is read-only, or the file is another's.
        """
        now = datetime.now(UTC).isoformat(timespec="seconds")
        try:
            with closing(FORMAT.open(self._path, _PATIENCE)) as connection:
                connection.execute(_SCHEMA)
                connection.execute("INSERT INTO wishes VALUES (?, ?, ?)", (now, question, comment))
                connection.execute(
                    "DELETE FROM wishes WHERE rowid <= (SELECT max(rowid) FROM wishes) - ?", (MOST,)
                )
        except ForeignFile as error:
            raise WishesUnwritable(str(error)) from error
        except (OSError, sqlite3.Error) as error:
            raise WishesUnwritable(FORMAT.unwritable(self._path, error)) from error

    def read(self, since: date | None = None) -> list[Wish]:
        """The wishes from the start of a day (UTC) on, the oldest first; none where no file is.

        Raises:
            EntrywiseError: the file is damaged, or no question log.
        """
        if not self._path.is_file():
            return []
        try:
            with closing(FORMAT.open_existing(self._path, _PATIENCE)) as connection:
                connection.execute(_SCHEMA)
                rows = connection.execute(
                    "SELECT wished_at, question, comment FROM wishes WHERE wished_at >= ? "
                    "ORDER BY wished_at, rowid",
                    (since.isoformat() if since else "",),
                )
                return [Wish(*row) for row in rows]
        except sqlite3.Error as error:
            raise EntrywiseError(
                f"the wishes in {str(self._path)!r} cannot be read ({error}); mend its "
                "permissions, or move it away to begin a new one"
            ) from error

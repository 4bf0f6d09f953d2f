"""A database that is only read: the words of an index, and its listing."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from threading import Lock
from typing import Any

from entrywise.data.errors import IndexDamaged


class Database:
    """A file written by `write`, read-only and memory-mapped. Safe to share between threads.

    It is not opened as the files that are written to (`rag/log/database.py`): nothing changes it,
    so it needs no locks on disk, no file beside it, and no version but that of the manifest.
    """

    def __init__(self, path: Path) -> None:
        self._name = path.name
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self.connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self.connection.execute("PRAGMA mmap_size = 268435456")
        # A connection caches its prepared statements, and two threads must not step one at a time.
        self._lock = Lock()

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

"""Counts of requests in one SQLite database: of one process in memory, of several in a file.

The library `limits` has storages for one process and for servers of their own; this one makes its
strategies hold for the processes of one machine. In memory it takes the place of the library's,
which goes through all clients, in a new thread, at every request, and forgets none of them.
"""

from __future__ import annotations

import math
import sqlite3
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from limits.storage import MovingWindowSupport, Storage

from entrywise.rag.log.database import FileFormat, ForeignFile

FORMAT = FileFormat(
    noun="file of request counts",
    variable="ENTRYWISE_RATE_LIMIT_STORE",
    application=0x45577263,  # "EWrc" in ASCII
    version=1,
    schema="""CREATE TABLE counts (
        client TEXT NOT NULL,      -- a digest of a key or an address, with its limit
        at REAL NOT NULL,          -- Unix time
        amount INTEGER NOT NULL,
        until REAL NOT NULL,       -- when it counts no more
        PRIMARY KEY (client, at)
    ) WITHOUT ROWID""",
)

# Seconds that a writer waits for another one, which a busy machine may have put aside while it
# writes; the server answers nothing meanwhile.
_PATIENCE = 1.0

# Seconds between two looks for what counts no more.
_SWEEP = 10.0

_ADD = (
    "INSERT INTO counts VALUES (?, ?, ?, ?) "
    "ON CONFLICT (client, at) DO UPDATE SET amount = amount + excluded.amount"
)


class Counts(Storage, MovingWindowSupport):
    """A storage of the library `limits`. Threads may share it, and processes its file.

    What goes wrong with the file is raised as `limits.errors.StorageError`.
    """

    STORAGE_SCHEME = None

    def __init__(self, path: Path | None = None) -> None:
        """Count in a file, which is made with its folder; without one, in memory.

        Raises:
            OSError, sqlite3.Error, ForeignFile: the file cannot be written, or is another's.
        """
        super().__init__(wrap_exceptions=True)
        self._lock = Lock()
        self._swept = time.time()
        if path is None:
            self._database = sqlite3.connect(
                ":memory:", isolation_level=None, check_same_thread=False
            )
            self._database.execute(FORMAT.schema)
        else:
            self._database = FORMAT.open(path, _PATIENCE)
            # What a power cut takes counts no more: no writer waits for the disk.
            self._database.execute("PRAGMA synchronous = OFF")
        # Counts that nobody closed are closed when the last one lets go of them.
        self.close = weakref.finalize(self, self._database.close)
        """Release the file; twice does no harm."""

    @property
    def base_exceptions(self) -> tuple[type[Exception], ...]:
        """What is raised as a `StorageError`."""
        return (OSError, sqlite3.Error, ForeignFile)

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count requests of a client if no more than `limit` are in the last `expiry` seconds."""
        with self._transaction() as now:
            _, counted = self._window(key, now - expiry)
            if counted + amount > limit:
                return False
            self._database.execute(_ADD, (key, now, amount, now + expiry))
            return True

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        """The Unix time of the first request that counts, now where none does, and how many do."""
        with self._transaction() as now:
            first, counted = self._window(key, now - expiry)
            return first or now, counted

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count requests of a client; how many there are since the last multiple of `expiry`
        seconds."""
        with self._transaction() as now:
            begun = math.floor(now / expiry) * float(expiry)
            self._database.execute(_ADD, (key, begun, amount, begun + expiry))
            return self._valid(key, now)[1]

    def get(self, key: str) -> int:
        """How many `incr` has counted and are still valid."""
        with self._transaction() as now:
            return self._valid(key, now)[1]

    def get_expiry(self, key: str) -> float:
        """The Unix time at which they count no more; now where there are none."""
        with self._transaction() as now:
            return self._valid(key, now)[0] or now

    def check(self) -> bool:
        """Whether the database can be read."""
        self.get("")
        return True

    def reset(self) -> int:
        """Forget everything; how many rows there were."""
        with self._transaction():
            return self._database.execute("DELETE FROM counts").rowcount

    def clear(self, key: str) -> None:
        """Forget one client."""
        with self._transaction():
            self._database.execute("DELETE FROM counts WHERE client = ?", (key,))

    def _window(self, key: str, since: float) -> tuple[float | None, int]:
        query = "SELECT min(at), total(amount) FROM counts WHERE client = ? AND at > ?"
        first, counted = self._database.execute(query, (key, since)).fetchone()
        return first, int(counted)

    def _valid(self, key: str, now: float) -> tuple[float | None, int]:
        query = "SELECT max(until), total(amount) FROM counts WHERE client = ? AND until > ?"
        until, counted = self._database.execute(query, (key, now)).fetchone()
        return until, int(counted)

    @contextmanager
    def _transaction(self) -> Iterator[float]:
        """Nobody else reads or writes meanwhile; the Unix time at which it begins."""
        with self._lock:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                now = time.time()
                self._sweep(now)
                yield now
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")

    def _sweep(self, now: float) -> None:
        """Forget what counts no more, from time to time: clients come and never come again."""
        if now - self._swept > _SWEEP:
            self._swept = now
            self._database.execute("DELETE FROM counts WHERE until <= ?", (now,))

"""How often a client may ask: two budgets, and where they are kept.

A question or a page is counted in a moving window. What is cheap and comes often, a letter that is
typed or a file that a page needs, has a larger budget of its own, counted from minute to minute
(or whatever the limit says): so no address is without a limit but that of the health checks.
"""

from __future__ import annotations

import logging
import math
import sqlite3
import time
from pathlib import Path

from limits import RateLimitItem, parse_many
from limits.errors import ConfigurationError, StorageError
from limits.storage import Storage, storage_from_string
from limits.strategies import FixedWindowRateLimiter, MovingWindowRateLimiter, RateLimiter
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection

from entrywise.data.errors import SettingsError
from entrywise.rag.log.database import ForeignFile
from entrywise.web.gate.counts import FORMAT, Counts

LIGHT = 50
"""Light requests for each question of the limit: a page brings some twenty files, a question some
twenty letters, and a reader turns back a page or two."""

# Seconds: the server answers nothing while it waits for a store elsewhere. A store that fails is
# left alone: for a moment, others may just be writing, and twice as long each time it fails again.
_PATIENCE = 0.5
_SHORTEST_PAUSE = 0.5
_LONGEST_PAUSE = 16.0

_log = logging.getLogger(__name__)


class Limiter:
    """Counts the requests of each client, and refuses those beyond the limit."""

    def __init__(self, limit: str, store: str = "") -> None:
        """Let each client ask so often, e.g. "60/minute"; an empty text is no limit.

        Args:
            store: where it is counted: empty, in this process; else in a file, which processes of
                one machine may share, or at an address of Redis or Valkey ("redis://…").

        Raises:
            SettingsError: the limit cannot be read, or the store cannot be used.
        """
        self._limit = _read_limit(limit) if limit else None
        if self._limit is None:
            return
        self._light = type(self._limit)(
            LIGHT * self._limit.amount, self._limit.multiples, namespace="LIGHT"
        )
        self._store = open_store(store)
        # What counts where the store fails: each process for itself, but every request.
        self._spare = Counts() if store else self._store
        self._pause = 0.0
        self._tried_again = -math.inf

    def close(self) -> None:
        """Release the store, where it is a file."""
        if self._limit is not None and isinstance(self._store, Counts):
            self._store.close()

    def charge(self, request: HTTPConnection, cost: int = 1, *, of: int | None = None) -> None:
        """Count a request, or more of the questions in it.

        Args:
            of: how many questions the whole request has, if not `cost`.

        Raises:
            HTTPException: the client has asked too often, or asks too much at once.
        """
        if self._limit is None:
            return
        whole = of or cost
        if whole > self._limit.amount:
            raise HTTPException(429, f"{whole} questions are more than {self._limit}; send fewer")
        self._count(MovingWindowRateLimiter, self._limit, request, cost)

    def charge_light(self, request: HTTPConnection) -> None:
        """Count a request that is cheap and comes often.

        Raises:
            HTTPException: the client has sent too many of them.
        """
        if self._limit is not None:
            self._count(FixedWindowRateLimiter, self._light, request, 1)

    def _count(
        self, strategy: type[RateLimiter], limit: RateLimitItem, request: HTTPConnection, cost: int
    ) -> None:
        client = request.scope.get("client_id", "")
        if time.monotonic() >= self._tried_again:
            try:
                return _charge(strategy(self._store), limit, client, cost)
            except StorageError as error:
                self._leave_alone(error)
        _charge(strategy(self._spare), limit, client, cost)

    def _leave_alone(self, error: StorageError) -> None:
        """Do without the store for a while."""
        now = time.monotonic()
        fails_again = now - self._tried_again <= self._pause
        self._pause = min(2 * self._pause, _LONGEST_PAUSE) if fails_again else _SHORTEST_PAUSE
        self._tried_again = now + self._pause
        _log.warning(
            "requests are counted in this process alone for %g s: the store fails (%s); "
            "mend it or name another as rate_limit_store",
            self._pause,
            " ".join(str(error.storage_error).split()),
        )


def _charge(window: RateLimiter, limit: RateLimitItem, client: str, cost: int) -> None:
    if window.hit(limit, client, cost=cost):
        return
    # When to come again: when one more request fits, or, for more, a whole window on.
    wait = limit.get_expiry()
    if cost == 1:
        reset = window.get_window_stats(limit, client).reset_time
        wait = max(1, math.ceil(reset - time.time()))
    raise HTTPException(
        429, f"more than {limit}; ask again in {wait} s", headers={"Retry-After": str(wait)}
    )


def open_store(store: str) -> Storage:
    """Where requests are counted: empty, in memory; a file; or an address ("redis://…").

    Raises:
        SettingsError: it cannot be used.
    """
    if "://" not in store:
        return _open_file(Path(store).expanduser()) if store else Counts()
    kind = store.partition("://")[0]
    # The address may hold a password.
    where = f"rate_limit_store is at {kind}://…"
    package = next((name for name in ("redis", "valkey") if kind.startswith(name)), None)
    if package is None:
        raise SettingsError(f"{where}, which is neither Redis nor Valkey; write e.g. redis://HOST")
    waits = {"socket_timeout": _PATIENCE, "socket_connect_timeout": _PATIENCE}
    try:
        opened = storage_from_string(store, wrap_exceptions=True, **waits)
        if isinstance(opened, Storage) and opened.check():
            return opened
    except ConfigurationError as error:
        raise SettingsError(
            f"{where}, for which the package {package} is missing; pip install {package}, "
            "or name a file"
        ) from error
    except ValueError as error:
        raise SettingsError(f"{where}, which is no address; write e.g. redis://HOST") from error
    raise SettingsError(f"{where}, where nothing answers; start it or mend the address")


def _open_file(path: Path) -> Counts:
    try:
        return Counts(path)
    except ForeignFile as error:
        raise SettingsError(str(error)) from error
    except (OSError, sqlite3.Error) as error:
        raise SettingsError(FORMAT.unwritable(path, error)) from error


def _read_limit(text: str) -> RateLimitItem:
    try:
        (limit,) = parse_many(text)
    except ValueError:
        limit = None
    if limit is None or limit.amount < 1:
        raise SettingsError(f"rate_limit is {text!r}, which is no limit; write e.g. 60/minute")
    return limit

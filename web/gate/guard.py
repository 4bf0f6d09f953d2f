"""Who may ask, and how often: keys of clients, and a limit on the requests of each."""

from __future__ import annotations

import base64
import binascii
import math
import time
from collections.abc import Sequence
from hashlib import sha256
from secrets import compare_digest

from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from entrywise.data.errors import SettingsError
from entrywise.web.gate.problems import refusal

_OPEN = ("/health", "/static/", "/widget.js", "/theme.css", "/logo")
"""What needs no key and is not counted: of the knowledge base it tells no more than its name, its
looks and its size."""
_FREE = (*_OPEN, "/suggest", "/metrics")
"""What is not counted: a suggestion comes with every letter that is typed."""

# Browsers ask for a password by themselves: a key is taken as one, whatever the name.
_CHALLENGE = 'Bearer realm="entrywise", Basic realm="entrywise", charset="UTF-8"'


class Limiter:
    """Counts the requests of each client in a moving window, in this process."""

    def __init__(self, limit: str) -> None:
        """Let each client ask so often, e.g. "60/minute"; an empty text is no limit.

        Raises:
            SettingsError: the limit cannot be read.
        """
        self._limit = _read_limit(limit) if limit else None
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def charge(self, request: HTTPConnection, cost: int = 1, *, of: int | None = None) -> None:
        """Count a request, or more of the questions in it.

        Args:
            of: how many questions the whole request has, if not `cost`.

        Raises:
            HTTPException: the client has asked too often, or asks too much at once.
        """
        client = request.scope.get("client_id", "")
        if self._limit is None:
            return
        whole = of or cost
        if whole > self._limit.amount:
            raise HTTPException(429, f"{whole} questions are more than {self._limit}; send fewer")
        if not self._window.hit(self._limit, client, cost=cost):
            raise self._refusal(client, cost)

    def _refusal(self, client: str, cost: int) -> HTTPException:
        """Says when to come again: when one more request fits, or, for more, a whole window on."""
        assert self._limit is not None
        wait = self._limit.get_expiry()
        if cost == 1:
            reset = self._window.get_window_stats(self._limit, client).reset_time
            wait = max(1, math.ceil(reset - time.time()))
        return HTTPException(
            429,
            f"more than {self._limit}; ask again in {wait} s",
            headers={"Retry-After": str(wait)},
        )


def _read_limit(text: str) -> RateLimitItem:
    try:
        (limit,) = parse_many(text)
    except ValueError:
        limit = None
    if limit is None or limit.amount < 1:
        raise SettingsError(f"rate_limit is {text!r}, which is no limit; write e.g. 60/minute")
    return limit


class Guard:
    """Lets through who has a key, where there are keys, and has not asked too often."""

    def __init__(self, app: ASGIApp, keys: Sequence[str], limiter: Limiter) -> None:
        self._app = app
        self._keys = [_digest(key) for key in keys]
        self._limiter = limiter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request, or pass it on."""
        if scope["type"] == "http":
            request = Request(scope)
            try:
                self._check(request)
            except HTTPException as error:
                await refusal(request, error)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _check(self, request: Request) -> None:
        key = _sent_key(request)
        known = self._knows(key)
        host = request.client.host if request.client else ""
        # By its key a client is the same wherever it asks from; the key itself is kept nowhere.
        request.scope["client_id"] = _digest(key) if known else host
        path = request.url.path
        is_refused = bool(self._keys) and not known and not path.startswith(_OPEN)
        # Who guesses keys is counted wherever it tries.
        if is_refused or not path.startswith(_FREE):
            self._limiter.charge(request)
        if is_refused:
            what = "this key is not known" if key else "a key is needed"
            raise HTTPException(
                401,
                f"{what}; send one as Authorization: Bearer KEY, or as X-API-Key",
                headers={"WWW-Authenticate": _CHALLENGE},
            )

    def _knows(self, key: str) -> bool:
        """Whether it is one of the keys. All are compared, in a time that tells nothing of them."""
        sent = _digest(key)
        return sum(compare_digest(sent, known) for known in self._keys) > 0


def _digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()


def _sent_key(request: Request) -> str:
    """The key that a request carries, or an empty text."""
    scheme, _, value = _header(request, "Authorization").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return ""
    return _header(request, "X-API-Key")


def _header(request: Request, name: str) -> str:
    """A header as UTF-8, which keys of a settings file may be in."""
    return request.headers.get(name, "").encode("latin-1").decode(errors="replace")

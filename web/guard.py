"""Who may ask, and how often: keys of clients, and a limit on the requests of each."""

from __future__ import annotations

import base64
import binascii
import math
import time
from collections.abc import Sequence
from hashlib import sha256
from secrets import compare_digest

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from entrywise.data.errors import SettingsError
from entrywise.web.problems import refusal

_OPEN = ("/health", "/static/", "/widget.js")
"""What needs no key and is not counted: it tells nothing of the knowledge base."""
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
        self._limit: RateLimitItem | None = None
        if limit:
            try:
                self._limit = parse(limit)
            except ValueError:
                raise SettingsError(
                    f"rate_limit is {limit!r}, which is no limit; write e.g. 60/minute"
                ) from None
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def charge(self, request: HTTPConnection, cost: int = 1) -> None:
        """Count a request, or the questions in it.

        Raises:
            HTTPException: the client has asked too often; it says when to come again.
        """
        client = request.scope.get("client_id", "")
        if self._limit is None or self._window.hit(self._limit, client, cost=cost):
            return
        if cost > self._limit.amount:
            raise HTTPException(
                429, f"{cost} questions are more than {self._limit} in all; send fewer at once"
            )
        reset = self._window.get_window_stats(self._limit, client).reset_time
        wait = max(1, math.ceil(reset - time.time()))
        raise HTTPException(
            429,
            f"more than {self._limit}; ask again in {wait} s",
            headers={"Retry-After": str(wait)},
        )


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
        if not path.startswith(_FREE):
            self._limiter.charge(request)
        if self._keys and not known and not path.startswith(_OPEN):
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

"""Who may ask, and how often: keys of clients, and a limit on the requests of each.

A request is counted before anything looks at the rest of it: what fails is counted, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from secrets import compare_digest

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from entrywise.web.gate.credentials import digest, sender, sent_key
from entrywise.web.gate.limiter import Limiter
from entrywise.web.gate.problems import refusal

PROBES = ("/health", "/health/ready")
"""What needs no key and is not counted: who runs the server asks all the time, and it costs next to
nothing."""
_LOOKS = (
    "/theme.css",
    "/logo",
    "/icon-192.png",
    "/icon-512.png",
    "/icon-full.png",
    "/manifest.webmanifest",
    "/opensearch.xml",
    "/worker.js",
    "/unreachable",
)
_OPEN = (*PROBES, "/static/", "/widget.js", *_LOOKS)
"""What needs no key, a path or a folder with its slash: of the knowledge base it tells no more than
its name, its looks and its size."""
_LIGHT = (*_OPEN, "/suggest", "/metrics")
"""What is cheap and comes often: files of a page, a suggestion with every letter."""


class Guard:
    """Counts every request, and decides whether it is let in: who has a key, where there are keys,
    and has not asked too often. `Refusing` tells the others."""

    def __init__(self, app: ASGIApp, keys: Sequence[str], limiter: Limiter) -> None:
        self._app = app
        self._keys = [digest(key) for key in keys]
        self._limiter = limiter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Note a refusal in the request, and pass it on."""
        if scope["type"] == "http":
            try:
                self._check(scope)
            except HTTPException as error:
                scope["refusal"] = error
                if _is_preflight(scope) and error.status_code == 429:
                    # What is further in answers these by itself.
                    await refusal(Request(scope), error)(scope, receive, send)
                    return
        await self._app(scope, receive, send)

    def _check(self, scope: Scope) -> None:
        key = sent_key(scope)
        known = self._knows(key)
        # By its key a client is the same wherever it asks from; the key itself is kept nowhere.
        scope["client_id"] = digest(key if known else sender(scope))
        path = scope["path"]
        is_refused = bool(self._keys) and not known and not _is_among(path, _OPEN)
        is_light = _is_among(path, _LIGHT) and not is_refused
        if is_light or (_is_preflight(scope) and not key):
            if not _is_among(path, PROBES):
                self._limiter.charge_light(Request(scope))
        else:
            # Who guesses keys is counted wherever it tries.
            self._limiter.charge(Request(scope))
        if is_refused:
            what = "this key is not known" if key else "a key is needed"
            raise HTTPException(
                401, f"{what}; send one as Authorization: Bearer KEY, or as X-API-Key"
            )

    def _knows(self, key: str) -> bool:
        """Whether it is one of the keys. All are compared, in a time that tells nothing of them."""
        sent = digest(key)
        return sum(compare_digest(sent, known) for known in self._keys) > 0


class Refusing:
    """Answers what `Guard` refused. It stands further in, so that a refusal has the headers that
    every response has, and can be read by pages of other origins."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Say why a request is refused, or pass it on."""
        if error := scope.get("refusal"):
            await refusal(Request(scope), error)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _is_preflight(scope: Scope) -> bool:
    """Whether a browser asks, for a page of another origin, what it may send; without a key."""
    names = {name for name, _ in scope["headers"]}
    return scope["method"] == "OPTIONS" and b"access-control-request-method" in names


def _is_among(path: str, paths: Sequence[str]) -> bool:
    return any(path == one or (one[-1] == "/" and path.startswith(one)) for one in paths)

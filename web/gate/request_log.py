"""Logs every request: an id, a line, and numbers for a monitor.

The log has neither questions nor addresses of people: paths only.
"""

from __future__ import annotations

import asyncio
import logging
import re
from contextvars import ContextVar
from time import perf_counter
from urllib.parse import quote
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from entrywise.web.gate.metrics import Metrics
from entrywise.web.gate.problems import refusal

REQUEST_ID = "X-Request-ID"

request_id: ContextVar[str] = ContextVar("request_id", default="-")
"""The id of the request that is being answered."""

_access = logging.getLogger(__name__)

# Any word is a method to the server, and would be a line of its own in the numbers.
_METHODS = ("GET", "HEAD", "POST", "OPTIONS", "DELETE", "PUT", "PATCH")

# What a client or a proxy sends is taken if it can be printed in a log.
_FITTING = re.compile(r"[\w.:-]{1,128}", re.ASCII)


class Observing:
    """Gives each request an id, logs how it ended, and counts it."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and observe its response until it ends."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get(REQUEST_ID, "")
        own = given if _FITTING.fullmatch(given) else uuid4().hex
        request_id.set(own)
        scope.setdefault("state", {})["request_id"] = own
        status = 500
        has_begun = False
        start = perf_counter()

        async def send_with_id(message: Message) -> None:
            nonlocal status, has_begun
            if message["type"] == "http.response.start":
                status, has_begun = message["status"], True
                MutableHeaders(scope=message)[REQUEST_ID] = own
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        except asyncio.CancelledError:
            # The server ends, and has waited for it as long as it does. No fault: no traceback.
            if not has_begun:
                error = HTTPException(503, "the server ends before it could answer; ask again")
                await refusal(Request(scope), error)(scope, receive, send_with_id)
        finally:
            seconds = perf_counter() - start
            method = scope["method"] if scope["method"] in _METHODS else "other"
            self._metrics.observe(method, _route(scope), status, seconds)
            # A path may have anything in it, and a log is read in terminals.
            path = quote(scope["path"], safe="/.-_~")
            _access.info("%s %s %d %.0f ms", method, path, status, seconds * 1000)


def _route(scope: Scope) -> str:
    """The route that answered, as it is declared: ids of entries would be too many to count."""
    route = scope.get("route")
    return getattr(route, "path_format", "") or (
        "/static" if "/static/" in scope["path"] else "none"
    )


class RequestIdFilter(logging.Filter):
    """Gives every record of a log the id of the request that it belongs to."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add `request_id` to a record."""
        record.request_id = request_id.get()
        return True


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": RequestIdFilter}},
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s [%(request_id)s] %(message)s"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["request_id"],
        }
    },
    "loggers": {
        "uvicorn": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "entrywise": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
"""How the server logs: lines on stderr, each with the id of its request."""

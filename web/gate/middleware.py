"""Middleware for every request and response: a limit on bodies, and headers."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# The longest question is 10,000 characters, at most 120,000 bytes as escaped JSON; the rest is
# room for a history.
MAX_BODY_BYTES = 2**18

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "font-src 'self'; img-src 'self' data:; manifest-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def allowing_style(style: str) -> str:
    """The policy of a page that has this style sheet within it, and no other."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = SECURITY_HEADERS["Content-Security-Policy"]
    return policy.replace("style-src 'self'", f"style-src 'self' 'sha256-{digest}'")


class SecurityHeaders:
    """Keeps a page to itself: no inline script, no inline style but of formulas (by its checksum),
    no frame, nothing from elsewhere.

    What a response says of itself stays. Streams pass through.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers to the response as it starts."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class BodyLimit:
    """Stops reading a body that is too large, whether it declares its length or not.

    FastAPI's `max_body_size` does so too, but answers in plain text where a length is declared.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count the bytes of the body as the application reads them."""
        read = 0

        async def receive_within_limit() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > MAX_BODY_BYTES:
                raise HTTPException(
                    413, f"the body has more than {MAX_BODY_BYTES:,} bytes; send less"
                )
            return message

        await self._app(scope, receive_within_limit, send)


class Heads:
    """Answers HEAD as GET, without the body (RFC 9110)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Ask for the whole, and send its head."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        scope["method"] = "GET"
        await self._app(scope, receive, send_head)

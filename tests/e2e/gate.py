"""A gate in a stream: what a page shows while an answer is still on its way can be looked at."""

from __future__ import annotations

import threading

from anyio.to_thread import run_sync
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Gate:
    """Middleware that lets the first `passing` pieces of a streamed answer through, and then waits.

    `opened` is set by the test: the rest of the stream follows, and later ones are not held.
    """

    def __init__(
        self, app: ASGIApp, opened: threading.Event, passing: int = 1, path: str = "/chat"
    ) -> None:
        self._app = app
        self._opened = opened
        self._passing = passing
        self._path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold the body of an answer behind its first pieces."""
        left = self._passing

        async def send_held(message: Message) -> None:
            nonlocal left
            if message["type"] == "http.response.body" and left == 0:
                # A reader who leaves, or a server that stops, does not wait for the test.
                await run_sync(self._opened.wait, abandon_on_cancel=True)
            await send(message)
            left -= bool(message.get("body")) and left > 0

        streamed = scope["type"] == "http" and scope["path"] == self._path
        await self._app(scope, receive, send_held if streamed else send)

"""A real server that speaks OpenAI's protocol, and does what a test tells it to."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

HOST = "127.0.0.1"

Behaviour = Callable[["Reply"], None]
"""What the server does with one request."""


class ScriptedServer:
    """Answers one request after the other by a script; its last behaviour is repeated.

    >>> with ScriptedServer(says("GQA shares heads [1].")) as server:    # doctest: +SKIP
    ...     CompatibleServer("any", server.url)
    """

    def __init__(self, *script: Behaviour) -> None:
        self.script = list(script)
        self.requests: list[dict[str, Any]] = []
        """The bodies of all requests."""
        self.keys: list[str | None] = []
        """Their Authorization headers."""
        self.left = threading.Event()
        """Set when a reader goes away before the end of a reply."""
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                server.requests.append(json.loads(body))
                server.keys.append(self.headers.get("Authorization"))
                place = min(len(server.requests), len(server.script)) - 1
                try:
                    server.script[place](Reply(self))
                except (BrokenPipeError, ConnectionResetError):
                    server.left.set()
                self.close_connection = True

            def log_message(self, format: str, *arguments: Any) -> None:
                """Say nothing."""

        self._http = ThreadingHTTPServer((HOST, 0), Handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=[0.01], daemon=True)

    @property
    def url(self) -> str:
        """What a client takes for OPENAI_BASE_URL."""
        return f"http://{HOST}:{self._http.server_port}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.shutdown()
        self._http.server_close()


class Reply:
    """The response to one request, in the hands of a behaviour."""

    def __init__(self, handler: BaseHTTPRequestHandler) -> None:
        self._handler = handler

    def status(self, status: int, body: str = "", **headers: str) -> None:
        """A whole response that is no stream."""
        data = body.encode()
        self._handler.send_response(status)
        for name, value in headers.items():
            self._handler.send_header(name.replace("_", "-"), value)
        self._handler.send_header("Content-Length", str(len(data)))
        self._handler.end_headers()
        self._handler.wfile.write(data)

    def begin(self) -> None:
        """The head of a stream, which ends with the connection."""
        self._handler.send_response(200)
        self._handler.send_header("Content-Type", "text/event-stream")
        self._handler.send_header("Connection", "close")
        self._handler.end_headers()

    def line(self, text: str) -> None:
        """An event of the stream, as it is."""
        self._handler.wfile.write(f"data: {text}\n\n".encode())
        self._handler.wfile.flush()

    def chunk(self, content: str = "", finish: str | None = None, **more: Any) -> None:
        """A chunk of a completion."""
        delta = {"content": content, **more}
        self.line(json.dumps(_chunk([{"index": 0, "delta": delta, "finish_reason": finish}])))

    def usage(self, **counts: Any) -> None:
        """The chunk that says what the reply cost."""
        self.line(json.dumps(_chunk([]) | {"usage": counts}))


def _chunk(choices: list[dict[str, Any]]) -> dict[str, Any]:
    head = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    return head | {"choices": choices}


def _pieces(text: str) -> Iterator[str]:
    """A text as models write it, some letters at a time."""
    yield from (text[place : place + 7] for place in range(0, len(text), 7))


def says(text: str, *, finish: str = "stop", **usage: Any) -> Behaviour:
    """A reply, with what it cost if that is told."""

    def behave(reply: Reply) -> None:
        reply.begin()
        for piece in _pieces(text):
            reply.chunk(piece)
        reply.chunk(finish=finish)
        if usage:
            reply.usage(**usage)
        reply.line("[DONE]")

    return behave


def refuses(status: int, body: str = "{}", **headers: str) -> Behaviour:
    """A response with a status of its own."""
    return lambda reply: reply.status(status, body, **headers)


def breaks_off(text: str) -> Behaviour:
    """A reply whose connection ends in the middle."""

    def behave(reply: Reply) -> None:
        reply.begin()
        for piece in _pieces(text):
            reply.chunk(piece)

    return behave


def sends(lines: Sequence[str]) -> Behaviour:
    """A stream of just these events."""

    def behave(reply: Reply) -> None:
        reply.begin()
        for line in lines:
            reply.line(line)

    return behave


def is_slow(text: str = "", *, released: threading.Event | None = None) -> Behaviour:
    """A reply that begins, and then does not go on until it is released or its reader leaves."""

    def behave(reply: Reply) -> None:
        reply.begin()
        for piece in _pieces(text):
            reply.chunk(piece)
        # A comment is nothing to the reader, and tells whether there is one.
        for _ in range(1000):
            if released is not None and released.is_set():
                reply.chunk(finish="stop")
                reply.line("[DONE]")
                return
            reply._handler.wfile.write(b": waiting\n\n")
            reply._handler.wfile.flush()
            time.sleep(0.02)

    return behave

"""HTTP: raw requests to the application, by its ASGI interface."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

from entrywise.rag.assistant import Assistant
from entrywise.rag.settings import load_settings
from entrywise.web.app import create_app
from fuzz.target import Case, insist, within
from fuzz.targets.requests import REQUESTS

_SECONDS = 60.0


class Http:
    """Whatever is sent, the answer is one of HTTP, and no fault of the server."""

    name = "http"
    strategy = REQUESTS

    def __init__(self, assistants: dict[str, Assistant]) -> None:
        settings = load_settings()
        locked = replace(
            settings, api_keys="k", rate_limit="1000000/second", cors_origins="https://a.b"
        )
        apps = {name: create_app(one, settings=settings) for name, one in assistants.items()}
        apps["locked"] = create_app(assistants["terms"], settings=locked)
        self._apps = apps
        self._loop = asyncio.new_event_loop()
        self._lives = {name: _Life(app) for name, app in apps.items()}

    def __enter__(self) -> Self:
        for life in self._lives.values():
            self._wait(life.begin())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for life in self._lives.values():
            self._wait(life.end())
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()

    def check(self, case: Case) -> None:
        """Send one."""
        call = _Call(case)
        with within(5 + len(case["sent"][2]) / 1_000):
            self._wait(call.to(self._apps[case["of"]]))
        call.check()

    def _wait(self, waited: Coroutine[Any, Any, None]) -> None:
        self._loop.run_until_complete(asyncio.wait_for(waited, _SECONDS))


class _Life:
    """The lifespan of an application."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def begin(self) -> None:
        self._events: asyncio.Queue[dict[str, str]] = asyncio.Queue()
        self._said: asyncio.Queue[Any] = asyncio.Queue()
        scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
        self._task = asyncio.ensure_future(self._app(scope, self._events.get, self._said.put))
        await self._events.put({"type": "lifespan.startup"})
        said = await self._said.get()
        insist(said["type"] == "lifespan.startup.complete", str(said))

    async def end(self) -> None:
        await self._events.put({"type": "lifespan.shutdown"})
        await self._task


class _Call:
    """One request, and what came of it."""

    def __init__(self, case: Case) -> None:
        body, count = case["sent"][2].encode("latin-1", "replace"), case["pieces"]
        size = len(body) // count + 1
        self._pieces = [body[at : at + size] for at in range(0, len(body), size)] or [b""]
        self._asked = case
        self._status = 0
        self._headers: dict[str, str] = {}
        self._body = b""
        self._ended = False

    def _scope(self) -> dict[str, Any]:
        case = self._asked
        headers = [
            (name.encode("latin-1"), value.encode("latin-1")) for name, value in case["headers"]
        ]
        if case["json"]:
            headers.append((b"content-type", b"application/json"))
        if case["has_key"]:
            headers.append((b"x-api-key", b"k"))
        headers.append((b"accept", case["accept"].encode()))
        method, path, _ = case["sent"]
        # Servers give applications a path of UTF-8, whatever was sent.
        raw = path.encode("utf-8", "replace")
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": raw.decode(),
            "raw_path": raw,
            "root_path": "",
            "query_string": case["query"].encode(),
            "headers": [*headers, (b"host", b"localhost")],
            "client": ("127.0.0.1", 5),
            "server": ("127.0.0.1", 80),
            "state": {},
        }

    async def to(self, app: Any) -> None:
        """Send it, and take in the whole response."""
        await app(self._scope(), self._receive, self._send)

    async def _receive(self) -> dict[str, Any]:
        if self._pieces:
            piece = self._pieces.pop(0)
            return {"type": "http.request", "body": piece, "more_body": bool(self._pieces)}
        # Nobody leaves before the end.
        await asyncio.Event().wait()
        raise AssertionError

    async def _send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            insist(not self._status, "two responses")
            self._status = message["status"]
            self._headers = {
                k.decode("latin-1"): v.decode("latin-1") for k, v in message["headers"]
            }
        elif message["type"] == "http.response.body":
            insist(self._status and not self._ended, "a body out of its place")
            self._body += message.get("body", b"")
            self._ended = not message.get("more_body", False)

    def check(self) -> None:
        """Look at the response."""
        insist(self._ended, "no response")
        insist(200 <= self._status < 500, f"status {self._status}: {self._body[:200]!r}")
        kind = self._headers.get("content-type", "")
        insist(
            not any(sign in value for value in self._headers.values() for sign in "\r\n\0"),
            "headers",
        )
        if not self._body or self._headers.get("content-encoding"):
            return
        if kind.startswith(("application/json", "application/problem+json")):
            told = json.loads(self._body)
            detail = told.get("detail", "x") if isinstance(told, dict) else "x"
            insist("Traceback" not in str(detail), "a traceback")
        elif kind.startswith("text/event-stream"):
            for line in self._body.decode().splitlines():
                told, _, data = line.partition(": ")
                insist(told in ("", "event", "data"), f"a line of events: {line[:80]!r}")
                if told == "data" and data != "[DONE]":
                    json.loads(data)
        elif kind.startswith("text/"):
            self._body.decode()

"""MCP over streamable HTTP at /mcp, started by the first request: others never wait for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from fastapi.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from entrywise.rag.answer import Citation
from entrywise.web.gate.hosts import is_known, stranger
from entrywise.web.gate.problems import refusal
from entrywise.web.served.links import Links, base_url
from entrywise.web.served.served import Served

if TYPE_CHECKING:
    from mcp.server import MCPServer
    from mcp.server.transport_security import TransportSecuritySettings

PATH = "/mcp"

_base: ContextVar[str] = ContextVar("base", default="")


class _RequestLinks:
    """Pages at the address that the current request was sent to."""

    def entry(self, entry_id: str) -> str:
        return Links(_base.get()).entry(entry_id)

    def quote(self, citation: Citation) -> str:
        return Links(_base.get()).quote(citation)


class McpEndpoint:
    """An ASGI application that answers agents while `serving` runs."""

    def __init__(self, public_url: str) -> None:
        self._public_url = public_url
        self._current: _Server
        self._running: set[_Server] = set()

    @asynccontextmanager
    async def serving(self, served: Served) -> AsyncIterator[None]:
        """Serve as soon as the first request comes, until this ends."""
        # An application may be served twice, each time in a loop of its own.
        own: set[_Server] = set()
        self._running = own
        self.take_up(served)
        # It may be exchanged, and is held by nobody then.
        del served
        try:
            yield
        finally:
            await asyncio.gather(*(server.stop() for server in own))

    def take_up(self, served: Served) -> None:
        """Serve this from now on; what is being answered from before is answered."""
        for older in [*self._running]:
            older.retire()
            if not older.is_busy:
                self._running.discard(older)
        self._current = _Server(served)
        self._running.add(self._current)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope)
        if error := self._refused(request):
            await refusal(request, error)(scope, receive, send)
            return
        _base.set(base_url(request))
        async with self._current.answering() as answer:
            await answer(dict(scope), receive, send)

    def _refused(self, request: Request) -> HTTPException | None:
        """Why a request is refused: agents are more than readers, so even over a network the server
        has to be known by its name."""
        if not is_known(request, self._public_url):
            return stranger(request)
        if request.method == "GET":
            # There are no sessions, and so no stream of what happens in one.
            return HTTPException(405, "agents send POST here", headers={"Allow": "POST"})
        return None


class _Server:
    """The SDK's server over what is served, started when somebody wants it."""

    def __init__(self, served: Served) -> None:
        self._requests = 0
        self._is_retired = False
        self._wanted = asyncio.Event()
        self._started: asyncio.Future[ASGIApp] = asyncio.get_running_loop().create_future()
        self._task = asyncio.create_task(self._run(served))

    @asynccontextmanager
    async def answering(self) -> AsyncIterator[ASGIApp]:
        """What answers one request, once it does."""
        self._requests += 1
        try:
            self._wanted.set()
            yield await asyncio.shield(self._started)
        finally:
            self._requests -= 1
            if self._is_retired:
                self.retire()

    @property
    def is_busy(self) -> bool:
        """Whether a request is being answered."""
        return self._requests > 0

    def retire(self) -> None:
        """End with the last request that is being answered."""
        self._is_retired = True
        if not self.is_busy:
            self._task.cancel()

    async def stop(self) -> None:
        """Answer no longer, and wait for the end of it."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self, served: Served) -> None:
        """Wait until somebody wants it, then serve until cancelled; after a failure once more."""
        while True:
            await self._wanted.wait()
            try:
                server = await run_in_threadpool(_open, served)
                answering = server.streamable_http_app(
                    stateless_http=True,
                    json_response=True,
                    # Hosts are checked here, where the public name is known.
                    transport_security=_transport_security(),
                )
                async with server.session_manager.run():
                    self._started.set_result(answering)
                    await asyncio.Event().wait()
            # Whatever it is, who is waiting gets it raised, and the next one starts anew.
            except Exception as error:
                self._wanted.clear()
                if not self._started.done():
                    self._started.set_exception(error)
                self._started = asyncio.get_running_loop().create_future()


def _open(served: Served) -> MCPServer:
    # Importing the SDK takes most of a second: only who is asked by an agent spends it.
    from entrywise.web.mcp.server import open_server

    return open_server(served, _RequestLinks())


def _transport_security() -> TransportSecuritySettings:
    from mcp.server.transport_security import TransportSecuritySettings

    return TransportSecuritySettings(enable_dns_rebinding_protection=False)

"""MCP over streamable HTTP at /mcp, started by the first request: others never wait for it.

A host that is reached by a name that the server does not know is refused: a page whose name was
made to lead here ("DNS rebinding") could read the knowledge base of whoever opens it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fastapi.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from entrywise.rag.answer import Citation
from entrywise.web.links import Links, base_url
from entrywise.web.problems import refusal
from entrywise.web.served import Served

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
        self._public_host = urlsplit(public_url).hostname or ""
        self._wanted = asyncio.Event()
        self._started: asyncio.Future[ASGIApp] | None = None

    @asynccontextmanager
    async def serving(self, served: Served) -> AsyncIterator[None]:
        """Serve as soon as the first request comes, until this ends."""
        self._wanted = asyncio.Event()
        self._started = asyncio.get_running_loop().create_future()
        running = asyncio.create_task(self._run(served, self._started))
        try:
            yield
        finally:
            self._wanted.clear()
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope)
        if not self._is_own(request.url.hostname or ""):
            error = HTTPException(
                403, f"the server is not known as {request.url.hostname!r}; set public_url"
            )
            await refusal(request, error)(scope, receive, send)
            return
        _base.set(base_url(request))
        assert self._started is not None, "not serving"
        self._wanted.set()
        answering = await asyncio.shield(self._started)
        await answering(dict(scope), receive, send)

    async def _run(self, served: Served, started: asyncio.Future[ASGIApp]) -> None:
        """Wait until somebody wants it, then serve until cancelled."""
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
                started.set_result(answering)
                await asyncio.Event().wait()
        except Exception as error:
            started.set_exception(error)

    def _is_own(self, host: str) -> bool:
        """Whether a host is a number, this machine, or the public name: no name of a stranger."""
        if host in ("localhost", self._public_host):
            return True
        try:
            ip_address(host)
        except ValueError:
            return False
        return True


def _open(served: Served) -> MCPServer:
    # Importing the SDK takes most of a second: only who is asked by an agent spends it.
    from entrywise.web.mcp.server import open_server

    return open_server(served, _RequestLinks())


def _transport_security() -> TransportSecuritySettings:
    from mcp.server.transport_security import TransportSecuritySettings

    return TransportSecuritySettings(enable_dns_rebinding_protection=False)

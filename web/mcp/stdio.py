"""MCP over stdin and stdout: one host, which is answered from the newest generation of an index."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from typing import Any

import anyio
from mcp.server import MCPServer
from mcp.server.lowlevel.helper_types import ReadResourceContents
from mcp.server.mcpserver import Context
from mcp.types import (
    CallToolResult,
    GetPromptResult,
    InputRequiredResult,
    Prompt,
    Resource,
    ResourceTemplate,
    Tool,
)
from pydantic import AnyUrl

from entrywise.rag.log.opening import open_assistant
from entrywise.rag.settings import Settings
from entrywise.web.mcp.server import links_without_server, open_server
from entrywise.web.served.reload import reloading
from entrywise.web.served.served import Served


def serve_stdio(settings: Settings) -> None:
    """Serve one host over stdin and stdout, until it closes them."""
    server = _Exchanged(settings)
    try:
        anyio.run(server.run_reloading)
    finally:
        server.served.assistant.close()


class _Exchanged(MCPServer[Any]):
    """A server whose every request is answered by another one, which can be exchanged between two
    of them: a session stays, and no request sees two generations."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.take_up(Served.by(open_assistant(settings=settings)))
        first = self._inner
        super().__init__(
            first.name,
            title=first.title,
            version=first.version,
            instructions=first.instructions,
            log_level="WARNING",
        )

    async def run_reloading(self) -> None:
        """Serve, and follow the pointer of the index."""
        async with reloading(self.served, self.take_up):
            await self.run_stdio_async()

    def take_up(self, served: Served) -> None:
        """Answer from this from now on."""
        self.served = served
        self._inner = open_server(served, links_without_server(served, self._settings))
        # A server of the SDK is a circle: without this the older one would hold its generation on.
        gc.collect()

    async def list_tools(self) -> list[Tool]:
        return await self._inner.list_tools()

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        return await self._inner.call_tool(name, arguments, context)

    async def list_resources(self) -> list[Resource]:
        return await self._inner.list_resources()

    async def list_resource_templates(self) -> list[ResourceTemplate]:
        return await self._inner.list_resource_templates()

    async def read_resource(
        self, uri: AnyUrl | str, context: Context[Any, Any] | None = None
    ) -> Iterable[ReadResourceContents] | InputRequiredResult:
        return await self._inner.read_resource(uri, context)

    async def list_prompts(self) -> list[Prompt]:
        return await self._inner.list_prompts()

    async def get_prompt(
        self,
        name: str,
        arguments: dict[str, Any] | None = None,
        context: Context[Any, Any] | None = None,
    ) -> GetPromptResult | InputRequiredResult:
        return await self._inner.get_prompt(name, arguments, context)

"""Checks arguments of agents: unknown ones, or those of a wrong type, are refused in one line with
the remedy."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from mcp import MCPError
from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools import Tool
from mcp.types import INVALID_PARAMS, GetPromptResult, InputRequiredResult
from pydantic import ValidationError

from entrywise.data.readers.fields import nearest, show


class StrictTool(Tool):
    """A tool that takes the arguments of its schema and no others."""

    def model_post_init(self, context: Any, /) -> None:
        self.parameters["additionalProperties"] = False

    async def run(
        self, arguments: dict[str, Any], context: Context[Any, Any], convert_result: bool = False
    ) -> Any:
        """Run it.

        Raises:
            ToolError: an argument is unknown, missing or of another kind, or it fails.
        """
        if fault := _unknown(arguments, self.parameters["properties"]):
            raise ToolError(f"{self.name}: {fault}")
        try:
            self.fn_metadata.validate_arguments(arguments)
        except ValidationError as error:
            raise ToolError(f"{self.name}: {'; '.join(_faults(error))}") from error
        return await super().run(arguments, context, convert_result)


class StrictServer(MCPServer[Any]):
    """A server whose prompts take the arguments that they list and no others."""

    async def get_prompt(
        self,
        name: str,
        arguments: dict[str, Any] | None = None,
        context: Context[Any, Any] | None = None,
    ) -> GetPromptResult | InputRequiredResult:
        """What a prompt says.

        Raises:
            MCPError: it is unknown, or an argument of it is unknown or missing.
        """
        prompts = {one.name: one for one in await self.list_prompts()}
        if name not in prompts:
            known = ", ".join(prompts)
            raise MCPError(INVALID_PARAMS, f"no prompt is called {show(name)}; there is {known}")
        listed = prompts[name].arguments or []
        given = arguments or {}
        missing = [one.name for one in listed if one.required and one.name not in given]
        fault = _unknown(given, [one.name for one in listed])
        if fault or missing:
            fault = fault or f"{missing[0]}: it is missing; give one"
            raise MCPError(INVALID_PARAMS, f"{name}: {fault}")
        return await super().get_prompt(name, arguments, context)


def _unknown(given: Iterable[str], known: Collection[str]) -> str:
    """What is wrong with the first of the names given that is not known; empty where all are."""
    for name in given:
        if name not in known:
            return f"{show(name)} is no argument; it takes {', '.join(known)}{nearest(name, known)}"
    return ""


def _faults(error: ValidationError) -> Iterable[str]:
    for fault in error.errors(include_url=False):
        place = ".".join(map(str, fault["loc"]))
        what = "it is missing; give one" if fault["type"] == "missing" else fault["msg"]
        yield f"{place}: {what}"

"""The SDK's own client on both transports: a process of `entrywise mcp`, and a server's /mcp."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from e2e.server import Server
from fastapi import FastAPI
from mcp import Client, StdioServerParameters
from paths import ROOT
from using import Use


@pytest.fixture(scope="session")
def site(app: FastAPI) -> Iterator[Server]:
    """The six entries on a real server."""
    with Server(app) as server:
        yield server


@pytest.fixture(scope="session")
def process(small_root: Path) -> StdioServerParameters:
    """How a host starts the server."""
    source = str(ROOT / "src")
    own = {"PYTHONPATH": source, "ENTRYWISE_INDEX": str(small_root), "ENTRYWISE_THRESHOLD": "0"}
    command = ["-W", "error", "-m", "entrywise", "mcp"]
    return StdioServerParameters(command=sys.executable, args=command, env=os.environ | own)


@pytest.fixture(params=["stdio", "http"])
def use(request: pytest.FixtureRequest) -> Use:
    """A client over each of the transports."""
    target = (
        request.getfixturevalue("process")
        if request.param == "stdio"
        else f"{request.getfixturevalue('site').url}/mcp"
    )

    def used(what: Callable[[Client], Awaitable[Any]]) -> Any:
        async def connected() -> Any:
            async with Client(target) as client:
                return await what(client)

        return asyncio.run(connected())

    return used

"""The SDK's own client on both transports: a process of `entrywise mcp`, and a server's /mcp."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from anyio.from_thread import start_blocking_portal
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
    return over(small_root)


def over(root: Path) -> StdioServerParameters:
    """How a host starts the server over an index."""
    source = str(ROOT / "src")
    own = {"PYTHONPATH": source, "ENTRYWISE_INDEX": str(root), "ENTRYWISE_THRESHOLD": "0.02"}
    command = ["-W", "error", "-m", "entrywise", "mcp"]
    return StdioServerParameters(command=sys.executable, args=command, env=os.environ | own)


@pytest.fixture(scope="module", params=["stdio", "http"])
def use(request: pytest.FixtureRequest) -> Iterator[Use]:
    """A client over each of the transports, which stays connected for a module's tests."""
    target = (
        request.getfixturevalue("process")
        if request.param == "stdio"
        else f"{request.getfixturevalue('site').url}/mcp"
    )
    # A connection belongs to the event loop that it was opened in, so that runs in a thread.
    with (
        start_blocking_portal() as loop,
        loop.wrap_async_context_manager(Client(target)) as client,
    ):
        yield lambda what: loop.call(what, client)

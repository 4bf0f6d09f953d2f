"""/mcp on a server: addresses, hosts, keys, and that nobody waits for it who does not want it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from e2e.server import Server
from fastapi.testclient import TestClient
from mcp import Client
from mcp.server import MCPServer
from paths import ROOT

from entrywise.rag.assistant import Assistant
from entrywise.rag.settings import load_settings
from entrywise.web.app import create_app
from entrywise.web.mcp import http
from entrywise.web.served.served import Served

CALL = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}
ACCEPT = {"Accept": "application/json, text/event-stream"}


def first_hit(url: str) -> Any:
    async def asked() -> Any:
        async with Client(url) as client:
            result = await client.call_tool("search", {"query": "query heads"})
            assert result.structured_content
            return result.structured_content["results"][0]

    return asyncio.run(asked())


def test_addresses_are_pages_at_the_host_that_was_asked(site: Server) -> None:
    assert first_hit(f"{site.url}/mcp")["url"] == f"{site.url}/entry/gqa"
    local = site.url.replace("127.0.0.1", "localhost")
    assert first_hit(f"{local}/mcp")["url"] == f"{local}/entry/gqa"


def test_addresses_are_public_where_that_is_set(assistant: Assistant) -> None:
    settings = replace(load_settings(), public_url="https://terms.example.org/")
    with Server(create_app(assistant, settings=settings)) as server:
        url = first_hit(f"{server.url}/mcp")["url"]
    assert url == "https://terms.example.org/entry/gqa"


@pytest.mark.parametrize(
    ("public_url", "host", "status"),
    [
        ("", "127.0.0.1:8000", 200),
        ("", "localhost", 200),
        ("", "[::1]:8000", 200),
        ("", "10.1.2.3", 200),
        ("", "evil.example.com", 403),
        ("https://terms.example.org", "terms.example.org", 200),
        ("https://terms.example.org", "evil.example.com", 403),
    ],
)
def test_a_host_by_a_strange_name_is_refused(
    assistant: Assistant, public_url: str, host: str, status: int
) -> None:
    settings = replace(load_settings(), public_url=public_url)
    with TestClient(create_app(assistant, settings=settings)) as client:
        response = client.post("/mcp", json=CALL, headers={**ACCEPT, "Host": host})
    assert response.status_code == status
    if status == 403:
        assert response.headers["content-type"] == "application/problem+json"
        assert "set public_url" in response.json()["detail"]


def test_an_agent_needs_a_key_like_everybody(assistant: Assistant) -> None:
    settings = replace(load_settings(), api_keys="k")
    local = {**ACCEPT, "Host": "localhost"}
    with TestClient(create_app(assistant, settings=settings)) as client:
        assert client.post("/mcp", json=CALL, headers=local).status_code == 401
        keyed = {**local, "Authorization": "Bearer k"}
        assert client.post("/mcp", json=CALL, headers=keyed).json()["result"]["serverInfo"]


def test_a_start_that_fails_is_tried_again(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = http._open
    failures = [OSError("no room")]

    def fails_once(served: Served) -> MCPServer:
        if failures:
            raise failures.pop()
        return opened(served)

    monkeypatch.setattr(http, "_open", fails_once)
    local = {**ACCEPT, "Host": "localhost"}
    with TestClient(create_app(assistant), raise_server_exceptions=False) as client:
        statuses = [client.post("/mcp", json=CALL, headers=local).status_code for _ in range(2)]
    assert statuses == [500, 200]


def test_there_is_no_stream_to_listen_to(assistant: Assistant) -> None:
    with TestClient(create_app(assistant)) as client:
        response = client.get("/mcp", headers={"Host": "localhost"})
    assert (response.status_code, response.headers["allow"]) == (405, "POST")


def test_many_agents_at_once_and_a_server_that_starts_again(assistant: Assistant) -> None:
    app = create_app(assistant)
    for _ in range(2):
        with Server(app) as server:

            async def all_at_once(url: str = f"{server.url}/mcp") -> list[Any]:
                async def one(number: int) -> Any:
                    async with Client(url) as client:
                        result = await client.call_tool("get_entry", {"entry": "gqa"})
                        return result.is_error

                return await asyncio.gather(*map(one, range(8)))

            assert asyncio.run(all_at_once()) == [False] * 8


@pytest.mark.slow
def test_the_sdk_is_not_imported_before_an_agent_comes(small_root: Path) -> None:
    code = (
        "import sys\n"
        "from fastapi.testclient import TestClient\n"
        "from entrywise.web.app import create_app\n"
        "with TestClient(create_app()) as client:\n"
        "    client.post('/api/ask', json={'question': 'what is GQA?'})\n"
        "    print('mcp' in sys.modules)\n"
        f"    client.post('/mcp', json={CALL!r}, headers={{**{ACCEPT!r}, 'Host': 'localhost'}})\n"
        "    print('mcp' in sys.modules)\n"
    )
    source = str(ROOT / "src")
    own = {"PYTHONPATH": source, "ENTRYWISE_INDEX": str(small_root), "PATH": ""}
    ran = subprocess.run([sys.executable, "-c", code], env=own, capture_output=True, text=True)
    assert ran.stdout.split() == ["False", "True"], ran.stderr

"""Names that the server goes by, on connections from this machine and over a network."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from starlette.types import Receive, Scope, Send

from entrywise.rag.assistant import Assistant
from entrywise.rag.settings import load_settings
from entrywise.web.app import create_app

PUBLIC = "https://terms.example.org"


@pytest.mark.parametrize(
    ("reached", "public_url", "host", "status"),
    [
        ("127.0.0.1", "", "127.0.0.1:8000", 200),
        ("127.0.0.1", "", "localhost:8000", 200),
        ("127.0.0.1", "", "evil.example.com", 403),
        ("::1", "", "evil.example.com", 403),
        ("127.0.0.1", PUBLIC, "terms.example.org", 200),
        ("127.0.0.1", PUBLIC, "evil.example.com", 403),
        ("10.0.0.5", "", "server.lan:8000", 200),
    ],
)
def test_what_leads_to_this_machine_by_a_strange_name_is_refused(
    assistant: Assistant, reached: str, public_url: str, host: str, status: int
) -> None:
    settings = replace(load_settings(), public_url=public_url)
    app = create_app(assistant, settings=settings)

    async def reached_at(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["server"] = (reached, 8000)
        await app(scope, receive, send)

    with TestClient(reached_at) as client:
        for path in ("/api/entries/gqa", "/llms.txt", "/v1/models"):
            response = client.get(path, headers={"Host": host})
            assert response.status_code == status, path
            assert "//evil.example.com" not in response.text

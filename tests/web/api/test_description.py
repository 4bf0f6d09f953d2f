"""The OpenAPI description of what is served: called as it is, with examples that work there."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.settings.sources import load_settings
from entrywise.web.app import create_app


def test_it_is_called_as_the_knowledge_base_is(kitchen: TestClient) -> None:
    info = kitchen.get("/openapi.json").json()["info"]
    assert info["title"] == "The Kitchen Notebook"
    assert info["description"].startswith("Techniques, breads and desserts of a small kitchen")
    assert info["contact"] == {"email": "kitchen@example.org"}
    assert "<h1>The Kitchen Notebook API</h1>" in kitchen.get("/docs").text


def example(api: Any, schema: str, field: str) -> Any:
    return api["components"]["schemas"][schema]["properties"][field]["examples"][0]


def test_its_examples_are_of_the_knowledge_base(kitchen: TestClient) -> None:
    api = kitchen.get("/openapi.json").json()
    assert example(api, "Question", "question") == "Explain Poaching"
    cited = {
        name: example(api, "CitationBody", name)
        for name in ("entry", "section", "start", "end", "quote")
    }
    found = kitchen.get(f"/api/entries/{cited['entry']}").json()
    (text,) = [one["text"] for one in found["sections"] if one["name"] == cited["section"]]
    assert text[cited["start"] : cited["end"]] == cited["quote"]
    assert not re.search(r"\{\w+\}", json.dumps(api["components"]))


def run(client: TestClient, command: str) -> Response:
    """What a curl command of the page is answered with."""
    _, address, *body = shlex.split(command)
    if not body:
        return client.get(address)
    assert body[0] == "--json"
    return client.post(address, content=body[1], headers={"Content-Type": "application/json"})


@pytest.mark.parametrize("site", ["kitchen", "client"])
def test_every_command_of_the_page_works_where_it_is_read(
    site: str, request: pytest.FixtureRequest
) -> None:
    client: TestClient = request.getfixturevalue(site)
    page = client.get("/docs").text
    commands = re.findall(r'<pre tabindex="0"><code>(.*?)</code>', page, re.DOTALL)
    statuses = {unescape(one): run(client, unescape(one)).status_code for one in commands}
    assert len(statuses) == 11
    assert {one: status for one, status in statuses.items() if status not in (200, 204)} == {}


def test_before_a_knowledge_base_is_open_it_speaks_of_none(small_index: Index) -> None:
    app: FastAPI = create_app(Assistant(small_index))
    api = app.openapi()
    assert api["info"]["title"] == "Entrywise"
    assert example(api, "Question", "question") == "What is an entry?"


def test_it_is_made_once(app: FastAPI, client: TestClient) -> None:
    assert client.get("/openapi.json").status_code == 200
    assert app.openapi() is app.openapi()


def test_keys_are_described_where_clients_send_them(small_index: Index) -> None:
    api = create_app(Assistant(small_index)).openapi()
    assert "security" not in api
    settings = replace(load_settings(), api_keys="k1")
    app = create_app(Assistant(small_index), settings=settings)
    api = app.openapi()
    schemes = api["components"]["securitySchemes"]
    assert [set(one) <= set(schemes) for one in api["security"]] == [True, True]
    with TestClient(app) as client:
        for path, operations in api["paths"].items():
            if "get" in operations and "{" not in path:
                is_open = operations["get"].get("security") == []
                assert (client.get(path).status_code == 401) != is_open
        sent = {schemes["key"]["name"]: "k1", "Authorization": "Bearer k1"}
        for header, key in sent.items():
            assert client.get("/openapi.json", headers={header: key}).status_code == 200

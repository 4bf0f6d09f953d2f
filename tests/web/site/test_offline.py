"""What a browser keeps for when the server cannot be reached."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from entrywise.rag.assistant import Assistant
from entrywise.rag.settings import load_settings
from entrywise.web.app import create_app


def version(code: str) -> str:
    """Which page a worker keeps."""
    return re.findall(r'"entrywise-([0-9a-f]{16})"', code)[0]


def test_the_worker_is_asked_for_again_and_is_the_same_for_everyone(client: TestClient) -> None:
    response = client.get("/worker.js")
    assert response.headers["content-type"].startswith("text/javascript")
    assert response.headers["cache-control"] == "no-cache"
    other = client.get("/worker.js", headers={"Host": "127.0.0.1"})
    assert other.text == response.text
    tag = response.headers["etag"]
    assert client.get("/worker.js", headers={"If-None-Match": tag}).status_code == 304


def test_another_knowledge_base_has_another_one(client: TestClient, kitchen: TestClient) -> None:
    assert version(client.get("/worker.js").text) != version(kitchen.get("/worker.js").text)


def test_the_files_that_it_keeps_are_there(client: TestClient) -> None:
    html, code = client.get("/unreachable").text, client.get("/worker.js").text
    pattern = re.findall(r"NEEDED = /(.*)/g;", code)[0]
    needed = re.findall(pattern.replace("\\/", "/"), html)
    assert len(needed) > 8
    for path in needed:
        assert client.get(path).headers["cache-control"].endswith("immutable"), path


@pytest.mark.parametrize("path", ["/worker.js", "/unreachable"])
def test_it_needs_no_key_and_tells_nothing(assistant: Assistant, path: str) -> None:
    settings = replace(load_settings(), api_keys="secret")
    with TestClient(create_app(assistant, settings=settings)) as locked:
        said = locked.get(path)
        assert said.status_code == 200
        assert locked.get("/browse").status_code == 401
    names = [entry.name for entry in assistant.index.entries if len(entry.name) > 3]
    assert [name for name in names if f">{name}<" in said.text] == []

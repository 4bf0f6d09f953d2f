"""The site as an application, and as a search engine."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
from e2e.hostile import hostile_knowledge_base
from fastapi.testclient import TestClient
from indexes import Indexed

from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.web.app import create_app

OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def test_the_manifest_names_pictures_that_are_there(kitchen: TestClient) -> None:
    manifest = kitchen.get("/manifest.webmanifest").json()
    assert manifest["start_url"] == "/"
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in manifest["icons"]}
    for icon in manifest["icons"]:
        assert kitchen.get(icon["src"]).headers["content-type"] == icon["type"]


def test_the_search_engine_asks_the_question(client: TestClient) -> None:
    response = client.get("/opensearch.xml")
    assert response.headers["content-type"] == "application/opensearchdescription+xml"
    root = ElementTree.fromstring(response.text)
    (template,) = [one.get("template", "") for one in root if one.get("type") == "text/html"]
    address = urlsplit(template.replace("{searchTerms}", "what+is+GQA%3F"))
    assert "what is GQA?" in client.get(f"{address.path}?{address.query}").text
    assert unquote(address.query) == "q=what+is+GQA?"


def test_a_hostile_title_is_a_short_text(indexed: Indexed) -> None:
    with (
        Assistant(Index(indexed(hostile_knowledge_base()))) as assistant,
        TestClient(create_app(assistant)) as client,
    ):
        root = ElementTree.fromstring(client.get("/opensearch.xml").text)
        assert 0 < len(root.findtext(f"{OPENSEARCH}ShortName", "")) <= 16
        assert "<script>" in root.findtext(f"{OPENSEARCH}Description", "")


@pytest.mark.parametrize("path", ["/manifest.webmanifest", "/opensearch.xml", "/icon-192.png"])
def test_who_has_it_already_gets_no_second_copy(client: TestClient, path: str) -> None:
    tag = client.get(path).headers["etag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_there_is_no_other_icon(client: TestClient) -> None:
    assert client.get("/icon-9999.png").status_code in (404, 422)

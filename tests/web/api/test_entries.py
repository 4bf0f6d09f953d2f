from __future__ import annotations

import json
from dataclasses import asdict

import pytest
from fastapi.testclient import TestClient

from entrywise.data.entries import KnowledgeBase
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.web.schemas.entries import EntryBody


def test_search_gives_the_same_hits_by_address_and_by_body(
    client: TestClient, assistant: Assistant
) -> None:
    by_address = client.get("/api/search", params={"q": "latent cache", "limit": 3}).json()
    by_body = client.post("/api/search", json={"query": "latent cache", "limit": 3}).json()
    expected = [hit.to_dict() for hit in assistant.search("latent cache", 3)]
    assert by_address == by_body == {"hits": expected}
    assert len(expected) == 3


def test_entries_are_listed_in_short(client: TestClient) -> None:
    first, *rest = client.get("/api/entries").json()["entries"]
    assert first == {
        "id": "gqa",
        "name": "GQA",
        "expansion": "Grouped-Query Attention",
        "category": "attention",
        "oneliner": "Several query heads share one key head and one value head.",
    }
    assert [entry["id"] for entry in rest] == ["mla", "lora", "react", "bf16", "instruct"]


def test_they_are_listed_in_parts_of_which_each_leads_to_the_next(client: TestClient) -> None:
    listed: list[str] = []
    address, lengths = "/api/entries?limit=4", []
    while address:
        response = client.get(address)
        body = response.json()
        listed += [one["id"] for one in body["entries"]]
        lengths.append(len(body["entries"]))
        assert body["total"] == 6
        address = response.links.get("next", {}).get("url", "")
        assert body["next"] == (listed[-1] if address else None)
    assert lengths == [4, 2]
    assert listed == [one["id"] for one in client.get("/api/entries").json()["entries"]]


@pytest.mark.parametrize(
    ("query", "status"), [("after=nope", 404), ("limit=0", 422), ("limit=501", 422)]
)
def test_a_part_that_there_is_not_is_a_problem(client: TestClient, query: str, status: int) -> None:
    assert client.get(f"/api/entries?{query}").status_code == status


def test_an_entry_has_all_its_fields(client: TestClient, knowledge_base: KnowledgeBase) -> None:
    expected = json.loads(json.dumps(asdict(knowledge_base["gqa"])))
    assert client.get("/api/entries/gqa").json() == expected


def test_so_has_a_document_with_its_blocks(kitchen: TestClient) -> None:
    entry = kitchen.get("/api/entries/bread/sourdough").json()
    assert EntryBody.model_validate_json(json.dumps(entry)).model_dump(mode="json") == entry
    baking = entry["sections"][1]
    assert (baking["path"], baking["is_markdown"]) == (["How to bake it"], True)
    kinds = [block["kind"] for block in baking["blocks"]]
    assert kinds == ["step", "step", "step", "header", "row", "row"]
    assert baking["blocks"][-1]["plain"] == "Flour: Rye; Water: 85 %"


def test_health_says_that_the_server_runs_and_what_it_answers_from(
    client: TestClient, small_index: Index
) -> None:
    assert client.get("/health").json() == {"status": "ok"}
    assert client.get("/health/ready").json() == {
        "status": "ready",
        "title": "six entries",
        "entries": 6,
        "encoder": "all-MiniLM-L6-v2",
        "generation": small_index.manifest.generation,
    }

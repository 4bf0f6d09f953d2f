from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from threading import Barrier
from typing import Any

import pytest
from fastapi.testclient import TestClient
from markup import events

from entrywise.data.entries import KnowledgeBase
from entrywise.index.store import Index
from entrywise.rag.answer import Answer
from entrywise.rag.assistant import Assistant
from entrywise.web.app import create_app
from entrywise.web.schema import AnswerBody


def asked(client: TestClient, question: str, **more: object) -> Any:
    response = client.post("/api/ask", json={"question": question, **more})
    assert response.status_code == 200
    return response.json()


def untimed(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "timings_ms"}


QUESTIONS = ["what is GQA?", "difference between GQA and MLA", "what is FooBarNet?"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_is_that_of_the_assistant(
    client: TestClient, assistant: Assistant, question: str
) -> None:
    expected = json.loads(json.dumps(assistant.ask(question).to_dict()))
    assert untimed(asked(client, question)) == untimed(expected)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_documented_shape_is_the_shape_of_answers(client: TestClient, question: str) -> None:
    answer = asked(client, question)
    read = AnswerBody.model_validate_json(json.dumps(answer))
    assert read.model_dump(mode="json", exclude_unset=True) == answer


def test_a_follow_up_is_completed_from_the_history(client: TestClient) -> None:
    answer = asked(client, "and MLA?", history=["what is GQA?"])
    assert answer["subjects"]["known"] == ["mla"]
    assert answer["intent"] == "definition"


def test_top_is_how_many_entries_are_listed(client: TestClient) -> None:
    assert len(asked(client, "what is GQA?", top=2)["retrieved"]) == 2


def test_a_stream_has_each_part_and_then_the_whole_answer(client: TestClient) -> None:
    question = "difference between GQA and MLA"
    body = {"question": question, "top": 1}
    accept = {"Accept": "application/json;q=0.5, Text/Event-Stream"}
    response = client.post("/api/ask", json=body, headers=accept)
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-cache"
    *parts, (last, answer) = events(response.text)
    assert parts == [("part", part) for part in answer["parts"]]
    assert last == "answer"
    assert untimed(answer) == untimed(asked(client, question, top=1))


def test_a_stream_of_nothing_is_refused_before_it_begins(client: TestClient) -> None:
    accept = {"Accept": "text/event-stream"}
    response = client.post("/api/ask", json={"question": " "}, headers=accept)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"


class Patient(Assistant):
    """Answers when two questions are being answered at once, and fails after five seconds."""

    both = Barrier(2, timeout=5)

    def ask(self, question: str, **options: Any) -> Answer:
        self.both.wait()
        return super().ask(question, **options)


def test_two_questions_are_answered_at_the_same_time(small_index: Index) -> None:
    app = create_app(Patient(small_index))
    with TestClient(app) as client, ThreadPoolExecutor() as pool:
        answers = pool.map(lambda name: asked(client, f"what is {name}?"), ["GQA", "MLA"])
        assert [answer["subjects"]["known"] for answer in answers] == [["gqa"], ["mla"]]


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


def test_an_entry_has_all_its_fields(client: TestClient, knowledge_base: KnowledgeBase) -> None:
    expected = json.loads(json.dumps(asdict(knowledge_base["gqa"])))
    assert client.get("/api/entries/gqa").json() == expected


def test_health_says_that_the_server_runs_and_what_it_answers_from(client: TestClient) -> None:
    assert client.get("/health").json() == {"status": "ok"}
    assert client.get("/health/ready").json() == {
        "status": "ready",
        "title": "six entries",
        "entries": 6,
        "encoder": "all-MiniLM-L6-v2",
    }

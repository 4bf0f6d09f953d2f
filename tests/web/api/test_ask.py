from __future__ import annotations

import json
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from fastapi.testclient import TestClient
from markup import events

from entrywise.index.index import Index
from entrywise.rag.answer import Step
from entrywise.rag.assistant import Assistant
from entrywise.rag.render.answer import Answer
from entrywise.web.app import create_app
from entrywise.web.schemas.answers import AnswerBody


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


def test_it_is_that_of_answers_from_documents(kitchen: TestClient) -> None:
    answer = asked(kitchen, "how do I poach an egg?")
    read = AnswerBody.model_validate_json(json.dumps(answer))
    assert read.model_dump(mode="json", exclude_unset=True) == answer
    first = answer["citations"][0]
    assert (first["heading"], first["is_markdown"]) == ("How to poach an egg", True)
    assert first["source"] == first["quote"]
    assert first["plain"].startswith("Bring water")
    assert answer["retrieved"][0]["section"]


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

    def steps(self, question: str, **options: Any) -> Generator[Step | Answer, None, None]:
        self.both.wait()
        return super().steps(question, **options)


def test_two_questions_are_answered_at_the_same_time(small_index: Index) -> None:
    app = create_app(Patient(small_index))
    with TestClient(app) as client, ThreadPoolExecutor() as pool:
        answers = pool.map(lambda name: asked(client, f"what is {name}?"), ["GQA", "MLA"])
        assert [answer["subjects"]["known"] for answer in answers] == [["gqa"], ["mla"]]


def test_a_list_of_questions_gets_a_list_of_answers_in_order(client: TestClient) -> None:
    body = [{"question": "what is GQA?"}, {"question": "and MLA?", "history": ["what is GQA?"]}]
    answers = client.post("/api/ask", json=body).json()
    alone = [client.post("/api/ask", json=question).json() for question in body]
    assert [untimed(answer) for answer in answers] == [untimed(answer) for answer in alone]
    streamed = client.post("/api/ask", json=body, headers={"Accept": "text/event-stream"})
    assert [(name, untimed(answer)) for name, answer in events(streamed.text)] == [
        ("answer", untimed(answer)) for answer in answers
    ]


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ([], "body: List should have at least 1 item after validation, not 0"),
        ([{"question": "a"}] * 101, "body: List should have at most 100 items"),
        ([{"question": "what is GQA?"}, {"question": 5}], "1.question: Input should be a valid"),
        ([{"question": "what is GQA?"}, {"question": ""}], "the question is empty"),
        (["what is GQA?"], "0: it is no JSON object"),
    ],
)
def test_a_list_with_a_fault_is_refused_as_a_whole(
    client: TestClient, body: object, detail: str
) -> None:
    for accept in ("application/json", "text/event-stream"):
        response = client.post("/api/ask", json=body, headers={"Accept": accept})
        assert response.status_code == 422
        assert response.json()["detail"].startswith(detail)


def test_formulas_are_readable_where_that_is_asked_for(glossary_index: Index) -> None:
    with TestClient(create_app(Assistant(glossary_index))) as client:
        question = "why is attention quadratic in the context length?"
        latex = asked(client, question)
        text = asked(client, question, formulas="text")
    assert "$" in latex["text"] + json.dumps(latex["parts"])
    assert "$" not in text["text"] + json.dumps(text["parts"])
    assert text["citations"] == latex["citations"]


@pytest.mark.parametrize("accept", ["text/event-stream;q=0", "text/event-stream; q=0.0, */*"])
def test_who_does_not_want_a_stream_gets_none(client: TestClient, accept: str) -> None:
    body = {"question": "what is GQA?"}
    response = client.post("/api/ask", json=body, headers={"Accept": accept})
    assert response.headers["content-type"] == "application/json"

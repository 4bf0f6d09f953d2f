from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.web.app import create_app


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({"question": " "}, "the question is empty"),
        ({"question": "a" * 10_001}, "10,001 characters"),
        ({"question": 5}, "question: Input should be a valid string"),
        ({"question": "a", "top": "3"}, "top: Input should be a valid integer"),
        ({"question": "a", "top": 0, "history": "b"}, "history: Input should be a valid list; top"),
        ({"question": "a", "history": ["b", 5]}, "history.1: Input should be a valid string"),
        ({"question": "a", "history": ["b"] * 51}, "history: List should have at most 50 items"),
        ({"question": "a", "hystory": []}, "hystory: Extra inputs are not permitted"),
        ({}, "question: Field required"),
        ("question", "the body is no JSON object"),
    ],
)
def test_a_wrong_body_is_refused_with_its_fault(
    client: TestClient, body: object, detail: str
) -> None:
    response = client.post("/api/ask", json=body)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert detail in problem.pop("detail")
    assert problem == {"type": "about:blank", "title": HTTPStatus(422).phrase, "status": 422}


def send(client: TestClient, body: bytes, media_type: str = "application/json") -> Any:
    return client.post("/api/ask", content=body, headers={"Content-Type": media_type}).json()


def test_a_body_that_is_no_json_is_refused_with_the_place(client: TestClient) -> None:
    problem = send(client, b'{"question": oops}')
    assert problem["status"] == 422
    assert problem["detail"] == "the body is no JSON (Expecting value, character 13); mend it"
    assert send(client, b"")["detail"] == "body: Field required"
    assert send(client, b'{"question": "\xff"}')["detail"].startswith("the body is no JSON in UTF")


def test_a_form_sent_to_the_api_is_refused_with_the_remedy(client: TestClient) -> None:
    problem = send(client, b"question=hello", "application/x-www-form-urlencoded")
    assert problem["detail"].endswith("send one, with Content-Type: application/json")


def test_a_body_that_is_too_large_is_a_problem(client: TestClient) -> None:
    response = client.post("/api/ask", json={"question": "a" * 2**18})
    assert response.status_code == response.json()["status"] == 413
    assert response.headers["content-type"] == "application/problem+json"


def test_an_unknown_entry_is_not_found(client: TestClient) -> None:
    problem = client.get("/api/entries/nope").json()
    assert (problem["title"], problem["status"]) == ("Not Found", 404)
    assert problem["detail"] == "no entry has the id 'nope'; /api/entries lists them all"


def test_a_wrong_method_names_the_right_one(client: TestClient) -> None:
    response = client.get("/api/ask")
    assert response.status_code == 405
    assert response.headers["allow"] == "POST"
    assert "/docs" in response.json()["detail"]


@pytest.mark.parametrize(
    ("path", "status", "heading"),
    [
        ("/nowhere", 404, "Page not found"),
        ("/entry/nope", 404, "Entry not found"),
        ("/entry/gqa?start=-1", 422, "The address is not right"),
    ],
)
def test_people_get_a_page_with_the_form(
    client: TestClient, path: str, status: int, heading: str
) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert response.headers["content-type"].startswith("text/html")
    assert f"<h1>{heading}</h1>" in response.text
    assert '<form class="ask" method="post" action="/"' in response.text


def test_a_fault_of_the_server_is_a_problem_that_tells_nothing_of_it(small_root: Path) -> None:
    assistant = Assistant(Index(small_root))
    with TestClient(create_app(assistant), raise_server_exceptions=False) as client:
        assistant.close()
        response = client.post("/api/ask", json={"question": "what is GQA?"})
    assert response.json()["status"] == response.status_code == 500
    assert "closed" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient


@pytest.fixture
def described(client: TestClient) -> Any:
    return client.get("/openapi.json").json()


def test_every_route_of_the_api_is_described(described: Any) -> None:
    routes = {
        f"{method} {path}" for path, methods in described["paths"].items() for method in methods
    }
    assert routes == {
        "post /api/ask",
        "get /api/search",
        "post /api/search",
        "get /api/entries",
        "get /api/entries/{entry_id}",
        "post /api/feedback",
        "get /health",
        "get /health/ready",
    }


def test_an_answer_is_described_in_both_of_its_media_types(described: Any) -> None:
    content = described["paths"]["/api/ask"]["post"]["responses"]["200"]["content"]
    assert set(content) == {"application/json", "text/event-stream"}
    answer = described["components"]["schemas"]["AnswerBody"]
    assert set(answer["required"]) == set(answer["properties"])
    part = described["components"]["schemas"]["PartBody"]
    assert set(part["properties"]) - set(part["required"]) == {"columns", "rows", "supported"}


def test_refusals_are_described_as_problems(described: Any) -> None:
    for methods in described["paths"].values():
        for route in methods.values():
            (_, refused, *failed) = route["responses"].values()
            assert list(route["responses"])[1] == "4XX"
            for problem in (refused, *failed):
                assert list(problem["content"]) == ["application/problem+json"]


def test_a_vote_is_kept_or_it_is_said_that_it_is_not(described: Any) -> None:
    responses = described["paths"]["/api/feedback"]["post"]["responses"]
    assert list(responses) == ["204", "4XX", "503"]

from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator


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
        "post /v1/chat/completions",
        "get /v1/models",
        "get /v1/models/{name}",
    }


def test_an_answer_is_described_in_both_of_its_media_types(described: Any) -> None:
    content = described["paths"]["/api/ask"]["post"]["responses"]["200"]["content"]
    assert set(content) == {"application/json", "text/event-stream"}
    answer = described["components"]["schemas"]["AnswerBody"]
    assert set(answer["required"]) == set(answer["properties"])
    part = described["components"]["schemas"]["PartBody"]
    assert set(part["properties"]) - set(part["required"]) == {
        "columns",
        "rows",
        "blocks",
        "supported",
    }


def test_refusals_are_described_as_problems(described: Any) -> None:
    for path, methods in described["paths"].items():
        kind = "application/json" if path.startswith("/v1/") else "application/problem+json"
        for route in methods.values():
            assert "4XX" in route["responses"]
            for status, response in route["responses"].items():
                if status[0] in "45":
                    assert list(response["content"]) == [kind]


def test_a_vote_is_kept_or_it_is_said_that_it_is_not(described: Any) -> None:
    responses = described["paths"]["/api/feedback"]["post"]["responses"]
    assert list(responses) == ["204", "4XX", "503"]


def test_every_field_has_a_description_and_an_example(described: Any) -> None:
    lacking = [
        f"{name}.{field}"
        for name, schema in described["components"]["schemas"].items()
        for field, shape in schema.get("properties", {}).items()
        if "description" not in shape or not ("examples" in shape or refers(shape))
    ]
    assert lacking == []
    for methods in described["paths"].values():
        for route in methods.values():
            for parameter in route.get("parameters", []):
                assert parameter["description"]
                assert parameter["schema"]["examples"]


def refers(shape: dict[str, Any]) -> bool:
    """Whether a field is made of others, which have examples, or can have one value only."""
    return any(f'"{word}"' in json.dumps(shape) for word in ("$ref", "const"))


def test_examples_fit_what_they_are_examples_of(described: Any) -> None:
    schemas = described["components"]["schemas"]
    for name, schema in schemas.items():
        for field, shape in schema.get("properties", {}).items():
            for example in shape.get("examples", []):
                within = {**shape, "components": {"schemas": schemas}}
                faults = list(Draft202012Validator(within).iter_errors(example))
                assert faults == [], f"{name}.{field}"

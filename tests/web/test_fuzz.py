"""Requests made from the OpenAPI description, sense and nonsense: every response is described."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

ROUTES = [
    "POST /api/ask",
    "GET /api/search",
    "POST /api/search",
    "GET /api/entries",
    "GET /api/entries/{entry_id}",
    "POST /api/feedback",
    "GET /health",
    "GET /health/ready",
    "POST /v1/chat/completions",
    "GET /v1/models",
    "GET /v1/models/{name}",
]


@pytest.fixture(scope="module")
def operations(app: FastAPI, client: TestClient) -> dict[str, Any]:
    """The operations of the API, by method and path; the application is running."""
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    found = (result.ok() for result in schema.get_all_operations())
    return {f"{one.method.upper()} {one.path}": one for one in found}


def test_every_operation_is_tried(operations: dict[str, Any]) -> None:
    assert sorted(operations) == sorted(ROUTES)


EXAMPLES = pytest.mark.parametrize("examples", [10, pytest.param(50, marks=pytest.mark.slow)])


@EXAMPLES
@pytest.mark.parametrize("route", ROUTES)
def test_what_fits_the_description_is_answered_as_described(
    operations: dict[str, Any], route: str, examples: int
) -> None:
    _try(operations[route], GenerationMode.POSITIVE, examples)


@EXAMPLES
@pytest.mark.parametrize(
    "route", [route for route in ROUTES if "POST" in route or "search" in route]
)
def test_nonsense_is_refused_as_described(
    operations: dict[str, Any], route: str, examples: int
) -> None:
    _try(operations[route], GenerationMode.NEGATIVE, examples)


def _try(operation: Any, mode: GenerationMode, examples: int) -> None:
    @settings(max_examples=examples, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def try_it(case: Case) -> None:
        # A question of spaces alone fits the description, and is refused all the same.
        response = case.call()
        excluded = [positive_data_acceptance]
        if response.status_code == 413:
            # Refused before it is read: nonsense as well as sense.
            excluded.append(negative_data_rejection)
        case.validate_response(response, excluded_checks=excluded)

    try_it()

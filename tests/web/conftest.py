"""The application as a browser or a program reaches it, over the six entries."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.web.app import create_app


@pytest.fixture(scope="session")
def assistant(small_index: Index) -> Assistant:
    """Answers from the six entries, however unsure it is: only unknown names make it abstain."""
    return Assistant(small_index, threshold=0.0)


@pytest.fixture(scope="session")
def app(assistant: Assistant) -> FastAPI:
    """The application on that assistant."""
    return create_app(assistant)


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    """Reaches the application; its faults arrive as responses, as they would over a network."""
    with TestClient(app, raise_server_exceptions=False) as opened:
        yield opened

"""The application as a browser or a program reaches it, over six entries and a kitchen's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from e2e.server import Server
from fastapi import FastAPI
from fastapi.testclient import TestClient
from indexes import Indexed

from entrywise.data.source import read_knowledge_base
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.web.app import create_app


@pytest.fixture(scope="session")
def assistant(small_index: Index) -> Assistant:
    """Answers from the six entries, however unsure it is: only unknown names make it abstain."""
    return Assistant(small_index, threshold=0.02)


@pytest.fixture(scope="session")
def app(assistant: Assistant) -> FastAPI:
    """The application on that assistant."""
    return create_app(assistant)


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    """Reaches the application; its faults arrive as responses, as they would over a network."""
    with TestClient(app, raise_server_exceptions=False) as opened:
        yield opened


@pytest.fixture(scope="session")
def url(app: FastAPI) -> Iterator[str]:
    """The address of a server that runs that application."""
    with Server(app) as server:
        yield server.url


KITCHEN = Path(__file__).parent / "kitchen"
"""A folder of Markdown on cooking, with an identity that says all there is to say."""


@pytest.fixture(scope="session")
def kitchen_root(indexed: Indexed) -> Path:
    """The folder of the kitchen's index."""
    return indexed(read_knowledge_base(KITCHEN))


@pytest.fixture(scope="session")
def kitchen(kitchen_root: Path) -> Iterator[TestClient]:
    """Reaches an application over the kitchen's documents."""
    with (
        Assistant(Index(kitchen_root)) as assistant,
        TestClient(create_app(assistant), raise_server_exceptions=False) as opened,
    ):
        yield opened

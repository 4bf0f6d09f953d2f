"""Documents on a museum, and an application over them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from indexes import Indexed
from museum import museum_knowledge_base

from entrywise.data.entries import KnowledgeBase
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.web.app import create_app


@pytest.fixture(scope="session")
def museum() -> KnowledgeBase:
    """The documents."""
    return museum_knowledge_base()


@pytest.fixture(scope="session")
def visitor(museum: KnowledgeBase, indexed: Indexed) -> Iterator[TestClient]:
    """Reaches an application over them, which answers however unsure it is."""
    assistant = Assistant(Index(indexed(museum)), threshold=0.0)
    with assistant, TestClient(create_app(assistant)) as client:
        yield client

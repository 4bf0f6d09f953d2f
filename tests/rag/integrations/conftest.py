"""Surroundings in which no framework reports what it does, and an assistant that notes threads."""

from __future__ import annotations

import os
from threading import get_ident

import pytest

from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.find.passages import Passage
from entrywise.rag.journey import DEFAULT_TOP


@pytest.fixture(autouse=True)
def untraced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is sent to a tracing service that the person who runs the tests may use."""
    for name in [name for name in os.environ if name.startswith(("LANGCHAIN_", "LANGSMITH_"))]:
        monkeypatch.delenv(name)


class NotingAssistant(Assistant):
    """Notes in which threads it was asked for passages."""

    def __init__(self, index: Index) -> None:
        super().__init__(index)
        self.threads: set[int] = set()

    def passages(self, query: str, limit: int = DEFAULT_TOP) -> list[Passage]:
        self.threads.add(get_ident())
        return super().passages(query, limit)


@pytest.fixture
def noting_assistant(small_index: Index) -> NotingAssistant:
    """Answers from the six entries, and notes threads."""
    return NotingAssistant(small_index)

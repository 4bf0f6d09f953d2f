from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Writing

from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.llm.backends.base import missing


def test_a_missing_package_is_named_with_its_remedy() -> None:
    error = missing(ImportError("no openai", name="openai"))
    assert str(error) == "an LLM needs the package 'openai'; pip install 'entrywise[llm]'"


def test_without_an_llm_there_is_no_writer(small_index: Index, small_root: Path) -> None:
    with Assistant.open(small_root) as assistant:
        assert assistant.writer is None


def test_closing_an_assistant_closes_its_backend(
    writes: Writing, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[str] = []
    assistant, _ = writes()
    assert assistant.writer is not None
    monkeypatch.setattr(assistant.writer.backend, "close", lambda: closed.append("backend"))
    assistant.writer.close()
    assert closed == ["backend"]

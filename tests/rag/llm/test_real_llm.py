"""A real model, weak as it is, through a real server: what holds is shown, the rest is not."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from real_llm import MODEL, serve

from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.llm.backends.openai import CompatibleServer
from entrywise.rag.llm.writer import Writer
from entrywise.rag.render.answer import Answer

pytestmark = pytest.mark.slow

QUESTIONS = ["what is GQA?", "why is flash attention fast?", "what does a tokenizer do?"]


@pytest.fixture(scope="module")
def writer(glossary_index: Index) -> Iterator[Writer]:
    """Lets the model write, with ten minutes for each answer: the machine may be busy."""
    if not os.environ.get("CI"):
        pytest.importorskip("xllamacpp", reason="not installed: pip install -e '.[dev]'")
    server, url = serve()
    backend = CompatibleServer(MODEL, url)
    yield Writer(backend, glossary_index, seconds=600)
    backend.close()
    del server


@pytest.fixture(scope="module")
def answers(writer: Writer) -> list[Answer]:
    assistant = Assistant(writer.index, writer=writer)
    return [assistant.ask(question) for question in QUESTIONS]


def test_the_model_is_asked_and_what_it_wrote_is_counted(answers: list[Answer]) -> None:
    records = [answer.writing for answer in answers]
    assert all(record is not None and record.model == MODEL for record in records)
    assert sum(record.sentences for record in records if record) > 0


def test_each_answer_holds_whatever_the_model_wrote(answers: list[Answer], writer: Writer) -> None:
    for answer in answers:
        assert answer.citations
        assert any(part.written for part in answer.parts) or answer.backend == "extractive"
        for citation in answer.citations:
            text = writer.index.entry(citation.entry).text(citation.section)
            assert text[citation.start : citation.end] == citation.quote


def test_what_is_shown_passes_the_check_again(answers: list[Answer], writer: Writer) -> None:
    for answer in answers:
        for part in answer.parts:
            if part.written:
                cited = [answer.citations[number - 1] for number in part.citations]
                quotes = [_Quote(writer.index.ordinals[one.entry], one.quote) for one in cited]
                assert writer.checker.fault(part.text, quotes) is None


class _Quote:
    def __init__(self, entry: int, text: str) -> None:
        self.entry = entry
        self.text = text

from __future__ import annotations

import asyncio
import importlib
import sys
from dataclasses import replace
from threading import get_ident
from typing import Any
from uuid import UUID

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.documents import Document
from langchain_core.language_models import FakeListChatModel
from langchain_core.messages import ToolMessage
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate, PromptTemplate
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import (
    ConfigurableField,
    Runnable,
    RunnableLambda,
    RunnableParallel,
    RunnablePassthrough,
)
from langchain_core.tools import create_retriever_tool
from pydantic import ValidationError

from entrywise.data.errors import QuestionError
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.find.passages import Passage
from entrywise.rag.integrations.langchain import EntrywiseRetriever

QUERY = "how can query heads share the key-value heads"
OTHER = "how do I fine-tune a large model on one small graphics card"
MODULE = "entrywise.rag.integrations.langchain"


@pytest.fixture
def retriever(small_assistant: Assistant) -> EntrywiseRetriever:
    return EntrywiseRetriever(assistant=small_assistant, k=3)


@pytest.fixture
def chain(retriever: EntrywiseRetriever) -> Runnable[str, dict[str, Any]]:
    """Answers a question, and keeps the documents beside the answer."""
    prompt = ChatPromptTemplate.from_template("{passages}\n\n{question}")
    model = FakeListChatModel(responses=["They share them [1]."])
    return (
        RunnableParallel(documents=retriever, question=RunnablePassthrough())
        .assign(passages=lambda found: "\n".join(d.page_content for d in found["documents"]))
        .assign(answer=prompt | model | StrOutputParser())
    )


class Noted(BaseCallbackHandler):
    """Notes what a retriever tells its callbacks."""

    def __init__(self) -> None:
        self.events: list[str] = []

    def on_retriever_start(self, serialized: Any, query: str, *, run_id: UUID, **more: Any) -> None:
        self.events.append(f"start {query} {more['metadata']['ls_retriever_name']}")

    def on_retriever_end(self, documents: Any, *, run_id: UUID, **more: Any) -> None:
        self.events.append(f"end {documents[0].id} {more['tags']}")

    def on_retriever_error(self, error: BaseException, *, run_id: UUID, **more: Any) -> None:
        self.events.append(f"error {type(error).__name__}")


def cites(document: Document, index: Index) -> bool:
    """Whether the text of a document is what stands at the place that its metadata name."""
    at = document.metadata
    text = index.entry(at["entry"]).text(at["section"])
    return text[at["start"] : at["end"]] == document.page_content


def test_documents_are_passages_with_the_place_where_they_stand(
    retriever: EntrywiseRetriever, small_assistant: Assistant
) -> None:
    assert isinstance(retriever, BaseRetriever)
    documents = retriever.invoke(QUERY)
    for document, passage in zip(documents, small_assistant.passages(QUERY, 3), strict=True):
        assert cites(document, small_assistant.index)
        assert document == Document(
            id=f"{passage.entry}:{passage.section}:{passage.start}-{passage.end}",
            page_content=passage.text,
            metadata={
                "entry": passage.entry,
                "title": passage.title,
                "section": passage.section,
                "start": passage.start,
                "end": passage.end,
                "url": None,
                "source": passage.entry,
                "score": passage.score,
            },
        )
    scores = [document.metadata["score"] for document in documents]
    assert scores == sorted(scores, reverse=True)
    assert documents[0].metadata["entry"] == "gqa"


def test_every_document_of_the_glossary_is_verbatim(assistant: Assistant) -> None:
    for document in EntrywiseRetriever(assistant=assistant).invoke("why is decoding slow"):
        assert cites(document, assistant.index)


class LinkedAssistant(Assistant):
    """Its entries have pages."""

    def passages(self, query: str, limit: int = 1) -> list[Passage]:
        found = super().passages(query, limit)
        return [replace(one, url=f"https://kb.example/{one.entry}") for one in found]


def test_the_page_of_an_entry_is_the_source(small_index: Index) -> None:
    (best,) = EntrywiseRetriever(assistant=LinkedAssistant(small_index), k=1).invoke(QUERY)
    assert best.metadata["source"] == best.metadata["url"] == "https://kb.example/gqa"


# The next two hold what LangChain's own standard tests for retrievers ask of every one.
@pytest.mark.parametrize("count", [1, 3])
def test_k_is_given_to_the_retriever_or_to_a_call(small_assistant: Assistant, count: int) -> None:
    assert len(EntrywiseRetriever(assistant=small_assistant, k=count).invoke(QUERY)) == count
    every = EntrywiseRetriever(assistant=small_assistant)
    assert len(every.invoke(QUERY, k=count)) == count
    assert len(asyncio.run(every.ainvoke(QUERY, k=count))) == count


def test_async_gives_the_same_without_holding_up_the_event_loop(noting_assistant: Any) -> None:
    retriever = EntrywiseRetriever(assistant=noting_assistant, k=2)
    documents = asyncio.run(retriever.ainvoke(QUERY))
    assert get_ident() not in noting_assistant.threads
    assert documents == retriever.invoke(QUERY)


def test_a_chain_answers_and_keeps_the_citations(
    chain: Runnable[str, dict[str, Any]], retriever: EntrywiseRetriever
) -> None:
    result = chain.invoke(QUERY)
    assert result["answer"] == "They share them [1]."
    assert result["documents"] == retriever.invoke(QUERY)
    assert result["documents"][0].page_content in result["passages"]


def test_questions_in_a_batch_are_answered_in_order(
    chain: Runnable[str, dict[str, Any]],
) -> None:
    questions = [QUERY, OTHER] * 4
    first = [result["documents"][0].metadata["entry"] for result in chain.batch(questions)]
    assert first == ["gqa", "lora"] * 4
    later = asyncio.run(chain.abatch(questions))
    assert [result["documents"][0].metadata["entry"] for result in later] == first


def test_a_stream_brings_the_documents_before_the_answer(
    chain: Runnable[str, dict[str, Any]],
) -> None:
    async def streamed() -> list[dict[str, Any]]:
        return [chunk async for chunk in chain.astream(QUERY)]

    keys = [key for chunk in asyncio.run(streamed()) for key in chunk]
    assert keys.index("documents") < keys.index("answer")
    assert keys.count("answer") > 1


def test_events_of_a_chain_name_the_retriever(chain: Runnable[str, dict[str, Any]]) -> None:
    async def retrieved() -> list[Any]:
        events = chain.astream_events(QUERY, version="v2", include_types=["retriever"])
        return [event async for event in events]

    start, end = asyncio.run(retrieved())
    assert (start["event"], end["event"]) == ("on_retriever_start", "on_retriever_end")
    assert start["name"] == "EntrywiseRetriever"
    assert end["data"]["output"][0].metadata["entry"] == "gqa"


def test_callbacks_are_told_of_queries_documents_and_errors(small_assistant: Assistant) -> None:
    retriever = EntrywiseRetriever(assistant=small_assistant, tags=["terms"])
    noted = Noted()
    (found, *_) = retriever.invoke(QUERY, {"callbacks": [noted]})
    with pytest.raises(QuestionError, match="the question is empty"):
        retriever.invoke(" ", {"callbacks": [noted]})
    assert noted.events == [
        f"start {QUERY} entrywise",
        f"end {found.id} ['terms']",
        "start   entrywise",
        "error QuestionError",
    ]


def test_a_query_that_cannot_be_read_takes_the_usual_ways(retriever: EntrywiseRetriever) -> None:
    too_long = "x" * 10_001
    nothing: Runnable[str, list[Document]] = RunnableLambda(lambda _: [])
    guarded = retriever.with_fallbacks([nothing], exceptions_to_handle=(ValueError,))
    assert guarded.invoke(too_long) == []
    found, error = retriever.batch([QUERY, too_long], return_exceptions=True)
    assert len(found) == 3
    assert isinstance(error, QuestionError)


def test_an_agents_tool_gives_text_and_documents(retriever: EntrywiseRetriever) -> None:
    shown = PromptTemplate.from_template("{title} ({section}): {page_content}")
    tool = create_retriever_tool(
        retriever, "terms", "Terms.", document_prompt=shown, response_format="content_and_artifact"
    )
    call = {"type": "tool_call", "id": "1", "name": "terms", "args": {"query": QUERY}}
    message = tool.invoke(call)
    assert isinstance(message, ToolMessage)
    assert message.artifact == retriever.invoke(QUERY)
    best = message.artifact[0]
    assert str(message.content).startswith(
        f"GQA ({best.metadata['section']}): {best.page_content}\n\n"
    )


def test_k_can_be_configured_for_a_run(retriever: EntrywiseRetriever) -> None:
    flexible = retriever.configurable_fields(k=ConfigurableField("k"))
    assert len(flexible.invoke(QUERY, {"configurable": {"k": 1}})) == 1


def test_what_it_does_not_know_is_refused(small_assistant: Assistant) -> None:
    with pytest.raises(ValidationError, match="limit"):
        EntrywiseRetriever(assistant=small_assistant, limit=3)  # type: ignore[call-arg]  # what it refuses
    with pytest.raises(ValidationError, match="greater than or equal to 1"):
        EntrywiseRetriever(assistant=small_assistant, k=0)
    with pytest.raises(ValueError, match="limit is 0"):
        EntrywiseRetriever(assistant=small_assistant).invoke(QUERY, k=0)
    with pytest.raises(TypeError, match="limit"):
        EntrywiseRetriever(assistant=small_assistant).invoke(QUERY, limit=3)


def test_without_langchain_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, MODULE)
    monkeypatch.setitem(sys.modules, "langchain_core.callbacks", None)
    with pytest.raises(ImportError) as caught:
        importlib.import_module(MODULE)
    assert str(caught.value) == (
        "the retriever for LangChain needs the package 'langchain_core.callbacks'; "
        "pip install 'entrywise[langchain]'"
    )

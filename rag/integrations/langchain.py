"""A retriever for LangChain: passages as Documents. It needs the extra `langchain`."""

from __future__ import annotations

import asyncio

from entrywise.rag.assistant import Assistant
from entrywise.rag.find.passages import Passage
from entrywise.rag.integrations.metadata import passage_id, place
from entrywise.rag.journey import DEFAULT_TOP

try:
    from langchain_core.callbacks import (
        AsyncCallbackManagerForRetrieverRun,
        CallbackManagerForRetrieverRun,
    )
    from langchain_core.documents import Document
    from langchain_core.retrievers import BaseRetriever
    from pydantic import ConfigDict, Field
except ImportError as error:
    raise ImportError(
        f"the retriever for LangChain needs the package {error.name!r}; "
        "pip install 'entrywise[langchain]'",
        name=error.name,
    ) from error


class EntrywiseRetriever(BaseRetriever):
    """The passages that fit a query, best first, as Documents whose metadata cite them.

    Invoking it raises a QuestionError, which is a ValueError, when the query is empty or longer
    than 10,000 characters, and a ValueError when `k` is less than 1.

    >>> retriever = EntrywiseRetriever(assistant=Assistant.open(), k=3)        # doctest: +SKIP
    >>> retriever.invoke("smaller KV cache")                                   # doctest: +SKIP
    """

    # LangChain passes over fields that it does not know: a misspelt `k` would do nothing.
    model_config = ConfigDict(extra="forbid")

    assistant: Assistant
    """Where the passages come from. It may serve several retrievers, and whoever opened it closes
    it."""

    k: int = Field(default=DEFAULT_TOP, ge=1)
    """How many Documents at most, at least 1; `invoke(query, k=…)` goes before it."""

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[Document]:
        passages = self.assistant.passages(query, self.k if k is None else k)
        return [_document(passage) for passage in passages]

    # Unlike the one that it replaces, it takes `k`.
    async def _aget_relevant_documents(
        self, query: str, *, run_manager: AsyncCallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[Document]:
        return await asyncio.to_thread(
            self._get_relevant_documents, query, run_manager=run_manager.get_sync(), k=k
        )


def _document(passage: Passage) -> Document:
    return Document(
        id=passage_id(passage),
        page_content=passage.text,
        # Chains that cite read "source".
        metadata=place(passage) | {"source": passage.url or passage.entry, "score": passage.score},
    )

"""A retriever for LlamaIndex: passages as nodes. It needs the extra `llamaindex`."""

from __future__ import annotations

import asyncio

from entrywise.rag.assistant import Assistant
from entrywise.rag.find.passages import Passage
from entrywise.rag.integrations.metadata import passage_id, place, section_id
from entrywise.rag.journey import DEFAULT_TOP

try:
    from llama_index.core.callbacks import CallbackManager
    from llama_index.core.retrievers import BaseRetriever
    from llama_index.core.schema import (
        NodeRelationship,
        NodeWithScore,
        QueryBundle,
        RelatedNodeInfo,
        TextNode,
    )
except ImportError as error:
    raise ImportError(
        f"the retriever for LlamaIndex needs the package {error.name!r}; "
        "pip install 'entrywise[llamaindex]'",
        name=error.name,
    ) from error

# Offsets and ids are for programs: an LLM and an embedding are given the title and the text.
_NOT_FOR_MODELS = ["entry", "section", "start", "end", "url"]


class EntrywiseRetriever(BaseRetriever):
    """The passages that fit a query, best first, as nodes whose metadata cite them.

    Retrieving raises a QuestionError, which is a ValueError, when the query is empty or longer
    than 10,000 characters, and a ValueError when `similarity_top_k` is less than 1. Of a
    QueryBundle only `query_str` is read: Entrywise embeds for itself.

    >>> retriever = EntrywiseRetriever(Assistant.open(), similarity_top_k=3)   # doctest: +SKIP
    >>> retriever.retrieve("smaller KV cache")                                 # doctest: +SKIP
    """

    def __init__(
        self,
        assistant: Assistant,
        similarity_top_k: int = DEFAULT_TOP,
        callback_manager: CallbackManager | None = None,
        verbose: bool = False,
    ) -> None:
        """Retrieve from an assistant, which may serve several retrievers.

        Args:
            assistant: whoever opened it closes it.
            similarity_top_k: how many nodes at most, at least 1.
            callback_manager: as for every retriever of LlamaIndex; so is `verbose`.
        """
        super().__init__(callback_manager=callback_manager, verbose=verbose)
        self.assistant = assistant
        self.similarity_top_k = similarity_top_k

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        passages = self.assistant.passages(query_bundle.query_str, self.similarity_top_k)
        return [NodeWithScore(node=_node(passage), score=passage.score) for passage in passages]

    # Without it LlamaIndex would retrieve in the event loop, which then waits.
    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)


def _node(passage: Passage) -> TextNode:
    """The node of a passage: the same whatever was asked, without the score, because LlamaIndex's
    fusion knows a node again by a hash of its text and metadata."""
    return TextNode(
        id_=passage_id(passage),
        text=passage.text,
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        metadata=place(passage),
        excluded_llm_metadata_keys=_NOT_FOR_MODELS,
        excluded_embed_metadata_keys=_NOT_FOR_MODELS,
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=section_id(passage))},
    )

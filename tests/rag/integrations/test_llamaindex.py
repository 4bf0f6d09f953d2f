from __future__ import annotations

import asyncio
import importlib
import sys
from threading import get_ident
from typing import Any

import pytest
from llama_index.core.callbacks import CallbackManager, CBEventType, LlamaDebugHandler
from llama_index.core.llms import MockLLM
from llama_index.core.postprocessor import SimilarityPostprocessor
from llama_index.core.query_engine import CitationQueryEngine, RetrieverQueryEngine
from llama_index.core.retrievers import BaseRetriever, QueryFusionRetriever
from llama_index.core.retrievers.fusion_retriever import FUSION_MODES
from llama_index.core.schema import BaseNode, MetadataMode, NodeWithScore, QueryBundle, TextNode
from llama_index.core.tools import RetrieverTool

from entrywise.data.errors import QuestionError
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.integrations.llamaindex import EntrywiseRetriever

# The framework takes a second to import, in each process that finds the tests.
pytestmark = pytest.mark.slow

QUERY = "how can query heads share the key-value heads"
MODULE = "entrywise.rag.integrations.llamaindex"


@pytest.fixture
def retriever(small_assistant: Assistant) -> EntrywiseRetriever:
    return EntrywiseRetriever(small_assistant, similarity_top_k=3)


def cites(node: BaseNode, index: Index) -> bool:
    """Whether the text of a node is what stands at the place that its metadata name."""
    at = node.metadata
    text = index.entry(at["entry"]).text(at["section"])
    return text[at["start"] : at["end"]] == node.get_content()


def ids(found: list[NodeWithScore]) -> list[str]:
    return [one.node.node_id for one in found]


def test_nodes_are_passages_with_the_place_where_they_stand(
    retriever: EntrywiseRetriever, small_assistant: Assistant
) -> None:
    assert isinstance(retriever, BaseRetriever)
    found = retriever.retrieve(QUERY)
    for one, passage in zip(found, small_assistant.passages(QUERY, 3), strict=True):
        node = one.node
        assert isinstance(node, TextNode)
        assert cites(node, small_assistant.index)
        assert one.score == passage.score
        assert node.text == passage.text
        assert (node.start_char_idx, node.end_char_idx) == (passage.start, passage.end)
        assert node.ref_doc_id == f"{passage.entry}:{passage.section}"
        assert node.node_id == f"{node.ref_doc_id}:{passage.start}-{passage.end}"
        assert node.metadata == {
            "entry": passage.entry,
            "title": passage.title,
            "section": passage.section,
            "start": passage.start,
            "end": passage.end,
            "url": None,
        }
    assert found[0].node.metadata["entry"] == "gqa"


def test_every_node_of_the_glossary_is_verbatim(assistant: Assistant) -> None:
    found = EntrywiseRetriever(assistant).retrieve(QueryBundle("why is decoding slow"))
    assert len(found) == 10
    assert all(cites(one.node, assistant.index) for one in found)


def test_models_are_shown_title_and_text(retriever: EntrywiseRetriever) -> None:
    best = retriever.retrieve(QUERY)[0].node
    for mode in (MetadataMode.LLM, MetadataMode.EMBED):
        assert best.get_content(mode) == f"title: GQA\n\n{best.get_content()}"


def test_async_gives_the_same_without_holding_up_the_event_loop(noting_assistant: Any) -> None:
    retriever = EntrywiseRetriever(noting_assistant, similarity_top_k=2)
    found = asyncio.run(retriever.aretrieve(QUERY))
    assert get_ident() not in noting_assistant.threads
    assert found == retriever.retrieve(QUERY)


def test_a_query_engine_answers_and_keeps_the_citations(
    retriever: EntrywiseRetriever, small_assistant: Assistant
) -> None:
    # A MockLLM without a limit says its prompt again.
    engine = RetrieverQueryEngine.from_args(retriever, llm=MockLLM())
    response = engine.query(QUERY)
    assert response.source_nodes == retriever.retrieve(QUERY)
    assert all(one.node.get_content() in str(response) for one in response.source_nodes)
    later = asyncio.run(engine.aquery(QUERY))
    assert later.source_nodes == response.source_nodes
    assert str(later) == str(response)


def test_an_engine_that_cites_keeps_the_metadata(retriever: EntrywiseRetriever) -> None:
    # With a retriever it needs no index, which its annotation does not know.
    engine = CitationQueryEngine.from_args(index=None, retriever=retriever, llm=MockLLM())  # type: ignore[arg-type]
    sources = engine.query(QUERY).source_nodes
    best = retriever.retrieve(QUERY)[0].node
    assert sources[0].node.metadata == best.metadata
    assert sources[0].node.get_content().startswith(f"Source 1:\n{best.get_content()}")


class Rewording(MockLLM):
    """Asks in other words."""

    def _generate_text(self, length: int) -> str:
        return "query heads that share"


def test_fusion_knows_a_passage_that_two_queries_found(small_assistant: Assistant) -> None:
    retriever = EntrywiseRetriever(small_assistant, similarity_top_k=1)
    (one,), (other,) = retriever.retrieve(QUERY), retriever.retrieve("query heads that share")
    assert one.node == other.node
    assert one.score != other.score
    mode = FUSION_MODES.RECIPROCAL_RANK
    fusion = QueryFusionRetriever([retriever], Rewording(max_tokens=2), mode=mode, num_queries=2)
    (fused,) = fusion.retrieve(QUERY)
    # Reciprocal rank fusion: 1 / (60 + rank) from each query that found it, first is 0.
    assert fused.score == pytest.approx(2 / 60)


def test_postprocessors_use_the_score(small_assistant: Assistant) -> None:
    found = EntrywiseRetriever(small_assistant).retrieve(QUERY)
    second = found[1].score
    assert second is not None
    kept = SimilarityPostprocessor(similarity_cutoff=second).postprocess_nodes(found)
    assert ids(kept) == ids(found)[:2]


def test_callbacks_are_told_of_query_and_nodes(small_assistant: Assistant) -> None:
    handler = LlamaDebugHandler(print_trace_on_end=False)
    retriever = EntrywiseRetriever(small_assistant, callback_manager=CallbackManager([handler]))
    found = retriever.retrieve(QUERY)
    ((start, end),) = handler.get_event_pairs(CBEventType.RETRIEVE)
    assert start.payload == {"query_str": QUERY}
    assert end.payload == {"nodes": found}


def test_an_agents_tool_gives_text_and_nodes(retriever: EntrywiseRetriever) -> None:
    output = RetrieverTool.from_defaults(retriever).call(QUERY)
    assert output.raw_output == retriever.retrieve(QUERY)
    assert output.raw_output[0].node.get_content() in output.content


def test_what_cannot_be_read_is_refused(small_assistant: Assistant) -> None:
    retriever = EntrywiseRetriever(small_assistant)
    with pytest.raises(QuestionError, match="the question is empty"):
        retriever.retrieve(" ")
    with pytest.raises(QuestionError, match="10,001 characters"):
        asyncio.run(retriever.aretrieve("x" * 10_001))
    with pytest.raises(ValueError, match="limit is 0"):
        EntrywiseRetriever(small_assistant, similarity_top_k=0).retrieve(QUERY)


def test_without_llamaindex_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, MODULE)
    monkeypatch.setitem(sys.modules, "llama_index.core.callbacks", None)
    with pytest.raises(ImportError) as caught:
        importlib.import_module(MODULE)
    assert str(caught.value) == (
        "the retriever for LlamaIndex needs the package 'llama_index.core.callbacks'; "
        "pip install 'entrywise[llamaindex]'"
    )

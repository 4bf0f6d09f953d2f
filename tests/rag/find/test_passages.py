from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from entrywise.data.entries import KnowledgeBase
from entrywise.data.source import read_knowledge_base
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant


def test_each_entry_found_gives_one_verbatim_passage(assistant: Assistant) -> None:
    query = "how can query heads share the key-value heads"
    passages = assistant.passages(query, 5)
    assert [one.entry for one in passages] == [hit.entry for hit in assistant.search(query, 5)]
    assert [one.score for one in passages] == sorted((p.score for p in passages), reverse=True)
    for one in passages:
        entry = assistant.index.entry(one.entry)
        assert entry.text(one.section)[one.start : one.end] == one.text
        assert one.title == entry.name


def test_the_passage_is_the_chunk_with_the_best_cosine(glossary_index: Index) -> None:
    query = "why does the cache get smaller"
    (best,) = Assistant(glossary_index).passages(query, 1)
    vector = glossary_index.encoder.encode_query(query).vector
    entry = glossary_index.ordinals[best.entry]
    rows = np.flatnonzero(glossary_index.chunks[:, 0] == entry)
    assert len(rows) > 1
    cosines = [float(glossary_index.chunk_vectors.vector(int(row)) @ vector) for row in rows]
    _, section, start, end = glossary_index.chunks[rows[int(np.argmax(cosines))]].tolist()
    name = glossary_index.entries[entry].sections[section].name
    assert (best.section, best.start, best.end) == (name, start, end)


def test_a_limit_below_one_is_refused(small_assistant: Assistant) -> None:
    with pytest.raises(ValueError, match="limit is 0"):
        small_assistant.passages("attention", 0)


def test_a_passage_of_a_page_leads_to_its_section(
    tmp_path: Path, indexed: Callable[[KnowledgeBase], Path]
) -> None:
    (tmp_path / "entrywise.toml").write_text('base_url = "https://a.b/docs/"', "utf-8")
    text = "# Gym\n\nThe gym is open to all.\n\n## Opening hours\n\nFrom 8:00 to 22:00.\n"
    (tmp_path / "gym.md").write_text(text, "utf-8")
    with Assistant(Index(indexed(read_knowledge_base(tmp_path)))) as assistant:
        for query in ("from which hour to which?", "who may use the gym?"):
            (passage,) = assistant.passages(query, 1)
            (citation, *_) = assistant.ask(query).citations
            assert passage.url == citation.url
        assert passage.url == "https://a.b/docs/gym.md#:~:text=The%20gym%20is%20open%20to%20all."

from __future__ import annotations

import numpy as np

from entrywise.index.index import Index
from entrywise.rag.evaluation.baselines import (
    BM25,
    CHUNKS,
    FUSED,
    MINILM,
    by_words,
    fuse,
    nearest_chunks,
    rankings,
)


def test_vectors_rank_each_entry_by_its_best_chunk(small_index: Index) -> None:
    # The six entries' index has MiniLM without an adapter: its own vectors agree.
    text = "how can an agent think before it calls a tool"
    query = small_index.encoder.encode_query(text).vector
    best: dict[int, float] = {}
    for row, entry in enumerate(small_index.chunks[:, 0].tolist()):
        cosine = float(np.dot(small_index.chunk_vectors.vector(row), query))
        best[entry] = max(cosine, best.get(entry, -1.0))
    (nearest,) = nearest_chunks([text], small_index)
    ranked = list(dict.fromkeys(entry for entry, *_ in nearest))
    assert ranked == sorted(best, key=lambda entry: -best[entry])


def test_words_do_not_see_the_ways_of_asking(small_index: Index) -> None:
    # "graphics" stands only in a way of asking for LoRA, "overflows" in the text of bf16.
    bf16 = small_index.ordinals["bf16"]
    assert by_words("graphics overflows", small_index) == [bf16]


def test_fusion_is_the_sum_of_reciprocal_ranks() -> None:
    # 7: 1/61 + 1/62, 5: 1/62 + 1/61, 9: 1/63: the tie goes to the lower ordinal.
    assert fuse([[7, 5, 9], [5, 7]]) == [5, 7, 9]
    # 3: 1/63 + 1/62, 1 and 4: 1/61, 2: 1/62.
    assert fuse([[1, 2, 3], [4, 3]]) == [3, 1, 4, 2]


def test_rankings_are_ids_cut_at_the_limit(small_index: Index) -> None:
    found = rankings(["DeepSeek latent", "low rank"], small_index, 2)
    assert list(found) == [MINILM, BM25, FUSED]
    assert found[BM25][0].entries[0] == found[FUSED][0].entries[0] == "mla"
    assert found[FUSED][1].entries[0] == "lora"
    assert [len(ranked.entries) for ranked in found[MINILM]] == [2, 2]


def test_documents_are_ranked_by_their_best_section(harbour_index: Index) -> None:
    found = rankings(["what happens to what stays on the pontoon?"], harbour_index, 3)
    for ranked in found.values():
        assert len(set(ranked[0].entries)) == len(ranked[0].entries)
        assert ranked[0].entries[0] == "berths"
    (shown,) = found[MINILM]
    assert shown.texts is not None
    assert len(shown.texts) == CHUNKS
    assert "who keep it for four weeks" in shown.texts[0]
    assert found[BM25][0].texts is None

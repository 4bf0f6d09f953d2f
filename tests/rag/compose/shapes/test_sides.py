from __future__ import annotations

from collections.abc import Callable

import pytest
from stages import evidence

from entrywise.index.index import Index
from entrywise.rag.compose.shapes.comparison import sides
from entrywise.rag.judge.findings import Findings


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("difference between MHA, MQA, and GQA", "mha mqa gqa"),
        ("compare GQA with MLA", "gqa mla"),
        ("top-k and top-p vs temperature", "top-k top-p temperature"),
        ("is a jailbreak just another word for prompt injection?", "jailbreak prompt-injection"),
        ("how is PagedAttention different from FlashAttention", "paged-attention flash-attention"),
        ("from SFT to DPO: what changes", "sft dpo"),
        # A name after a preposition is context.
        ("LoRA vs full fine-tuning for a 7B on GPU memory", "lora full-ft"),
        ("LoRA on GPU memory vs QLoRA", "lora qlora"),
        ("compare LoRA and QLoRA with bitsandbytes", "lora qlora"),
        ("for RAG, langchain or llamaindex?", "tool-langchain tool-llamaindex"),
        ("for domain RAG, langchain or llamaindex?", "tool-langchain tool-llamaindex"),
        ("LoRA vs QLoRA, and for issue reports RAG", "lora qlora"),
        ("which needs less memory, AWQ or GPTQ in vLLM?", "awq gptq"),
        ("we run vLLM. How does W4A16 compare with W8A8?", "w4a16 w8a8"),
        # Unless it is compared with the next, of its own kind.
        ("what data do I need for KTO as opposed to DPO?", "kto dpo"),
        ("KV cache with GQA vs MQA", "gqa mqa"),
        # Two names without a word that chains them, or in context only, are all there is.
        ("GQA MLA", "gqa mla"),
        ("what changes in GQA. What in MLA?", "gqa mla"),
        ("GQA vs Q4_K_M", "gqa k-quants"),
        ("greedy vs beam search", "greedy-decoding beam-search"),
        ("what is GQA", "gqa"),
    ],
)
def test_the_sides_of_a_question(
    find: Callable[[str, Index], Findings], glossary_index: Index, text: str, compared: str
) -> None:
    ids = glossary_index.catalog.ids
    found = find(text, glossary_index)
    owners = [found.owner(side) for side in sides(found, evidence(found.question, glossary_index))]
    assert [owner and ids[owner] for owner in owners] == compared.split()


def test_a_name_that_no_entry_owns_is_a_side(
    find: Callable[[str, Index], Findings], glossary_index: Index
) -> None:
    found = find("Foobarizer vs GQA", glossary_index)
    first, second = sides(found, evidence(found.question, glossary_index))

    assert (first.name, found.owner(first)) == ("Foobarizer", None)
    assert found.owner(second) == glossary_index.ordinals["gqa"]


def test_a_side_is_where_the_question_has_it(
    find: Callable[[str, Index], Findings], glossary_index: Index
) -> None:
    text = "tensor vs pipeline parallelism"
    found = sides(find(text, glossary_index), evidence(text, glossary_index))

    assert [side.name for side in found] == ["tensor parallelism", "pipeline parallelism"]
    assert [text[side.start : side.end] for side in found] == ["tensor", "pipeline parallelism"]

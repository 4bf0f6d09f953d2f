from __future__ import annotations

from collections.abc import Callable

import pytest
from stages import evidence

from entrywise.index.index import Index
from entrywise.rag.compose.draft import Draft
from entrywise.rag.compose.shapes.listing import listing
from entrywise.rag.judge.selection import Findings

Finding = Callable[[str, Index], Findings]


def listed(text: str, index: Index, find: Finding) -> Draft:
    draft = Draft(index.entries)
    listing(find(text, index), evidence(text, index), draft)
    return draft


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("which attention variants are there?", "gqa mqa mha swa linear-attention"),
        ("types of quantization", "quanto"),
        ("what position encodings do people use", "rope alibi sinusoidal-pe learned-pe yarn"),
        ("alternatives to RLHF", "dpo orpo rlvr grpo"),
        ("what fine-tuning methods exist", "lora qlora dora ia3 full-ft"),
        ("what are the main file formats for models", "gguf safetensors ggml format-onnx"),
        ("which tokenizer algorithms are there?", "tokenizer-bpe tokenizer-wordpiece"),
        ("name three benchmarks for LLMs", "mmlu gsm8k mt-bench"),
    ],
)
def test_the_members_of_a_family_have_a_line_each(
    glossary_index: Index, find: Finding, text: str, members: str
) -> None:
    draft = listed(text, glossary_index, find)
    *_, part = draft.parts

    assert part.heading == "Entries that fit"
    assert part.columns == ("",)
    cited = {draft.citations[cell.citations[0] - 1].entry for (cell,) in cells(draft)}
    assert set(members.split()) <= cited
    assert len({row.aspect for row in part.rows}) == len(part.rows) <= 8


def test_what_an_entry_itself_says_of_what_is_asked_of_it_comes_first(
    glossary_index: Index, find: Finding
) -> None:
    draft = listed("What is jailbreaking, and what are common techniques?", glossary_index, find)
    first, *_, table = draft.parts
    assert first.heading == "Jailbreak"
    assert "Common techniques include: roleplay scenarios" in first.text
    assert table.kind == "table"


def cells(draft: Draft) -> list[tuple[object, ...]]:
    return [row.cells for row in draft.parts[-1].rows]


def test_the_sentence_that_enumerates_them_comes_first(
    glossary_index: Index, find: Finding
) -> None:
    first, _ = listed("which attention variants are there?", glossary_index, find).parts

    assert first.heading == "KV Cache"
    assert "techniques like GQA, MQA, PagedAttention, and sliding window attention" in first.text


def test_an_enumeration_may_hold_an_item_without_an_entry(
    glossary_index: Index, find: Finding
) -> None:
    first, _ = listed("what fine-tuning methods exist", glossary_index, find).parts
    # Two sentences enumerate them, as near to the question as each other: either has some besides.
    enumerations = (
        "full fine-tuning, LoRA, QLoRA, and all other adaptation methods",
        "(LoRA, QLoRA, DoRA, IA3, prefix tuning, etc.)",
    )
    assert any(enumeration in first.text for enumeration in enumerations)


def test_what_the_question_names_is_not_one_of_its_members(
    glossary_index: Index, find: Finding
) -> None:
    *_, part = listed("alternatives to RLHF", glossary_index, find).parts
    assert "RLHF" not in [row.aspect for row in part.rows]


def test_what_is_named_tells_its_members_whatever_they_are(
    glossary_index: Index, find: Finding
) -> None:
    draft = listed("which inference engines are there?", glossary_index, find)
    first, part = draft.parts
    assert first.text.startswith("Popular examples include vLLM, llama.cpp, TensorRT-LLM")
    ids = {
        draft.citations[cell.citations[0] - 1].entry
        for row in part.rows
        for cell in row.cells
        if cell
    }
    assert {"tool-vllm", "tool-llamacpp"} <= ids
    # None of the kind of "Inference Engine" itself.
    entries = [glossary_index.entries[ordinal] for ordinal in glossary_index.ordinals.known(ids)]
    assert {entry.category for entry in entries} == {"serving-tools"}


def test_what_shares_no_more_than_a_category_is_not_listed(
    glossary_index: Index, find: Finding
) -> None:
    draft = listed("list speculative decoding methods", glossary_index, find)
    assert {citation.entry for citation in draft.citations} == {"speculative-decoding"}


def test_a_tag_line_that_says_too_little_gives_way_to_the_explanation(
    glossary_index: Index, find: Finding
) -> None:
    *_, part = listed("what are the main file formats for models", glossary_index, find).parts
    (cell,) = next(row.cells for row in part.rows if row.aspect == "GGML")
    assert cell is not None
    assert cell.text.startswith("GGML is an obsolete model file format")


def test_an_entry_that_has_had_its_say_gets_no_line(small_index: Index, find: Finding) -> None:
    found = find("attention with shared heads", small_index)
    draft = Draft(small_index.entries)
    sides = evidence(found.question, small_index)
    draft.quote(sides.of(small_index.ordinals["gqa"]).sentences)
    listing(found, sides, draft)

    titles = [row.aspect for row in draft.parts[-1].rows]
    assert titles
    assert "GQA" not in titles


def test_a_family_without_other_members_is_answered_in_prose(
    small_index: Index, find: Finding
) -> None:
    found = find("types of GQA, MLA, LoRA, ReAct, bf16, -Instruct", small_index)
    draft = Draft(small_index.entries)
    listing(found, evidence(found.question, small_index), draft)

    assert {part.kind for part in draft.parts} == {"quote"}
    assert {part.subject for part in draft.parts} <= set(found_ids(found, small_index))


def found_ids(found: Findings, index: Index) -> list[str]:
    return [index.catalog.ids[entry] for entry in found.question.surely_named]


def test_what_answers_is_quoted_where_nothing_is_listed(
    glossary_index: Index, find: Finding
) -> None:
    draft = listed("list all positive numbers an E2M1 element can take", glossary_index, find)
    assert any("0, 0.5, 1.0, 1.5" in part.text for part in draft.parts)


def test_what_is_improbable_is_not_listed(glossary_index: Index, find: Finding) -> None:
    text = "which kinds of parallelism are there for training"
    *_, table = listed(text, glossary_index, find).parts
    rows = ["Tensor Parallelism", "Data Parallelism", "Expert Parallelism", "ZeRO"]
    assert sorted(row.aspect for row in table.rows) == sorted(rows)


def test_what_is_surely_relevant_goes_before_its_kin(glossary_index: Index, find: Finding) -> None:
    *_, table = listed("name some agent frameworks", glossary_index, find).parts
    assert {"LangChain", "CrewAI", "LlamaIndex"} <= {row.aspect for row in table.rows[:5]}


def test_what_is_of_the_family_and_says_nothing_of_what_is_asked_is_not_listed(
    glossary_index: Index, find: Finding
) -> None:
    draft = listed("which quantization formats run on apple silicon", glossary_index, find)
    entries = {citation.entry for citation in draft.citations}

    assert {"org-mlx-community", "format-coreml", "quanto"} <= entries
    # They are quantization methods, and need another processor.
    assert entries.isdisjoint({"exl2", "bitsandbytes", "eetq", "awq"})

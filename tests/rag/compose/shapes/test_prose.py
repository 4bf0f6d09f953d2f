from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from indexes import Indexed

from entrywise.data.source import read_knowledge_base
from entrywise.index.index import Index
from entrywise.rag.answer import Part
from entrywise.rag.compose.draft import Draft

Composing = Callable[[str, Index], Draft]


@pytest.fixture
def first(composed: Composing, glossary_index: Index) -> Callable[[str], Part]:
    """The first part of the glossary's answer to a question."""
    return lambda text: composed(text, glossary_index).parts[0]


@pytest.fixture
def whole(composed: Composing, glossary_index: Index) -> Callable[[str], str]:
    """The text of all parts of the glossary's answer to a question."""
    return lambda text: " ".join(part.text for part in composed(text, glossary_index).parts)


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("what is GQA", "Grouped Query Attention is a middle ground"),
        ("explain speculative decoding", "Speculative decoding speeds up LLM generation"),
        ("how does PagedAttention work", "PagedAttention manages the KV cache"),
        ("how LoRA works", "Low-Rank Adaptation freezes all original model weights"),
        ("why does bf16 not need loss scaling", "BFloat16 is a 16-bit floating-point format"),
        ("how to lower time to first token", "Shorter prompts and prefix caching lower TTFT"),
        # What is asked of two things is told by what names both.
        ("can I use LoRA with a quantized model", "QLoRA is a memory-efficient"),
        ("does GPTQ work with vLLM", "Supports TP, GPTQ/AWQ/FP8"),
        ("can MLA be used with FP8", "FP8 is an 8-bit floating-point format"),
        # A letter of a name says no more than the name.
        ("what does the K in Q4_K_M stand for", "K-quants are llama.cpp's standard family"),
        # What an entry says of something else goes before what the entry is.
        ("what is catastrophic forgetting", "Catastrophic forgetting is the loss of earlier"),
        ("agent card", "Each agent publishes an Agent Card"),
        # What says all that is asked, a number too, and fits no worse.
        ("what happens if temperature is 0", "Temperature 0 is equivalent to greedy decoding"),
        ("why would a model state falsehoods fluently", "Hallucinations occur because LLMs"),
        ("why per-group quantization", "With only 16 levels available in 4-bit format"),
        ("why RMSNorm", "RMSNorm is a simplified version of Layer Normalization"),
        ("what is the context window, and why does it matter", "The context window is the maximum"),
        ("what's the point of RMSNorm", "RMSNorm is"),
        ("why does speculative decoding help", "Speculative decoding speeds up LLM generation"),
        ("what is GPTQ and when should I use it", "GPTQ suits 3- and 4-bit models"),
        ("when should I use QLoRA", "QLoRA suits GPUs with too little memory for LoRA"),
        ("why is my context window eating so much vram", "Memory grows with the length"),
        ("how many tokens are 1000 words", "In English a token is about four characters"),
        ("when to use prefix caching", "Because the KV computation for any token"),
        ("when should dense models be used", "A dense model is a standard transformer"),
        ("formula for KV cache size", "Formula: KV_cache_bytes = 2"),
        ("formula for self-attention", "Given input $X"),
        ("SwiGLU equation", "SwiGLU(x) = (Swish(xW_gate)"),
        ("what is the formula of LayerNorm?", "$\\text{LayerNorm}(x) ="),
        ("the math behind RoPE", "Rotation per dimension pair: $[q'_{2i}"),
        ("quantization formula", "Uniform affine quantization: $x_q"),
        ("how many problems are in GSM8K", "GSM8K is a benchmark of roughly 8,500"),
        ("how many questions are there in GPQA", "GPQA is a benchmark of 448"),
        ("how many trainable parameters does LoRA with rank 16 add?", "LLaMA 7B $r$=16 all linear"),
        ("how much memory does a 70B model need in FP8", "A 70B model in fp16 needs 140 GB"),
        ("how much VRAM does a 70B model need in Q4_K_M", "A 70B model in fp16 needs 140 GB"),
        ("does AWQ need calibration", "AWQ"),
        ("what can fp16 hold before it overflows", "The main limitation is a small maximum"),
        ("how does CLIP create a shared embedding space", "An image encoder and text encoder"),
        ("what does TruthfulQA measure", "TruthfulQA is a standard safety evaluation measuring"),
    ],
)
def test_the_first_sentence_already_answers(
    first: Callable[[str], Part], text: str, opening: str
) -> None:
    assert first(text).text.startswith(opening)


def test_a_definition_goes_on_in_prose(whole: Callable[[str], str]) -> None:
    text = whole("what is GQA")

    assert "reduces KV cache size without the quality loss" in text
    assert "It is the dominant attention variant" in text


def test_a_sentence_that_refers_back_follows_the_one_it_refers_to(
    whole: Callable[[str], str],
) -> None:
    text = whole("why does bf16 not need loss scaling")
    assert "enormous numerical range. This means training gradients almost never overflow" in text


def test_a_formula_is_followed_by_its_example(first: Callable[[str], Part]) -> None:
    part = first("formula for KV cache size")

    assert "Llama 2 7B (32 layers, 32 KV heads): 16 KB/token/layer" in part.text
    assert "The KV cache stores key and value vectors" in part.text
    assert part.aspect == "formula"


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("how does PagedAttention work", "mechanism"),
        ("why does bf16 not need loss scaling", "reason"),
        ("when should I use QLoRA", "occasion"),
        ("how many problems are in GSM8K", "numbers"),
        ("what is GQA", "definition"),
    ],
)
def test_a_part_says_what_it_tells(first: Callable[[str], Part], text: str, aspect: str) -> None:
    assert first(text).aspect == aspect


def test_other_entries_say_what_they_are_first(composed: Composing, glossary_index: Index) -> None:
    draft = composed("why is decoding limited by memory bandwidth", glossary_index)

    assert len(draft.parts) > 1
    assert all(part.heading for part in draft.parts)
    sentences = [len(part.citations) for part in draft.parts]
    assert max(sentences) <= 5


def test_a_reason_that_an_entry_does_not_give_is_replaced_by_what_it_is(
    composed: Composing, small_index: Index
) -> None:
    part = composed("why ReAct", small_index).parts[0]
    assert part.text.startswith("Each thought is followed by a tool call.")


TOOLS = """Name,Price,Stock,Description
Claw hammer,12.99,140,Drives nails and pulls them out with its forked end.
Rubber mallet,9.50,35,Drives tiles and pegs without leaving a mark.
Spirit level,18.00,12,Shows whether a surface is horizontal.
Tape measure,6.75,210,Measures up to five metres and locks where it is pulled to.
"""


def test_what_a_table_says_beside_a_text_is_told_behind_it(
    composed: Composing, indexed: Indexed, tmp_path: Path
) -> None:
    (tmp_path / "tools.csv").write_text(TOOLS)
    with closing(Index(indexed(read_knowledge_base(tmp_path)))) as index:
        for text in ("what does the claw hammer cost?", "what is a claw hammer?"):
            first, *_ = composed(text, index).parts
            assert first.text.endswith("its forked end. Price: 12.99; Stock: 140")
        sides = composed("difference between the claw hammer and the rubber mallet", index)
        assert sides.parts[0].columns == ("Claw hammer", "Rubber mallet")


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("what does frontier model mean", "frontier model"),
        ("what is reward hacking?", "reward hacking"),
        # Sentences say what these are.
        ("what is catastrophic forgetting", None),
        ("what is an agent card", None),
        # Nobody asks what it is.
        ("frontier model", None),
        ("what is GQA", None),
    ],
)
def test_a_term_that_sentences_only_use_is_said_to_have_no_entry(
    composed: Composing, glossary_index: Index, text: str, term: str | None
) -> None:
    draft = composed(text, glossary_index)
    told = [part.text for part in draft.parts if part.kind == "notice"]

    assert told == ([f"“{term}” is mentioned, but has no entry of its own."] if term else [])
    assert draft.complete == (term is None)

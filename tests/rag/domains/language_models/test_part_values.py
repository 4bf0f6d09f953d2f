from __future__ import annotations

import pytest

from entrywise.rag.domains.language_models.model_names import parse_model_name


def values(name: str) -> dict[str, str]:
    """{part: what it says in words} of the parts that say something."""
    return {part.text: part.value for part in parse_model_name(name).parts if part.value}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Foo-7B", {"7B": "7 billion parameters"}),
        ("bloom-7b1", {"7b1": "7.1 billion parameters"}),
        ("stablelm-2-1_6b", {"1_6b": "1.6 billion parameters"}),
        ("Foo-0.6B", {"0.6B": "0.6 billion parameters"}),
        ("SmolLM-135M", {"135M": "135 million parameters"}),
        ("Ling-1T", {"1T": "1 trillion parameters"}),
        ("Foo-30B-A3B", {"30B": "30 billion parameters", "A3B": "3B active of 30B"}),
        ("Foo-A2.7b", {"A2.7b": "2.7B active"}),
        ("Foo-E4B", {"E4B": "4B effective"}),
        ("Mixtral-8x7b", {"8x7b": "8 experts of 7B"}),
        ("Foo-3-128k", {"128k": "131,072 tokens"}),
        ("Foo-3-4K", {"4K": "4,096 tokens"}),
        ("Qwen-14B-1M", {"14B": "14 billion parameters", "1M": "about 1 million tokens"}),
        ("Foo-Q4_K_M", {"Q4_K_M": "4 bits, K-quant, medium"}),
        ("Foo-Q6_K", {"Q6_K": "6 bits, K-quant"}),
        ("Foo-Q3_K_XL", {"Q3_K_XL": "3 bits, K-quant, extra large"}),
        ("Foo-IQ1_S", {"IQ1_S": "1 bit, IQ-quant, small"}),
        ("Foo-IQ2_XXS", {"IQ2_XXS": "2 bits, IQ-quant, extra extra small"}),
        ("Foo-IQ4_NL", {"IQ4_NL": "4 bits, IQ-quant, non-linear"}),
        ("Foo-Q8_0", {"Q8_0": "8 bits"}),
        ("Foo-W4A16", {"W4A16": "4-bit weights, 16-bit activations"}),
        ("Foo-4_65bpw", {"4_65bpw": "4.65 bits per weight"}),
        ("Foo-int4", {"int4": "4-bit integers"}),
        ("Foo-4-bit", {"4-bit": "4 bits"}),
        ("Foo-b1.58", {"b1.58": "1.58 bits"}),
        ("Foo-q4f16_1", {"q4f16_1": "4 bits"}),
        ("Foo-GPTQ-4b-128g", {"4b": "4 bits", "128g": "groups of 128 weights"}),
        ("Foo-g64", {"g64": "groups of 64 weights"}),
        ("Foo-FP8", {"FP8": "8-bit floating point"}),
        ("Foo-FP8-dynamic", {"FP8-dynamic": "8-bit floating point, dynamic"}),
        ("Foo-bf16", {"bf16": "16-bit brain floating point"}),
        ("Foo-MXFP4", {"MXFP4": "4-bit floating point in blocks with a shared scale"}),
        ("Foo-4o-2024-07-18", {"2024-07-18": "18 July 2024"}),
        ("Foo-20250514", {"20250514": "14 May 2025"}),
        ("Foo-2407", {"2407": "July 2024"}),
        ("Foo-08-2024", {"08-2024": "August 2024"}),
        ("Foo-00002-of-00003", {"00002-of-00003": "file 2 of 3"}),
    ],
)
def test_a_part_says_in_words_what_its_letters_say(name: str, said: dict[str, str]) -> None:
    assert values(name) == said


@pytest.mark.parametrize(
    ("name", "open_parts"),
    [
        ("OLMo-2-1124", ["1124"]),  # a day, or a month and a year
        ("Yi-34B-200K", ["200K"]),  # 200,000 or 204,800
        ("Llama-4-Scout-17B-16E", ["17B"]),  # those active, not all
        ("TinyLlama-1.1B-3T", ["3T"]),  # tokens
        ("gptq-3bit--1g", ["1g"]),  # no groups
        ("Foo-E4M3", ["E4M3"]),
        ("Foo-Instruct-v0.2", ["Instruct", "v0.2"]),
    ],
)
def test_what_the_letters_leave_open_is_left_out(name: str, open_parts: list[str]) -> None:
    read = {part.text: part.value for part in parse_model_name(name).parts}
    assert {part: read[part] for part in open_parts} == dict.fromkeys(open_parts, "")

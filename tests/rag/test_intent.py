from __future__ import annotations

import pytest

from entrywise.rag.intent import wordings


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("difference between GQA and MLA", "comparison"),
        ("GQA vs. MLA", "comparison"),
        ("is LoRA better than full fine-tuning", "comparison"),
        ("how much VRAM does a 70B model need", "numeric"),
        ("what is the default value of top-p", "numeric"),
        ("formula for attention", "numeric"),
        ("why is my model slow", "why"),
        ("what causes hallucinations", "why"),
        ("types of attention", "list"),
        ("what are the main quantization formats", "list"),
        ("should I use LoRA", "when"),
        ("how do I stop it", "how"),
        ("how LoRA works", "how"),
        ("what is GQA", "definition"),
        ("what does Q4_K_M mean", "definition"),
        ("tell me about RoPE", "definition"),
        ("KV cache", "definition"),
        ("my GPU is on fire and the model prints nonsense", "other"),
    ],
)
def test_the_most_telling_wording_comes_first(question: str, intent: str) -> None:
    assert wordings(question)[0] == intent


def test_a_question_may_have_several_wordings() -> None:
    assert wordings("why is GQA faster than MLA") == ("comparison", "why")

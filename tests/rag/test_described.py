from __future__ import annotations

import pytest

from entrywise.index.store import Index
from entrywise.rag.described import DESCRIBED, nearest_entry
from entrywise.rag.question import parse


@pytest.mark.parametrize(
    ("text", "phrase", "entry"),
    [
        ("difference between n8n and custom agents", "custom agents", "agentic-ai"),
        ("What is the difference between dense and sparse models?", "sparse models", "moe"),
        ("difference between RoPE and added position vectors", "added position", "learned-pe"),
        ("QLoRA vs updating every weight for a 7B", "updating every weight", "full-ft"),
    ],
)
def test_a_side_without_a_name_is_what_its_words_describe(
    glossary_index: Index, text: str, phrase: str, entry: str
) -> None:
    question = parse(text, glossary_index)
    *_, side = question.sides
    assert text[side.start : side.end].startswith(phrase)
    assert question.intent == "comparison"
    assert question.named[side.entry] == DESCRIBED
    assert glossary_index.catalog.ids[side.entry] == entry


@pytest.mark.parametrize(
    "text",
    [
        "GQA vs MLA",
        "bananas vs LoRA",
        "GQA vs Foobarizer",
        "apples vs pears",
        "what is GQA?",
    ],
)
def test_nothing_is_described_where_both_have_names_or_none_or_no_sense(
    glossary_index: Index, text: str
) -> None:
    assert parse(text, glossary_index).sides == ()


def test_a_half_name_that_no_entry_owns_may_be_described(glossary_index: Index) -> None:
    question = parse("local vs global attention", glossary_index)
    ids = [glossary_index.catalog.ids[side.entry] for side in question.sides]
    assert "self-attention" in ids
    assert question.unknown == ()


@pytest.mark.parametrize(
    ("text", "phrase", "is_described"),
    [
        ("n8n vs custom agents", "custom agents", True),
        ("n8n vs bananas", "bananas", False),
        ("MoE vs kubernetes", "kubernetes", False),
    ],
)
def test_a_phrase_describes_what_the_whole_question_is_near(
    glossary_index: Index, text: str, phrase: str, is_described: bool
) -> None:
    question = glossary_index.encoder.encode_query(text).vector
    assert (nearest_entry(phrase, question, (), glossary_index) is not None) == is_described

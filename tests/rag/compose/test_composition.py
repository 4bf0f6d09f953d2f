from __future__ import annotations

from collections.abc import Callable

import pytest

from entrywise.index.index import Index
from entrywise.rag.compose.draft import Draft

Composing = Callable[[str, Index], Draft]

NOTHING_ABOUT_IT = "The knowledge base says nothing about “Foobarizer”."


def test_a_definition_begins_with_what_it_is(composed: Composing, small_index: Index) -> None:
    (part,) = composed("what is GQA?", small_index).parts

    assert part.kind == "quote"
    assert part.text.startswith("GQA lies between multi-head attention and MQA.")
    assert (part.subject, part.heading) == ("gqa", None)


def test_several_subjects_have_a_heading_each(composed: Composing, small_index: Index) -> None:
    parts = composed("explain LoRA with GQA", small_index).parts
    assert {part.heading for part in parts} == {"LoRA", "GQA"}


def test_without_a_name_the_best_entries_are_quoted(
    composed: Composing, small_index: Index
) -> None:
    draft = composed("how can query heads share the key-value heads", small_index)
    assert draft.citations[0].entry == "gqa"


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("GQA vs MLA", "GQA vs MLA"),
        ("types of attention", "Entries that fit"),
        ("Mistral-7B-Instruct.Q4_K_M.gguf", None),
    ],
)
def test_the_intent_decides_on_the_shape(
    composed: Composing, glossary_index: Index, text: str, shape: str | None
) -> None:
    tables = [part for part in composed(text, glossary_index).parts if part.kind == "table"]
    assert [part.heading for part in tables] == [shape]


def test_who_and_which_paper_have_shapes_of_their_own(
    composed: Composing, glossary_index: Index
) -> None:
    for text in ("who created llama.cpp", "which paper introduced GQA"):
        aspects = [part.aspect for part in composed(text, glossary_index).parts]
        assert "origin" in aspects


def test_what_is_only_described_has_no_papers(composed: Composing, glossary_index: Index) -> None:
    text = "My bot cited three papers that don't exist, with authors. Is there a word for that?"
    draft = composed(text, glossary_index)
    assert {part.kind for part in draft.parts} == {"quote"}
    assert draft.citations[0].entry == "hallucination"


def test_another_intent_is_stronger_than_the_origin(
    composed: Composing, glossary_index: Index
) -> None:
    (part, *_) = composed("why was GQA introduced by whom", glossary_index).parts
    assert part.aspect == "reason"


def test_what_is_named_is_quoted_though_others_score_better(
    composed: Composing, glossary_index: Index
) -> None:
    draft = composed("does RoPE support longer contexts than trained on? how", glossary_index)
    assert "rope" in {citation.entry for citation in draft.citations}


def test_a_definition_of_what_is_not_named_is_that_of_the_best_entry(
    composed: Composing,
    glossary_index: Index,
) -> None:
    text = "what do you call it when the input embedding matrix is reused as the output projection?"
    assert composed(text, glossary_index).citations[0].entry == "weight-tying"


def notices(draft: Draft) -> list[str]:
    return [part.text for part in draft.parts if part.kind == "notice"]


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("what is GQA and what is Foobarizer", [NOTHING_ABOUT_IT]),
        ("GQA vs MLA on a Foobarizer", [NOTHING_ABOUT_IT]),
        ("GQA vs Foobarizer", [NOTHING_ABOUT_IT]),
        ("GQA vs MLA vs Foobarizer", []),
        ("difference between LoRA and MQA", ["“MQA” is mentioned, but has no entry of its own."]),
        ("Foobar-7B-it", ["The knowledge base does not explain Foobar (family) or 7B (size)."]),
        ("is GQA or MLA in Foobar-7B-it", ["The knowledge base does not explain Foobar (family)."]),
    ],
)
def test_what_is_missing_is_named_at_the_end(
    composed: Composing, small_index: Index, text: str, missing: list[str]
) -> None:
    draft = composed(text, small_index)
    assert notices(draft) == missing
    assert not draft.complete


@pytest.mark.parametrize("text", ["GQA vs MLA", "train LoRA beside MQA", "what is GQA?"])
def test_nothing_is_missing_where_all_is_answered(
    composed: Composing, small_index: Index, text: str
) -> None:
    draft = composed(text, small_index)
    assert (notices(draft), draft.complete) == ([], True)

from __future__ import annotations

from collections.abc import Callable

from entrywise.index.index import Index
from entrywise.rag.compose.draft import Draft

Composing = Callable[[str, Index], Draft]


def test_a_model_name_has_a_row_for_each_explained_part(
    composed: Composing, glossary_index: Index
) -> None:
    part, notice = composed("Mistral-7B-Instruct-v0.2.Q4_K_M.gguf", glossary_index).parts

    assert [row.aspect for row in part.rows] == [
        "Mistral",
        "7B: 7 billion parameters",
        "Instruct",
        "Q4_K_M: 4 bits, K-quant, medium",
        "gguf",
    ]
    assert part.columns == ("",)
    (cell,) = part.rows[3].cells
    assert cell is not None
    assert "Q4_K_M" in cell.text
    assert notice.kind == "notice"
    assert notice.text == "The knowledge base does not explain v0.2 (version)."


def test_the_part_that_is_asked_for_comes_first(composed: Composing, glossary_index: Index) -> None:
    text = "what does it mean that gguf stands in Mistral-7B-Instruct.Q4_K_M.gguf"
    (part,) = composed(text, glossary_index).parts
    assert part.rows[0].aspect == "gguf"


def test_parts_that_one_entry_explains_share_a_row(composed: Composing, small_index: Index) -> None:
    text = "compare Foobar-Instruct-7B-it with Foobar-Instruct-7B"
    part, notice = composed(text, small_index).parts

    assert [row.aspect for row in part.rows] == ["Instruct, it"]
    assert notice.text == "The knowledge base does not explain Foobar (family) or 7B (size)."


def test_a_part_of_no_known_kind_is_named_by_itself(
    composed: Composing, glossary_index: Index
) -> None:
    *_, notice = composed("Llama-3-8B-Instruct-xyzzy.gguf", glossary_index).parts
    assert "xyzzy" in notice.text
    assert "unknown" not in notice.text


def labels(text: str, composed: Composing, index: Index) -> list[str]:
    return [row.aspect for row in composed(text, index).parts[0].rows]


def test_rows_are_labelled_with_what_this_name_says(
    composed: Composing, glossary_index: Index
) -> None:
    assert labels("Qwen3-30B-A3B-Instruct-Q4_K_M", composed, glossary_index) == [
        "Qwen",
        "30B: 30 billion parameters",
        "A3B: 3B active of 30B",
        "Instruct",
        "Q4_K_M: 4 bits, K-quant, medium",
    ]


def test_what_an_entry_explains_together_is_the_first_row(
    composed: Composing, glossary_index: Index
) -> None:
    first, *others = labels("Llama-4-Scout-17B-16E-Instruct", composed, glossary_index)

    assert first == "Scout-17B-16E: 16 experts"
    assert others == ["Llama", "Instruct"]


def test_a_row_names_the_parts_that_it_explains(composed: Composing, glossary_index: Index) -> None:
    table, *_ = composed("Llama-4-Scout-17B-16E-Q2_K-Q3_K_S", glossary_index).parts
    assert [row.parts for row in table.rows] == [
        ("Scout", "17B", "16E"),
        ("Llama",),
        ("Q2_K", "Q3_K_S"),
    ]
    assert table.rows[2].aspect == "Q2_K: 2 bits, K-quant; Q3_K_S: 3 bits, K-quant, small"


def test_a_part_that_a_quote_has_is_not_reported_as_missing(
    composed: Composing, glossary_index: Index
) -> None:
    held = composed("Qwen2.5-72B-Instruct", glossary_index)
    lacking = composed("Qwen3-72B-Instruct", glossary_index)

    assert "2.5" in held.citations[0].quote
    assert [part.kind for part in held.parts] == ["table"]
    assert lacking.parts[-1].text == "The knowledge base does not explain 3 (version)."


def test_of_a_subject_beside_what_is_asked_only_what_matters_is_reported(
    composed: Composing, glossary_index: Index
) -> None:
    known = composed("does Llama-3.1-8B-xyzzy use GQA?", glossary_index)
    strange = composed("does Zorbo-3.1-8B-xyzzy use GQA?", glossary_index)

    assert {part.kind for part in known.parts} == {"quote"}
    assert [part.text for part in strange.parts if part.kind == "notice"] == [
        "The knowledge base does not explain Zorbo (family)."
    ]

from __future__ import annotations

import pytest

from entrywise.index.store import Index
from entrywise.rag.answer import Part
from entrywise.rag.compose import compose
from entrywise.rag.draft import Draft
from entrywise.rag.question import parse
from entrywise.rag.retrieve import retrieve


def composed(text: str, index: Index) -> Draft:
    question = parse(text, index)
    return compose(question, retrieve(question, index, 10), index)


def table(text: str, index: Index) -> Part:
    (part,) = [part for part in composed(text, index).parts if part.kind == "table"]
    return part


def test_a_definition_begins_with_what_it_is(small_index: Index) -> None:
    (part,) = composed("what is GQA?", small_index).parts

    assert part.kind == "quote"
    assert part.text.startswith("GQA lies between multi-head attention and MQA.")
    assert (part.subject, part.heading) == ("gqa", None)


def test_several_subjects_have_a_heading_each(small_index: Index) -> None:
    parts = composed("explain LoRA with GQA", small_index).parts
    assert [part.heading for part in parts] == ["LoRA", "GQA"]


def test_without_a_name_the_best_entries_are_quoted(small_index: Index) -> None:
    draft = composed("how can query heads share the key-value heads", small_index)
    assert draft.citations[0].entry == "gqa"


def test_a_list_has_one_sentence_for_each_entry(glossary_index: Index) -> None:
    draft = composed("types of quantization", glossary_index)

    assert 2 <= len(draft.parts) <= 6
    assert len(draft.citations) == len(draft.parts)
    assert len({part.subject for part in draft.parts}) == len(draft.parts)


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("difference between GQA and MLA", ("GQA", "MLA")),
        ("compare GQA, MLA and MQA", ("GQA", "MLA", "MQA")),
        ("GQA vs MLA vs MQA vs MHA", ("GQA", "MLA", "MQA", "MHA")),
        ("GQA vs MLA vs MQA vs MHA vs LoRA", ("GQA", "MLA", "MQA", "MHA")),
    ],
)
def test_a_comparison_has_a_column_for_each_side(
    glossary_index: Index, text: str, sides: tuple[str, ...]
) -> None:
    part = table(text, glossary_index)

    assert part.columns == sides
    assert part.heading == " vs ".join(sides)
    assert part.rows[0].aspect == "What it is"
    assert None not in part.rows[0].cells
    for row in part.rows:
        assert len(row.cells) == len(sides)
        assert sum(cell is not None for cell in row.cells) >= 2


def test_each_side_is_quoted_from_its_own_entry(glossary_index: Index) -> None:
    draft = composed("difference between GQA and MLA", glossary_index)

    said_first, part = draft.parts
    assert (said_first.kind, said_first.subject) == ("quote", "mla")
    assert "GQA" in said_first.text
    for row in part.rows:
        for cell, entry in zip(row.cells, ("gqa", "mla"), strict=True):
            assert cell is not None
            assert {draft.citations[number - 1].entry for number in cell.citations} == {entry}


def test_an_unknown_side_has_empty_cells(glossary_index: Index) -> None:
    two = table("GQA vs Foobarizer", glossary_index)
    three = table("difference between GQA, Foobarizer and MLA", glossary_index)

    assert two.columns == ("GQA", "Foobarizer")
    assert [row.cells[1] for row in two.rows] == [None]
    assert three.columns == ("GQA", "MLA", "Foobarizer")
    assert {row.cells[2] for row in three.rows} == {None}
    assert len(three.rows) > 1


def test_a_model_name_has_a_row_for_each_explained_part(glossary_index: Index) -> None:
    part, notice = composed("Mistral-7B-Instruct-v0.2.Q4_K_M.gguf", glossary_index).parts

    assert [row.aspect for row in part.rows] == ["Mistral", "7B", "Instruct", "Q4_K_M", "gguf"]
    assert part.columns == ("",)
    (cell,) = part.rows[3].cells
    assert cell is not None
    assert "Q4_K_M" in cell.text
    assert (notice.kind, notice.text) == ("notice", "Not in the knowledge base: v0.2 (version).")


def test_the_part_that_is_asked_for_comes_first(glossary_index: Index) -> None:
    text = "what does it mean that gguf stands in Mistral-7B-Instruct.Q4_K_M.gguf"
    assert table(text, glossary_index).rows[0].aspect == "gguf"


def test_parts_that_one_entry_explains_share_a_row(small_index: Index) -> None:
    draft = composed("compare Foobar-Instruct-7B-it with Foobar-Instruct-7B", small_index)
    part, notice = draft.parts

    assert [row.aspect for row in part.rows] == ["Instruct, it"]
    assert notice.text == "Not in the knowledge base: Foobar (family), 7B (size)."


def test_what_is_named_is_quoted_though_others_score_better(glossary_index: Index) -> None:
    question = parse("does RoPE support longer contexts than trained on? how", glossary_index)
    draft = compose(question, retrieve(question, glossary_index, 10), glossary_index)
    assert "rope" in {citation.entry for citation in draft.citations}

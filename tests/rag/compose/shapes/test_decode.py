from __future__ import annotations

from collections.abc import Callable

from entrywise.index.index import Index
from entrywise.rag.compose.draft import Draft

Composing = Callable[[str, Index], Draft]


def test_a_model_name_has_a_row_for_each_explained_part(
    composed: Composing, glossary_index: Index
) -> None:
    part, notice = composed("Mistral-7B-Instruct-v0.2.Q4_K_M.gguf", glossary_index).parts

    assert [row.aspect for row in part.rows] == ["Mistral", "7B", "Instruct", "Q4_K_M", "gguf"]
    assert part.columns == ("",)
    (cell,) = part.rows[3].cells
    assert cell is not None
    assert "Q4_K_M" in cell.text
    assert (notice.kind, notice.text) == ("notice", "Not in the knowledge base: v0.2 (version).")


def test_the_part_that_is_asked_for_comes_first(composed: Composing, glossary_index: Index) -> None:
    text = "what does it mean that gguf stands in Mistral-7B-Instruct.Q4_K_M.gguf"
    (part,) = composed(text, glossary_index).parts
    assert part.rows[0].aspect == "gguf"


def test_parts_that_one_entry_explains_share_a_row(composed: Composing, small_index: Index) -> None:
    text = "compare Foobar-Instruct-7B-it with Foobar-Instruct-7B"
    part, notice, absent = composed(text, small_index).parts

    assert [row.aspect for row in part.rows] == ["Instruct, it"]
    assert notice.text == "Not in the knowledge base: 7B (size)."
    assert absent.text == "Foobar (family): not in the knowledge base."


def test_a_part_of_no_known_kind_is_named_by_itself(
    composed: Composing, glossary_index: Index
) -> None:
    *_, notice = composed("Llama-3-8B-Instruct-xyzzy.gguf", glossary_index).parts
    assert "xyzzy" in notice.text
    assert "unknown" not in notice.text

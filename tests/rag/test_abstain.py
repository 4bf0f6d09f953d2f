from __future__ import annotations

from entrywise.index.store import Index
from entrywise.rag.abstain import abstain
from entrywise.rag.question import parse
from entrywise.rag.retrieve import retrieve


def notices(text: str, index: Index, near: int = 10) -> list[str]:
    question = parse(text, index)
    draft = abstain(question, retrieve(question, index, near), index)
    assert draft.citations == []
    assert {part.kind for part in draft.parts} == {"notice"}
    return [part.text for part in draft.parts]


def test_what_is_unknown_is_named(small_index: Index) -> None:
    said, near = notices("compare Foo2Bar and BazQuux", small_index)

    assert said == "“Foo2Bar”, “BazQuux”: not in the knowledge base."
    assert near.startswith("Nearest entries: ")
    assert len(near.split(", ")) == 3


def test_without_a_name_the_question_is_withheld_as_a_whole(small_index: Index) -> None:
    said, near = notices("who won the cup in attention", small_index)

    assert said == "Not in the knowledge base: no entry answers this question."
    assert "GQA" in near


def test_with_nothing_near_nothing_is_offered(small_index: Index) -> None:
    assert len(notices("what is Foobarizer?", small_index, near=0)) == 1

from __future__ import annotations

from collections.abc import Callable

from entrywise.index.store import Index
from entrywise.rag.abstain import abstain
from entrywise.rag.found import Found

Finding = Callable[..., Found]


def notices(found: Found) -> list[str]:
    draft = abstain(found)
    assert draft.citations == []
    assert {part.kind for part in draft.parts} == {"notice"}
    return [part.text for part in draft.parts]


def test_what_is_unknown_is_named(find: Finding, small_index: Index) -> None:
    said, near = notices(find("compare Foo2Bar and BazQuux", small_index))

    assert said == "“Foo2Bar”, “BazQuux”: not in the knowledge base."
    assert near.startswith("Nearest entries: ")
    assert len(near.split(", ")) == 3


def test_without_a_name_the_question_is_withheld_as_a_whole(
    find: Finding, small_index: Index
) -> None:
    said, near = notices(find("who won the cup in attention", small_index))

    assert said == "Not in the knowledge base: no entry answers this question."
    assert "GQA" in near


def test_with_nothing_near_nothing_is_offered(find: Finding, small_index: Index) -> None:
    assert len(notices(find("what is Foobarizer?", small_index, near=0))) == 1


def test_what_is_only_mentioned_is_named_as_such(find: Finding, small_index: Index) -> None:
    _, mentioned, _ = notices(find("what is MQA?", small_index))
    assert mentioned == "Mentioned, but without an entry: “MQA”."

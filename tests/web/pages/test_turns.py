from __future__ import annotations

from dataclasses import replace

import pytest

from entrywise.index.index import Index
from entrywise.rag.answer import Status
from entrywise.rag.assistant import Assistant
from entrywise.web.pages.turns import Turn
from entrywise.web.served.links import conversation_path
from entrywise.web.served.served import Served


@pytest.fixture(scope="module")
def served(assistant: Assistant) -> Served:
    return Served.by(assistant)


@pytest.fixture(scope="module")
def glossary(glossary_index: Index) -> Served:
    return Served.by(Assistant(glossary_index))


def turn(served: Served, question: str, *earlier: str) -> Turn:
    answer = served.assistant.ask(question, history=earlier)
    return Turn.of(served, answer, len(earlier) + 1, earlier)


def test_sources_go_by_entry_and_hold_each_quote_where_it_stands(served: Served) -> None:
    seen = turn(served, "difference between GQA and MLA")
    assert {entry.id for entry, _ in seen.sources} == {"gqa", "mla"}
    sources = [source for _, group in seen.sources for source in group]
    assert sorted(source.citation.number for source in sources) == [
        citation.number for citation in seen.answer.citations
    ]
    for entry, group in seen.sources:
        for source in group:
            excerpt = source.excerpt
            assert excerpt.quote == source.citation.quote
            whole = excerpt.before + excerpt.quote + excerpt.after
            assert whole == entry.text(source.citation.section)


def test_a_quote_of_a_section_that_is_quoted_in_pieces_stands_among_the_others(
    glossary: Served,
) -> None:
    seen = turn(glossary, "how does flash attention work")
    said = [source.excerpt for _, group in seen.sources for source in group]
    pieces = [one for one in said if one.quote.startswith(("Flash Attent", "It tiles the"))]
    assert len(pieces) == 2
    assert not any(one.is_entire for one in pieces)


def test_what_a_part_tells_of_what_was_quoted_before_is_told(glossary: Served) -> None:
    seen = turn(glossary, "what is GQA?")
    assert [seen.is_told(part) for part in seen.parts] == [False, *[True] * 5]
    assert not any(map(seen.is_further, seen.parts))
    several = turn(glossary, "how much memory does GQA save")
    assert not any(map(several.is_told, several.parts))


def test_sources_of_one_section_are_together_by_its_name(served: Served) -> None:
    seen = turn(served, "difference between GQA and MLA")
    for _, group in seen.sources:
        sections = seen.by_section(group)
        assert sorted(one.citation.number for own in sections.values() for one in own) == sorted(
            one.citation.number for one in group
        )
        for name, own in sections.items():
            assert {seen.t.place(one.citation) for one in own} == {name}


def test_an_answer_withheld_has_passages_in_place_of_names(small_index: Index) -> None:
    unsure = Served.by(Assistant(small_index, threshold=1.0))
    seen = turn(unsure, "how do query heads share key heads in FooBarNet?")
    assert seen.sources == ()
    assert [(one.citation.entry, one.citation.title) for one in seen.closest] == [("gqa", "GQA")]
    assert seen.parts == ()
    assert seen.missing == "The knowledge base says nothing about “FooBarNet”."


def test_an_answer_withheld_names_no_entry_that_has_nothing_to_do_with_it(served: Served) -> None:
    assert turn(served, "what is FooBarNet?").closest == ()


def test_after_thanks_there_is_nothing_to_offer(served: Served) -> None:
    said = ("thanks!", "hello", "what can you do?", "what is GQA?")
    turns = [turn(served, one, "what is MLA?") for one in said]
    assert [one.takes_leave for one in turns] == [True, True, False, False]
    assert not any(turn(served, one).takes_leave for one in said)
    assert [one.is_on_the_assistant for one in turns] == [True, True, True, False]


def test_an_answer_has_nothing_closest_and_all_of_its_parts(served: Served) -> None:
    seen = turn(served, "and MLA?", "what is GQA?")
    assert seen.closest == ()
    assert seen.parts == seen.answer.parts
    assert seen.asked == ("what is GQA?", "and MLA?")


def test_a_comparison_names_its_sides_and_another_answer_names_none(served: Served) -> None:
    compared = turn(served, "difference between GQA and MLA")
    assert compared.sides == {"a": "gqa", "b": "mla"}
    assert set(compared.cited) == {"gqa", "mla"}
    assert turn(served, "difference between GQA and FooBarNet").sides == {}
    assert turn(served, "what is GQA?").sides == {}


@pytest.mark.parametrize(
    ("confidence", "percentage"),
    [(1.0, "more than 99%"), (0.94, "94%"), (0.01, "1%"), (0.0, "less than 1%")],
)
def test_a_confidence_is_a_figure_that_claims_no_certainty(
    served: Served, confidence: float, percentage: str
) -> None:
    seen = turn(served, "what is GQA?")
    unsure = replace(seen, answer=replace(seen.answer, confidence=confidence))
    assert unsure.percentage == percentage


@pytest.mark.parametrize(
    ("confidence", "status", "verdict"),
    [
        (0.8, "answered", "Answered"),
        (0.9, "partial", "Answered in part"),
        (0.79, "answered", "Perhaps answered"),
        (0.7, "partial", "Perhaps answered"),
    ],
)
def test_what_is_less_sure_is_answered_perhaps(
    served: Served, confidence: float, status: Status, verdict: str
) -> None:
    seen = turn(served, "what is GQA?")
    told = replace(seen.answer, confidence=confidence, status=status)
    assert replace(seen, answer=told).verdict == verdict


def test_an_address_holds_a_conversation() -> None:
    assert conversation_path(["is 1 & 1 = 2?"]) == "/?q=is+1+%26+1+%3D+2%3F#t1"
    assert conversation_path(["a", "b", "c"]) == "/?q=c&history=a&history=b#t3"

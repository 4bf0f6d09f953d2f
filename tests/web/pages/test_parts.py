from __future__ import annotations

from dataclasses import replace

import pytest

from entrywise.data.identity import Identity
from entrywise.rag.answer import Citation, Part
from entrywise.rag.assistant import Assistant
from entrywise.rag.domains.language_models.domain import DOMAIN
from entrywise.rag.render.answer import Answer
from entrywise.web.pages.parts import (
    folded_heading,
    heading,
    is_further,
    is_told,
    paragraphs,
    strip,
)


@pytest.fixture
def answer(assistant: Assistant) -> Answer:
    """An answer on a name of which one part is explained."""
    return assistant.ask("decode Foo-7B-INSTRUCT")


def table(answer: Answer) -> Part:
    return next(part for part in answer.parts if part.kind == "table")


def test_the_parts_of_a_name_are_in_its_order_and_those_explained_have_a_quote(
    answer: Answer,
) -> None:
    pieces = strip(answer, table(answer), DOMAIN.decoder)
    assert [(piece.text, piece.kind) for piece in pieces] == [
        ("Foo", "family"),
        ("7B", "size"),
        ("INSTRUCT", "tuning"),
    ]
    cited = [piece.citation and piece.citation.entry for piece in pieces]
    assert cited == [None, None, "instruct"]


def test_a_follow_up_that_repeats_no_name_shows_what_is_explained(answer: Answer) -> None:
    follow_up = replace(answer, question="and what does it mean?")
    (piece,) = strip(follow_up, table(answer), DOMAIN.decoder)
    assert (piece.text, piece.kind) == ("INSTRUCT", "")
    assert piece.citation == answer.citations[0]


TEXTS = {
    "what": "It is a thing. It has parts (e.g. a lid).",
    "use": "One opens it.",
    "notes": "Its width_mm is 40.",
}
NOTED = Identity(details=("notes",))


def quoted(*sections: str) -> tuple[Part, list[Citation]]:
    """A part with a quote of each section, and these."""
    cited = [
        Citation(number, "box", "Box", name, 0, len(TEXTS[name]), TEXTS[name])
        for number, name in enumerate(sections, 1)
    ]
    return Part("quote", "", tuple(range(1, len(cited) + 1))), cited


def test_a_part_has_a_paragraph_for_each_section() -> None:
    first, second, third = paragraphs(*quoted("what", "use", "use", "what"), Identity())
    assert first.numbers == (1,)
    assert second.numbers == (2, 3)
    assert third.numbers == (4,)


def test_only_the_part_that_begins_an_answer_has_a_sentence_that_answers() -> None:
    part, cited = quoted("what", "use")
    (first, *_) = paragraphs(part, cited, Identity())
    assert TEXTS["what"][: first.first] == "It is a thing."
    (other,) = paragraphs(replace(part, citations=(2,)), cited, Identity())
    assert other.first == 0


def test_what_a_part_tells_stands_above_it_where_its_entry_was_quoted_before() -> None:
    part, cited = quoted("what", "use")
    later = replace(part, citations=(2,))
    assert is_told(replace(later, heading="Where it is used"), cited)
    assert not is_told(replace(part, heading="Box"), cited)
    # Quotes behind what an LLM broke off begin with any number.
    assert not is_told(later, cited)


def test_technical_notes_are_folded_up_unless_one_of_them_answers() -> None:
    assert [one.is_folded for one in paragraphs(*quoted("what", "notes"), NOTED)] == [False, True]
    assert [one.is_folded for one in paragraphs(*quoted("what", "notes"), Identity())] == [
        False,
        False,
    ]
    assert not any(one.is_folded for one in paragraphs(*quoted("notes", "use", "notes"), NOTED))


SIXTY = " ".join(["word"] * 60)
FUNDAMENTALS = Identity(details=("fundamentals",))


@pytest.fixture
def three(answer: Answer) -> Answer:
    """Quotes of three entries, sixty words each."""
    cited = [
        Citation(number, name, name, "explanation", 0, 300, SIXTY)
        for number, name in enumerate("abc", 1)
    ]
    return replace(answer, read_as="how does it work?", citations=tuple(cited))


def part_on(name: str, number: int) -> Part:
    return Part("quote", SIXTY, (number,), heading=f"The {name}")


def test_one_more_entry_after_a_good_deal_is_folded(three: Answer) -> None:
    parts = [part_on(name, number) for number, name in enumerate("abc", 1)]
    assert [is_further(part, three, FUNDAMENTALS) for part in parts] == [False, False, True]


def test_what_the_question_names_is_not_folded(three: Answer) -> None:
    named = replace(three, read_as="the A, the B or the C?")
    assert not is_further(part_on("c", 3), named, FUNDAMENTALS)


def test_what_is_folded_is_no_good_deal(three: Answer) -> None:
    first, second, third = three.citations
    folded = replace(three, citations=(first, replace(second, section="fundamentals"), third))
    assert not is_further(part_on("c", 3), folded, FUNDAMENTALS)
    assert is_further(part_on("c", 3), folded, Identity())


def test_of_an_entry_that_only_has_notes_on_it_they_are_folded_under_its_name(
    three: Answer,
) -> None:
    first, second, third = three.citations
    noted = replace(three, citations=(first, replace(second, section="fundamentals"), third))
    part = part_on("b", 2)
    assert is_further(part, noted, FUNDAMENTALS)
    (notes,) = paragraphs(part, noted.citations, FUNDAMENTALS)
    assert not notes.is_folded
    # What is asked for is in sight.
    named = replace(noted, read_as="the a and the b?")
    assert not is_further(part, named, FUNDAMENTALS)


def test_of_documents_the_third_excerpt_is_folded_under_the_last_of_its_headings(
    answer: Answer,
) -> None:
    cited = [
        Citation(number, page, page, section, 0, 4, "Keys", is_markdown=True)
        for number, (page, section) in enumerate(
            [("keys", "a"), ("keys", "a"), ("keys", "b"), ("keys", "c"), ("rent", "d")], 1
        )
    ]
    parts = [
        Part("quote", "Keys", (1, 2), heading="Keys > Lost"),
        Part("quote", "Keys", (3,), heading="Keys"),
        Part("quote", "Keys", (4,), heading="Keys > Lost > Costs"),
        Part("quote", "Keys", (5,), heading="Rent > Paying > When"),
    ]
    of_documents = replace(answer, read_as="lost keys", citations=tuple(cited))
    folded = [part for part in parts if is_further(part, of_documents, Identity())]
    assert folded == parts[2:]
    assert [folded_heading(part, cited) for part in folded] == ["Costs", "Rent\xa0› When"]


def test_a_page_is_named_above_the_first_of_the_parts_that_quote_it() -> None:
    cited = [
        Citation(number, page, page, "s", 0, 4, "Keys", is_markdown=True)
        for number, page in enumerate(["keys", "keys", "keys", "rent", "keys"], 1)
    ]
    headings = ["Keys > Lost", "Keys > Lost > Costs", "Keys", "Rent > Paying", "Keys > Found"]
    assert [
        heading(Part("quote", "Keys", (number,), heading=said), cited)
        for number, said in enumerate(headings, 1)
    ] == [
        "Keys\xa0› Lost",
        "Lost\xa0› Costs",
        "Keys",
        "Rent\xa0› Paying",
        "Keys\xa0› Found",
    ]

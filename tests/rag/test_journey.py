"""Conversations from the first question to the last answer."""

from __future__ import annotations

from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st
from indexes import Indexed
from quoted import quoted_characters

from entrywise.data.entries import Category, Entry, KnowledgeBase, Section
from entrywise.data.identity import Identity
from entrywise.index.index import Index
from entrywise.rag.answer import Part
from entrywise.rag.assistant import Assistant
from entrywise.rag.render.answer import Answer


def talk(assistant: Assistant, *questions: str) -> list[Answer]:
    return [
        assistant.ask(question, history=questions[:place])
        for place, question in enumerate(questions)
    ]


@pytest.fixture(scope="module")
def harbour(harbour_index: Index) -> Assistant:
    return Assistant(harbour_index)


@pytest.mark.parametrize(
    "questions",
    [
        ("what is LoRA", "tell me more", "more"),
        ("what is LoRA", "how does it work?", "go on"),
        ("difference between GQA and MLA", "tell me more", "tell me more"),
        ("why is my model inventing facts", "tell me more"),
    ],
)
def test_more_is_what_was_not_shown_yet(assistant: Assistant, questions: tuple[str, ...]) -> None:
    *before, last = talk(assistant, *questions)

    assert last.answered
    assert last.read_as.startswith("More about ")
    assert quoted_characters(last)
    assert quoted_characters(last).isdisjoint(set().union(*map(quoted_characters, before)))


def test_more_of_documents_is_the_next_best_excerpts(harbour: Assistant) -> None:
    first, more, end = talk(harbour, "how do I book a berth?", "tell me more", "go on")

    assert first.citations[0].heading == "Booking a berth"
    assert more.read_as == "More on: how do I book a berth"
    assert [one.entry for one in more.citations] == ["berths"] * len(more.citations)
    assert len(more.citations) > 1
    assert quoted_characters(more).isdisjoint(quoted_characters(first))
    assert end.citations == ()


def test_where_all_was_shown_it_is_said_and_something_else_suggested(
    assistant: Assistant,
) -> None:
    *_, last = talk(assistant, "what is LoRA", *["more"] * 9)

    assert (last.status, last.confidence) == ("abstained", 0.0)
    assert last.text.endswith("\nThat is all that the knowledge base has on LoRA.")
    assert last.suggestions
    assert not any("about LoRA" in text or "Explain LoRA" in text for text in last.suggestions)


def read(suggestion: str) -> str:
    """How a suggestion that is picked is read."""
    return suggestion.replace("Tell me more about", "More about")


def test_a_number_asks_a_suggestion_and_another_one_the_next(assistant: Assistant) -> None:
    first, second, third = talk(assistant, "what is LoRA", "1", "2")

    assert second.question == "1"
    assert second.read_as == read(first.suggestions[0])
    assert third.read_as == read(second.suggestions[1])
    assert second.answered
    assert third.answered


def test_more_that_is_picked_by_its_number_is_what_was_not_shown_yet(assistant: Assistant) -> None:
    first = assistant.ask("what is LoRA")
    number = first.suggestions.index("Tell me more about LoRA") + 1
    _, more = talk(assistant, "what is LoRA", str(number))

    assert more.read_as == "More about LoRA"
    assert more.parts[0] == Part("notice", "Read as: More about LoRA", aspect="read_as")
    assert quoted_characters(more)
    assert quoted_characters(more).isdisjoint(quoted_characters(first))


def test_a_name_with_braces_is_a_name(indexed: Indexed) -> None:
    entry = Entry(
        id="braces",
        name="Foo{Bar}2",
        category="text",
        sections=(Section("text", "Foo{Bar}2 is a pattern. It has two braces and a number."),),
    )
    base = KnowledgeBase((entry,), (Category("text", "Text", 0),), Identity(title="braces"))
    with closing(Index(indexed(base))) as index:
        assistant = Assistant(index, threshold=0.0)
        for question in ("why?", "more", "what about the number?", "an example?", "another one"):
            assert "{" in assistant.ask(question, history=["what is Foo{Bar}2?"]).read_as


def test_a_number_that_is_no_choice_is_said_and_the_choice_stays(assistant: Assistant) -> None:
    first, refused, picked = talk(assistant, "what is LoRA", "7", "1")

    assert (refused.status, refused.confidence) == ("abstained", 0.0)
    assert refused.text == "7 is no choice: there are 3 suggestions."
    assert refused.suggestions == first.suggestions
    assert picked.read_as == read(first.suggestions[0])


def test_what_may_be_asked_instead_of_what_is_withheld_is_picked_by_number(
    assistant: Assistant,
) -> None:
    withheld, picked = talk(assistant, "what is the FooBar attention", "1")
    assert not withheld.answered
    assert picked.read_as == withheld.suggestions[0]


def test_a_question_without_a_name_is_gone_on_with_by_what_its_answer_is_about(
    assistant: Assistant,
) -> None:
    _, follow_up = talk(assistant, "my model keeps inventing facts", "how can I prevent it?")

    assert follow_up.read_as == "how can I prevent Hallucination?"
    assert follow_up.subjects.known == ("hallucination",)


def test_two_subjects_are_compared_and_chosen_from(assistant: Assistant) -> None:
    answers = talk(
        assistant, "what is GQA?", "what is MLA?", "compare them", "the first", "and the other?"
    )
    read = [(answer.read_as, answer.intent) for answer in answers[2:]]
    assert read == [
        ("Difference between GQA and MLA", "comparison"),
        ("What is GQA?", "definition"),
        ("What is MLA?", "definition"),
    ]
    assert all(answer.answered for answer in answers)


def test_an_example_comes_first(assistant: Assistant) -> None:
    _, answer = talk(assistant, "what are dense models?", "give me an example")

    told, shown, *_ = answer.parts
    assert told.text == "Read as: Give me an example of dense models"
    assert shown.aspect == "example"
    assert "Examples: LLaMA 3" in shown.text
    assert answer.answered


def test_even_where_nothing_is_withheld_nothing_is_made_up(glossary_index: Index) -> None:
    assistant = Assistant(glossary_index, threshold=0.0)
    _, refused = talk(assistant, "what is LoRA", "7")
    assert (refused.status, refused.citations) == ("partial", ())


def test_why_more_is_shown_is_explained(assistant: Assistant) -> None:
    more = assistant.ask("more", history=["what is LoRA"], explain=True)
    assert more.explanation[0] == "read as: More about LoRA"
    assert "beside what was shown of: what is LoRA" in more.explanation


SAID = st.sampled_from(
    (
        "what is GQA?",
        "difference between GQA and MLA",
        "and LoRA?",
        "compare them",
        "which one is faster?",
        "the first",
        "the other one's cache",
        "both",
        "why?",
        "more",
        "tell me more about it",
        "give me an example",
        "another one",
        "1",
        "7",
        "thanks",
        "what about the memory?",
        "???",
        "{subjects}",
        "it (",
        "how do I book a berth?",
        "and in winter?",
        "それは?",
    )
)


@given(asked=st.lists(SAID, min_size=1, max_size=6))
@pytest.mark.parametrize("kind", ["terms", "documents"])
def test_whatever_is_said_is_answered_or_withheld_by_confidence_alone(
    small_index: Index, harbour_index: Index, kind: str, asked: list[str]
) -> None:
    assistant = Assistant(small_index if kind == "terms" else harbour_index)
    answer = assistant.ask(asked[-1], history=asked[:-1])

    assert answer.read_as.strip()
    assert (answer.status == "abstained") == (answer.confidence < assistant.threshold)
    assert answer.answered or not answer.citations

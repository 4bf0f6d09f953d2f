from __future__ import annotations

from stages import domain_of

from entrywise.index.index import Index
from entrywise.rag.understand.follow_up.resolution import resolve
from entrywise.rag.understand.follow_up.values import Reading, Turn


def test_without_a_history_a_question_is_what_it_is(small_index: Index) -> None:
    assert resolve("and MLA?", [], small_index, domain_of(small_index)) == Reading.of("and MLA?")


def test_of_a_long_earlier_question_the_beginning_is_read(small_index: Index) -> None:
    long = f"what is GQA? {'It goes on. ' * 200}And what is MLA?"
    assert resolve("why?", [long], small_index, domain_of(small_index)).text == "Why GQA?"


def test_a_long_conversation_is_read_from_the_questions_that_stand_alone(
    small_index: Index,
) -> None:
    history = ["what is LoRA?", "more"] * 50 + ["what is GQA?", "why?", "what is MLA?", "more"]
    reading = resolve("more", history, small_index, domain_of(small_index))

    assert reading.text == "More about MLA"
    assert reading.before == (Turn("what is MLA?"), Turn("what is MLA?", more=True))
    compared = resolve("compare them", history, small_index, domain_of(small_index))
    assert compared.text == "Difference between GQA and MLA"

from __future__ import annotations

import pytest
from stages import domain_of

from entrywise.index.index import Index
from entrywise.rag.understand.follow_up import resolve as resolve_with


def resolve(question: str, history: list[str], index: Index) -> str:
    return resolve_with(question, history, index, domain_of(index))


@pytest.mark.parametrize(
    ("before", "question", "complete"),
    [
        ("what is GQA?", "and MLA?", "what is MLA?"),
        ("what is GQA?", "what about MLA", "what is MLA?"),
        ("what is GQA?", "how does it compare to MQA?", "how does GQA compare to MQA?"),
        ("what is GQA?", "why?", "why GQA?"),
        ("compare GQA and MLA", "and MQA?", "compare GQA and MLA and MQA"),
        ("contrast GQA with its rivals", "and MQA?", "contrast GQA and MQA with its rivals"),
        ("compare GQA and MLA", "which of them is faster?", "which of GQA and MLA is faster?"),
        ("what is GQA?", "how much memory?", "how much memory GQA?"),
        ("what is GQA?", "what about the memory?", "the memory GQA?"),
        ("what is GQA?", "and Foo2?", "what is Foo2?"),
        ("what is GQA?", "and how does it differ from MLA?", "and how does GQA differ from MLA?"),
        ("what is GQA?", "is that true?", "is that true GQA?"),
        ("what is GQA?", "and is it faster?", "and is GQA faster?"),
        ("what is GQA?", "what about quantizing it", "what about quantizing GQA"),
        ("explain Llama-3-8B-Instruct-Q4_K_M.gguf", "why?", "why Llama-3-8B-Instruct-Q4_K_M.gguf?"),
        # These stand on their own.
        ("what is GQA?", "what is gemma-2-9b-it", "what is gemma-2-9b-it"),
        ("what is GQA?", "what is MLA?", "what is MLA?"),
        ("what is GQA?", "does MLA need its cache?", "does MLA need its cache?"),
        ("what is GQA?", "LoRA", "LoRA"),
        (
            "what is GQA?",
            "why is the sky blue in the evening",
            "why is the sky blue in the evening",
        ),
        ("what is GQA?", "is it possible to train on one card?", None),
        ("what is life?", "why?", "why?"),
    ],
)
def test_a_follow_up_is_completed(
    glossary_index: Index, before: str, question: str, complete: str | None
) -> None:
    assert resolve(question, [before], glossary_index) == (complete or question)


def test_the_subject_lasts_over_several_questions(glossary_index: Index) -> None:
    history = ["what is GQA?", "and MLA?", "why?"]
    assert resolve("how does it work?", history, glossary_index) == "how does MLA work?"


def test_without_a_history_a_question_is_what_it_is(glossary_index: Index) -> None:
    assert resolve("and MLA?", [], glossary_index) == "and MLA?"


def test_a_subject_that_comes_twice_is_said_once(glossary_index: Index) -> None:
    assert resolve("why?", ["GQA, what is GQA?"], glossary_index) == "why GQA?"


def test_of_a_long_earlier_question_the_beginning_is_read(small_index: Index) -> None:
    long = f"what is GQA? {'It goes on. ' * 200}And what is MLA?"
    assert resolve("why?", [long], small_index) == "why GQA?"

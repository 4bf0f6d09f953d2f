from __future__ import annotations

from dataclasses import replace

import pytest

from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.web.served.served import Served


@pytest.fixture
def glossary(glossary_index: Index) -> Served:
    return Served.by(Assistant(glossary_index))


def made(served: Served, *told: str, threshold: float = 0.65) -> list[str]:
    """The examples where the identity has only those told."""
    identity = replace(served.knowledge_base.identity, examples=told)
    assistant = Assistant(served.assistant.index, threshold=threshold)
    return list(Served(assistant, replace(served.knowledge_base, identity=identity)).examples)


def test_every_question_to_begin_with_is_answered(glossary: Served) -> None:
    questions = (*glossary.examples, *made(glossary))
    assert len(questions) == 8
    assert {glossary.assistant.ask(question).status for question in questions} == {"answered"}


def test_every_question_begins_with_a_capital(small_index: Index) -> None:
    questions = made(Served.by(Assistant(small_index)), threshold=0.0)
    assert len(questions) == 4
    assert [question for question in questions if not question[0].isupper()] == []


def test_what_the_identity_says_comes_first_and_entries_fill_up(glossary: Served) -> None:
    assert glossary.examples == glossary.knowledge_base.identity.examples
    assert made(glossary, "Why?")[0] == "Why?"
    assert len(made(glossary, "Why?")) == 4
    five = ("One?", "Two?", "Three?", "Four?", "Five?")
    assert tuple(made(glossary, *five)) == five


def test_what_is_not_answered_is_no_example(glossary: Served) -> None:
    given, *others = made(glossary, "Why?", threshold=1.0)
    assert given == "Why?"
    assert len(others) < 3
    strict = Assistant(glossary.assistant.index, threshold=1.0)
    assert all(strict.ask(question).answered for question in others)


def test_one_question_names_an_entry_and_one_compares_two(glossary: Served) -> None:
    intents = [glossary.assistant.ask(one).intent for one in made(glossary)]
    assert intents[:2] == ["definition", "comparison"]


def test_pairs_name_each_other_and_no_entry_is_in_two(glossary: Served) -> None:
    pairs = glossary.pairs
    ids = [entry.id for pair in pairs for entry in pair]
    assert len(ids) == len(set(ids)) == 8
    assert all(a.id in b.related and b.id in a.related for a, b in pairs)


def test_few_entries_give_the_examples_that_they_can(small_index: Index) -> None:
    served = Served.by(Assistant(small_index))
    assert served.examples
    assert all(a.category == b.category for a, b in served.pairs)

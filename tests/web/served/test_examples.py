from __future__ import annotations

import pytest

from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.web.served import examples
from entrywise.web.served.served import Served


@pytest.fixture
def glossary(glossary_index: Index) -> Served:
    return Served.by(Assistant(glossary_index))


def test_every_question_to_begin_with_is_answered(glossary: Served) -> None:
    questions = examples.questions(glossary)
    assert len(questions) == 4
    assert {glossary.assistant.ask(question).status for question in questions} == {"answered"}


def test_every_question_begins_with_a_capital(small_index: Index) -> None:
    questions = examples.questions(Served.by(Assistant(small_index)))
    assert len(questions) == 4
    assert [question for question in questions if not question[0].isupper()] == []


def test_one_question_names_an_entry_and_one_compares_two(glossary: Served) -> None:
    intents = [glossary.assistant.ask(one).intent for one in examples.questions(glossary)]
    assert intents[:2] == ["definition", "comparison"]


def test_pairs_name_each_other_and_no_entry_is_in_two(glossary: Served) -> None:
    pairs = examples.pairs(glossary)
    ids = [entry.id for pair in pairs for entry in pair]
    assert len(ids) == len(set(ids)) == 8
    assert all(a.id in b.related and b.id in a.related for a, b in pairs)


def test_few_entries_give_the_examples_that_they_can(small_index: Index) -> None:
    served = Served.by(Assistant(small_index))
    assert examples.questions(served)
    assert all(a.category == b.category for a, b in examples.pairs(served))

from __future__ import annotations

from dataclasses import replace
from time import process_time

import pytest

from entrywise.data.entries import Category, Entry, KnowledgeBase, Section
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.web.served import examples
from entrywise.web.served.served import Served


@pytest.fixture
def glossary(glossary_index: Index) -> Served:
    return Served.by(Assistant(glossary_index))


def made(served: Served, *told: str, threshold: float = 0.65) -> list[str]:
    """The examples where the identity has only those told."""
    identity = replace(served.knowledge_base.identity, examples=told)
    assistant = Assistant(served.assistant.index, threshold=threshold)
    return list(Served(assistant, replace(served.knowledge_base, identity=identity)).examples)


def explained(*entries: Entry) -> list[str]:
    """The examples made of entries of two categories."""
    groups = [
        (Category(name, name, 0), [entry for entry in entries if entry.category == name])
        for name in ("a", "b")
    ]
    return examples.questions(KnowledgeBase(entries), groups, lambda _: True)


def document(entry_id: str, name: str, category: str = "a", text: str = "Text.") -> Entry:
    return Entry(entry_id, name, category, (Section("introduction", text),))


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
    assert made(glossary, "Why?", threshold=1.0) == ["Why?"]


def test_one_question_names_an_entry_and_one_compares_two(glossary: Served) -> None:
    intents = [glossary.assistant.ask(one).intent for one in made(glossary)]
    assert intents[:2] == ["definition", "comparison"]


def test_documents_are_explained_one_of_each_category_in_turn() -> None:
    questions = explained(
        document("a/short", "Short"),
        document("a/long", "Long", text="Much more text."),
        document("b/other", "Other", "b"),
    )
    assert questions == ["Explain Long", "Explain Other", "Explain Short"]


def test_long_titles_come_last_and_those_of_two_documents_not_at_all() -> None:
    questions = explained(
        document("a/1", "How we travel and pay for it", text="Much more text."),
        document("a/2", "Travel"),
        document("a/3", "Expenses"),
        document("b/3", "Expenses", "b"),
    )
    assert questions == ["Explain Travel", "Explain How we travel and pay for it"]


def test_the_name_of_a_file_is_no_title_where_there_are_titles() -> None:
    readme = document("README", "README", text="Much more text.")
    assert explained(readme, document("a/travel", "Travel")) == ["Explain Travel"]
    assert explained(readme) == ["Explain README"]


def test_pairs_name_each_other_and_no_entry_is_in_two(glossary: Served) -> None:
    pairs = glossary.pairs
    ids = [entry.id for pair in pairs for entry in pair]
    assert len(ids) == len(set(ids)) == 8
    assert all(a.id in b.related and b.id in a.related for a, b in pairs)


def test_few_entries_give_the_examples_that_they_can(small_index: Index) -> None:
    served = Served.by(Assistant(small_index))
    assert served.examples
    assert all(a.category == b.category for a, b in served.pairs)


def star(points: int) -> list[Entry]:
    """One document that all others name, and that names all of them."""
    ids = [f"a/{number}" for number in range(points)]
    middle = replace(document("a/middle", "Middle"), related=tuple(ids))
    return [middle, *(replace(document(one, one), related=("a/middle",)) for one in ids)]


def test_an_entry_that_all_others_name_does_not_make_the_first_page_slow() -> None:
    def spent(points: int) -> float:
        entries = star(points)
        begun = process_time()
        assert explained(*entries)[0] == "Difference between Middle and a/0"
        return process_time() - begun

    # Eight times as many take 64 times as long where each is compared with each.
    few, many = (min(spent(points) for _ in range(3)) for points in (1_000, 8_000))
    assert many < 24 * few

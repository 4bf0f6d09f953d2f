from __future__ import annotations

from entrywise.data.entries import Asked, Entry, KnowledgeBase
from entrywise.index.asked import AskedTable, label, unanswered

KNOWN = KnowledgeBase(
    (
        Entry("gqa", "GQA", "a", (), questions=("share heads?", "smaller cache?")),
        Entry("mla", "MLA", "a", (), questions=("latent?",)),
        Entry("rope", "RoPE", "a", ()),
    ),
    asked=(
        Asked("smaller cache?", {"mla": 2, "rope": 1}),
        Asked("only context", {"rope": 1}),
        Asked("price?", {}),
        Asked("price?", {}),
    ),
)


def test_a_question_that_several_entries_answer_is_one_row() -> None:
    questions, labels = label(KNOWN)
    assert questions == ["share heads?", "smaller cache?", "latent?"]
    assert labels.tolist() == [[0, 0], [1, 0], [1, 1], [2, 1]]


def test_the_table_tells_who_answers_a_row() -> None:
    _, labels = label(KNOWN)
    table = AskedTable(labels)
    assert table.answering([1, 2]) == [[0, 1], [1]]
    assert table.counts == {0: 2, 1: 2}


def test_what_no_entry_answers_is_a_list_of_its_own() -> None:
    assert unanswered(KNOWN) == ["price?"]


def test_nothing_asked_is_an_empty_table() -> None:
    _, labels = label(KnowledgeBase((Entry("gqa", "GQA", "a", ()),)))
    assert labels.shape == (0, 2)
    assert AskedTable(labels).counts == {}

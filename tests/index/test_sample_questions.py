from __future__ import annotations

import numpy as np

from entrywise.data.entries import Asked, Entry, KnowledgeBase
from entrywise.index.index import SampleQuestions
from entrywise.index.sample_questions import label, unanswered

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
    table = SampleQuestions(labels, len(KNOWN))
    places, entries = table.answering(np.array([2, 1]))
    assert (places.tolist(), entries.tolist()) == ([0, 1, 1], [1, 0, 1])
    assert table.counts.tolist() == [2, 2, 0]


def test_what_no_entry_answers_is_a_list_of_its_own() -> None:
    assert unanswered(KNOWN) == ["price?"]


def test_nothing_asked_is_an_empty_table() -> None:
    _, labels = label(KnowledgeBase((Entry("gqa", "GQA", "a", ()),)))
    assert labels.shape == (0, 2)
    table = SampleQuestions(labels, 1)
    places, entries = table.answering(np.empty(0, np.int64))
    assert (places.tolist(), entries.tolist(), table.counts.tolist()) == ([], [], [0])

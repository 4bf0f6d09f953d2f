from __future__ import annotations

import pytest

from entrywise.index.index import Index
from entrywise.rag.understand.follow_up.german import GERMAN
from entrywise.rag.understand.follow_up.parallels import done_to, in_place, last_case, narrows
from entrywise.rag.understand.follow_up.phrases import ENGLISH, OTHERS


@pytest.mark.parametrize(
    ("asked", "added", "first"),
    [
        ("how do I book a cabin?", "a berth?", "how do I book a berth"),
        ("how do I repaint hulls?", "sails", "how do I repaint sails"),
        ("is fishing allowed at the pier?", "the beach", "is fishing allowed at the beach"),
        # Of two that end with the same word.
        ("how much sick leave do I get?", "parental leave", "how much parental leave do I get"),
        # Of as many words, of an article or none.
        ("when is the office open?", "the shop", "when is the shop open"),
        ("where is the boat kept?", "ropes", "where is ropes kept"),
        ("do v2.1 boats sail?", "v3.0", "do v3.0 boats sail"),
        # What is counted is something else than for whom, and "long" is counted nowhere.
        ("how many days do I get?", "children", None),
        ("how many boats can moor?", "ships", "how many ships can moor"),
        ("how long?", "children", None),
        # What is done, where nothing stands behind it.
        ("what can I import?", "export", "what can I export"),
    ],
)
def test_what_is_added_stands_in_the_place_of_what_it_is_like(
    harbour_index: Index, asked: str, added: str, first: str | None
) -> None:
    found = in_place(added, asked, ENGLISH, harbour_index)
    assert next(iter(found), None) == first
    assert len(found) <= 3


@pytest.mark.parametrize(
    ("asked", "case"),
    [
        ("how do I install it with Docker?", "with Docker"),
        ("what does a berth cost in the winter", "in the winter"),
        ("how do I moor at the pier in May?", "in May"),
        ("what does a berth cost?", ""),
        ("in which of all the many harbours do I pay", ""),
        ("with", ""),
    ],
)
def test_the_last_words_that_narrow_a_question_are_a_case(asked: str, case: str) -> None:
    assert last_case(asked, ENGLISH) == case


@pytest.mark.parametrize(
    ("asked", "done"),
    [
        ("how do I add a schedule?", "a schedule"),
        ("can we back up the log book?", "the log book"),
        ("how do I back up?", ""),
        ("what does a lost key cost?", ""),
        ("how do I tell the office that I leave a day before", ""),
    ],
)
def test_what_something_is_done_to_stands_behind_what_is_done(asked: str, done: str) -> None:
    assert done_to(asked, ENGLISH) == done


def test_what_narrows_begins_with_a_small_word_that_is_no_article() -> None:
    assert [
        narrows(said, ENGLISH) for said in ("in May", "from source", "a berth", "rope", "")
    ] == [
        *(True, True),
        *(False, False, False),
    ]
    assert narrows("im Mai", GERMAN)
    assert not narrows("eine Pause", GERMAN)
    assert not narrows("in May", OTHERS)

from __future__ import annotations

import pytest

from entrywise.data.checks.duplicates import near_duplicates
from entrywise.data.entries import Entry, KnowledgeBase, Section
from entrywise.data.source import shipped


def entry(name: str, text: str) -> Entry:
    return Entry(name, name, "a", (Section("text", text),))


def numbered(first: int, last: int) -> str:
    return " ".join(f"w{number}" for number in range(first, last))


def test_the_similarity_is_the_share_of_common_word_pairs() -> None:
    # 31 words make 30 pairs, and the name adds one: 30 common pairs of 30 + 1 + 1 different ones.
    one, other = entry("a", numbered(0, 31)), entry("b", numbered(0, 31))
    ((first, second, similarity),) = near_duplicates(KnowledgeBase((one, other)))
    assert (first, second) == (one, other)
    assert similarity == pytest.approx(30 / 32)


def test_entries_on_other_things_and_short_ones_are_no_duplicates() -> None:
    texts = {"a": numbered(0, 200), "b": numbered(180, 400), "c": "the same", "d": "the same"}
    entries = tuple(entry(name, text) for name, text in texts.items())
    assert list(near_duplicates(KnowledgeBase(entries))) == []


def test_some_common_pairs_in_long_texts_are_not_enough() -> None:
    # 29 common pairs of 201 + 201 - 29 different ones: 0.08.
    entries = (entry("a", numbered(0, 201)), entry("b", numbered(171, 372)))
    assert list(near_duplicates(KnowledgeBase(entries))) == []


def test_the_shipped_glossary_has_one_pair() -> None:
    pairs = [(first.id, second.id) for first, second, _ in near_duplicates(shipped())]
    assert pairs == [("scaling-test-time", "test-time-compute")]

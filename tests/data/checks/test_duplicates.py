from __future__ import annotations

import pytest

from entrywise.data.checks.duplicates import near_duplicates
from entrywise.data.entries import Entry, KnowledgeBase, Section
from entrywise.data.source import shipped


def entry(name: str, text: str) -> Entry:
    return Entry(name, name, "a", (Section("text", text),))


def numbered(first: int, last: int) -> str:
    return " ".join(f"w{number}" for number in range(first, last))


def test_the_similarity_is_the_share_of_the_pairs_of_the_shorter_one() -> None:
    # 31 words make 30 pairs, and the name adds one: 30 common pairs of 31.
    one, other = entry("a", numbered(0, 31)), entry("b", numbered(0, 200))
    ((first, second, similarity),) = near_duplicates(KnowledgeBase((one, other)))
    assert (first, second) == (one, other)
    assert similarity == pytest.approx(30 / 31)


def test_entries_on_other_things_and_short_ones_are_no_duplicates() -> None:
    texts = {"a": numbered(0, 200), "b": numbered(180, 400), "c": "the same", "d": "the same"}
    entries = tuple(entry(name, text) for name, text in texts.items())
    assert list(near_duplicates(KnowledgeBase(entries))) == []


def test_some_common_pairs_in_long_texts_are_not_enough() -> None:
    # 29 common pairs of 201.
    entries = (entry("a", numbered(0, 201)), entry("b", numbered(171, 372)))
    assert list(near_duplicates(KnowledgeBase(entries))) == []


def test_no_entry_of_the_shipped_glossary_says_what_another_does() -> None:
    assert list(near_duplicates(shipped())) == []


def test_not_all_entries_are_compared_with_all() -> None:
    # What all have in common, as a license, is no sign of a copy; and 4,000 make 8 million pairs.
    texts = [
        f"{numbered(0, 30)} {numbered(100 * place, 100 * place + 40)}" for place in range(4000)
    ]
    copied = (*texts, texts[7])
    entries = tuple(entry(f"e{place}", text) for place, text in enumerate(copied))
    found = [(one.id, other.id) for one, other, _ in near_duplicates(KnowledgeBase(entries))]
    assert found == [("e7", "e4000")]

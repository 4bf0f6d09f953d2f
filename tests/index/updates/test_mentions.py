"""What sentences name is carried over where names are other, and found again nowhere else."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest

from entrywise.data.entries import Entry, Section
from entrywise.index.names.forms import Name, names_of
from entrywise.index.names.lookup import HeldNames
from entrywise.index.names.names import NameIndex
from entrywise.index.passages.annotation import mentions
from entrywise.index.passages.carryover import carried_mentions
from entrywise.index.passages.chunks import sentences
from entrywise.index.passages.rows import UNKNOWN
from entrywise.index.updates.mentions import renamed_from, still_named

WRITTEN = [
    "fp16",
    "FP 16s",
    "fp-16",
    "Dogs'",
    "dog",
    "house",
    "houses",
    "vector",
    "stores",
    "store",
]
WRITTEN += [
    "vectorstore",
    "C++",
    "-it",
    "it",
    "ΟΔΟΣ",
    "οδος",
    "İstanbul",
    "残業",
    "時間",
    "o'reilly's",
]
BETWEEN = [" ", " ", " – “", "' ", "_", "’ ", "\n", " ٣ ", ", "]


def story(seed: int) -> tuple[list[str], list[str]]:
    """Texts, and names of one word or two that are in them here and there."""
    drawing = random.Random(seed)

    def some(count: int) -> str:
        return "".join(drawing.choice(WRITTEN) + drawing.choice(BETWEEN) for _ in range(count))

    names = [" ".join(drawing.sample(WRITTEN, drawing.choice([1, 1, 2]))) for _ in range(7)]
    return [f"{some(6)}. {some(3)}." for _ in range(7)], names


def entry(number: int, name: str, text: str) -> Entry:
    return Entry(f"n{number}", name, "c", (Section("oneliner", text), Section("use", text[::2])))


def names_in(entries: Sequence[Entry]) -> list[Name]:
    return [name for number, one in enumerate(entries) for name in names_of(one, number, {})]


def assert_carried(before: Sequence[Entry], after: Sequence[Entry], moved: list[int]) -> int:
    """That what is carried over, and found again, is what is found in all; how much that is."""
    were, are = sentences(before, "en"), sentences(after, "en")
    now = {(moved[one], *place): row for row, (one, *place) in enumerate(were.tolist())}
    rows = np.array([now.get(tuple(place), UNKNOWN) for place in are.tolist()])
    told = mentions(before, were, NameIndex(HeldNames(names_in(before))))
    renamed = renamed_from(names_in(before), names_in(after), np.array(moved))
    assert renamed
    found = NameIndex(HeldNames(names_in(after)))
    kept = still_named(after, are, rows, told, renamed)
    again = mentions(after, are[kept == UNKNOWN], found)
    every = mentions(after, are, found)
    count, parts = carried_mentions(kept, told, again, np.array(moved))
    carried = np.concatenate([again[:0], *parts])
    assert np.array_equal(carried, every)
    assert len(carried) == count
    return len(every)


@pytest.mark.parametrize("seed", range(40))
def test_what_is_carried_over_is_what_is_found(seed: int) -> None:
    texts, names = story(seed)
    numbered = list(enumerate(zip(names, texts, strict=True)))
    before = [entry(number, name, text) for number, (name, text) in numbered[:6]]
    # One is gone, one is new, and one is called otherwise.
    after = [*before[:2], entry(6, *numbered[6][1]), before[3], before[5]]
    after.insert(4, entry(4, names[2], texts[4]))
    assert_carried(before, after, [0, 1, UNKNOWN, 3, 4, 5])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Dog house", "Many dogs' houses"),
        ("Dog house", "The dog’s_house"),
        ("DOG HOUSE", "the dogs – “House”"),
        ("Dog house", "a doghouse"),
        ("vectorstore", "vectors ٣ stores"),
        ("fp16", "FP's 16's"),
        ("O'Reilly", "o'reilly's"),
        ("C++", "in c++s"),
        ("ΟΔΟΣ", "η οδος"),
        ("οδος ab", "ΟΔΟΣ' AB"),
        ("残業", "月の残業は"),
        ("İstanbul", "in İSTANBUL"),
    ],
)
def test_a_new_name_is_found_however_it_is_written(name: str, text: str) -> None:
    before = [entry(0, "Zero", f"Here: {text}."), entry(1, "One", "")]
    after = [before[0], entry(1, name, "")]
    assert assert_carried(before, after, [0, 1])


def test_only_sentences_that_may_name_something_else_are_read_again() -> None:
    entries = [
        entry(0, "Oven", "An oven is hot."),
        entry(1, "Rack", "It is in ovens."),
        entry(2, "Door", "It opens."),
    ]
    after = [*entries[:2], entry(2, "Hot door", "It opens.")]
    spans = sentences(entries, "en")
    told = mentions(entries, spans, NameIndex(HeldNames(names_in(entries))))
    moved = np.arange(3)
    renamed = renamed_from(names_in(entries), names_in(after), moved)
    assert renamed
    assert renamed == ([2], {"hotdoor"})
    rows = np.arange(len(spans))
    assert np.array_equal(still_named(after, spans, rows, told, renamed), rows)
    renamed = renamed._replace(losers=[0], keys={"opens"})
    kept = still_named(after, spans, rows, told, renamed)
    named = {entries[one].id for one, *_ in spans[kept == UNKNOWN].tolist()}
    assert named == {"n0", "n1", "n2"}

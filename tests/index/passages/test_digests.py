from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from entrywise.data.entries import Block, Entry, Paper, Resource, Section
from entrywise.index.passages.carryover import carried, carried_mentions
from entrywise.index.passages.digests import entry_digests, rows_of
from entrywise.index.passages.rows import UNKNOWN

SECTION = Section("s", "text", ("a",), "anchor", (Block("paragraph", 0, 4, "text"),), True, True)
ENTRY = Entry(
    "id",
    "name",
    "category",
    (SECTION,),
    papers=(Paper("title", "authors"),),
    resources=(Resource("label", "url"),),
)


def other_value(value: object) -> object:
    match value:
        case bool():
            return not value
        case tuple():
            return (*value, *value) or ("new",)
        case _:
            return f"{value} more"


def is_told(other: Entry) -> bool:
    one, another = entry_digests([ENTRY, other])
    return not np.array_equal(one, another)


@pytest.mark.parametrize("name", [field.name for field in fields(Entry)])
def test_every_field_of_an_entry_tells(name: str) -> None:
    assert is_told(replace(ENTRY, **{name: other_value(getattr(ENTRY, name))}))


@pytest.mark.parametrize("name", [field.name for field in fields(Section)])
def test_every_field_of_a_section_tells(name: str) -> None:
    section = replace(SECTION, **{name: other_value(getattr(SECTION, name))})
    assert is_told(replace(ENTRY, sections=(section,)))


def test_what_papers_links_and_blocks_say_tells() -> None:
    assert is_told(replace(ENTRY, papers=(Paper("title", "others"),)))
    assert is_told(replace(ENTRY, resources=(Resource("label", "elsewhere"),)))
    block = Block("paragraph", 0, 4, "other")
    assert is_told(replace(ENTRY, sections=(replace(SECTION, blocks=(block,)),)))


def test_equal_entries_are_alike_whatever_else_holds_their_texts() -> None:
    apart = "".join(["te", "xt"])
    section = replace(SECTION, text=apart, blocks=(Block("paragraph", 0, 4, apart),))
    assert not is_told(replace(ENTRY, name="".join(["na", "me"]), sections=(section,)))


def test_digests_are_found_in_any_order_and_whole() -> None:
    marks = np.arange(80, dtype=np.uint8).reshape(5, 16)
    like = marks[2:3].copy()
    like[0, -1] ^= 1
    asked = np.concatenate([marks[::-1], like])
    assert rows_of(asked, marks).tolist() == [4, 3, 2, 1, 0, UNKNOWN]
    assert rows_of(asked, marks[:0]).tolist() == [UNKNOWN] * 6
    assert rows_of(marks[:0], marks).tolist() == []


def test_spans_are_carried_over_to_where_their_entries_are() -> None:
    old = np.array([(0, 0, 1, 2), (0, 1, 3, 4), (2, 0, 5, 6), (3, 0, 7, 8)], np.int32)
    new = np.array([(1, 0, 9, 9), (1, 1, 9, 9), (4, 0, 9, 9)], np.int32)
    # The last one of before, a new one, the first one, one without spans, a new one.
    before = np.array([3, UNKNOWN, 0, 1, UNKNOWN])
    spans, rows = carried(before, old, new)
    assert rows.tolist() == [3, UNKNOWN, UNKNOWN, 0, 1, UNKNOWN]
    assert spans[:, 0].tolist() == [0, 1, 1, 2, 2, 4]
    assert spans[[0, 3, 4], 1:].tolist() == old[[3, 0, 1], 1:].tolist()
    assert carried(np.full(5, UNKNOWN), old[:0], new)[0].tolist() == new.tolist()


def test_what_is_told_of_sentences_is_carried_over_to_where_they_are() -> None:
    old = np.array([(0, 10), (1, 11), (1, 12), (3, 13), (4, 14)], np.int32)
    new = np.array([(0, 20), (0, 21), (2, 22)], np.int32)
    # A new one, two of before, two new ones of which one tells nothing, the first one of before.
    rows = np.array([UNKNOWN, 3, 4, UNKNOWN, UNKNOWN, 0])
    count, parts = carried_mentions(rows, old, new, np.arange(30))
    told = np.concatenate([*parts])
    assert told.tolist() == [[0, 20], [0, 21], [1, 13], [2, 14], [4, 22], [5, 10]]
    assert count == len(told)
    _, parts = carried_mentions(rows, old, new, np.arange(1, 31))
    assert np.concatenate([*parts])[:, 1].tolist() == [20, 21, 14, 15, 22, 11]
    assert (old[0, 0], new[0, 0]) == (0, 0)
    count, parts = carried_mentions(rows[:0], old, new[:0], np.arange(30))
    assert (count, [*parts]) == (0, [])

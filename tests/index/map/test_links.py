from __future__ import annotations

import numpy as np

from entrywise.data.entries import Entry
from entrywise.index.map.links import links_among, links_of, most_linked


def entry(name: str, *related: str) -> Entry:
    return Entry(name, name, "c", (), related=related)


def test_a_link_joins_two_entries_once_whichever_names_the_other() -> None:
    entries = [entry("gqa", "mla", "gone"), entry("mla", "gqa"), entry("lora", "gqa", "lora")]
    assert links_of(entries).tolist() == [[0, 1], [0, 2]]
    assert links_of(entries[1:2]).shape == links_of([]).shape == (0, 2)


def test_the_entries_with_the_most_links_come_last() -> None:
    links = np.array([[0, 2], [1, 2], [2, 3], [0, 3]], np.int32)
    assert most_linked(5, links, 9).tolist() == [4, 1, 0, 3, 2]
    assert most_linked(5, links, 2).tolist() == [3, 2]


def test_links_of_what_is_drawn_are_between_dots() -> None:
    links = np.array([[0, 2], [1, 2], [2, 3], [0, 3]], np.int32)
    assert links_among(np.array([3, 2, 0]), links, 4).tolist() == [[0, 1], [0, 2], [1, 2]]

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pytest
from web.served.conftest import Collected

from entrywise.data.entries import Entry, KnowledgeBase
from entrywise.index.index import Index
from entrywise.index.map.labels import HEIGHT, WIDTH
from entrywise.index.map.links import links_among, links_of, most_linked
from entrywise.index.map.map import DOT, Map, ViewName
from entrywise.web.served.atlas import Atlas
from entrywise.web.served.collection import Collection


@pytest.fixture
def small(small_index: Index) -> Atlas:
    return Atlas(Collection.of(small_index), small_index.map)


def of(collected: Collected, *entries: Entry, most: int = 9) -> Atlas:
    """The atlas of entries that are all drawn in one place."""
    links = links_of(entries)
    dots = np.zeros(min(most, len(entries)), DOT)
    dots["entry"] = most_linked(len(entries), links, most)
    drawn = Map(dots, links_among(dots["entry"], links, len(entries)))
    return Atlas(collected(KnowledgeBase(entries)), drawn)


@pytest.mark.parametrize("view", ["links", "meaning"])
def test_a_view_has_every_entry_within_the_drawing(small: Atlas, view: ViewName) -> None:
    dots = small.view(view).dots
    ids = {dot.entry.id for dot in dots}
    assert ids == {"gqa", "mla", "lora", "react", "bf16", "instruct"}
    assert all(0 <= dot.x <= WIDTH and 0 <= dot.y <= HEIGHT for dot in dots)


def test_dots_are_where_the_index_says(collected: Collected) -> None:
    made = KnowledgeBase(tuple(Entry(name, name, "c", ()) for name in ("left", "right")))
    dots = np.zeros(2, DOT)
    dots["entry"] = [1, 0]
    for name, place in (("links", 0.9), ("meaning", 0.125)):
        dots[name]["x"][0], dots[name]["zoom"][0] = place, 4
    atlas = Atlas(collected(made), Map(dots, np.empty((0, 2), np.int32)))
    expected: dict[ViewName, tuple[float, bool]]
    expected = {"links": (900.0, True), "meaning": (125.0, False)}
    for view, (x, leftward) in expected.items():
        first, second = atlas.view(view).dots
        assert (first.name, first.x, first.named_from, first.leftward) == ("right", x, 1, leftward)
        assert (second.name, second.x, second.y, second.named_from) == ("left", 0, 0, 0.22)


def test_a_link_joins_two_dots_whichever_entry_names_the_other(collected: Collected) -> None:
    related = {"gqa": ("mla", "gone"), "lora": ("gqa", "lora")}
    ids = ("gqa", "mla", "lora")
    view = of(collected, *(Entry(i, i, "c", (), related=related.get(i, ())) for i in ids)).view(
        "links"
    )
    dots = view.dots
    joined = {dot.entry.id: {dots[other].entry.id for other in dot.links} for dot in dots}
    assert joined == {"gqa": {"mla", "lora"}, "mla": {"gqa"}, "lora": {"gqa"}}
    assert dots[-1].entry.id == "gqa"
    assert dots[-1].radius > dots[0].radius
    assert view.lines.count("M") == view.lines.count("L") == 2


def test_how_many_entries_are_left_out_is_told(collected: Collected) -> None:
    entries = (Entry("a", "A", "c", (), related=("b",)), Entry("x", "X", "c", ()))
    drawn = of(collected, *entries, Entry("b", "B", "c", ()), most=2)
    assert {dot.entry.id for dot in drawn.view("links").dots} == {"a", "b"}
    assert drawn.left_out == 1


def test_no_entry_is_read_to_show_the_map(small_index: Index) -> None:
    class Unread:
        def __len__(self) -> int:
            return 6

        def __getitem__(self, ordinal: int) -> Entry:
            raise AssertionError(f"entry {ordinal} was read")

        def __iter__(self) -> None:
            raise AssertionError("the entries were read")

    listed, unread = Collection.of(small_index), cast("Any", Unread())
    atlas = Atlas(Collection(unread, listed.listing, listed.identity), small_index.map)
    assert len(atlas.view("meaning").dots) == 6

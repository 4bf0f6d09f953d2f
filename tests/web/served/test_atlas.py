from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from web.served.conftest import Collected

from entrywise.data.entries import Entry, KnowledgeBase
from entrywise.index.index import Index
from entrywise.web.served import atlas
from entrywise.web.served.atlas import HEIGHT, WIDTH, Atlas, mean_vectors, named_from
from entrywise.web.served.collection import Collection


@pytest.fixture
def small(small_index: Index) -> Atlas:
    return Atlas(Collection.of(small_index), small_index)


@pytest.mark.parametrize("view", ["links", "meaning"])
def test_a_view_has_every_entry_within_the_drawing(small: Atlas, view: atlas.ViewName) -> None:
    dots = small.view(view)
    ids = {dot.entry.id for dot in dots}
    assert ids == {"gqa", "mla", "lora", "react", "bf16", "instruct"}
    assert all(0 <= dot.x <= WIDTH and 0 <= dot.y <= HEIGHT for dot in dots)


def test_a_link_joins_two_dots_whichever_entry_names_the_other(
    small_index: Index, collected: Collected
) -> None:
    related = {"gqa": ("mla", "gone"), "lora": ("gqa", "lora")}
    entries = tuple(
        Entry(i, i, "c", (), related=related.get(i, ())) for i in ("gqa", "mla", "lora")
    )
    dots = Atlas(collected(KnowledgeBase(entries)), small_index).view("links")
    joined = {dot.entry.id: {dots[other].entry.id for other in dot.links} for dot in dots}
    assert joined == {"gqa": {"mla", "lora"}, "mla": {"gqa"}, "lora": {"gqa"}}
    assert dots[-1].entry.id == "gqa"
    assert dots[-1].radius > dots[0].radius


def test_a_long_name_is_cut(small_index: Index, collected: Collected) -> None:
    names = ("-Nano/-Micro/-Mini/-Small/-Tiny", "A name of just so many chars")
    entries = tuple(Entry(name, name, "c", ()) for name in names)
    dots = Atlas(collected(KnowledgeBase(entries)), small_index).view("links")
    assert {dot.label for dot in dots} == {"-Nano/-Micro/-Mini/-Small/-…", names[1]}


def test_the_entries_with_the_most_links_are_kept_where_there_are_too_many(
    small_index: Index, collected: Collected, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atlas, "MOST_DOTS", 2)
    entries = (Entry("a", "A", "c", (), related=("b",)), Entry("x", "X", "c", ()))
    everything = KnowledgeBase((*entries, Entry("b", "B", "c", ())))
    drawn = Atlas(collected(everything), small_index)
    assert {dot.entry.id for dot in drawn.view("links")} == {"a", "b"}
    assert drawn.left_out == 1


def test_a_view_is_drawn_once_however_many_look(small: Atlas) -> None:
    with ThreadPoolExecutor(4) as pool:
        views = list(pool.map(lambda _: small.view("links"), range(8)))
    assert all(view is views[0] for view in views)


def test_an_entry_is_where_the_mean_of_its_chunks_is(small_index: Index) -> None:
    lora = small_index.ordinals["lora"]
    rows = np.flatnonzero(small_index.chunks[:, 0] == lora)
    mean = np.mean([small_index.chunk_vectors.vector(int(row)) for row in rows], axis=0)
    (vector,) = mean_vectors(small_index, [lora])
    assert len(rows) > 2
    assert vector == pytest.approx(mean / np.linalg.norm(mean), abs=1e-6)


def test_names_have_room_once_the_zoom_has_moved_the_dots_apart() -> None:
    points = np.array([[0.0, 0.0], [30.0, 0.0], [0.0, 300.0]])
    right = np.zeros(3, dtype=bool)
    near, first, alone = named_from(points, [10, 5, 5], right)
    # The last dots are named first. From 30 units on the first name, 10 letters of 6.4 pixels
    # behind a dot of 12, ends before the second dot begins at 12 pixels before its middle.
    assert alone == first == 0.22
    assert near == next(zoom for zoom in (0.22, 0.3, 0.5, 0.7, 1, 1.4, 2, 2.8, 4) if 30 * zoom > 88)


def test_a_name_to_the_left_is_in_the_way_of_what_is_there() -> None:
    points = np.array([[0.0, 0.0], [100.0, 0.0]])
    assert named_from(points, [1, 5], np.array([False, True]))[0] == 0.7
    assert named_from(points, [1, 5], np.array([True, False]))[0] == 0.3


def test_two_names_in_one_place_are_never_shown_together() -> None:
    rooms = named_from(np.zeros((2, 2)), [3, 3], np.zeros(2, dtype=bool))
    assert rooms == [8.0, 0.22]

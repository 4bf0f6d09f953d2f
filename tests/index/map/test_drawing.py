from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from entrywise.data.entries import Entry, KnowledgeBase, Section
from entrywise.index.build import build_index
from entrywise.index.encoders.base import Vectors
from entrywise.index.index import Index
from entrywise.index.map import drawing
from entrywise.index.map.map import Map
from entrywise.index.map.views import Positions


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The views that are laid out, as they are."""
    done: list[str] = []

    def counted(name: str, lay_out: Callable[..., Positions]) -> Callable[..., Positions]:
        def count(*arguments: Any) -> Positions:
            done.append(name)
            return lay_out(*arguments)

        return count

    for name in ("by_links", "by_meaning"):
        monkeypatch.setattr(drawing, name, counted(name, getattr(drawing, name)))
    return done


def updated(folder: Path, knowledge_base: KnowledgeBase, **changes: Entry) -> Map:
    """The map after an update by some changed entries."""
    entries = tuple(changes.get(entry.id, entry) for entry in knowledge_base)
    build_index(replace(knowledge_base, entries=entries), folder)
    return Index(folder).map


def test_every_entry_is_drawn_once_within_the_square(small_index: Index) -> None:
    dots = small_index.map.dots
    assert sorted(dots["entry"].tolist()) == list(range(6))
    for view in ("links", "meaning"):
        for axis in "xy":
            places = dots[view][axis]
            assert places.min() == 0
            assert places.max() == 1


def test_linked_entries_are_joined_and_the_hub_comes_last(small_index: Index) -> None:
    ids = [small_index.catalog.ids[ordinal] for ordinal in small_index.map.dots["entry"].tolist()]
    joined = [{ids[one], ids[other]} for one, other in small_index.map.links.tolist()]
    assert joined == [{"gqa", "mla"}]
    assert set(ids[-2:]) == {"gqa", "mla"}


def test_the_most_linked_are_drawn_where_there_are_too_many(
    tmp_path: Path, knowledge_base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "MOST_DOTS", 2)
    made = updated(tmp_path / "index", knowledge_base)
    assert made.dots["entry"].tolist() == [0, 1]
    assert made.links.tolist() == [[0, 1]]


def test_an_entry_is_where_the_mean_of_its_sentences_is(
    copied: Path,
    knowledge_base: KnowledgeBase,
    small_index: Index,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    placed: list[Vectors] = []

    def kept(vectors: Vectors) -> Positions:
        placed.append(vectors)
        return np.zeros((len(vectors), 2))

    monkeypatch.setattr(drawing, "by_meaning", kept)
    empty = Entry("empty", "Empty", "training", ())
    build_index(replace(knowledge_base, entries=(*knowledge_base.entries, empty)), copied)
    expected = []
    for entry in range(6):
        rows = small_index.sentence_rows(entry)
        mean = small_index.sentence_vectors[rows.start : rows.stop].sum(axis=0)
        expected.append(mean / np.linalg.norm(mean))
    assert placed[0][:6] == pytest.approx(np.array(expected), abs=1e-6)
    assert not placed[0][6].any()


def test_an_update_that_changes_nothing_drawn_takes_the_places_over(
    copied: Path, knowledge_base: KnowledgeBase, small_index: Index, work: list[str]
) -> None:
    react = next(one for one in knowledge_base if one.id == "react")
    made = updated(copied, knowledge_base, react=replace(react, questions=("what loops?",)))
    assert work == []
    assert (made.dots == small_index.map.dots).all()


def test_a_changed_link_moves_the_view_of_links_alone(
    copied: Path, knowledge_base: KnowledgeBase, work: list[str]
) -> None:
    react = next(one for one in knowledge_base if one.id == "react")
    made = updated(copied, knowledge_base, react=replace(react, related=("lora",)))
    assert work == ["by_links"]
    assert len(made.links) == 2


def test_a_changed_text_moves_the_view_of_meaning_alone(
    copied: Path, knowledge_base: KnowledgeBase, work: list[str]
) -> None:
    react = next(one for one in knowledge_base if one.id == "react")
    sections = (*react.sections, Section("more", "Mooring lines are kept dry."))
    updated(copied, knowledge_base, react=replace(react, sections=sections))
    assert work == ["by_meaning"]


def test_an_entry_less_moves_both(
    copied: Path, knowledge_base: KnowledgeBase, work: list[str]
) -> None:
    build_index(replace(knowledge_base, entries=knowledge_base.entries[:-1]), copied)
    assert work == ["by_links", "by_meaning"]
    assert sorted(Index(copied).map.dots["entry"].tolist()) == list(range(5))

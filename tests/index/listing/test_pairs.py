"""Pairs to compare are those that a comparison of each with each finds."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from entrywise.data.entries import Category, Entry, KnowledgeBase, Section
from entrywise.index.listing import pairs as module
from entrywise.index.listing.pairs import pairs


def drawn(count: int, seed: int) -> KnowledgeBase:
    """Entries that name each other, themselves, and what there is not."""
    drawing = random.Random(seed)
    ids = [f"n{number}" for number in range(count)]
    hubs = ids[:3]
    entries = tuple(
        Entry(
            one,
            one,
            drawing.choice("abc"),
            (Section("oneliner", "Text."),),
            related=tuple(drawing.choices([*ids, "gone", "other"], k=8) + drawing.sample(hubs, 1)),
        )
        for one in ids
    )
    return KnowledgeBase(entries, (Category("b", "B", 0), Category("a", "A", 1)))


def each_with_each(known: KnowledgeBase) -> list[tuple[int, int]]:
    near = {one.id: {*one.related} for one in known}
    for one in known:
        for named in one.related:
            near.setdefault(named, set()).add(one.id)
    ordinals = {one.id: ordinal for ordinal, one in enumerate(known)}
    found = []
    for _, entries in known.grouped:
        for one, other in combinations(entries, 2):
            if one.id in other.related and other.id in one.related:
                ours, theirs = near[one.id], near[other.id]
                overlap = len(ours & theirs) ** 2 / len(ours | theirs)
                found.append((-overlap, ordinals[one.id], ordinals[other.id]))
    found.sort(key=lambda one: one[0])
    chosen: list[tuple[int, int]] = []
    for _, one, other in found:
        if len(chosen) < 4 and not {one, other} & {n for pair in chosen for n in pair}:
            chosen.append((one, other))
    return chosen


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("at_once", [3, 1_000])
def test_those_most_alike_are_found(
    seed: int, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_AT_ONCE", at_once)
    known = drawn(random.Random(seed).randrange(2, 60), seed)
    assert pairs(known) == each_with_each(known)


def test_without_links_there_are_none() -> None:
    entries = tuple(Entry(one, one, "a", (Section("oneliner", "Text."),)) for one in "xy")
    assert pairs(KnowledgeBase(entries)) == []

from __future__ import annotations

import sys

import numpy as np
import pytest

from entrywise.index.encoders.base import Vectors
from entrywise.index.map import views
from entrywise.index.map.links import Links
from entrywise.index.map.views import Positions, by_links, by_meaning


def groups_of_vectors(count: int, size: int) -> Vectors:
    """Unit vectors around `count` axes, `size` around each."""
    random = np.random.default_rng(0)
    vectors = np.repeat(np.eye(count, 16), size, axis=0)
    vectors = vectors + 0.1 * random.normal(size=vectors.shape)
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def links(*pairs: tuple[int, int]) -> Links:
    return np.array(pairs, np.int32).reshape(-1, 2)


def nearest(placed: Positions) -> list[int]:
    """The nearest other one of each."""
    distance = np.linalg.norm(placed[:, np.newaxis] - placed, axis=2)
    return [int(row) for row in np.argmin(distance + 9 * np.eye(len(placed)), axis=1)]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 10])
def test_any_number_of_entries_has_places_within_the_square(count: int) -> None:
    vectors = groups_of_vectors(1, 10)[:count]
    for placed in (by_links(count, links()), by_meaning(vectors)):
        assert placed.shape == (count, 2)
        assert np.isfinite(placed).all()
        assert ((placed >= 0) & (placed <= 1)).all()


def test_linked_entries_are_near_each_other() -> None:
    rings = [(n, n + 1 if n % 5 < 4 else n - 4) for n in range(20)]
    placed = by_links(20, links(*rings))
    assert all(other // 5 == n // 5 for n, other in enumerate(nearest(placed)))


def test_what_has_no_links_does_not_pull_the_picture_apart() -> None:
    wheel = [(n, (n + step) % 40) for n in range(40) for step in (1, 5)]
    placed = by_links(43, links(*((min(pair), max(pair)) for pair in wheel)))
    extent = placed[:40].max(axis=0) - placed[:40].min(axis=0)
    assert (extent > 0.9).all()


@pytest.mark.parametrize("size", [4, 20])  # principal components, and t-SNE
def test_entries_of_similar_meaning_are_near_each_other(size: int) -> None:
    placed = by_meaning(groups_of_vectors(3, size))
    same = [other // size == n // size for n, other in enumerate(nearest(placed))]
    assert np.mean(same) > 0.95


def test_the_same_entries_are_always_drawn_in_the_same_places() -> None:
    vectors = groups_of_vectors(3, 20)
    assert (by_meaning(vectors) == by_meaning(vectors)).all()
    assert (by_links(9, links((0, 1))) == by_links(9, links((0, 1)))).all()


def test_entries_without_text_and_entries_of_one_text_have_places_of_their_own() -> None:
    vectors = np.repeat(groups_of_vectors(2, 1), [30, 30], axis=0)
    for same in (vectors, np.zeros_like(vectors)):
        assert len(np.unique(by_meaning(same).round(3), axis=0)) == 60


def test_many_entries_are_drawn_without_scipy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("scipy", "scipy.sparse", "sklearn"):
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setattr(views, "_ITERATIONS", 2)
    monkeypatch.setattr(views, "_STEPS", 2)
    assert by_links(600, links(*((n, n + 1) for n in range(599)))).shape == (600, 2)
    assert by_meaning(groups_of_vectors(10, 60)).shape == (600, 2)

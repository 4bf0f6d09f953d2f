from __future__ import annotations

import numpy as np
import pytest

from entrywise.index.map import pairs
from entrywise.index.map.pairs import squared_distances


@pytest.mark.parametrize("alone", [1, 2**8, 2**18])
def test_the_distances_are_those_of_each_from_all(
    alone: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairs, "_ALONE", alone)
    points = np.random.default_rng(0).normal(size=(30, 2))
    found = [(rows, squared.copy()) for rows, squared in squared_distances(points)]
    assert [row for rows, _ in found for row in range(30)[rows]] == list(range(30))
    expected = ((points[:, np.newaxis] - points) ** 2).sum(axis=2)
    assert np.vstack([squared for _, squared in found]) == pytest.approx(expected)


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_distances_are_as_exact_as_the_points(kind: type[np.float32] | type[np.float64]) -> None:
    points = np.array([[0, 0], [3, 4]], kind)
    [(_, squared)] = squared_distances(points)
    assert squared.dtype == kind
    assert squared.tolist() == [[0, 25], [25, 0]]


def test_no_product_is_so_large_that_threads_take_a_part() -> None:
    points = np.zeros((1_000, 2), np.float32)
    sizes = [squared.size for _, squared in squared_distances(points)]
    assert sum(sizes) == 1_000_000
    assert max(sizes) * pairs.COLUMNS <= 2**18

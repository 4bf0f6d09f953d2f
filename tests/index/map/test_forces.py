from __future__ import annotations

import math

import numpy as np
import pytest

from entrywise.index.map.forces import force_atlas
from entrywise.index.map.links import Links

NO_LINKS: Links = np.empty((0, 2), np.int32)


def apart(placed: np.ndarray) -> float:
    return float(np.linalg.norm(placed[0] - placed[1]))


def test_two_linked_nodes_come_to_rest_where_the_forces_are_even() -> None:
    placed = force_atlas(2, np.array([[0, 1]], np.int32), steps=500)
    # Both weigh 2, their link 4: repulsion 2·2·2/d, attraction 4d, gravity 2.
    assert apart(placed) == pytest.approx((-2 + math.sqrt(2**2 + 4 * 4 * 8)) / (2 * 4), rel=1e-3)


def test_two_that_are_not_linked_come_to_rest_further_apart() -> None:
    # Both weigh 1: repulsion 2/d, gravity 1.
    assert apart(force_atlas(2, NO_LINKS, steps=500)) == pytest.approx(2, rel=1e-3)


def test_a_link_of_hubs_pulls_less() -> None:
    """Two stars: their middles are linked with each other, as the middles are with their points."""
    points = [(middle, 2 + middle * 10 + n) for middle in (0, 1) for n in range(10)]
    placed = force_atlas(22, np.array([(0, 1), *points], np.int32), steps=500)
    rays = [np.linalg.norm(placed[middle] - placed[point]) for middle, point in points]
    assert apart(placed) > max(rays)


def test_nodes_that_are_not_linked_all_stay_about() -> None:
    placed = force_atlas(50, NO_LINKS, steps=200)
    assert np.isfinite(placed).all()
    assert np.linalg.norm(placed - placed.mean(axis=0), axis=1).max() < 100

from __future__ import annotations

import numpy as np
import pytest

from entrywise.index.map.overlap import spread


def test_entries_in_one_place_are_parted() -> None:
    placed = spread(np.zeros((5, 2)))
    assert len(np.unique(placed.round(3), axis=0)) == 5
    assert placed.min(axis=0) == pytest.approx([0, 0])
    assert placed.max(axis=0) == pytest.approx([1, 1])


def test_a_crowd_gets_room_and_what_has_room_stays() -> None:
    crowd = 0.5 + 0.001 * np.random.default_rng(0).normal(size=(50, 2))
    corners = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
    placed = spread(np.vstack([crowd, corners]))
    distance = np.linalg.norm(placed[:, np.newaxis] - placed, axis=2) + np.eye(54)
    # Half of the space of a dot, of which there are 54.
    assert distance.min() > 0.9 * 0.5 / 54**0.5
    assert placed[50:] == pytest.approx(corners, abs=1e-5)


def test_a_picture_without_crowds_is_scaled_and_no_more() -> None:
    grid = np.array([[x, y] for x in range(4) for y in range(4)], np.float64)
    assert spread(grid * [10, 20] + 5) == pytest.approx(grid / 3, abs=1e-5)

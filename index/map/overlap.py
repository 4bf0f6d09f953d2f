"""Moves dots apart that would lie upon each other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from entrywise.index.map.pairs import squared_distances

Floats = NDArray[np.float64]

# Two dots are pushed apart until this share of the free space around a dot is theirs.
_CROWDING = 0.5
_PUSHES = 40
# No dot is pushed farther at once than this share of that distance: a crowd, in which all push each
# other, would burst. Of the linked ones among 1,000 entries 0.80 stay nearest instead of 0.71.
_FARTHEST = 0.5


def spread(positions: Floats) -> Floats:
    """The same picture, filling the square, with no two entries upon each other.

    Args:
        positions: float64 (n, 2), at any scale.

    Returns:
        float64 (n, 2), each coordinate in [0, 1].
    """
    placed = _filling(positions)
    count = len(placed)
    if count < 2:
        return placed
    wanted = _CROWDING / np.sqrt(count)
    # Entries in one place have no direction to part in: each gets one of its own.
    turn = np.arange(count) * np.pi * (3 - np.sqrt(5))
    placed = placed + 1e-6 * np.column_stack([np.cos(turn), np.sin(turn)])
    for _ in range(_PUSHES):
        one, other = _nearer(placed, wanted)
        if not len(one):
            break
        apart = placed[one] - placed[other]
        distance = np.linalg.norm(apart, axis=1)
        pushed = apart * (np.clip(wanted / distance - 1, 0, None) / 2)[:, np.newaxis]
        moved = np.column_stack([np.bincount(one, axis, count) for axis in pushed.T])
        length = np.linalg.norm(moved, axis=1, keepdims=True)
        placed = placed + moved * np.minimum(1, _FARTHEST * wanted / np.maximum(length, 1e-12))
    return _filling(placed)


def _nearer(placed: Floats, wanted: float) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The pairs of dots that are nearer to each other than is wanted, each in both orders."""
    found = [(np.empty(0, np.intp), np.empty(0, np.intp))]
    for rows, squared in squared_distances(placed.astype(np.float32)):
        near, other = np.nonzero(squared < wanted**2)
        found.append((near + rows.start, other))
    one, other = map(np.concatenate, zip(*found, strict=True))
    return one[one != other], other[one != other]


def _filling(positions: Floats) -> Floats:
    """Positions scaled so that each axis reaches from 0 to 1; 0.5 where all are equal."""
    if not len(positions):
        return positions
    low, high = positions.min(axis=0), positions.max(axis=0)
    extent = high - low
    scaled = (positions - low) / np.where(extent > 0, extent, 1)
    return np.where(extent > 0, scaled, 0.5)

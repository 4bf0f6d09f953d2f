"""Distances in many dimensions drawn in two: t-SNE.

van der Maaten and Hinton, "Visualizing data using t-SNE", 2008, with the exact gradient: each step
takes the square of the number of points, a millisecond for 1,000. The rate is that of Belkina et
al., "Automated optimized parameters for t-distributed stochastic neighbor embedding", 2019.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from entrywise.index.map.pairs import Number, squared_distances

Doubles = NDArray[np.float64]
Singles = NDArray[np.float32]
"""Points land as well in single precision, in half of the time."""

# Of the paper: in its first steps what is near is drawn together so much more, that groups find
# their places before they fill them; later the points keep more of their speed. It begins with that
# at step 250: from 100 on, 300 steps keep as much of the neighbourhoods as 500 did.
_EXAGGERATION = 4
_EXAGGERATED = 50
_SLOW = 100
_SPEEDS = (0.5, 0.8)

# So small that no point is in the way of another at the beginning.
_START = 1e-4

# Beyond three times the perplexity there is nothing of a neighbourhood: van der Maaten,
# "Accelerating t-SNE using tree-based algorithms", 2014.
_REACH = 3

# They tell the width of a neighbourhood to a millionth.
_HALVINGS = 30


def tsne(squared: Doubles, start: Doubles, perplexity: float, steps: int) -> Doubles:
    """Positions of points, float64 (n, 2), those near each other that are so by their distances.

    The same input gives the same positions.

    Args:
        squared: their squared distances, float64 (n, n), symmetric.
        start: where they begin, float64 (n, 2), at any scale.
        perplexity: how many neighbours a point has, about; less than n.
        steps: how many times all points are moved.
    """
    wanted: Singles = _neighbours(squared, perplexity).astype(np.float32)
    # Points that all begin in one place stay there.
    placed: Singles = (start * (_START / max(start[:, 0].std(), _START))).astype(np.float32)
    moved, gains = np.zeros_like(placed), np.ones_like(placed)
    rate = len(placed) / _EXAGGERATION
    for step in range(steps):
        slope = _slope(placed, wanted, _EXAGGERATION if step < _EXAGGERATED else 1)
        # Faster where it goes on downhill, slower where it went too far: Jacobs 1988.
        gains = np.where(slope * moved < 0, gains + 0.2, gains * 0.8).clip(0.01)
        moved = _SPEEDS[step >= _SLOW] * moved - rate * gains * slope
        placed += moved
    positions: Doubles = placed.astype(np.float64)
    return positions


def _neighbours(squared: Doubles, perplexity: float) -> Doubles:
    """How much each two points are neighbours, float64 (n, n), symmetric, 1 in all.

    Around each point is a normal distribution, as narrow as the perplexity asks for: it is e to
    the entropy.
    """
    count = len(squared)
    others = np.where(np.eye(count, dtype=bool), np.inf, squared)
    most = min(count - 1, int(_REACH * perplexity))
    nearest = np.argpartition(others, most - 1, axis=1)[:, :most]
    beyond = np.take_along_axis(others, nearest, axis=1)
    # From the nearest on, or a point that is far from all others would have no neighbour at all.
    beyond -= beyond.min(axis=1, keepdims=True)
    low, high = np.zeros((count, 1)), np.full((count, 1), np.inf)
    narrow = np.ones_like(low)
    for _ in range(_HALVINGS):
        _, entropy = _around(beyond, narrow)
        wide = entropy > np.log(perplexity)
        low, high = np.where(wide, narrow, low), np.where(wide, high, narrow)
        narrow = np.where(np.isinf(high), 2 * low, (low + high) / 2)
    near = np.zeros_like(squared)
    np.put_along_axis(near, nearest, _around(beyond, narrow)[0], axis=1)
    shares: Doubles = (near + near.T) / (2 * count)
    return shares


def _around(beyond: Doubles, narrow: Doubles) -> tuple[Doubles, Doubles]:
    """The shares of a point's neighbours, float64 (n, k), rows of 1, and their entropy, (n, 1)."""
    near = np.exp(-narrow * beyond)
    total = near.sum(axis=1, keepdims=True)
    near /= total
    return near, np.log(total) + narrow * (beyond * near).sum(axis=1, keepdims=True)


def _slope(
    placed: NDArray[Number], wanted: NDArray[Number], exaggeration: int = 1
) -> NDArray[Number]:
    """The gradient of the divergence from the neighbours wanted, (n, 2)."""
    weighed = np.column_stack([np.ones(len(placed), placed.dtype), placed])
    pulls, pushes = np.empty_like(weighed), np.empty_like(weighed)
    total = 0.0
    for rows, near in squared_distances(placed):
        near += 1
        np.reciprocal(near, out=near)
        # Of the points themselves: they push nobody, but count in the sum.
        total += float(near.sum()) - len(near)
        pulls[rows] = (wanted[rows] * near) @ weighed
        near *= near
        pushes[rows] = near @ weighed
    forces = exaggeration * pulls - pushes / placed.dtype.type(total)
    slope: NDArray[Number] = (4 * (forces[:, :1] * placed - forces[:, 1:])).astype(placed.dtype)
    return slope

"""Distances in many dimensions drawn in two: t-SNE.

van der Maaten and Hinton, "Visualizing data using t-SNE", 2008, with the exact gradient: each step
takes the square of the number of points. The rate is that of Belkina et al., "Automated optimized
parameters for t-distributed stochastic neighbor embedding", 2019.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
"""A step in single precision takes a third of the time for 1,000 points, and they land as well."""

# Of the paper: in its first steps what is near is drawn together so much more, that groups find
# their places before they fill them; later the points keep more of their speed.
_EXAGGERATION = 4
_EXAGGERATED = 50
_SLOW = 250
_SPEEDS = (0.5, 0.8)

# So small that no point is in the way of another at the beginning.
_START = 1e-4

# They tell the width of a neighbourhood to a millionth.
_HALVINGS = 30


def tsne(squared: Floats, start: Floats, perplexity: float, steps: int) -> Floats:
    """Positions of points, float64 (n, 2), those near each other that are so by their distances.

    The same input gives the same positions.

    Args:
        squared: their squared distances, float64 (n, n), symmetric.
        start: where they begin, float64 (n, 2), at any scale.
        perplexity: how many neighbours a point has, about; less than n.
        steps: how many times all points are moved.
    """
    wanted = _neighbours(squared, perplexity).astype(np.float32)
    # Points that all begin in one place stay there.
    placed = (start * (_START / max(start[:, 0].std(), _START))).astype(np.float32)
    moved, gains = np.zeros_like(placed), np.ones_like(placed)
    rate = len(placed) / _EXAGGERATION
    for step in range(steps):
        slope = _slope(placed, wanted * (_EXAGGERATION if step < _EXAGGERATED else 1))
        # Faster where it goes on downhill, slower where it went too far: Jacobs 1988.
        gains = np.where(slope * moved < 0, gains + 0.2, gains * 0.8).clip(0.01)
        moved = _SPEEDS[step >= _SLOW] * moved - rate * gains * slope
        placed = placed + moved
    positions: Floats = placed.astype(np.float64)
    return positions


def _neighbours(squared: Floats, perplexity: float) -> Floats:
    """How much each two points are neighbours, float64 (n, n), symmetric, 1 in all.

    Around each point is a normal distribution, as narrow as the perplexity asks for: it is e to
    the entropy.
    """
    alone = np.eye(len(squared), dtype=bool)
    # From the nearest on, or a point that is far from all others would have no neighbour at all.
    beyond = squared - np.where(alone, np.inf, squared).min(axis=1, keepdims=True)
    beyond[alone] = 0
    low, high = np.zeros((len(squared), 1)), np.full((len(squared), 1), np.inf)
    narrow = np.ones_like(low)
    for _ in range(_HALVINGS):
        _, entropy = _around(beyond, narrow)
        wide = entropy > np.log(perplexity)
        low, high = np.where(wide, narrow, low), np.where(wide, high, narrow)
        narrow = np.where(np.isinf(high), 2 * low, (low + high) / 2)
    near, _ = _around(beyond, narrow)
    shares: Floats = (near + near.T) / (2 * len(near))
    return shares


def _around(beyond: Floats, narrow: Floats) -> tuple[Floats, Floats]:
    """The shares of a point's neighbours, float64 (n, n), rows of 1, and their entropy, (n, 1)."""
    near = np.exp(-narrow * beyond)
    np.fill_diagonal(near, 0)
    total = near.sum(axis=1, keepdims=True)
    near /= total
    return near, np.log(total) + narrow * (beyond * near).sum(axis=1, keepdims=True)


def _slope(placed: Singles, wanted: Singles) -> Singles:
    """The gradient of the divergence from the neighbours wanted, float32 (n, 2)."""
    # No product of matrices: with so few points, its threads that wait for each other cost five
    # times of what they save.
    across, down = placed.T
    near = 1 / (1 + np.subtract.outer(across, across) ** 2 + np.subtract.outer(down, down) ** 2)
    np.fill_diagonal(near, 0)
    pull = (wanted - near / near.sum()) * near
    pulled = np.column_stack([(pull * across).sum(axis=1), (pull * down).sum(axis=1)])
    slope: Singles = 4 * (pull.sum(axis=1, keepdims=True) * placed - pulled)
    return slope

"""Clusters vectors so that every two of a group are near enough to each other: complete linkage.

Sørensen, "A method of establishing groups of equal amplitude in plant sociology", 1948, along the
chains of nearest neighbours of Murtagh, "A survey of recent advances in hierarchical clustering
algorithms", 1983. Joining the nearest two of all, again and again, gives the same groups, ties
aside, but searches all pairs for each join.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Cosines = NDArray[np.float32]
"""float32 (n, n), symmetric: the least cosine between the vectors of two groups; -inf for a group
and itself, and for a group that was joined to another."""


def clustered(vectors: Sequence[NDArray[np.float32]], same: float) -> list[int]:
    """The number of the group of each vector, float32 (dim,), unit length.

    Groups are joined, the nearest first, while every two of their vectors have a cosine of `same`
    at least. They are numbered from 0, in the order of their first vectors.
    """
    if not len(vectors):
        return []
    cosines = _cosines(np.stack(vectors))
    group_of = np.arange(len(cosines))
    for first in range(len(cosines)):
        chain = [first]
        # Joining others only takes them away from a group: one that has none near enough is done.
        while cosines[chain[-1], (nearest := _nearest(cosines, chain))] >= same:
            if nearest not in chain:
                chain.append(nearest)
                continue
            # The last two are each other's nearest. What the chain came from may have a nearer one
            # than the group that they make.
            joined = chain.pop()
            _join(cosines, nearest, joined)
            group_of[group_of == joined] = nearest
            chain = chain[:-1] or chain
    numbers: dict[int, int] = {}
    return [numbers.setdefault(group, len(numbers)) for group in group_of.tolist()]


def _cosines(vectors: NDArray[np.float32]) -> Cosines:
    """The cosines of vectors, float32 (n, dim), each of which is a group of its own."""
    cosines = vectors @ vectors.T
    # Where a cosine and its mirror differed in their last digits, a chain could run in a circle.
    np.maximum(cosines, cosines.T, out=cosines)
    np.fill_diagonal(cosines, -np.inf)
    return cosines


def _nearest(cosines: Cosines, chain: Sequence[int]) -> int:
    """The group that is nearest to the last of a chain; of equals the one that it came from."""
    row = cosines[chain[-1]]
    nearest = int(row.argmax())
    return chain[-2] if len(chain) > 1 and row[chain[-2]] >= row[nearest] else nearest


def _join(cosines: Cosines, group: int, other: int) -> None:
    """Make `other` a part of `group`."""
    cosines[group] = np.minimum(cosines[group], cosines[other])
    cosines[:, group] = cosines[group]
    cosines[other] = cosines[:, other] = -np.inf

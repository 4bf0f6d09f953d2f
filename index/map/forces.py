"""A graph drawn by forces: ForceAtlas2.

Jacomy et al., "ForceAtlas2, a continuous graph layout algorithm for handy network visualization",
2014: linked nodes attract each other by their distance, all others repel by its inverse, and each
is slowed down by how much the force on it swings. Each step takes the square of the number of
nodes, two milliseconds for 1,000.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from entrywise.index.map.links import Links
from entrywise.index.map.pairs import squared_distances

Floats = NDArray[np.float64]

_SEED = 0

# The paper's, but for the speed of a node, which it has at a tenth: that took 400 steps of the
# glossary instead of 150, and more makes it swing. At 150 a dot moves by 0.002 of the picture.
_REPULSION, _GRAVITY = 2.0, 1.0
_SPEED, _FARTHEST = 0.5, 10.0
_RISE = 1.5

# Half of the glossary names its hubs: at full weight they pull everything into one ball. A link of
# two nodes that have no others weighs so much.
_WEIGHT = 4.0

_SMALLEST = 1e-9


def force_atlas(count: int, links: Links, steps: int) -> Floats:
    """Positions of nodes, float64 (n, 2), at any scale. The same input gives the same positions.

    Args:
        count: how many nodes there are, linked or not.
        links: each once; one is the lighter, the more others its two nodes have.
        steps: how many times all nodes are moved.
    """
    placed = np.random.default_rng(_SEED).random((count, 2))
    if not count:
        return placed
    degrees = np.bincount(links.ravel(), minlength=count)
    masses = 1 + degrees[:, np.newaxis].astype(np.float64)
    weights = _WEIGHT / np.sqrt(degrees[links].prod(axis=1))
    before, speed = np.zeros_like(placed), 1.0
    for _ in range(steps):
        placed -= placed.mean(axis=0)
        forces = (
            _repulsion(placed, masses)
            + _attraction(placed, links, weights)
            - _GRAVITY * masses * placed / np.maximum(_lengths(placed), _SMALLEST)
        )
        swings, pulls = _lengths(forces - before), _lengths(forces + before) / 2
        before = forces
        swing = max(float((masses * swings).sum()), _SMALLEST)
        speed = min(float((masses * pulls).sum()) / swing, _RISE * speed)
        slowed = _SPEED * speed / (1 + speed * np.sqrt(swings))
        farthest = _FARTHEST / np.maximum(_lengths(forces), _SMALLEST)
        placed += forces * np.minimum(slowed, farthest)
    return placed


def _repulsion(placed: Floats, masses: Floats) -> Floats:
    """What pushes each node away from all others, (n, 2)."""
    weighed = np.hstack([masses, masses * placed])
    pushes = np.empty_like(weighed)
    for rows, near in squared_distances(placed):
        # No node is away from itself, and two in one place would be torn apart.
        np.maximum(near, _SMALLEST, out=near)
        near[np.arange(len(near)), np.arange(rows.start, rows.stop)] = np.inf
        np.reciprocal(near, out=near)
        pushes[rows] = near @ weighed
    repulsion: Floats = _REPULSION * masses * (pushes[:, :1] * placed - pushes[:, 1:])
    return repulsion


def _attraction(placed: Floats, links: Links, weights: Floats) -> Floats:
    """What pulls each node to those that it is linked with, (n, 2)."""
    one, other = links.T
    pulls = (placed[other] - placed[one]) * weights[:, np.newaxis]
    both, ends = np.vstack([pulls, -pulls]), np.concatenate([one, other])
    pulled = [np.bincount(ends, axis, len(placed)) for axis in both.T]
    return np.column_stack(pulled).astype(np.float64)


def _lengths(vectors: Floats) -> Floats:
    """The length of each, (n, 1)."""
    lengths: Floats = np.linalg.norm(vectors, axis=1, keepdims=True)
    return lengths

"""Where a map draws each entry: by what it links to, or by what its text means.

Positions are float64 (n, 2), each coordinate in [0, 1]; the same input gives the same positions.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from entrywise.index.encoders.base import Vectors
from entrywise.web.served.tsne import tsne

Positions = NDArray[np.float64]
"""float64 (n, 2), each coordinate in [0, 1]."""

_SEED = 0

# Half as many steps tear the neighbourhoods of the glossary, twice as many change nothing.
_ITERATIONS = 200

# How many neighbours t-SNE looks at, about; it wants three times as many points.
_NEIGHBOURS = 15
# The glossary moves by less than a dot's width afterwards.
_STEPS = 500

# They bring the principal components of the glossary to the fifth digit.
_TURNS = 60

# Two dots are pushed apart until this share of the free space around a dot is theirs.
_CROWDING = 0.5
_PUSHES = 40


def by_links(count: int, links: Iterable[tuple[int, int]]) -> Positions:
    """Linked entries near each other, all others apart.

    Jacomy et al., "ForceAtlas2, a continuous graph layout algorithm for handy network
    visualization", 2014. networkx's `spring_layout` needs SciPy from 500 entries on.
    """
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(links)
    for one, other, data in graph.edges(data=True):
        # Half of the glossary names its hubs: at full weight they pull everything into one ball.
        data["weight"] = 4 / np.sqrt(graph.degree[one] * graph.degree[other])
    placed = networkx.forceatlas2_layout(graph, max_iter=_ITERATIONS, weight="weight", seed=_SEED)
    positions = np.array([placed[node] for node in range(count)], np.float64).reshape(-1, 2)
    # An entry without links drifts away; it would make the others small.
    return spread(_drawn_in(positions))


def by_meaning(vectors: Vectors) -> Positions:
    """Entries with similar vectors, float32 (n, dim) of unit length or zero, near each other.

    By t-SNE, of the cosine distance; the principal components where there are too few for it.
    """
    if len(vectors) < 3 * _NEIGHBOURS:
        return spread(_principal(vectors))
    squared = (1 - (vectors @ vectors.T).astype(np.float64)) ** 2
    placed = tsne(squared, _principal(vectors), _NEIGHBOURS, _STEPS)
    return spread(_drawn_in(placed))


def spread(positions: Positions) -> Positions:
    """The same picture, filling the square, with no two entries upon each other."""
    placed = _filling(positions)
    count = len(placed)
    if count < 2:
        return placed
    wanted = _CROWDING / np.sqrt(count)
    # Entries in one place have no direction to part in: each gets one of its own.
    turn = np.arange(count) * np.pi * (3 - np.sqrt(5))
    placed = placed + 1e-6 * np.column_stack([np.cos(turn), np.sin(turn)])
    for _ in range(_PUSHES):
        apart = placed[:, np.newaxis] - placed
        distance = np.linalg.norm(apart, axis=2) + np.eye(count)
        overlap = np.clip(wanted - distance, 0, None) * (1 - np.eye(count))
        placed = placed + (apart * (overlap / distance)[..., np.newaxis]).sum(axis=1) / 2
    return _filling(placed)


def _drawn_in(positions: Positions) -> Positions:
    """Positions in which the few that lie far out are pulled nearer, in their direction."""
    centred = positions - np.median(positions, axis=0) if len(positions) else positions
    distance = np.linalg.norm(centred, axis=1, keepdims=True)
    reach = np.quantile(distance, 0.95) if len(distance) else 0.0
    beyond = np.clip(distance - reach, 0, None)
    nearer = np.minimum(distance, reach) + reach * np.tanh(beyond / max(reach, 1e-12)) / 4
    drawn: Positions = centred * (nearer / np.maximum(distance, 1e-12))
    return drawn


def _principal(vectors: Vectors) -> Positions:
    """The first two principal components, float64 (n, 2), by orthogonal iteration.

    A decomposition by LAPACK gives all of them, and its threads take 2 s of processor time to wait
    for each other on a busy machine.
    """
    if not len(vectors):
        return np.zeros((0, 2))
    centred = vectors.astype(np.float64) - vectors.mean(axis=0)
    axes = np.random.default_rng(_SEED).normal(size=(vectors.shape[1], 2))
    for _ in range(_TURNS):
        axes = np.linalg.qr(centred.T @ (centred @ axes))[0]
    components: Positions = centred @ axes
    return components


def _filling(positions: Positions) -> Positions:
    """Positions scaled so that each axis reaches from 0 to 1; 0.5 where all are equal."""
    if not len(positions):
        return positions
    low, high = positions.min(axis=0), positions.max(axis=0)
    extent = high - low
    scaled = (positions - low) / np.where(extent > 0, extent, 1)
    return np.where(extent > 0, scaled, 0.5)

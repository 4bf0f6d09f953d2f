"""Where a map draws each entry: by what it links to, or by what its text means.

Positions are float64 (n, 2), each coordinate in [0, 1]; the same input gives the same positions.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from entrywise.index.encoders.base import Vectors
from entrywise.index.map.forces import force_atlas
from entrywise.index.map.links import Links
from entrywise.index.map.overlap import spread
from entrywise.index.map.tsne import tsne

Positions = NDArray[np.float64]
"""float64 (n, 2), each coordinate in [0, 1]."""

_SEED = 0

# Of an entry's linked ones in the glossary 0.43 are among as many nearest, with half as many steps
# 0.42, with twice as many 0.43.
_ITERATIONS = 150

# How many neighbours t-SNE looks at, about; it wants three times as many points.
_NEIGHBOURS = 15
# As many more bring nothing: of the ten nearest, 0.59 are kept of the glossary.
_STEPS = 300

# How many times wider than high, or the other way round, the frame of what is linked is at most.
_FLATTEST = 4
_SMALLEST = 1e-9

# They bring the principal components of the glossary to the fifth digit.
_TURNS = 60


def by_links(count: int, links: Links) -> Positions:
    """Linked entries near each other, all others apart: int32 (links, 2), numbers of entries."""
    # An entry without links drifts away; it would make the others small.
    placed = _gathered(force_atlas(count, links, _ITERATIONS), links)
    return spread(_drawn_in(placed))


def by_meaning(vectors: Vectors) -> Positions:
    """Entries with similar vectors, float32 (n, dim) of unit length or zero, near each other.

    By t-SNE, of the cosine distance; the principal components where there are too few for it.
    """
    if len(vectors) < 3 * _NEIGHBOURS:
        return spread(_principal(vectors))
    squared = (1 - (vectors @ vectors.T).astype(np.float64)) ** 2
    placed = tsne(squared, _principal(vectors), _NEIGHBOURS, _STEPS)
    return spread(_drawn_in(placed))


def _gathered(positions: Positions, links: Links) -> Positions:
    """Positions in which what has no links is moved in its direction to the edge of the frame of
    what has: of a frame that is the larger, the more there is of it."""
    is_linked = np.bincount(links.ravel(), minlength=len(positions)) > 0
    if not is_linked.any():
        return positions
    low, high = positions[is_linked].min(axis=0), positions[is_linked].max(axis=0)
    half = np.maximum(high - low, (high - low).max() / _FLATTEST) / 2
    frame = np.maximum(half * np.sqrt(len(positions) / is_linked.sum()), _SMALLEST)
    away = positions - (low + high) / 2
    beyond = np.abs(away / frame).max(axis=1, keepdims=True)
    moved = away * (1 / np.maximum(beyond, 1) - 1)
    gathered: Positions = np.where(is_linked[:, np.newaxis], positions, positions + moved)
    return gathered


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

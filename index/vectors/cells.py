"""Vectors in cells, of which a search looks into some: for more than a search can look at.

    sample ─ k-means ─▶ cells ─ all vectors, each in its nearest ─▶ as many probes as it takes

How many cells are probed is measured, not guessed: so many that a search finds 0.98 of the 400
nearest of passages that are not looked for themselves. Where that takes so many that looking at all
vectors is as fast, there are no cells. Jégou et al., "Product quantization for
nearest neighbor search", 2011, section 4, without the products.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entrywise.index.encoders.base import Vectors
from entrywise.index.vectors.accuracy import Accuracy

NEAREST, RECALL = 400, 0.98
"""How many of the nearest are asked for by a question, and the share of them to be found."""
_WORTH = 1 / 8
"""The share of cells whose vectors take as long as all do that lie in one run: of 1,664,760, 22 and
25 ms."""
_HELD_OUT = 100
"""Passages that are asked for their nearest: the mean of their recalls is good to 0.005."""
_TRAINED_ON = 64
"""Vectors for each cell that its centre is made of."""
_TOGETHER = 16_384
"""Vectors that are added, or compared, together: 25 MB."""

_Rows = NDArray[np.int64]


def in_cells(vectors: Vectors) -> tuple[Any, Accuracy] | None:
    """An index in cells of vectors, float32 (n, dim) of unit length, and the probes that it needs;
    None where cells save nothing.

    Args:
        vectors: they may be mapped from a file, and are read in blocks.
    """
    import faiss

    count, dim = vectors.shape
    cells = 2 ** round(math.log2(4 * math.sqrt(count)))
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(dim),
        dim,
        cells,
        faiss.ScalarQuantizer.QT_8bit,
        faiss.METRIC_INNER_PRODUCT,
        False,  # The vectors themselves, not what they differ by from the centre of their cell.
    )
    index.cp.max_points_per_centroid = _TRAINED_ON
    index.cp.min_points_per_centroid = 1  # It would warn of fewer.
    index.train(_spread(vectors, _TRAINED_ON * cells)[1])
    for _, block in _blocks(vectors):
        index.add(block)
    accuracy = _accuracy(index, vectors)
    if accuracy is None:
        return None
    index.nprobe = accuracy.probes
    return index, accuracy


def _accuracy(index: Any, vectors: Vectors) -> Accuracy | None:
    """The fewest probes, in steps of half as many again, that find enough of what is nearest; None
    where it takes more than are worth it."""
    asked, queries = _spread(vectors, _HELD_OUT)
    most = min(NEAREST + 1, len(vectors))
    nearest = _nearest(queries, vectors, most)
    probes = 1
    while probes <= _WORTH * index.nlist:
        index.nprobe = probes
        _, found = index.search(queries, most)
        recall = _recall(asked, nearest, found)
        if recall >= RECALL:
            return Accuracy(probes, round(recall, 4))
        probes += max(probes // 2, 1)
    return None


def _spread(vectors: Vectors, most: int) -> tuple[_Rows, Vectors]:
    """At most so many of the vectors, evenly spread: their rows, and they themselves."""
    count = len(vectors)
    rows: _Rows = np.linspace(0, count - 1, min(count, most)).astype(np.int64)
    return rows, np.ascontiguousarray(vectors[rows])


def _recall(
    asked: NDArray[np.int64], nearest: NDArray[np.int64], found: NDArray[np.int64]
) -> float:
    """The mean share of the nearest rows that are found; nobody is found for itself."""
    shares = [
        len(set(right) & set(got) - {own}) / max(len(set(right) - {own}), 1)
        for own, right, got in zip(asked.tolist(), nearest.tolist(), found.tolist(), strict=True)
    ]
    return sum(shares) / max(len(shares), 1)


def _nearest(queries: Vectors, vectors: Vectors, most: int) -> _Rows:
    """The rows of the vectors that are nearest to each query, by looking at all of them, int64
    (queries, most), in any order."""
    rows = np.empty((len(queries), 0), np.int64)
    best = np.empty((len(queries), 0), np.float32)
    for first, block in _blocks(vectors):
        numbers = np.broadcast_to(np.arange(first, first + len(block)), (len(queries), len(block)))
        rows = np.concatenate([rows, numbers], axis=1)
        best = np.concatenate([best, queries @ block.T], axis=1)
        if best.shape[1] > most:
            kept = np.argpartition(-best, most - 1, axis=1)[:, :most]
            rows, best = np.take_along_axis(rows, kept, 1), np.take_along_axis(best, kept, 1)
    return rows


def _blocks(vectors: Vectors) -> Iterator[tuple[int, Vectors]]:
    """Some of the vectors after the other, each block with the row that it begins with."""
    for first in range(0, len(vectors), _TOGETHER):
        yield first, np.ascontiguousarray(vectors[first : first + _TOGETHER])

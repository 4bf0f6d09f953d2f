"""Vectors on disk, searched with FAISS: all of them, or where there are very many those of some
cells (`cells.py`).

Vectors are float32 (n, dim) of unit length, so the inner product is the cosine, in [-1, 1]; where
they are kept in 8 bits, it is beyond by up to 0.006.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entrywise.index.encoders.base import Vectors
from entrywise.index.vectors import codes


class VectorIndex:
    """Nearest neighbours among the vectors of one file."""

    def __init__(self, path: Path) -> None:
        """Open a file of `writing.py`, memory-mapped."""
        import faiss

        self._index: Any = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        if isinstance(self._index, faiss.IndexIVF):
            self._index.make_direct_map()
        self._scale = codes.scale(self._index.d) if codes.holds_codes(self._index) else 1.0
        self._left_out = np.empty(0, np.int64)

    def without(self, rows: Sequence[int]) -> VectorIndex:
        """The same vectors, of which some rows are not found."""
        other = copy(self)
        other._left_out = np.array(rows, np.int64)
        return other

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self._index.d)

    def search(self, query: Vectors, limit: int) -> tuple[NDArray[np.int64], Vectors]:
        """The `limit` nearest rows to one query.

        Args:
            query: float32 (dim,), unit length.

        Returns:
            row numbers int64 (k,) and cosines float32 (k,), best first, k <= limit.
        """
        if not len(self):
            return np.empty(0, np.int64), np.empty(0, np.float32)
        if self._scale != 1.0:
            query = codes.coded(query)
        with _one_thread():
            most = min(limit + len(self._left_out), len(self))
            scores, rows = self._index.search(query[np.newaxis], most)
        found = rows[0] >= 0
        if len(self._left_out):
            found &= ~np.isin(rows[0], self._left_out)
        return rows[0][found][:limit], scores[0][found][:limit] / self._scale**2

    def codes(self, first: int, last: int) -> NDArray[np.uint8] | None:
        """What is kept of some rows, uint8 (n, dim), where that is codes of all."""
        return codes.kept(self._index)[first:last] if codes.holds_codes(self._index) else None

    def vector(self, row: int) -> NDArray[np.float32]:
        """The vector of a row, float32 (dim,)."""
        vector: NDArray[np.float32] = self._index.reconstruct(row)
        return vector / np.float32(self._scale)


@contextmanager
def _one_thread() -> Iterator[None]:
    """Keeps FAISS to the thread that calls it. Others would spin while they wait for the next
    search: an assistant that is asked in threads took twice the processor time.

    OpenMP's setting is one of each thread, and not ours alone: it is put back.
    """
    import faiss

    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)

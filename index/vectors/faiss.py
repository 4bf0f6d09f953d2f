"""Vectors on disk, searched with FAISS; exact at the sizes that people's glossaries have.

Vectors are float32 (n, dim) of unit length, so the inner product is the cosine, in [-1, 1]; where
they are kept in 8 bits, it is beyond by up to 0.006.
"""

from __future__ import annotations

import errno
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from entrywise.index.encoders.base import Vectors

# Up to here a flat index answers within milliseconds; above it IVF4096 with 8-bit codes has
# recall 0.98 at 0.6 ms on a million vectors and a quarter of the file (measured, 32 probes).
_FLAT_UP_TO = 200_000
_PROBES = 32
_LARGEST_CODE = 127
_AT_ONCE, _WAITING = 16_384, 1_024
"""Vectors that are added together: 25 MB, and of those that come one by one 1.5."""


class VectorIndex:
    """Nearest neighbours among the vectors of one file."""

    def __init__(self, path: Path) -> None:
        """Open a file written by `write`, memory-mapped."""
        import faiss

        self._index: Any = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        if isinstance(self._index, faiss.IndexIVF):
            self._index.nprobe = _PROBES
            self._index.make_direct_map()
        self._scale = _scale(self._index.d) if _is_compact(self._index) else 1.0
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
            query = _codes(query)
        with _one_thread():
            most = min(limit + len(self._left_out), len(self))
            scores, rows = self._index.search(query[np.newaxis], most)
        found = rows[0] >= 0
        if len(self._left_out):
            found &= ~np.isin(rows[0], self._left_out)
        return rows[0][found][:limit], scores[0][found][:limit] / self._scale**2

    def vector(self, row: int) -> NDArray[np.float32]:
        """The vector of a row, float32 (dim,)."""
        vector: NDArray[np.float32] = self._index.reconstruct(row)
        return vector / np.float32(self._scale)


def write(path: Path, vectors: Vectors, *, compact: bool = False) -> None:
    """Write vectors, float32 (n, dim) of unit length, as a FAISS index.

    Args:
        vectors: they may be mapped from a file, and are read in blocks.
        compact: keep 8 bits of each number, if all fit. A search reads a quarter and takes 0.4 ms
            among 16,310 instead of 0.95 (with 16 bits 0.65); cosines move by 0.0004 on average,
            those of a vector with itself by 0.006 at most.
    """
    import faiss

    count, dim = vectors.shape
    index: Any
    if count > _FLAT_UP_TO:
        index = faiss.index_factory(dim, "IVF4096,SQ8", faiss.METRIC_INNER_PRODUCT)
    # A model may have one dimension that is larger than all others.
    elif compact and np.abs(vectors).max(initial=0.0) * _scale(dim) <= _LARGEST_CODE:
        kind = faiss.ScalarQuantizer.QT_8bit_direct_signed
        index = faiss.IndexScalarQuantizer(dim, kind, faiss.METRIC_INNER_PRODUCT)
        vectors = _codes(vectors)
    else:
        index = faiss.IndexFlatIP(dim)
    if not index.is_trained:
        index.train(vectors)
    for first in range(0, count, _AT_ONCE):
        index.add(np.ascontiguousarray(vectors[first : first + _AT_ONCE]))
    _save(index, path)


class VectorWriter:
    """Writes vectors as they come, one by one, so that no more than the index is in memory.

    >>> with VectorWriter(path, count=2, dim=384) as writer:            # doctest: +SKIP
    ...     writer.add(vector)
    """

    def __init__(self, path: Path, count: int, dim: int) -> None:
        """For `count` vectors in all: an index that has to be trained needs them twice."""
        import faiss

        self._path = path
        self._spooled = path.with_suffix(".raw") if count > _FLAT_UP_TO else None
        self._index: Any = faiss.IndexFlatIP(dim)
        self._waiting: list[NDArray[np.float32]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *fault: object) -> None:
        if fault[0] is None:
            self._finish()

    def add(self, vector: NDArray[np.float32]) -> None:
        """Add the next one, float32 (dim,), unit length.

        Raises:
            OSError: it cannot be written.
        """
        self._waiting.append(vector)
        if len(self._waiting) == _WAITING:
            self._flush()

    def _flush(self) -> None:
        block = np.array(self._waiting, np.float32).reshape(-1, self._index.d)
        self._waiting.clear()
        if self._spooled:
            with self._spooled.open("ab") as file:
                file.write(block.tobytes())
        else:
            self._index.add(block)

    def _finish(self) -> None:
        self._flush()
        if not self._spooled:
            _save(self._index, self._path)
            return
        write(self._path, np.memmap(self._spooled, np.float32, "r").reshape(-1, self._index.d))
        self._spooled.unlink()


def _save(index: Any, path: Path) -> None:
    """Write a FAISS index.

    Raises:
        OSError: it cannot be written; FAISS tells a full disk by a bare RuntimeError.
    """
    import faiss

    try:
        faiss.write_index(index, str(path))
    except RuntimeError as error:
        raise OSError(errno.ENOSPC, f"{path.name} cannot be written") from error


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


def codes_of(vectors: Vectors) -> NDArray[np.int8]:
    """What a compact index keeps of vectors, float32 (n, dim): int8 (n, dim)."""
    return _codes(vectors).astype(np.int8)


def of_codes(codes: NDArray[np.int8]) -> Vectors:
    """The vectors that `codes_of` made codes of, as a compact index gives them."""
    vectors: Vectors = codes.astype(np.float32) / np.float32(_scale(codes.shape[-1]))
    return vectors


def _is_compact(index: Any) -> bool:
    """Whether an index holds what `_codes` makes."""
    import faiss

    kind = faiss.ScalarQuantizer.QT_8bit_direct_signed
    return isinstance(index, faiss.IndexScalarQuantizer) and index.sq.qtype == kind


def _codes(vectors: Vectors) -> Vectors:
    """Whole numbers from -127 to 127, which FAISS keeps, and multiplies, as bytes."""
    scaled: Vectors = np.rint(vectors * np.float32(_scale(vectors.shape[-1])))
    return scaled.clip(-_LARGEST_CODE, _LARGEST_CODE)


def _scale(dim: int) -> float:
    """What numbers of unit vectors are multiplied by: those up to six standard deviations fit."""
    return _LARGEST_CODE / 6 * math.sqrt(dim)

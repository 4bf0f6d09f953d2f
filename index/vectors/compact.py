"""8-bit vectors in a memory-mapped file, for reading a few of them.

Each is kept as whole numbers from -127 to 127 and brought back to unit length: the cosine of a
vector to what it was is above 0.9999, where no number is far larger than the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entrywise.index.encoders.base import Vectors
from entrywise.index.passages.rows import save_parts

_LARGEST_CODE = 127


class CompactVectors:
    """The vectors of a file written by `write_compact`. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        """Map a file.

        Raises:
            OSError, ValueError, EOFError: it cannot be read, or holds something else.
        """
        self._codes: NDArray[np.int8] = np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
        self.shape: tuple[int, ...] = self._codes.shape
        """(vectors, dim)."""

    def __len__(self) -> int:
        return len(self._codes)

    def __getitem__(self, rows: Any) -> Vectors:
        """The vector of a row, float32 (dim,), or those of several, float32 (n, dim), of unit
        length."""
        return unit_vectors(self._codes[rows])

    def codes(self, first: int, last: int) -> NDArray[np.int8]:
        """What is kept of some rows, `last` exclusive."""
        return self._codes[first:last]


def unit_vectors(codes: NDArray[np.int8]) -> Vectors:
    """The vectors of codes, int8 (dim,) or (n, dim), of unit length."""
    values = codes.astype(np.float32)
    lengths = np.sqrt(np.einsum("...i,...i->...", values, values))[..., np.newaxis]
    vectors: Vectors = values / np.maximum(lengths, np.float32(1e-12))
    return vectors


def codes_of(vectors: Vectors) -> NDArray[np.int8]:
    """What is kept of vectors, float32 (n, dim): int8 (n, dim)."""
    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=np.float32(1e-12))
    codes: NDArray[np.int8] = np.rint(vectors * (_LARGEST_CODE / largest)).astype(np.int8)
    return codes


def write_compact(path: Path, codes: Iterable[NDArray[np.int8]], count: int, dim: int) -> None:
    """Write `count` vectors as they come, in arrays of any number of rows.

    Raises:
        OSError: the file cannot be written.
    """
    save_parts(path, codes, (count, dim), np.int8)

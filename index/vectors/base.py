"""The protocols of vector search, and of vectors that are read by row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from entrywise.index.encoders.base import Vectors


class VectorStore(Protocol):
    """Vectors of unit length by row, which are searched. Safe to share between threads."""

    def __len__(self) -> int: ...

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        ...

    def without(self, rows: Sequence[int]) -> VectorStore:
        """The same vectors, of which some rows are not found."""
        ...

    def search(self, query: Vectors, limit: int) -> tuple[NDArray[np.int64], Vectors]:
        """The `limit` nearest rows to one query.

        Args:
            query: float32 (dim,), unit length.

        Returns:
            row numbers int64 (k,) and cosines float32 (k,), best first, k <= limit.
        """
        ...

    def codes(self, first: int, last: int) -> NDArray[np.uint8] | None:
        """What a file keeps of some rows, `last` exclusive, where that is codes (`codes.py`), uint8
        (n, dim); None where it is kept otherwise."""
        ...

    def vector(self, row: int) -> NDArray[np.float32]:
        """The vector of a row, float32 (dim,)."""
        ...


class CompactRows(Protocol):
    """Vectors in 8 bits, which are looked at by row. Safe to share between threads."""

    @property
    def shape(self) -> tuple[int, ...]:
        """(vectors, dim)."""
        ...

    def __getitem__(self, rows: Any) -> Vectors:
        """The vector of a row, float32 (dim,), or those of several, float32 (n, dim), of unit
        length."""
        ...

    def codes(self, first: int, last: int) -> NDArray[np.int8]:
        """What is kept of some rows, `last` exclusive."""
        ...

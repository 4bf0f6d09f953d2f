"""Rows by their numbers, as NumPy takes them, and vectors as pgvector does."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entrywise.index.encoders.base import Vectors


def rows_of(key: Any, count: int) -> NDArray[np.int64]:
    """The numbers of the rows that NumPy gives for a key, of so many: one, int64 (), or several,
    int64 (n,). It takes no longer where there are more of them.

    >>> rows_of(slice(2, 4), 10), rows_of([-1, 3], 10), rows_of(5, 10)
    (array([2, 3]), array([9, 3]), array(5))

    Raises:
        IndexError: there is no such row.
    """
    if isinstance(key, slice):
        return np.arange(*key.indices(count))
    rows = np.asarray(key)
    if rows.dtype == bool:
        return np.flatnonzero(rows)
    rows = rows.astype(np.int64)
    rows = np.where(rows < 0, rows + count, rows)
    if ((rows < 0) | (rows >= count)).any():
        raise IndexError(f"{key}: there are {count} rows")
    return rows


Starts = NDArray[np.int32]
"""int32 (entries + 1,): the first row of each entry in a table, and how many rows that has."""


class RowsByEntry(ABC):
    """`Rows` of a table, in order by entry."""

    shape: tuple[int, int]
    """(n, columns)."""
    _starts: Starts

    def __len__(self) -> int:
        return self.shape[0]

    def __getitem__(self, key: Any, /) -> NDArray[Any]:
        """Rows by number, range or several; and maybe columns of them."""
        rows, columns = key if isinstance(key, tuple) else (key, slice(None))
        wanted = rows_of(rows, len(self))
        table = self._of(np.atleast_1d(wanted))
        found: NDArray[Any] = (table if np.ndim(wanted) else table[0])[..., columns]
        return found

    def stretch(self, first: int, end: int) -> tuple[int, int]:
        """Where the rows of the entries from `first` to `end`, exclusive, begin and end."""
        return int(self._starts[first]), int(self._starts[end])

    @abstractmethod
    def _of(self, rows: NDArray[np.int64]) -> NDArray[Any]:
        """Rows by their numbers, in any order."""


def text_of(vector: Vectors) -> str:
    """A vector as pgvector reads it; nine digits tell every float32 from the next."""
    numbers = ",".join([f"{number:.9g}" for number in vector.tolist()])
    return f"[{numbers}]"

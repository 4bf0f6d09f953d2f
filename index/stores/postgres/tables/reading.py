"""Rows by their numbers, as NumPy takes them, and vectors as pgvector does."""

from __future__ import annotations

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


def text_of(vector: Vectors) -> str:
    """A vector as pgvector reads it; nine digits tell every float32 from the next."""
    numbers = ",".join([f"{number:.9g}" for number in vector.tolist()])
    return f"[{numbers}]"

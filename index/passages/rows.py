"""Stretches of tables that are ordered by one of their columns."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def stretch(column: NDArray[np.int32], first: int, end: int) -> tuple[int, int]:
    """Where the values from `first` to `end`, exclusive, begin and end in a column in ascending
    order; by halving, however long it is."""
    # NumPy copies the whole column where what is looked for has another type.
    found = np.searchsorted(column, np.array([first, end], column.dtype))
    return int(found[0]), int(found[1])

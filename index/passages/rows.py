"""Tables of rows that are read by range, and stretches of those that are in order."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray


class Rows(Protocol):
    """A table of numbers, (n, columns), whose first column is in ascending order.

    >>> rows[3], rows[3:7], rows[numbers, 0]                            # doctest: +SKIP
    """

    @property
    def shape(self) -> tuple[int, ...]:
        """(n, columns)."""
        ...

    def __len__(self) -> int: ...

    def __getitem__(self, key: Any, /) -> NDArray[Any]:
        """What NumPy gives for a row, a range of rows or several, and maybe some of the columns."""
        ...

    def stretch(self, first: int, end: int) -> tuple[int, int]:
        """Where the rows begin and end whose first number is from `first` to `end`, exclusive."""
        ...


class ArrayRows(np.ndarray[Any, np.dtype[Any]]):
    """The rows of an array, in memory or mapped: `array.view(ArrayRows)`."""

    def stretch(self, first: int, end: int) -> tuple[int, int]:
        """Where the rows begin and end whose first number is from `first` to `end`, exclusive."""
        return stretch(self[:, 0], first, end)


def stretch(column: NDArray[np.int32], first: int, end: int) -> tuple[int, int]:
    """Where the values from `first` to `end`, exclusive, begin and end in a column in ascending
    order; by halving, however long it is."""
    # NumPy copies the whole column where what is looked for has another type.
    found = np.searchsorted(column, np.array([first, end], column.dtype))
    return int(found[0]), int(found[1])

"""Tables of rows that are read by range."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Spans = NDArray[np.int32]
"""int32 (n, 4): entry, section, start, end."""
Mentions = NDArray[np.int32]
"""int32 (mentions, 4): row of a sentence, ordinal of an entry, start and end (characters of the
sentence, end exclusive); ordered by row, and within a row as they stand in the text."""
Ordinals = NDArray[np.int64]
"""int64 (entries,): where each entry is in another index, `UNKNOWN` where it is not."""

UNKNOWN = -1
"""Instead of a row: there is none."""


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


def save_parts(
    path: Path, parts: Iterable[NDArray[Any]], shape: tuple[int, ...], kind: type[np.generic]
) -> None:
    """Write an array as `np.save` does, of which only some rows are in memory at a time.

    Args:
        parts: its rows, in any number of arrays.
        shape: that of all of it.

    Raises:
        OSError: the file cannot be written.
    """
    descr = np.lib.format.dtype_to_descr(np.dtype(kind))
    with path.open("wb") as file:
        header = {"descr": descr, "fortran_order": False, "shape": shape}
        np.lib.format.write_array_header_1_0(file, header)
        for part in parts:
            file.write(np.ascontiguousarray(part).data)


def runs(rows: NDArray[np.int64]) -> Iterator[tuple[int, int, int]]:
    """The stretches of rows that are new, or that follow each other among others: where each begins
    and ends, exclusive, and its first row there, `UNKNOWN` of new ones.

    >>> list(runs(np.array([4, 5, -1, -1, 0, 9])))
    [(0, 2, 4), (2, 4, -1), (4, 5, 0), (5, 6, 9)]
    """
    before, after = rows[:-1], rows[1:]
    breaks = np.where(before == UNKNOWN, after != UNKNOWN, after - before != 1)
    for first, last in pairwise([0, *(np.flatnonzero(breaks) + 1).tolist(), len(rows)]):
        if first < last:
            yield first, last, int(rows[first])


def is_among(
    values: NDArray[np.integer[Any]], ordered: NDArray[np.integer[Any]]
) -> NDArray[np.bool_]:
    """Which of some values are among others in ascending order, bool (n,): where they are few,
    without reading all of these."""
    if not len(ordered):
        return np.zeros(len(values), bool)
    places = np.searchsorted(ordered, values).clip(max=len(ordered) - 1)
    are: NDArray[np.bool_] = ordered[places] == values
    return are


def inverse(rows: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """Which of some rows each of so many of another index is, `UNKNOWN` of one that is none.

    >>> inverse(np.array([2, -1, 0]), 4)
    array([ 2, -1,  0, -1])
    """
    found = np.full(count, UNKNOWN)
    is_known = rows != UNKNOWN
    found[rows[is_known]] = np.flatnonzero(is_known)
    return found

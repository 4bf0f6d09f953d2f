"""Computes on all pairs of points, a few rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", np.float32, np.float64)

# A product of matrices of so many multiplications is OpenBLAS's largest that one thread makes.
# Threads that wait for each other take thirty times as much processor time for 1,000 points.
_ALONE = 2**18

COLUMNS = 4
"""The most columns of a matrix that rows are multiplied with, so that one thread does it."""


def squared_distances(points: NDArray[Number]) -> Iterator[tuple[slice, NDArray[Number]]]:
    """The squared distances of points, (n, 2), from all of them: which rows, and they, (rows, n).

    The array is that of the rows before, written over. Distances are as exact as the squares of
    the coordinates: points that are near each other and far from 0 want float64.
    """
    count = len(points)
    at_once = max(1, _ALONE // (COLUMNS * max(count, 1)))
    # (a - b)² = a² + b² - 2ab: one product instead of five sweeps.
    squares, ones = (points**2).sum(axis=1), np.ones(count, points.dtype)
    left = np.column_stack([squares, ones, points])
    right = np.vstack([ones, squares, -2 * points.T])
    block: NDArray[Number] = np.empty((min(at_once, count), count), points.dtype)
    for first in range(0, count, at_once):
        rows = slice(first, min(first + at_once, count))
        squared: NDArray[Number] = block[: rows.stop - rows.start]
        np.matmul(left[rows], right, out=squared)
        yield rows, squared

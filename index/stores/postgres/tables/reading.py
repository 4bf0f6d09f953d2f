"""What was read of a database, remembered: many keys are read at once, and none twice."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import islice
from threading import Lock
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from entrywise.index.encoders.base import Vectors

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Remembered(Generic[K, V]):
    """Values by key; those that were wanted longest ago are forgotten first. Safe to share."""

    def __init__(self, read: Callable[[Sequence[K]], Mapping[K, V]], most: int) -> None:
        """
        Args:
            read: gives the values of keys, of each one that there is; it must not hold who owns
                this, which would live on until the collector of cycles comes.
            most: how many values are held, but for those that are read at once.
        """
        self._read = read
        self._most = most
        self._held: dict[K, V] = {}
        self._lock = Lock()

    def of(self, keys: Iterable[K]) -> dict[K, V]:
        """The values of those keys that have one, what is missing read in one go."""
        wanted = list(dict.fromkeys(keys))
        with self._lock:
            found: dict[K, V] = {key: self._held[key] for key in wanted if key in self._held}
        missing = [key for key in wanted if key not in found]
        if missing:
            found.update(self._read(missing))
        self.keep(found)
        return found

    def missing(self, keys: Iterable[K]) -> list[K]:
        """Those keys whose values would have to be read."""
        with self._lock:
            return [key for key in dict.fromkeys(keys) if key not in self._held]

    def keep(self, values: Mapping[K, V]) -> None:
        """Remember what came otherwise."""
        with self._lock:
            for key, value in values.items():
                self._held.pop(key, None)
                self._held[key] = value
            for key in [*islice(self._held, max(len(self._held) - self._most, 0))]:
                del self._held[key]


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

"""Memos: what a method gave, remembered while its owner lives.

An index says the same of the same: the entries that hold a word, the names in a sentence, the
vector of a question. A memo holds so many of the results that were wanted last, may be shared
between threads, and knows its owner weakly: an index that nobody holds is freed at once, with its
files, and not when the collector of cycles comes. What is read of many keys in one go is
`Remembered`.

What depends on the arguments alone has no owner: `functools.lru_cache` above the function remembers
it, and `functools.cache` what is compiled or read once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from threading import Lock
from typing import Generic, ParamSpec, Protocol, TypeVar, cast
from weakref import WeakMethod

P = ParamSpec("P")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Memo(Protocol[P, R_co]):
    """A method that remembers. Its arguments have to be hashable, and nobody may change what it
    gives: it is given again."""

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R_co:
        """What the method gives; of two threads that miss it at once both ask the method."""
        ...

    def cache_clear(self) -> None:
        """Forget everything."""


def memo(method: Callable[P, R], most: int) -> Memo[P, R]:
    """A method that remembers, to be kept in its owner.

    >>> self._shares = memo(self._shares_of, 2_048)                     # doctest: +SKIP

    Args:
        method: of an object; an error of it is not remembered.
        most: how many results are held; those that were wanted longest ago are dropped.

    Raises:
        TypeError: `method` is a function without an owner.
    """
    held = WeakMethod(method)

    def ask(*args: P.args, **kwargs: P.kwargs) -> R:
        asked = held()
        if asked is None:
            raise ReferenceError("the owner of this memo is gone")
        return asked(*args, **kwargs)

    return cast(Memo[P, R], lru_cache(most)(ask))


class Remembered(Generic[K, V]):
    """Values by key, which are read together; those that were wanted longest ago are forgotten
    first. Safe to share between threads."""

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

"""Memos: what a method gave, remembered while its owner lives.

An index says the same of the same: the entries that hold a word, the names in a sentence, the
vector of a question. A memo holds so many of the results that were wanted last, may be shared
between threads, and knows its owner weakly: an index that nobody holds is freed at once, with its
files, and not when the collector of cycles comes.

What depends on the arguments alone has no owner: `functools.lru_cache` above the function remembers
it, and `functools.cache` what is compiled or read once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, Protocol, TypeVar, cast
from weakref import WeakMethod

P = ParamSpec("P")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)


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

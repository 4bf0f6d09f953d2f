"""Of pages that are there in several languages or versions, what is called alike is shown once.

helm rollback   in docs/
helm rollback   in docs/v2/    left out
Helm-Rollback   in docs/de/    shown, as it is called otherwise, but last
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from entrywise.index.index import Index

Found = TypeVar("Found")
Others = NDArray[np.int8]
"""Of each entry, by its ordinal: 0 in the edition that is asked for, 1 in another one where it is
not there in that, 2 in any other."""

_MOST = 16
"""Times as many are looked at as are shown."""


def other_editions(index: Index, typed: str) -> Others | None:
    """The entries that are in another language or version than what is typed; None where nothing
    is there in several."""
    if not (index.translations or index.versions):
        return None
    unwanted = index.unwanted(typed)
    others = np.zeros(len(index.entries), np.int8)
    others[index.units[unwanted.units, 0]] = 2
    others[unwanted.entries] = 1
    return others


def in_one_edition(
    find: Callable[[int], Sequence[Found]],
    most: int,
    others: Others | None,
    told: Callable[[Sequence[Found]], Sequence[tuple[int, str]]],
) -> Sequence[Found]:
    """The first of what is found, without what is only in another edition than one called alike.

    Args:
        find: gives so many at most, in order.
        others: see `other_editions`.
        told: the entry of each, and what it is called.
    """
    if others is None:
        return find(most)
    found = find(most * _MOST)
    named = [(int(others[entry]), name.casefold()) for entry, name in told(found)]
    nearest: dict[str, int] = {}
    for other, name in named:
        nearest[name] = min(other, nearest.get(name, other))
    kept = [
        (other, one)
        for one, (other, name) in zip(found, named, strict=True)
        if other == nearest[name]
    ]
    return [one for _, one in sorted(kept, key=lambda each: each[0])][:most]

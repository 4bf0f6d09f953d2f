"""Of pages that are there in several languages or versions, what is called alike is shown once.

helm rollback   in docs/
helm rollback   in docs/v2/    left out
Helm-Rollback   in docs/de/    shown, as it is called otherwise, but last
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TypeVar

from entrywise.index.index import Index

Found = TypeVar("Found")

_MOST = 16
"""Times as many are looked at as are shown."""


def other_editions(index: Index, typed: str) -> frozenset[int]:
    """The entries that are in another language or version than what is typed."""
    if not (index.translations or index.versions):
        return frozenset()
    unwanted = index.unwanted(typed)
    return frozenset((*index.units[unwanted.units, 0].tolist(), *unwanted.entries.tolist()))


def in_one_edition(
    find: Callable[[int], Sequence[Found]],
    most: int,
    others: Collection[int],
    told: Callable[[Sequence[Found]], Sequence[tuple[int, str]]],
) -> Sequence[Found]:
    """The first of what is found, without what is only in another edition than one called alike.

    Args:
        find: gives so many at most, in order.
        others: see `other_editions`.
        told: the entry of each, and what it is called.
    """
    if not others:
        return find(most)
    found = find(most * _MOST)
    named = [(entry in others, name.casefold()) for entry, name in told(found)]
    shown = {name for is_other, name in named if not is_other}
    kept = [
        (is_other, one)
        for one, (is_other, name) in zip(found, named, strict=True)
        if not (is_other and name in shown)
    ]
    return [one for _, one in sorted(kept, key=lambda each: each[0])][:most]

"""Ranking: the order of scores of which the last digits are chance."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import TypeVar

TIE = 0.0006
"""Scores made of cosines that differ by less are as good: the last digits of a cosine are chance,
which another processor rounds otherwise. With normal noise of 1e-4 in every vector 2 of 1,000
labelled questions get other quotes, entries or their order, 8 without; of 1,000 questions that it
was not chosen on 9, 14 without. What is left crosses a threshold (`benchmarks/jitter.py`)."""

_Item = TypeVar("_Item")


def ranked(
    items: Iterable[_Item], score: Callable[[_Item], float], *, tie: float = TIE
) -> list[_Item]:
    """Items, best first; those within `tie` of the best one of them are as good as this, and stay
    in the order in which they are given.

    >>> ranked(["b", "a", "c"], {"a": 0.7001, "b": 0.7, "c": 0.9}.__getitem__)
    ['c', 'b', 'a']
    """
    scored = [(score(item), place, item) for place, item in enumerate(items)]
    scored.sort(key=lambda one: -one[0])
    rank, best = 0, math.inf
    ranks: dict[int, int] = {}
    for value, place, _ in scored:
        if value < best - tie:
            rank, best = rank + 1, value
        ranks[place] = rank
    return [item for _, _, item in sorted(scored, key=lambda one: (ranks[one[1]], one[1]))]

"""How processor time grows with what there is to do: machines differ and are shared, so that no
number of seconds tells it."""

from __future__ import annotations

from collections.abc import Callable
from time import thread_time

_CHANCE = 4
"""How many times as long a thing may take among many, by caches and by what else runs."""
_LEAST_SECONDS = 1e-3
"""What takes less counts as this: what differs below it is chance."""


def grows_linearly(work: Callable[[int], object], size: int, *, by: int = 16) -> bool:
    """Whether work takes about as long for each thing among many as among few. Where time is
    quadratic, each takes `by` times as long.

    Args:
        work: does what so many things take.
        size: how many they are at most: so many that their square would tell.
        by: how many times as many as few they are; above four.

    >>> grows_linearly(lambda count: sum(range(count)), 160_000)
    True
    """
    assert by > _CHANCE
    few = size // by
    # What is made once is no part of what grows.
    work(few)
    # What else runs on the processor adds to a reading: then another is taken.
    return any(
        _seconds(work, size) < by * _CHANCE * max(_seconds(work, few), _LEAST_SECONDS)
        for _ in range(3)
    )


def _seconds(work: Callable[[int], object], size: int) -> float:
    begun = thread_time()
    work(size)
    return thread_time() - begun

"""Which pages are editions of one, and which of them a question is not about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from entrywise.index.passages.units import Units

Pages = NDArray[np.int32]
"""int32 (pages, 3), by the first: what is there in some editions, the ordinal of an entry that is
it in one of them, and the number of this edition."""


def pages_of(groups: Iterable[Mapping[str, int]], editions: Sequence[str]) -> Pages:
    """The pages of groups, each {edition: ordinal of an entry}, in their order.

    >>> pages_of([{"de": 4, "en": 7}], ("de", "en")).tolist()
    [[0, 4, 0], [0, 7, 1]]
    """
    number = {edition: one for one, edition in enumerate(editions)}
    rows = list[tuple[int, int, int]]()
    for group in groups:
        # A group is called by the number of its first row.
        rows += [(len(rows), ordinal, number[edition]) for edition, ordinal in group.items()]
    return np.array(rows, np.int32).reshape(-1, 3)


def units_of_pages(units: Units, ordinals: NDArray[np.int32]) -> NDArray[np.int64]:
    """The units of some entries."""
    return np.flatnonzero(np.isin(units[:, 0], ordinals))


class Unwanted(NamedTuple):
    """What a question is not about: units that say in another edition what is there in the one that
    is asked for, int64 (units,), which are not looked at, and entries of other editions that are
    not there in it, int32 (entries,), which come behind others."""

    units: NDArray[np.int64]
    entries: NDArray[np.int32]

"""Pairs of entries that people may want to compare: they are of one category, name each other and
are named with the same others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from entrywise.data.entries import KnowledgeBase
from entrywise.data.questions.comparability import are_comparable
from entrywise.index.passages.rows import is_among

_MOST = 4
_AT_ONCE = 2**16
"""Pairs whose neighbours are compared together."""

Pairs = NDArray[np.int64]
"""int64 (2, n): the numbers of two entries, the lower one first."""


def pairs(knowledge_base: KnowledgeBase) -> list[tuple[int, int]]:
    """What people confuse, ordinals. No entry is in two pairs."""
    entries = knowledge_base.entries
    found: list[tuple[int, int]] = []
    taken: set[int] = set()
    for one, other in _most_alike_first(knowledge_base):
        if len(found) == _MOST:
            break
        if taken.isdisjoint((one, other)) and are_comparable(entries[one], entries[other]):
            found.append((one, other))
            taken |= {one, other}
    return found


def _most_alike_first(knowledge_base: KnowledgeBase) -> Iterator[tuple[int, int]]:
    """The pairs of entries of one category that name each other; those that are as much alike in
    the order of categories and entries."""
    entries = knowledge_base.entries
    ordinals = {category.id: n for n, (category, _) in enumerate(knowledge_base.grouped)}
    categories = np.array([ordinals[entry.category] for entry in entries])
    # What is named need not be an entry.
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    for entry in entries:
        numbers[entry.id]
    naming = np.repeat(np.arange(len(entries)), [len(entry.related) for entry in entries])
    every = (numbers[named] for entry in entries for named in entry.related)
    named = np.fromiter(every, np.int64, len(naming))
    links = _Links(naming, named, len(numbers))
    one, other = links.mutual(len(entries))
    is_alike = categories[one] == categories[other]
    some = np.stack([one[is_alike], other[is_alike]])
    order = np.lexsort((categories[some[0]], -_overlaps(some, links)))
    for start in range(0, len(order), _AT_ONCE):
        yield from zip(*some[:, order[start : start + _AT_ONCE]].tolist(), strict=True)


class _Links:
    """Who names whom."""

    def __init__(self, naming: NDArray[np.int64], named: NDArray[np.int64], count: int) -> None:
        """Sort the links of so many."""
        self._count = count
        self._forth = _each_once(naming * count + named)
        self._either = _each_once(np.concatenate([self._forth, named * count + naming]))
        owners = self._either // count
        self._neighbours = self._either % count
        self.degrees = np.bincount(owners, minlength=count)
        """How many each is linked with, whichever of two names the other, int64 (count,)."""
        self._starts = np.cumsum(self.degrees) - self.degrees

    def mutual(self, entries: int) -> Pairs:
        """Those of the first so many that name each other, in order."""
        one, other = np.divmod(self._forth, self._count)
        is_in_order = (one < other) & (other < entries)
        some = np.stack([one[is_in_order], other[is_in_order]])
        back = some[1] * self._count + some[0]
        return some[:, is_among(back, self._forth)]

    def shared(self, few: NDArray[np.int64], many: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many those of two lists are both linked with, int64 (n,).

        Args:
            few: of two the one that is linked with fewer; theirs are gone through.
        """
        counts = self.degrees[few]
        pairs = np.repeat(np.arange(len(few)), counts)
        places = np.arange(len(pairs)) + np.repeat(
            self._starts[few] - (np.cumsum(counts) - counts), counts
        )
        links = many[pairs] * self._count + self._neighbours[places]
        return np.bincount(pairs[is_among(links, self._either)], minlength=len(few))


def _overlaps(some: Pairs, links: _Links) -> NDArray[np.float64]:
    """How much those are alike that two are linked with: their Jaccard index, times the number of
    what they share."""
    overlaps = np.empty(some.shape[1])
    degrees = links.degrees[some]
    few = np.where(degrees[0] <= degrees[1], some[0], some[1])
    many = some.sum(axis=0) - few
    for start in range(0, len(overlaps), _AT_ONCE):
        place = slice(start, start + _AT_ONCE)
        shared = links.shared(few[place], many[place])
        overlaps[place] = shared * shared / (degrees[:, place].sum(axis=0) - shared)
    return overlaps


def _each_once(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """The different ones of some values, in order; NumPy's own way takes three times as long."""
    values = np.sort(values)
    is_first = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=is_first[1:])
    return values[is_first]

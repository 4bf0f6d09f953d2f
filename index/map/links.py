"""The links between entries, whichever of two names the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entrywise.data.entries import Entry

Links = NDArray[np.int32]
"""int32 (links, 2): the numbers of two entries or dots."""
Ordinals = NDArray[np.integer[Any]]
"""Ordinals of entries, whole numbers (n,)."""


def links_of(entries: Sequence[Entry]) -> Links:
    """The links of entries, each once and the lower ordinal first, in order, int32 (links, 2)."""
    ordinals = {entry.id: ordinal for ordinal, entry in enumerate(entries)}
    naming = np.repeat(np.arange(len(entries)), [len(entry.related) for entry in entries])
    every = (ordinals.get(related, -1) for entry in entries for related in entry.related)
    named = np.fromiter(every, np.int32, len(naming))
    is_entry = named >= 0
    return _each_once(np.column_stack([naming[is_entry], named[is_entry]]).astype(np.int32))


def most_linked(count: int, links: Links, most: int) -> Ordinals:
    """The entries that are linked with the most others, those with the most last."""
    neighbours = np.bincount(links.ravel(), minlength=count)
    return np.argsort(neighbours, kind="stable")[-most:]


def links_among(drawn: Ordinals, links: Links, count: int) -> Links:
    """The links of some of all entries among each other, by their numbers from 0."""
    numbers = np.full(count, -1, np.int32)
    numbers[drawn] = np.arange(len(drawn))
    pairs = numbers[links]
    return _each_once(pairs[(pairs >= 0).all(axis=1)])


def _each_once(pairs: Links) -> Links:
    """Pairs of two different numbers, the lower one first, in order."""
    ordered = np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1).astype(np.int64)
    # One number is sorted ten times as fast as two.
    both = np.unique(ordered[:, 0] << 32 | ordered[:, 1])
    return np.column_stack([both >> 32, both & (2**32 - 1)]).astype(np.int32)

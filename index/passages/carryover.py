"""Tables of spans, of which an update keeps the rows of unchanged entries."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from entrywise.index.passages.rows import UNKNOWN, Ordinals, Spans, runs, stretch

_AT_ONCE = 2**16
"""Rows that are moved together: a megabyte."""


def carried(before: Ordinals, old: Spans, new: Spans) -> tuple[Spans, NDArray[np.int64]]:
    """The spans of all entries, in their order.

    Args:
        old: those of another index.
        new: those of the entries that it has not, by the ordinals that these have now.

    Returns:
        the spans, and the row of each among the old ones, int64 (n,), `UNKNOWN` of a new one.
    """
    starts = starts_of(old, int(before.max(initial=UNKNOWN)) + 1)
    counts = np.where(before == UNKNOWN, 0, np.diff(starts, append=0)[before])
    counts += np.bincount(new[:, 0], minlength=len(before))
    owners = np.repeat(np.arange(len(before)), counts)
    is_new = before[owners] == UNKNOWN
    moved = starts[before] - (np.cumsum(counts) - counts)
    rows = np.where(is_new, UNKNOWN, np.repeat(moved, counts) + np.arange(len(owners)))
    spans = np.empty((len(owners), old.shape[1]), np.int32)
    spans[is_new], spans[~is_new] = new, old[rows[~is_new]]
    spans[:, 0] = owners
    return spans, rows


def carried_mentions(
    rows: NDArray[np.int64], old: NDArray[np.int32], new: NDArray[np.int32], moved: Ordinals
) -> tuple[int, Iterator[NDArray[np.int32]]]:
    """What is told of sentences, a table that begins with their rows and the ordinals of entries,
    in the order of all sentences.

    Args:
        rows: of each sentence its row in another index, `UNKNOWN` where it is told anew.
        old: what that index tells of its sentences.
        new: what is told of the others, by their numbers among themselves.
        moved: where each entry of that index is now.

    Returns:
        how many rows there are, and these, some at a time: there are more than of anything else.
    """
    parts: list[tuple[NDArray[np.int32], int, bool]] = []
    passed, stays = 0, np.array_equal(moved, np.arange(len(moved)))
    for first, last, before in runs(rows):
        is_new = before == UNKNOWN
        table, begin = (new, passed) if is_new else (old, before)
        start, end = stretch(table[:, 0], begin, begin + last - first)
        parts.append((table[start:end], first - begin, not (is_new or stays)))
        passed += is_new * (last - first)

    def told() -> Iterator[NDArray[np.int32]]:
        for part, shift, is_moved in parts:
            for start in range(0, len(part), _AT_ONCE):
                some = part[start : start + _AT_ONCE]
                if shift or is_moved:
                    some = some.copy()
                    some[:, 0] += shift
                if is_moved:
                    some[:, 1] = moved[some[:, 1]]
                yield some

    return sum(len(part) for part, *_ in parts), told()


def starts_of(table: NDArray[np.int32], entries: int) -> NDArray[np.int64]:
    """The first row of each entry in a table that begins with their ordinals, and how many rows
    there are: int64 (entries + 1,)."""
    return np.searchsorted(table[:, 0], np.arange(entries + 1, dtype=table.dtype))

"""What is still true of what sentences name, where some names are other: a sentence is read again
where it names an entry that lost a name, or where its text may have a new one.

A name is found where the keys of words that follow each other are its own, written as one. So text
has its letters in their order, with nothing between but ends of plurals and what is no word: a
pattern finds all such places, and some more, in a hundredth of the time of reading.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate, chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from entrywise.data.entries import Entry
from entrywise.index.names.forms import Name
from entrywise.index.passages.rows import UNKNOWN, Ordinals, Spans

_FEW = 200
"""Names: to look for so many takes a fifth of the time that it takes to find all names."""

_AT_ONCE = 1_024
"""Entries whose texts are looked through together: a megabyte."""

# "s", "'s" or both end the plurals that `singular` takes away; then comes what is no letter.
_BETWEEN = "[s'’]*(?:[^a-z0-9'’][^a-z0-9]*)?"
# Whether a sigma ends a word depends on what is behind it.
_SIGMAS = "ς", "σ"


class Renamed(NamedTuple):
    """Which names are other than they were."""

    losers: list[int]
    """The entries that lost one, by their ordinals before."""
    keys: set[str]
    """What the new ones are looked up by, written as one."""


def renamed_from(before: Iterable[Name], names: Iterable[Name], moved: Ordinals) -> Renamed | None:
    """Which names are other than they were; None where that are many.

    Args:
        moved: where each entry is now, by its ordinal before.
    """
    now = moved.tolist()
    were = {(name.form, name.key, now[name.entry]): name.entry for name in before}
    are = {(name.form, name.key, name.entry) for name in names}
    losers = {entry for name, entry in were.items() if name not in are}
    keys = {key.replace(" ", "") for _, key, _ in are - were.keys()}
    return Renamed(sorted(losers), keys) if len(keys) <= _FEW else None


def still_named(
    entries: Sequence[Entry],
    sentences: Spans,
    rows: NDArray[np.int64],
    table: NDArray[np.int32],
    renamed: Renamed,
) -> NDArray[np.int64]:
    """What need not be found again of what sentences name.

    Args:
        rows: of each sentence its row in another index, `UNKNOWN` of a new one.
        table: what that index tells: its rows, the ordinals of entries there, and more.

    Returns:
        the rows of sentences to which that still applies, `UNKNOWN` of the others.
    """
    is_other = _may_name(entries, sentences, renamed.keys)
    if renamed.losers:
        is_other |= np.isin(rows, table[np.isin(table[:, 1], renamed.losers), 0])
    return np.where(is_other, UNKNOWN, rows)


def _may_name(
    entries: Sequence[Entry], sentences: Spans, keys: Collection[str]
) -> NDArray[np.bool_]:
    """Which sentences are of sections that may have words with some keys, bool (sentences,)."""
    if not keys:
        return np.zeros(len(sentences), bool)
    patterns = [*map(_pattern, keys)]
    firsts = np.array([0, *accumulate(len(entry.sections) for entry in entries)])
    is_hit = np.zeros(firsts[-1] + 1, bool)
    for first in range(0, len(entries), _AT_ONCE):
        some = entries[first : first + _AT_ONCE]
        texts = [section.text.lower() for entry in some for section in entry.sections]
        text = "\n".join(texts).replace(*_SIGMAS)
        starts = np.cumsum([0, *(len(one) + 1 for one in texts)])
        found = chain.from_iterable(pattern.finditer(text) for pattern in patterns)
        hits = np.fromiter((match.start() for match in found), np.int64)
        is_hit[firsts[first] + np.searchsorted(starts, hits, "right") - 1] = True
    return is_hit[firsts[sentences[:, 0]] + sentences[:, 1]]


def _pattern(key: str) -> re.Pattern[str]:
    """Where words may begin that have this key, written as one.

    >>> [match.start() for match in _pattern("fp16").finditer("fp16, fps 16 and ep16")]
    [0, 6]
    """
    first, *others = map(re.escape, key.replace(*_SIGMAS))
    # No more is taken than the first letter: another place may begin within this one.
    return re.compile(f"{first}(?={''.join(_BETWEEN + other for other in others)})")

"""Search as you type: the entries that a few typed letters may mean, typos forgiven.

Names lie in the order of the alphabet, so that those which begin with the typed letters are a
stretch of them. Where there are none, edits are counted for each beginning once, and only for those
that have the letters: each edit takes or brings one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from entrywise.data.words import folded
from entrywise.index.names.forms import Name

MOST_COMPLETIONS = 8

# Nobody types more of a name; the length bounds the time that a pasted text takes.
_LONGEST = 60

# One slip from four letters on, two from eight: "mla" is another name than "mqa", not a typo.
_SLIPS = ((8, 2), (4, 1), (0, 0))

# Letters from the start of a name whose set is kept: 72 bytes for each place that a
# name may be typed from.
_WIDTH = 16

# Texts whose letters are looked at together: 8 MB of them.
_AT_ONCE = 2**15

# After every letter of the alphabet.
_LAST = chr(0x10FFFF)

Positions = NDArray[np.intp]
"""Places in the alphabetical order, int (n,)."""


class Completer:
    """Finds entries by the start of a name, an alias or an expansion, or of a word in it."""

    def __init__(self, names: Iterable[Name]) -> None:
        """Complete to these names."""
        # What is shown first: a whole name before the middle of one, then the shorter name.
        starts = sorted({start for name in names for start in _starts(name)})
        alphabetical = sorted(range(len(starts)), key=lambda rank: starts[rank][-1])
        self._texts = [starts[rank][-1] for rank in alphabetical]
        self._entries = np.array([starts[rank][-2] for rank in alphabetical], np.int32)
        self._ranks = np.array(alphabetical, np.int32)
        self._letters, self._shared = _letter_sets(self._texts)

    def complete(self, typed: str, limit: int = MOST_COMPLETIONS) -> list[int]:
        """The ordinals of the entries that the typed letters may mean, most likely first: where no
        name begins with them, those whose names nearly do."""
        wanted = folded(typed)[:_LONGEST]
        if not wanted:
            return []
        first = bisect_left(self._texts, wanted)
        begun = np.arange(first, bisect_left(self._texts, wanted + _LAST, lo=first))
        if len(begun):
            return self._best(begun, self._ranks[begun], limit)
        return self._best(*self._misspelt(wanted), limit)

    def _best(self, positions: Positions, ranks: NDArray[np.integer[Any]], limit: int) -> list[int]:
        """The entries of some places, each once, those of the lowest ranks first."""
        # An entry has some ten places at most: the first few hold enough entries nearly always.
        for some in (min(16 * limit, len(ranks)), len(ranks)):
            chosen = np.argpartition(ranks, some - 1)[:some] if some else np.arange(0)
            ordered = positions[chosen[np.argsort(ranks[chosen])]]
            found = dict.fromkeys(self._entries[ordered].tolist())
            if len(found) >= limit:
                break
        return [*found][:limit]

    def _misspelt(self, wanted: str) -> tuple[Positions, NDArray[np.integer[Any]]]:
        """The places whose names begin with the typed letters but for a slip or two, and ranks of
        them: by slips, then as ever."""
        slips = next(slips for letters, slips in _SLIPS if len(wanted) >= letters)
        if slips == 0:
            return np.arange(0), np.arange(0)
        is_alike = self._is_alike(wanted, slips)
        distances = np.full(len(self._texts), slips + 1)
        # A letter may be missing or too many: the beginning is as long as what was typed, give or
        # take one.
        for length in range(len(wanted) - 1, len(wanted) + 2):
            for distance, stretch in self._near(wanted, length, slips, is_alike):
                distances[stretch] = np.minimum(distances[stretch], distance)
        found = np.flatnonzero(distances <= slips)
        return found, distances[found] * len(self._texts) + self._ranks[found]

    def _is_alike(self, wanted: str, slips: int) -> NDArray[np.bool_]:
        """Whether the beginning of each place may be so few edits from a text, by its letters: each
        edit takes or brings one, and moves the others by a place."""
        own = _letter_sets([wanted])[0][:, 0]
        may_be = np.ones(len(self._texts), np.bool_)
        whole = min(len(wanted) - 1, _WIDTH)
        for long in (whole, whole // 2):
            short = max(0, long - slips)
            may_be &= np.bitwise_count(own[short] & ~self._letters[long]) <= slips
            may_be &= np.bitwise_count(self._letters[short] & ~own[long]) <= slips
        return may_be

    def _near(
        self, wanted: str, length: int, slips: int, is_alike: NDArray[np.bool_]
    ) -> Iterator[tuple[int, slice]]:
        """The stretches of places whose first so many letters are the same, and so many edits from
        a text, swapped neighbours counting once; no more than `slips`."""
        firsts = np.flatnonzero(self._shared < length)
        ends = np.append(firsts[1:], len(self._texts))
        chosen = is_alike[firsts]
        own = _letter_sets([wanted])[0][-1, 0]
        theirs = self._letters[length if length <= _WIDTH else -1][firsts]
        chosen &= np.bitwise_count(own & ~theirs) <= slips
        if length <= _WIDTH:
            chosen &= np.bitwise_count(theirs & ~own) <= slips
        firsts, ends = firsts[chosen], ends[chosen]
        if not len(firsts):
            return
        beginnings = [self._texts[first][:length] for first in firsts.tolist()]
        distances = process.cdist([wanted], beginnings, scorer=OSA.distance, score_cutoff=slips)[0]
        for one in np.flatnonzero(distances <= slips):
            yield int(distances[one]), slice(firsts[one], ends[one])


def _starts(name: Name) -> Iterator[tuple[bool, int, int, str]]:
    """A name from each of its words on: "latent attention" finds Multi-head Latent Attention.

    Each with what is shown first, its entry, and its text.
    """
    words = folded(name.form).split()
    for position in range(len(words)):
        yield position > 0, len(name.form), name.entry, " ".join(words[position:])


def _letter_sets(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """What is known of texts without reading them again.

    Returns:
        the letters among the first 0, 1, … `_WIDTH` of each, and last those of all of it: 32 sorts,
        a bit for each, uint32 (_WIDTH + 2, n);
        how many of its first letters each has in common with the one before it, uint8 (n,).
    """
    sets = np.zeros((_WIDTH + 2, len(texts)), np.uint32)
    shared = np.zeros(len(texts), np.uint8)
    for start in range(0, len(texts), _AT_ONCE):
        before = texts[start - 1] if start else ""
        some = np.array([before, *texts[start : start + _AT_ONCE]], f"U{_LONGEST + 1}")
        codes = some.view(np.uint32).reshape(len(some), -1)
        place = slice(start, start + len(some) - 1)
        differs = codes[1:] != codes[:-1]
        shared[place] = np.where(differs.any(axis=1), differs.argmax(axis=1), codes.shape[1])
        bits = np.where(codes > 0, np.uint32(1) << (codes % 32), np.uint32(0))
        until = np.bitwise_or.accumulate(bits[1:], axis=1).T
        sets[1:-1, place] = until[:_WIDTH]
        sets[-1, place] = until[-1]
    return sets, shared

"""Search as you type: the entries that a few typed letters may mean, typos forgiven.

Names lie in the order of the alphabet, so that those which begin with the typed letters are a
stretch of them. Where there are none, edits are counted for each beginning once, and only for those
that have the letters: each edit takes or brings one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entrywise.data.words import folded
from entrywise.index.names.completion_tables import (
    BEGINS,
    ENTRIES,
    LETTERS,
    LONGEST,
    RANKS,
    SHARED,
    WIDTH,
    Table,
    Texts,
    arrays,
    letter_sets,
)
from entrywise.index.names.forms import Name

MOST_COMPLETIONS = 8

# One slip from four letters on, two from eight: "mla" is another name than "mqa", not a typo.
_SLIPS = ((8, 2), (4, 1), (0, 0))

# After every letter of the alphabet.
_LAST = chr(0x10FFFF)
# Before them all.
_FIRST = chr(0)

Positions = NDArray[np.intp]
"""Places in the alphabetical order, int (n,)."""


class Completer:
    """Finds entries by the start of a name, an alias or an expansion, or of a word in it; after
    these by that of an id, without its folders and signs."""

    def __init__(self, texts: Sequence[str], table: Table) -> None:
        """Complete to what `arrays` made of names."""
        self._texts = texts
        self.entries = table[ENTRIES]
        """The ordinal of the entry of each text, uint32 (n,)."""
        self._ranks, self._shared = table[RANKS], table[SHARED]
        self._letters = table[LETTERS:]

    @classmethod
    def of(cls, names: Iterable[Name], ids: Sequence[str] = ()) -> Completer:
        """Complete to names in memory, and to ids of entries by ordinal."""
        return cls(*arrays(names, ids))

    @classmethod
    def open(cls, texts: Path, table: Path) -> Completer:
        """Complete to what `write` wrote; both files are mapped, and read where it is needed."""
        mapped = np.asarray(np.load(table, mmap_mode="r", allow_pickle=False))
        if mapped.dtype != np.uint32 or len(mapped) != LETTERS + WIDTH + 2:
            raise ValueError(f"{table.name}: its rows are not those that were written")
        return cls(Texts(texts, mapped[BEGINS]), mapped)

    def complete(self, typed: str, limit: int = MOST_COMPLETIONS) -> list[int]:
        """The ordinals of the entries that the typed letters may mean, most likely first: where no
        name begins with them, those whose names nearly do."""
        return self.begun(typed, limit) or self.misspelt(typed, limit)

    def begun(self, typed: str, limit: int) -> list[int]:
        """Those of which a name, or a word of one, begins with the typed letters."""
        wanted = folded(typed)[:LONGEST]
        if not wanted:
            return []
        first = bisect_left(self._texts, wanted)
        begun = np.arange(first, bisect_left(self._texts, wanted + _LAST, lo=first))
        return self._best(begun, self._ranks[begun], limit)

    def misspelt(self, typed: str, limit: int, *, least: int = 0) -> list[int]:
        """Those of which a name, or a word of one, nearly begins with them.

        Args:
            least: slips that are forgiven however short it is.
        """
        wanted = folded(typed)[:LONGEST]
        return self._best(*self._misspelt(wanted, least), limit) if wanted else []

    def _best(self, positions: Positions, ranks: NDArray[np.integer[Any]], limit: int) -> list[int]:
        """The entries of some places, each once, those of the lowest ranks first."""
        # An entry has some ten places at most: the first few hold enough entries nearly always.
        for some in (min(16 * limit, len(ranks)), len(ranks)):
            chosen = np.argpartition(ranks, some - 1)[:some] if some else np.arange(0)
            ordered = positions[chosen[np.argsort(ranks[chosen])]]
            found = dict.fromkeys(self.entries[ordered].tolist())
            if len(found) >= limit:
                break
        return [*found][:limit]

    def _misspelt(self, wanted: str, least: int) -> tuple[Positions, NDArray[np.integer[Any]]]:
        """The places whose names begin with the typed letters but for a slip or two, and ranks of
        them: by slips, then as ever."""
        slips = next(slips for letters, slips in _SLIPS if len(wanted) >= letters)
        slips = max(slips, least)
        if slips == 0:
            return np.arange(0), np.arange(0)
        alike = self._alike(wanted, slips)
        # A letter may be missing or too many: the beginning is as long as what was typed, give or
        # take one.
        near = [
            (distance * len(self._texts) + self._ranks[stretch], stretch)
            for length in range(len(wanted) - 1, len(wanted) + 2)
            for distance, stretch in self._near(wanted, length, slips, alike)
        ]
        if not near:
            return np.arange(0), np.arange(0)
        ranks = np.concatenate([ranked for ranked, _ in near])
        found = np.concatenate([np.arange(one.start, one.stop) for _, one in near])
        return found, ranks

    def _alike(self, wanted: str, slips: int) -> Positions:
        """The places of beginnings that may be so few edits from a text, by their letters: each
        edit takes or brings one, and moves the others by a place."""
        own = letter_sets([wanted])[0][:, 0]
        whole = min(len(wanted) - 1, WIDTH)
        # Of those that begin alike the first is looked at.
        alike = np.flatnonzero(self._shared <= len(wanted))
        for long in range(whole, 0, -2):
            short = max(0, long - slips)
            lacking = own[short] & ~self._letters[long][alike]
            alike = alike[np.bitwise_count(lacking) <= slips]
            added = self._letters[short][alike] & ~own[long]
            alike = alike[np.bitwise_count(added) <= slips]
        return alike

    def _near(
        self, wanted: str, length: int, slips: int, alike: Positions
    ) -> Iterator[tuple[int, slice]]:
        """The stretches of places whose first so many letters are the same, and so many edits from
        a text, swapped neighbours counting once; no more than `slips`.

        Args:
            alike: the places to look at.
        """
        firsts = alike[self._shared[alike] < length]
        own = letter_sets([wanted])[0][-1, 0]
        theirs = self._letters[length if length <= WIDTH else -1][firsts]
        chosen = np.bitwise_count(own & ~theirs) <= slips
        if length <= WIDTH:
            chosen &= np.bitwise_count(theirs & ~own) <= slips
        firsts = firsts[chosen]
        if not len(firsts):
            return
        # Most of what is typed is spelt right.
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        places: list[int] = firsts.tolist()
        beginnings = [self._texts[place][:length] for place in places]
        distances = process.cdist([wanted], beginnings, scorer=OSA.distance, score_cutoff=slips)[0]
        for one in np.flatnonzero(distances <= slips):
            first, beginning = places[one], beginnings[one]
            # A text that ends before is another beginning than those that go on.
            last = beginning + _LAST if len(beginning) == length else beginning + _FIRST
            yield int(distances[one]), slice(first, bisect_left(self._texts, last, lo=first))

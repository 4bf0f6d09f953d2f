"""Search as you type: the entries that a few typed letters may mean, typos forgiven.

Names lie in the order of the alphabet, so that those which begin with the typed letters are a
stretch of them. Where there are none, edits are counted for each beginning once, and only for those
that have the letters: each edit takes or brings one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from entrywise.data.words import folded, joined
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
# Before them all.
_FIRST = chr(0)

_BEGINS, _ENTRIES, _RANKS, _SHARED, _LETTERS = range(5)

Table = NDArray[np.uint32]
"""uint32 (_LETTERS + _WIDTH + 2, n): of each text, in rows, the byte that it begins at in the file,
the ordinal of its entry, its rank among what is shown, and what `_letter_sets` tells."""

Positions = NDArray[np.intp]
"""Places in the alphabetical order, int (n,)."""


class Completer:
    """Finds entries by the start of a name, an alias or an expansion, or of a word in it; after
    these by that of an id, without its folders and signs."""

    def __init__(self, texts: Sequence[str], table: Table) -> None:
        """Complete to what `arrays` made of names."""
        self._texts = texts
        self.entries = table[_ENTRIES]
        """The ordinal of the entry of each text, uint32 (n,)."""
        self._ranks, self._shared = table[_RANKS], table[_SHARED]
        self._letters = table[_LETTERS:]

    @classmethod
    def of(cls, names: Iterable[Name], ids: Sequence[str] = ()) -> Completer:
        """Complete to names in memory, and to ids of entries by ordinal."""
        return cls(*arrays(names, ids))

    @classmethod
    def open(cls, texts: Path, table: Path) -> Completer:
        """Complete to what `write` wrote; both files are mapped, and read where it is needed."""
        mapped = np.asarray(np.load(table, mmap_mode="r", allow_pickle=False))
        if mapped.dtype != np.uint32 or len(mapped) != _LETTERS + _WIDTH + 2:
            raise ValueError(f"{table.name}: its rows are not those that were written")
        return cls(Texts(texts, mapped[_BEGINS]), mapped)

    def complete(self, typed: str, limit: int = MOST_COMPLETIONS) -> list[int]:
        """The ordinals of the entries that the typed letters may mean, most likely first: where no
        name begins with them, those whose names nearly do."""
        return self.begun(typed, limit) or self.misspelt(typed, limit)

    def begun(self, typed: str, limit: int) -> list[int]:
        """Those of which a name, or a word of one, begins with the typed letters."""
        wanted = folded(typed)[:_LONGEST]
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
        wanted = folded(typed)[:_LONGEST]
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
        distances = np.full(len(self._texts), slips + 1)
        # A letter may be missing or too many: the beginning is as long as what was typed, give or
        # take one.
        for length in range(len(wanted) - 1, len(wanted) + 2):
            for distance, stretch in self._near(wanted, length, slips, alike):
                distances[stretch] = np.minimum(distances[stretch], distance)
        found = np.flatnonzero(distances <= slips)
        return found, distances[found] * len(self._texts) + self._ranks[found]

    def _alike(self, wanted: str, slips: int) -> Positions:
        """The places whose beginnings may be so few edits from a text, by their letters: each edit
        takes or brings one, and moves the others by a place."""
        own = _letter_sets([wanted])[0][:, 0]
        whole = min(len(wanted) - 1, _WIDTH)
        lacking = own[max(0, whole - slips)] & ~self._letters[whole]
        # Most are left out by this one, and not looked at again.
        alike = np.flatnonzero(np.bitwise_count(lacking) <= slips)
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
        own = _letter_sets([wanted])[0][-1, 0]
        theirs = self._letters[length if length <= _WIDTH else -1][firsts]
        chosen = np.bitwise_count(own & ~theirs) <= slips
        if length <= _WIDTH:
            chosen &= np.bitwise_count(theirs & ~own) <= slips
        firsts = firsts[chosen]
        if not len(firsts):
            return
        places: list[int] = firsts.tolist()
        beginnings = [self._texts[place][:length] for place in places]
        distances = process.cdist([wanted], beginnings, scorer=OSA.distance, score_cutoff=slips)[0]
        for one in np.flatnonzero(distances <= slips):
            first, beginning = places[one], beginnings[one]
            # A text that ends before is another beginning than those that go on.
            last = beginning + _LAST if len(beginning) == length else beginning + _FIRST
            yield int(distances[one]), slice(first, bisect_left(self._texts, last, lo=first))


class Texts(Sequence[str]):
    """Texts of a file, each decoded when it is asked for."""

    def __init__(self, path: Path, begins: NDArray[np.uint32]) -> None:
        """Open a file in which text i begins at the byte `begins[i]`."""
        self._begins = begins
        # NumPy's own map takes ten times as long to give a few bytes.
        with path.open("rb") as file:
            self._bytes = mmap(file.fileno(), 0, access=ACCESS_READ) if len(begins) else b""

    def __len__(self) -> int:
        return len(self._begins)

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...

    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        """The text at a place."""
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        if not 0 <= place < len(self._begins):
            raise IndexError(place)
        end = self._begins[place + 1] if place + 1 < len(self._begins) else len(self._bytes)
        return self._bytes[self._begins[place] : end].decode()


def arrays(names: Iterable[Name], ids: Sequence[str] = ()) -> tuple[list[str], Table]:
    """What names are completed from: the texts that may be typed, in the order of the alphabet, and
    what is known of each.

    Args:
        ids: those of the entries, by ordinal.
    """
    # What is shown first: a whole name before the middle of one and that before an id, then the
    # shorter name.
    starts = sorted({start for name in names for start in _starts(name)} | {*_of_ids(ids)})
    alphabetical = sorted(range(len(starts)), key=lambda rank: starts[rank][-1])
    texts = [starts[rank][-1] for rank in alphabetical]
    letters, shared = _letter_sets(texts)
    ends = np.cumsum([len(text.encode()) for text in texts], dtype=np.int64)
    table = np.empty((_LETTERS + len(letters), len(texts)), np.uint32)
    table[_BEGINS] = np.concatenate([[0], ends])[:-1]
    table[_ENTRIES] = [starts[rank][-2] for rank in alphabetical]
    table[_RANKS] = alphabetical
    table[_SHARED] = shared
    table[_LETTERS:] = letters
    return texts, table


def write(texts: Path, table: Path, names: Iterable[Name], ids: Sequence[str]) -> None:
    """Write what names and ids are completed from.

    Raises:
        OSError: one of the files cannot be written.
    """
    found, known = arrays(names, ids)
    with texts.open("wb") as file:
        file.writelines(text.encode() for text in found)
    np.save(table, known)


def _starts(name: Name) -> Iterator[tuple[int, int, int, str]]:
    """A name from each of its words on: "latent attention" finds Multi-head Latent Attention.

    Each with what is shown first, its entry, and its text.
    """
    words = folded(name.form).split()
    for position in range(len(words)):
        yield int(position > 0), len(name.form), name.entry, " ".join(words[position:])


def _of_ids(ids: Sequence[str]) -> Iterator[tuple[int, int, int, str]]:
    """The last part of each id as one word, "guides/install-python" as "installpython"; with the
    one before it where several end so."""
    ends = [id_key(one) for one in ids]
    count = Counter(ends)
    for entry, (one, end) in enumerate(zip(ids, ends, strict=True)):
        if text := end if count[end] == 1 else id_key(one, 2):
            yield 2, len(text), entry, text


def id_key(entry_id: str, parts: int = 1) -> str:
    """The last parts of an id without what its spellings differ in.

    >>> id_key("guides/install-python"), id_key("guides/index", 2)
    ('installpython', 'guidesindex')
    """
    return joined(" ".join(entry_id.split("/")[-parts:]))


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

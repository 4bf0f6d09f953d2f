"""The tables that names are completed from."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import overload

import numpy as np
from numpy.typing import NDArray

from entrywise.data.words import folded, joined
from entrywise.index.names.forms import Name
from entrywise.index.passages.rows import UNKNOWN, Ordinals, runs, save_parts

# Nobody types more of a name; the length bounds the time that a pasted text takes.
LONGEST = 60

# Letters from the start of a name whose set is kept: 72 bytes for each place that a
# name may be typed from.
WIDTH = 16

# Texts whose letters are looked at together: 8 MB of them.
_AT_ONCE = 2**15

BEGINS, ENTRIES, RANKS, SHARED, SHOWN, LETTERS = range(6)

Table = NDArray[np.uint32]
"""uint32 (LETTERS + WIDTH + 2, n): of each text, in rows, the byte that it begins at in the file,
the ordinal of its entry, its rank among what is shown, how many of its first letters it has in
common with the one before, what its rank follows from, and what `letter_sets` tells."""

Start = tuple[str, int, int]
"""A text that may be typed, what its rank follows from, and the ordinal of its entry."""

_NAME, _WITHIN, _ID = range(3)
"""What is shown first: a whole name before the middle of one, and that before an id."""
_KIND = 24
"""The bit of `SHOWN` at which that begins."""


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


def arrays(names: Iterable[Name], ids: Sequence[str]) -> tuple[list[str], Table]:
    """What names are completed from: the texts that may be typed, in the order of the alphabet, and
    what is known of each.

    Args:
        ids: those of the entries, by ordinal.
    """
    texts, table = _in_order(_starts(names, ids))
    _rank(table)
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


def update(
    texts: Path,
    table: Path,
    old: tuple[Path, Path],
    moved: Ordinals,
    names: Iterable[Name],
    ids: Sequence[str],
) -> None:
    """Write what `write` writes: the texts of all but some entries are copied, and the few new ones
    put among them.

    Args:
        old: the texts and the table of another index.
        moved: where each of its entries is now, `UNKNOWN` of one that is other or gone, ascending.
        names: those of the entries that are other or new.
        ids: those of all entries, by ordinal.

    Raises:
        OSError: one of the files cannot be written.
    """
    had = np.load(old[1], mmap_mode="r", allow_pickle=False)
    texts_had, shown, entries = Texts(old[0], had[BEGINS]), had[SHOWN], moved[had[ENTRIES]]

    def start(row: int) -> Start:
        return texts_had[row], int(shown[row]), int(entries[row])

    is_kept = entries != UNKNOWN
    come = {start for name in names for start in _of_name(name)}
    # Whether an id is told by its last part alone turns on all others.
    told = {one[-1]: one for one in _of_ids(ids)}
    of_ids = np.flatnonzero(is_kept & (shown >> _KIND == _ID))
    for row, entry in zip(of_ids.tolist(), entries[of_ids].tolist(), strict=True):
        if entry in told and told[entry][0] == texts_had[row]:
            del told[entry]
        else:
            is_kept[row] = False
    come |= {*told.values()}
    kept = np.flatnonzero(is_kept)
    # The numbers of new ones follow those of all old ones, as their texts do.
    places = [bisect_left(kept, one, key=start) for one in sorted(come)]
    rows = np.insert(kept, places, had.shape[1] + np.arange(len(come)))
    new, put = _in_order(come)

    def line(of: int) -> NDArray[np.uint32]:
        """One line of the table at a time, as it is large."""
        return np.append(had[of], put[of])[rows]

    content = old[0].read_bytes()
    begins = np.append(had[BEGINS].astype(np.int64), put[BEGINS] + len(content))
    content += "".join(new).encode()
    sizes = np.diff(begins, append=len(content))[rows]
    with texts.open("wb") as file:
        for first, last, row in runs(rows):
            begin = int(begins[row])
            file.write(memoryview(content)[begin : begin + int(sizes[first:last].sum())])
    made = np.empty((LETTERS, len(rows)), np.uint32)
    made[BEGINS] = np.cumsum(sizes) - sizes
    made[ENTRIES] = np.append(entries, put[ENTRIES])[rows]
    made[SHARED], made[SHOWN] = line(SHARED), line(SHOWN)
    written = Texts(texts, made[BEGINS])
    # Others stand before these than did.
    firsts = np.flatnonzero((np.diff(rows, prepend=UNKNOWN) != 1) | (rows == had.shape[1]))
    pairs = ((written[row - 1] if row else "", written[row]) for row in firsts.tolist())
    made[SHARED, firsts] = letter_sets([*chain.from_iterable(pairs)])[1][1::2]
    _rank(made)
    letters = map(line, range(LETTERS, len(had)))
    save_parts(table, chain(made, letters), (len(had), len(rows)), np.uint32)


def _starts(names: Iterable[Name], ids: Sequence[str]) -> set[Start]:
    """The texts that may be typed for names, and for ids of entries by ordinal."""
    return {start for name in names for start in _of_name(name)} | {*_of_ids(ids)}


def _in_order(some: Iterable[Start]) -> tuple[list[str], Table]:
    """Texts that may be typed, and what is known of each, but for its rank among all."""
    ordered = sorted(some)
    texts = [text for text, _, _ in ordered]
    letters, shared = letter_sets(texts)
    sizes = np.array([len(text.encode()) for text in texts], np.int64)
    table = np.empty((LETTERS + len(letters), len(texts)), np.uint32)
    table[BEGINS] = np.cumsum(sizes) - sizes
    table[ENTRIES] = [entry for _, _, entry in ordered]
    table[SHOWN] = [shown for _, shown, _ in ordered]
    table[SHARED] = shared
    table[LETTERS:] = letters
    return texts, table


def _rank(table: Table) -> None:
    """Rank texts by what is shown first, and what is shown alike by the alphabet."""
    # One number is sorted faster than two.
    order = np.argsort(table[SHOWN].astype(np.uint64) << 32 | table[ENTRIES], kind="stable")
    table[RANKS, order] = np.arange(len(order), dtype=np.uint32)


def _of_name(name: Name) -> Iterator[Start]:
    """A name from each of its words on: "latent attention" finds Multi-head Latent Attention."""
    words = folded(name.form).split()
    for position in range(len(words)):
        shown = _shown(_WITHIN if position else _NAME, len(name.form))
        yield " ".join(words[position:]), shown, name.entry


def _shown(kind: int, letters: int) -> int:
    """What a rank follows from: what kind of name a text begins, and how long that is."""
    return (kind << _KIND) + min(letters, (1 << _KIND) - 1)


def _of_ids(ids: Sequence[str]) -> Iterator[Start]:
    """The last part of each id as one word, "guides/install-python" as "installpython"; with the
    one before it where several end so."""
    ends = [*map(id_key, ids)]
    count = Counter(ends)
    for entry, end in enumerate(ends):
        if text := end if count[end] == 1 else id_key(ids[entry], 2):
            yield text, _shown(_ID, len(text)), entry


def id_key(entry_id: str, parts: int = 1) -> str:
    """The last parts of an id without what its spellings differ in.

    >>> id_key("guides/install-python"), id_key("guides/index", 2)
    ('installpython', 'guidesindex')
    """
    return joined(" ".join(entry_id.split("/")[-parts:]))


def letter_sets(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """What is known of texts without reading them again.

    Returns:
        the letters among the first 0, 1, … `WIDTH` of each, and last those of all of it: 32 sorts,
        a bit for each, uint32 (WIDTH + 2, n);
        how many of its first letters each has in common with the one before it, uint8 (n,).
    """
    sets = np.zeros((WIDTH + 2, len(texts)), np.uint32)
    shared = np.zeros(len(texts), np.uint8)
    for start in range(0, len(texts), _AT_ONCE):
        before = texts[start - 1] if start else ""
        some = np.array([before, *texts[start : start + _AT_ONCE]], f"U{LONGEST + 1}")
        codes = some.view(np.uint32).reshape(len(some), -1)
        place = slice(start, start + len(some) - 1)
        differs = codes[1:] != codes[:-1]
        shared[place] = np.where(differs.any(axis=1), differs.argmax(axis=1), codes.shape[1])
        bits = np.where(codes > 0, np.uint32(1) << (codes % 32), np.uint32(0))
        until = np.bitwise_or.accumulate(bits[1:], axis=1).T
        sets[1:-1, place] = until[:WIDTH]
        sets[-1, place] = until[-1]
    return sets, shared

"""The order of names in lists, and the marks by which one jumps to a place in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple, TypeVar
from unicodedata import combining, normalize

from entrywise.data.words import folded

MOST_MARKS = 40
"""More cannot be taken in at a glance: the letters of two alphabets, and digits."""

_DIGITS = "0–9"
_OTHERS = "#"


_T = TypeVar("_T")


class Mark(NamedTuple):
    """So many names in a row, from the one at `first` on, counted from 0."""

    label: str
    first: int
    entries: int


def sort_key(name: str) -> str:
    """What a name is sorted by: its letters and digits, without case and accents.

    >>> sorted(["Zebra", "écran", "8-bit", "Eclair"], key=sort_key)
    ['8-bit', 'Eclair', 'écran', 'Zebra']
    """
    key = folded(name)
    if key.isascii():
        return key
    return "".join(letter for letter in normalize("NFKD", key) if not combining(letter))


def marks(things: Sequence[_T], key: Callable[[_T], str] = str) -> list[Mark]:
    """The initials of things in the order of their keys, each where it begins.

    Where there are more than `MOST_MARKS`, as in scripts of thousands of letters, neighbours share
    a mark.

    >>> marks(["8 bit", "eclair", "ecran", "zebra"])
    [Mark(label='0–9', first=0, entries=1), Mark(label='E', first=1, entries=2), \
Mark(label='Z', first=3, entries=1)]
    """
    runs = _runs(things, key)
    least = 1 if len(runs) <= MOST_MARKS else -(-len(things) // MOST_MARKS)
    found: list[Mark] = []
    place, first, begun = 0, 0, ""
    for initial, entries in runs:
        begun = begun or initial
        place += entries
        if place - first >= least or place == len(things):
            label = initial if begun == initial else f"{begun}–{initial}"
            found.append(Mark(label, first, place - first))
            first, begun = place, ""
    return found


def _runs(things: Sequence[_T], key: Callable[[_T], str]) -> list[tuple[str, int]]:
    """How many things in a row have one initial. Few of their keys are made: those with one first
    letter stand together."""
    letters: list[tuple[str, int]] = []
    place = 0

    def letter_of(at: int) -> str:
        return key(things[at])[:1]

    while place < len(things):
        letter, first, last, step = letter_of(place), place, place + 1, 1
        while last < len(things) and letter_of(last) == letter:
            place, step = last, 2 * step
            last = min(last + step, len(things))

        def is_other(at: int, letter: str = letter) -> bool:
            return letter_of(at) != letter

        place += 1 + bisect_left(range(place + 1, last), True, key=is_other)
        letters.append((_initial(letter), place - first))
    by_initial = groupby(letters, itemgetter(0))
    return [(initial, sum(count for _, count in some)) for initial, some in by_initial]


def _initial(key: str) -> str:
    letter = key[:1]
    if letter.isdigit():
        return _DIGITS
    return letter.upper() or _OTHERS

"""What a section is called: its headings, without the numbers that its place gives them.

    4 Termination
    4.1 Notice        ─▶  ("Termination", "Notice")
    4.2 Return

Nobody asks by these numbers, and they are no words that tell headings apart. A number is one of a
place where a heading right before or behind has the one that comes before or after it: "2 factor
authentication" and "3.1 released" are called so.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from entrywise.data.entries import Entry

_NUMBER = re.compile(
    r"(?:§ ?)?(?:(?P<digits>[1-9]\d?(?:\.[1-9]\d?){0,5})[.):]?|(?P<letter>[A-Z])[.)])"
    r"\s+(?=[^\W\d_])"
)


class _Place(NamedTuple):
    """The number of a heading, of digits or a letter, and where its words begin."""

    number: tuple[int, ...]
    is_letter: bool
    end: int


def section_titles(entry: Entry, section: int) -> tuple[str, ...]:
    """The headings of a section, from the outermost, each without its number.

    Args:
        section: its ordinal in its entry.
    """
    path = entry.sections[section].path
    places = [_place(heading) for heading in path]
    if not any(places):
        return path
    own = [place for place in places if place]
    before = _last(entry, section - 1) if section else None
    after = _last(entry, section + 1) if section + 1 < len(entry.sections) else None
    around = [*own, *filter(None, (before, after))]
    return tuple(
        heading[place.end :] if place and any(_are_near(place, one) for one in around) else heading
        for heading, place in zip(path, places, strict=True)
    )


def _last(entry: Entry, section: int) -> _Place | None:
    path = entry.sections[section].path
    return _place(path[-1]) if path else None


def _place(heading: str) -> _Place | None:
    found = _NUMBER.match(heading)
    if not found:
        return None
    if found["letter"]:
        return _Place((ord(found["letter"]),), True, found.end())
    return _Place(tuple(map(int, found["digits"].split("."))), False, found.end())


def _are_near(one: _Place, other: _Place) -> bool:
    """Whether the numbers of two headings follow each other, or one is within the other."""
    if one.is_letter != other.is_letter:
        return False
    return _leads(one.number, other.number) or _leads(other.number, one.number)


def _leads(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    if len(a) < len(b) and b[: len(a)] == a:
        return True
    last = len(b) - 1
    return last < len(a) and b[:last] == a[:last] and b[last] == a[last] + 1

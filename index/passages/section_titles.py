"""What a section is called: its headings, without the numbers that its place gives them.

    4 Termination
    4.1 Notice        ─▶  ("Termination", "Notice")
    4.2 Return

Nobody asks by these numbers, and they are no words that tell headings apart. A number is one of a
place where a heading right before or behind has the one that comes before or after it: "2 factor
authentication" and "3.1 released" are called so.

References tell with each name what it is of, which is like a heading above all of them:

    KeepAlive Directive
    ListenBackLog Directive  ─▶  ("Directive", "Listen")
    Listen Directive
"""

from __future__ import annotations

import re
from typing import NamedTuple

from entrywise.data.entries import Entry

_NUMBER = re.compile(
    r"(?:§ ?)?(?:(?P<digits>[1-9]\d?(?:\.[1-9]\d?){0,5})[.):]?|(?P<letter>[A-Z])[.)])"
    r"\s+(?=[^\W\d_])"
)


_OF_BOOK = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?\s+(?=[^\W\d_])")
"""The number of a page in a book, of two parts at least: many a title begins with one."""
_TYPES = re.compile(r"(?<=\w)<[^<>]*(?:<[^<>]*>[^<>]*)*>")
"""The parameters of a type: `<K,V>`."""
_COINED = re.compile(r"[^\W\d_][a-z\d]*[A-Z]|\w+\(|\w+[._]\w|[<_-]+\w")
"""What begins as names do that programs have: `KeepAlive`, `add_to`, `close()`, `<Files>`."""
_AROUND, _FEWEST = 12, 3
"""Sections before and behind that are looked at, and names of one kind among them."""


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


def page_title(page: Entry) -> str:
    """The title of a page without the number of its place in a book; of the page of a name that a
    program has, after which its file is called, that name without what it is of.

    >>> page_title(Entry("fill", "3.4. Bucket Fill", "tools", ()))
    'Bucket Fill'
    >>> page_title(Entry("api/BucketFill", "Class BucketFill<C>", "tools", ()))
    'BucketFill'
    """
    number = _OF_BOOK.match(page.name)
    title = _TYPES.sub("", page.name[number.end() :] if number else page.name)
    file, words = page.id.rpartition("/")[2], title.split()
    # Files of pages that people name have no capitals.
    is_coined = file != file.lower() or _COINED.match(file)
    return file if words and is_coined and file in (words[0], words[-1]) else title


def repeats_page(page: Entry, section: int) -> bool:
    """Whether a section is headed by what its page is called, as the constructors of a class are:
    it is a part of it, and what opens the page tells what it is."""
    path = page.sections[section].path
    return bool(path) and path[-1].casefold() == page_title(page).casefold()


def named_titles(entry: Entry, section: int) -> tuple[str, ...]:
    """The headings of a section as `section_titles` has them, where the last is a name and a word
    for what it is of with that word above it.

    It is one where it stands at the same end of other headings around that have one word more, half
    of them names that programs have: "Create projects" and "Delete projects" are called so.
    """
    path = section_titles(entry, section)
    words = path[-1].split() if path else []
    if len(words) != 2:
        return path
    above = entry.sections[section].path[:-1]
    first = max(section - _AROUND, 0)
    # Most headings have neither word: to look for these is quicker than to read them.
    others = [
        other
        for number, one in enumerate(entry.sections[first : section + _AROUND + 1], first)
        if one.path and (words[0] in one.path[-1] or words[1] in one.path[-1])
        if one.path[:-1] == above
        if len(other := section_titles(entry, number)[-1].split()) == len(words)
    ]
    if len(others) < _FEWEST:
        return path
    for kind, name in ((1, 0), (0, 1)):
        names = {other[name] for other in others if other[kind] == words[kind]}
        coined = sum(_COINED.match(one) is not None for one in names)
        if len(names) >= _FEWEST and 2 * coined >= len(names):
            return (*path[:-1], words[kind].rstrip(":"), words[name])
    return path


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

"""Bookmarks of typeset pages, as PDFs have them: where their titles stand as lines on their pages,
these are headings, with the levels of the bookmarks.

7 Ratings ─▶ page 4       11 pt  7 Ratings        # 7 Ratings
  7.1 Cranes ─▶ page 4    11 pt  7.1 Cranes       ## 7.1 Cranes
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import normalize

from entrywise.data.documents.conversion.typeset.lines import Line

_FEWEST, _SHARE = 2, 0.5
"""Bookmarks whose titles stand on their pages, at least, and their share of all."""
_MOST_LINES = 3
"""Lines of a heading."""
_DEEPEST = 4
_NUMBER = re.compile(r"(?:[A-Z]|\d{1,3})(?:\.\d{1,3}){0,5}\.?\s+")
"""What a heading may begin with that its bookmark does not have."""


class Bookmark(NamedTuple):
    """What a bookmark is called, and how deep it is below others, from 1."""

    title: str
    level: int


def with_bookmarks(
    pages: Sequence[Sequence[Line]], bookmarks: Sequence[Sequence[Bookmark]]
) -> list[list[Line]]:
    """Pages whose headings have the ranks of their bookmarks, below a title that is set larger;
    as they are where most bookmarks lead to no line.

    Args:
        bookmarks: those that lead to each page.
    """
    found = [_headings(lines, told) for lines, told in zip(pages, bookmarks, strict=True)]
    count, all_count = sum(map(len, found)), sum(map(len, bookmarks))
    if count < max(_FEWEST, _SHARE * all_count):
        return [[*lines] for lines in pages]
    levels = sorted({level for headings in found for _, _, level in headings})
    below = _has_title(pages, found)
    ranks = {level: min(rank + below, _DEEPEST) for rank, level in enumerate(levels, start=1)}
    marked: list[list[Line]] = []
    for lines, headings in zip(pages, found, strict=True):
        own = [*lines]
        for start, end, level in headings:
            for place in range(start, end):
                # In a box of its own it is apart from what stands around it, be it a table.
                own[place] = own[place]._replace(
                    rank=ranks[level], box=-1 - start, cells=(), code=""
                )
        marked.append(own)
    return marked


def _headings(lines: Sequence[Line], bookmarks: Sequence[Bookmark]) -> list[tuple[int, int, int]]:
    """The lines of a page that are called as bookmarks are: the first, the one behind the last, and
    the level; of several that are called the same, the largest."""
    levels = {_key(one.title): one.level for one in reversed(bookmarks)}
    found: dict[str, tuple[int, int]] = {}
    for start, line in enumerate(lines if levels else ()):
        text = ""
        for end, one in enumerate(lines[start : start + _MOST_LINES], start=start + 1):
            text = f"{text} {one.text}".strip()
            title = next((key for key in _keys(text) if key in levels), "")
            if title and (title not in found or line.size > lines[found[title][0]].size):
                found[title] = start, end
    taken: set[int] = set()
    headings: list[tuple[int, int, int]] = []
    for title, (start, end) in found.items():
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            headings.append((start, end, levels[title]))
    return headings


def _has_title(
    pages: Sequence[Sequence[Line]], found: Sequence[Sequence[tuple[int, int, int]]]
) -> bool:
    """Whether something larger than all headings that have bookmarks stands above them."""
    most = max(
        lines[start].size
        for lines, headings in zip(pages, found, strict=True)
        for start, _, _ in headings
    )
    for lines, headings in zip(pages, found, strict=True):
        first = min((start for start, _, _ in headings), default=len(lines))
        if any(line.size > most for line in lines[:first]):
            return True
        if headings:
            break
    return False


def _keys(text: str) -> tuple[str, ...]:
    return _key(text), _key(_NUMBER.sub("", text, count=1))


def _key(title: str) -> str:
    """A title as it is compared: its letters alone, whatever their case and ligatures."""
    return "".join(normalize("NFKC", title).casefold().split())

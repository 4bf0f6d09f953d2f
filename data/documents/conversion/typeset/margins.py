"""Heads, feet, tables of contents and indexes of typeset pages, which are left out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence

from entrywise.data.documents.conversion.typeset.lines import LARGER, Line, usual_size

_NUMERALS = "0123456789ivxlc"
_DOTTED, _AGAIN = "dots", "again"
_LEADER = re.compile(r"\.(?: ?\.){2,} ?[0-9ivxlc]+(?:, ?[0-9ivxlc]+)*(?= |$)")
_LISTED = 0.4
"""The share of a page's lines that list what stands on others, where it is a table of contents."""
_OUTER = 0.2
"""The share of a page's height from its edge in which its head or its foot begins."""
_FOOT, _HEAD = 0.1, 0.88
"""How high a line stands, below which or above which it may be one by what it says alone."""
_AT_END = re.compile(r"^\d{1,4}(?=\s|$)|(?<!\S)\d{1,4}$")
_REPEATED = 3
"""Pages on which a line stands at the same height before it counts as their head or foot."""
_COUNTED = re.compile(r"\d{1,9}")
_Place = tuple[str, float]
"""What a line says whatever its numbers, and how high it stands."""


def without_margins(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Pages without what stands at the same place of many, their numbers, and what says a heading
    of theirs again."""

    counts = Counter(one for lines in pages for one in {_place(line) for line in lines})
    for one in _told_apart(pages):
        del counts[one]
    most = max(_REPEATED, len(pages) // 3)

    least = usual_size(pages) * LARGER
    # On few pages nothing is repeated often, but for what is a heading, too.
    few = pages if len(pages) < _REPEATED else ()
    headings = " ".join(one.text for lines in few for one in lines if one.size >= least).lower()

    # Of what stands above or below all else, the head of a chapter, there may be few.
    ends = [_ends(lines, least) for lines in pages]
    heads = Counter(_place(line) for lines in ends for line in lines if not line.cells)
    numbered = _numbered(ends)

    def is_margin(line: Line) -> bool:
        is_outer = not _FOOT <= line.height <= _HEAD
        place = _place(line)
        # Of what its numbers tell apart there are none.
        is_head = min(heads[place], counts[place]) >= _REPEATED and line.size < least
        if id(line) in numbered or is_head:
            return True
        is_again = line.size < least and line.height > _HEAD and line.text.lower() in headings
        is_number = line.text.strip("-–— ").isdecimal() or not line.text.strip(_NUMERALS)
        return is_outer and (counts[place] >= most or is_number or is_again)

    kept: list[list[Line]] = []
    for lines in pages:
        margins = {id(line) for line in lines if is_margin(line)}
        # Below what is a foot there is nothing else, be it a row of the same table.
        feet = (one for one in lines if id(one) in margins and one.cells and one.height < _FOOT)
        foot = max((one.height for one in feet), default=-1.0)
        margins |= {id(line) for line in lines if line.cells and line.height <= foot}
        kept.append([line for line in lines if id(line) not in margins])
    return kept


def _place(line: Line) -> _Place:
    return _COUNTED.sub("#", line.text.lower()), line.height


def _told_apart(pages: Sequence[Sequence[Line]]) -> Iterator[_Place]:
    """Lines at the same height of several pages that their numbers tell apart, as those of headings
    do: most of them have one that stands there on no other page, and does not go up with the pages.
    """
    found: dict[_Place, set[tuple[int, tuple[int, ...]]]] = defaultdict(set)
    for page, lines in enumerate(pages):
        for line in lines:
            if numbers := tuple(map(int, _COUNTED.findall(line.text))):
                found[_place(line)].add((page, numbers))
    for place, told in found.items():
        same = Counter(one for _, numbers in told for one in enumerate(numbers))
        rising = Counter((n, one - page) for page, numbers in told for n, one in enumerate(numbers))
        alike = sum(
            all(same[n, one] > 1 or rising[n, one - page] > 1 for n, one in enumerate(numbers))
            for page, numbers in told
        )
        if 2 * alike < len(told):
            yield place


def _ends(lines: Sequence[Line], least: float) -> list[Line]:
    """The first and the last lines of a page that may be its head and its foot."""
    heights = [line.height for line in lines]
    top, foot = max(heights, default=0.0), min(heights, default=1.0)
    return [
        line
        for line in lines
        if line.size < least
        and ((line.height == top > 1 - _OUTER) or (line.height == foot < _OUTER))
    ]


def _numbered(ends: Sequence[Sequence[Line]]) -> frozenset[int]:
    """The heads and feet that have numbers which go up with the pages."""
    told: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for page, lines in enumerate(ends):
        for line in lines:
            for number in {int(one) for one in _AT_END.findall(line.text)}:
                told[number - page].append((page, id(line)))
    least = max(_REPEATED, len(ends) // 5)
    return frozenset(
        line
        for found in told.values()
        if len({page for page, _ in found}) >= least
        for _, line in found
    )


def without_contents(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Pages without tables of contents and indexes: dots lead to the numbers of pages, or most
    lines of a page say again what stands on others, with its number."""
    said = {line.text for lines in pages for line in lines}
    found = [[_listed(line.text, said) for line in lines] for lines in pages]
    dotted = sum(one == _DOTTED for listed in found for one in listed)
    least = usual_size(pages) * LARGER
    found_pages: list[list[Line]] = []
    for lines, listed in zip(pages, found, strict=True):
        is_list = sum(map(bool, listed)) >= max(_REPEATED, _LISTED * len(listed))
        left_out = {_DOTTED: dotted >= _REPEATED or is_list, _AGAIN: is_list, "": False}
        kept: list[Line] = []
        for line, one in zip(lines, listed, strict=True):
            if not left_out[one]:
                kept.append(line)
            elif kept and kept[-1].size >= least > line.size:
                # Its heading.
                kept.pop()
        found_pages.append(kept)
    return found_pages


def _listed(text: str, said: Container[str]) -> str:
    """How a line of a table of contents refers to a page; empty for another."""
    if _LEADER.search(text):
        return _DOTTED
    bare = text.rstrip(_NUMERALS)
    if bare == text:
        return ""
    bare = bare.rstrip()
    return _AGAIN if bare and bare in said else ""

"""Pages that are there in several versions.

    docs/setup.md          versioned_docs/version-2.1/setup.md
    docs/v3/setup.md       docs/v2/setup.md
    3.2/setup.md           2.x/setup.md

A question is answered from the newest of a page, which is the one without a version where there is
one, or from the version that it names ("in 2.1", "with version 2"). What no newer version has is
found, too, behind others. Folders called by numbers may be chapters or years as well: versions of a
page have many of their lines alike.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice, pairwise

import numpy as np

from entrywise.data.entries import Entry
from entrywise.index.editions.pages import Pages, Unwanted, pages_of, units_of_pages
from entrywise.index.editions.paths import alike, versions_told
from entrywise.index.passages.units import Units

_ALIKE = 0.2
"""The share of lines that pages of a version have in common with the next newer ones, in the
mean."""
_SAMPLED = 200
"""Pages of a version that are looked at."""
_KEPT = 16
"""Sets of versions of which it is known what is in no other; who names them at random would fill
memory."""
_SHORTEST = 20
"""Characters of a line that is the same in two pages by no chance."""


def versioned(entries: Sequence[Entry]) -> tuple[Pages, tuple[str, ...]]:
    """The pages of versions which others are there in, too, each from the oldest to the newest, and
    these versions, likewise: empty is what has none."""
    groups = [
        {name: group[name] for name in sorted(group, key=_newness)}
        for group in alike(entries, versions_told).values()
    ]
    names = _versions(entries, [group for group in groups if len(group) > 1])
    known = [{name: one for name, one in group.items() if name in names} for group in groups]
    return pages_of(known, names), names


def _newness(version: str) -> tuple[float, ...]:
    """What versions are ordered by.

    >>> sorted(["10.1", "", "2.x", "2.4"], key=_newness)
    ['2.4', '2.x', '10.1', '']
    """
    parts = version.split(".") if version else ["x"]
    return tuple(float("inf") if part == "x" else int(part) for part in parts)


def _versions(entries: Sequence[Entry], groups: Sequence[Mapping[str, int]]) -> tuple[str, ...]:
    """Which of what may be versions of some pages are some, from the oldest to the newest.

    Args:
        groups: each page from its oldest version to its newest.
    """
    pairs: dict[str, list[tuple[str, int, int]]] = {}
    for group in groups:
        for (name, older), (newer_name, newer) in pairwise(group.items()):
            pairs.setdefault(name, []).append((newer_name, older, newer))
    found: set[str] = set()
    for name, pages in pairs.items():
        shared = [_shared(entries, *pair) for _, *pair in islice(pages, _SAMPLED)]
        if np.mean(shared) >= _ALIKE:
            found |= {name, *(newer for newer, *_ in pages)}
    return tuple(sorted(found, key=_newness))


def _shared(entries: Sequence[Entry], older: int, newer: int) -> float:
    """The share of a page's lines that a newer one has, in [0, 1]."""
    lines = _lines(entries[older])
    return len(lines & _lines(entries[newer])) / len(lines) if lines else 0.0


def _lines(entry: Entry) -> set[str]:
    lines = (line.strip() for section in entry.sections for line in section.text.splitlines())
    return {line for line in lines if len(line) >= _SHORTEST}


class Versions:
    """Which pages are of other versions than a question is about."""

    def __init__(self, pages: Pages, names: Sequence[str], subject: str, units: Units) -> None:
        """
        Args:
            pages: what `versioned` found, as are `names`.
            subject: what the knowledge base is about ("helm"), so that "helm 2" names version 2.
            units: see `Layout.units`.
        """
        self._pages = pages
        self._units = units
        self._named = [(number, _naming(name, subject)) for number, name in enumerate(names)]
        self._unwanted_of: dict[frozenset[int], Unwanted] = {}

    def unwanted(self, question: str) -> Unwanted:
        """What is of other versions than a question is about."""
        named = frozenset(number for number, of in self._named if of and of.search(question))
        if named not in self._unwanted_of:
            if len(self._unwanted_of) >= _KEPT:
                self._unwanted_of.clear()
            self._unwanted_of[named] = self._unwanted(named)
        return self._unwanted_of[named]

    def _unwanted(self, named: frozenset[int]) -> Unwanted:
        groups, ordinals, numbers = self._pages.T
        is_named = np.isin(numbers, list(named))
        is_newest = np.append(groups[1:] != groups[:-1], True)
        # Of a page that is not there in a version that is named, the newest one.
        is_wanted = is_named | is_newest & ~np.isin(groups, groups[is_named])
        is_old = is_wanted & ~is_named & (numbers < len(self._named) - 1)
        return Unwanted(units_of_pages(self._units, ordinals[~is_wanted]), ordinals[is_old])


def _naming(version: str, subject: str) -> re.Pattern[str] | None:
    """What names a version in a question: 2.1 in "2.1.4", but 2 in "v2", "version 2" and "helm 2"
    alone, as it may be any number."""
    if not version:
        return None
    number = version.removesuffix(".x")
    before = r"\bv(?:er(?:sion(?:s|en)?)?)?\.?\s?"
    if subject:
        before = rf"(?:{before}|\b{re.escape(subject)}\s)"
    if "." in number:
        before = r"(?<![\w.])v?"
    return re.compile(rf"{before}{re.escape(number)}(?:\.\d+|\.x)*(?![\w]|\.\d)", re.IGNORECASE)

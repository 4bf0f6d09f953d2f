"""Release notes: sections that tell what was changed once, not what holds.

A changelog says something of everything, in the words of who asks, and little that is still so. It
is told by its headings, in any language: a version or a date ("0.28 (2019-05-19)", "Version 1.1.9",
"2024-03-01"), on a page where the next one is older. Numbered clauses ("4.2 Payment") have a title
behind their number, and rise. So notes come after what holds, but for those of a release that is
asked about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from entrywise.data.entries import Section
from entrywise.index.index import Index
from entrywise.rag.find.candidates import SectionHit

_NUMBER = r"v?(\d{1,9}(?:[.-]\d{1,9})+)[\w.+-]*"
_HEADING = re.compile(
    rf"(?:[^\W\d][\w.-]*\s+){{0,2}}\[?{_NUMBER}\]?(?:\s*[-–—(,:/].*)?", re.IGNORECASE
)
_ASKED = re.compile(r"(?<![\w.])v?(\d{1,9}(?:\.\d{1,9})+)", re.IGNORECASE)
# Of 58 questions of three products with changelogs it takes half of the notes out of answers.
RELEASE = 0.08
_LONGEST = 100
"""Characters of a heading that may be a version."""
_NEXT = 200
"""Sections in which the next version is looked for: a page may have thousands of one."""

Version = tuple[int, ...]


def rescore_releases(hits: list[SectionHit], question: str, index: Index) -> list[SectionHit]:
    """Sections with changed scores for release notes: these are held back where another section is
    then as good; the notes of a release that is asked about go before others."""
    releases = [release_of(index.entries[hit.entry].sections, hit.section) for hit in hits]
    asked = [_numbers(found) for found in _ASKED.findall(question)]
    wanted = [any(release[: len(one)] == one for one in asked) for release in releases]
    told = zip(hits, releases, wanted, strict=True)
    moved = [_moved(hit, is_wanted) if release else hit for hit, release, is_wanted in told]
    best = max(range(len(hits)), key=lambda place: moved[place].score, default=0)
    return hits if releases and releases[best] and not any(wanted) else moved


def _moved(note: SectionHit, is_wanted: bool) -> SectionHit:
    score = min(note.score + RELEASE, 1.0) if is_wanted else max(note.score - RELEASE, 0.0)
    return note._replace(score=score, moved=score - note.score)


def version_of(heading: str) -> Version:
    """The numbers of a heading that is a version or a date and no more; none of another one.

    >>> version_of("Version 1.1.9 (2020-03-22)"), version_of("4.2 Payment")
    ((1, 1, 9), ())
    """
    found = _HEADING.fullmatch(heading.strip()) if len(heading) <= _LONGEST else None
    return _numbers(found[1]) if found else ()


def release_of(sections: Sequence[Section], number: int) -> Version:
    """The release that a section of a page tells of, where it does: it is below a heading that is
    one, and those on its level fall from the top of the page to the bottom."""
    path = sections[number].path
    level = next((place for place, heading in enumerate(path) if version_of(heading)), None)
    if level is None:
        return ()
    own = version_of(path[level])
    above = _other(sections[max(0, number - _NEXT) : number][::-1], level, path[level])
    below = _other(sections[number + 1 : number + 1 + _NEXT], level, path[level])
    falls = (not above or above > own) and (not below or own > below) and above != below
    return own if falls else ()


def _other(sections: Sequence[Section], level: int, heading: str) -> Version:
    """The first other version among the headings on a level; none where there is none."""
    own = version_of(heading)
    headings = (one.path[level] for one in sections if len(one.path) > level)
    others = (version_of(other) for other in headings if other != heading)
    return next((found for found in others if found and found != own), ())


def _numbers(text: str) -> Version:
    return tuple(map(int, re.split("[.-]", text)))

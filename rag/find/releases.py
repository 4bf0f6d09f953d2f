"""Release notes: sections that tell what was changed once, not what holds.

A changelog says something of everything, in the words of who asks, and little that is still so. It
is told by its headings, in any language: a version or a date ("0.28 (2019-05-19)", "Version 1.1.9",
"2024-03-01"), on a page where the next one is older; or it is one of several pages that are called
alike but for a version ("Migrate to v8.0.0", "Migrate to v9.0.0"). Numbered clauses ("4.2 Payment")
have a title behind their number, and rise. So notes come after what holds, but for those of a
release that is asked about, and where it is asked what has changed, or when.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from entrywise.data.entries import Section
from entrywise.index.index import Index
from entrywise.rag.find.candidates import SectionHit
from entrywise.rag.understand.wording import WHAT_CHANGED, compiled

_NUMBER = r"v?(\d{1,9}(?:[.-]\d{1,9})+)[\w.+-]*"
_HEADING = re.compile(
    rf"(?:[^\W\d][\w.-]*\s+){{0,2}}\[?{_NUMBER}\]?(?:\s*[-–—(,:/].*)?", re.IGNORECASE
)
_ASKED = re.compile(r"(?<![\w.])(?:v?(\d{1,9}(?:\.\d{1,9})+)|v(\d{1,4})(?!\w))", re.IGNORECASE)
# Not that of a day, "1.3.2026".
_OF_A_PAGE = re.compile(
    r"(?<![\w.])(?!\d{1,2}\.\d{1,2}\.(?:19|20)\d\d)v?(\d{1,4}(?:\.\d{1,4})+)(?:\.x)?(?![\w.])|"
    r"(?<![\w.])v?(\d{1,4})\.x(?![\w.])|(?<!\w)v(\d{1,4})(?![\w.])",
    re.IGNORECASE,
)
_SET_OFF = re.compile(r"#\s*[-–—(,:].*")
_SERIES, _AROUND = 3, 64
"""Pages that are called alike but for a version, and among how many they are looked for."""
# Of 58 questions of three products with changelogs it takes half of the notes out of answers; with
# 0.12 `releases` loses two of 26 that only notes answer ("prune eats all my RAM").
RELEASE = 0.08
# Of 113 identifiers that both notes and other texts of four documentations have, asked "what does X
# do", 7 are answered by notes first, 18 with 0.08.
OF_A_THING = 0.16
"""What is taken where it is asked what a thing is or does: what it does now."""
# Of the same, asked "when was X added", 89 are answered by notes first, 79 with 0.08, 23 where they
# were held back then, too.
CHANGED = 0.12
"""What is added where it is asked what has changed, or when."""
_LONGEST = 100
"""Characters of a heading that may be a version."""
_NEXT = 200
"""Sections in which the next version is looked for: a page may have thousands of one."""

Version = tuple[int, ...]


def rescore_releases(
    hits: list[SectionHit], question: str, index: Index, *, of_a_thing: bool = False
) -> list[SectionHit]:
    """Sections with changed scores for release notes: these are held back where another section is
    then as good; the notes of a release that is asked about go before others, and all of them where
    it is asked what has changed.

    Args:
        of_a_thing: whether it is asked what a thing is or does.
    """
    releases = releases_of(hits, index)
    asked = [_numbers(found[1] or found[2]) for found in _ASKED.finditer(question)]
    wanted = [any(release[: len(one)] == one for one in asked) for release in releases]
    forth, back = RELEASE, OF_A_THING if of_a_thing else RELEASE
    if not any(wanted) and compiled(WHAT_CHANGED).match(question):
        wanted, forth = [*map(bool, releases)], CHANGED
    told = zip(hits, releases, wanted, strict=True)
    moved = [
        hit.moved_by(forth if is_wanted else -back) if release else hit
        for hit, release, is_wanted in told
    ]
    best = max(range(len(hits)), key=lambda place: moved[place].score, default=0)
    return hits if releases and releases[best] and not any(wanted) else moved


def version_of(heading: str) -> Version:
    """The numbers of a heading that is a version or a date and no more; none of another one.

    >>> version_of("Version 1.1.9 (2020-03-22)"), version_of("4.2 Payment")
    ((1, 1, 9), ())
    """
    found = _HEADING.fullmatch(heading.strip()) if len(heading) <= _LONGEST else None
    return _numbers(found[1]) if found else ()


def releases_of(hits: Sequence[SectionHit], index: Index) -> list[Version]:
    """The release that each section tells of, where it does."""
    series: dict[tuple[str, str], bool] = {}
    pages = {entry: _of_a_page(entry, index, series) for entry in {hit.entry for hit in hits}}
    return [
        release_of(index.entries[hit.entry].sections, hit.section) or pages[hit.entry]
        for hit in hits
    ]


def _of_a_page(entry: int, index: Index, series: dict[tuple[str, str], bool]) -> Version:
    """The version that a page is called by, where others of its folder are called so, too.

    Args:
        series: whether there are enough pages of a folder and a name; what is found out is added.
    """
    page = index.entries[entry]
    own = _OF_A_PAGE.search(page.name)
    if not own:
        return ()
    kind = _folder(page.id), _unnumbered(page.name)
    if kind not in series:
        around = index.listing.by_ordinal(max(entry - _AROUND // 2, 0), _AROUND)
        named = {one.name for one in around if _folder(one.id) == kind[0]}
        series[kind] = sum(_unnumbered(one) == kind[1] for one in named) >= _SERIES
    return _numbers(next(filter(None, own.groups()))) if series[kind] else ()


def _folder(page: str) -> str:
    return page.rpartition("/")[0]


def _unnumbered(name: str) -> str:
    """A name without its version, nor what is set off behind that, as a day is."""
    return _SET_OFF.sub("#", _OF_A_PAGE.sub("#", name))


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

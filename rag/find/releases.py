"""Release notes: sections that tell what was changed once, not what holds.

A changelog says something of everything, in the words of who asks, and little that is still so. It
is told by its headings, in any language: a version or a date ("0.28 (2019-05-19)", "Version 1.1.9",
"2024-03-01"), on a page where the next one is older. Numbered clauses ("4.2 Payment") have a title
behind their number, and rise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from entrywise.data.entries import Section

_NUMBER = r"v?(\d+(?:[.-]\d+)+)[\w.+-]*"
_HEADING = re.compile(
    rf"(?:[^\W\d][\w.-]*\s+){{0,2}}\[?{_NUMBER}\]?(?:\s*[-–—(,:/].*)?", re.IGNORECASE
)
_ASKED = re.compile(r"\d\.\d")

Version = tuple[int, ...]


def asks_for_release(question: str) -> bool:
    """Whether a question names a version.

    >>> asks_for_release("what is new in 0.28?"), asks_for_release("what is new?")
    (True, False)
    """
    return _ASKED.search(question) is not None


def version_of(heading: str) -> Version:
    """The numbers of a heading that is a version or a date and no more; none of another one.

    >>> version_of("Version 1.1.9 (2020-03-22)"), version_of("4.2 Payment")
    ((1, 1, 9), ())
    """
    found = _HEADING.fullmatch(heading.strip())
    return tuple(map(int, re.split("[.-]", found[1]))) if found else ()


def is_release_note(sections: Sequence[Section], number: int) -> bool:
    """Whether a section of a page tells of a release: it is below a heading that is one, and those
    on its level fall from the top of the page to the bottom."""
    path = sections[number].path
    level = next((place for place, heading in enumerate(path) if version_of(heading)), None)
    if level is None:
        return False
    own = version_of(path[level])
    above = _other(range(number - 1, -1, -1), sections, level, own)
    below = _other(range(number + 1, len(sections)), sections, level, own)
    return (not above or above > own) and (not below or own > below) and above != below


def _other(numbers: range, sections: Sequence[Section], level: int, own: Version) -> Version:
    """The first other version among the headings on a level; none where there is none."""
    headings = (sections[n].path[level] for n in numbers if len(sections[n].path) > level)
    return next((found for found in map(version_of, headings) if found and found != own), ())

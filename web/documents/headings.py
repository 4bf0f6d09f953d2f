"""The headings of a document, where they stand above its sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from entrywise.data.entries import Section
from entrywise.web.documents.links import section_id

_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its text, its level below the title of its page, which is 1, and its id."""

    text: str
    level: int
    id: str


def with_headings(sections: Iterable[Section]) -> Iterator[tuple[Section, tuple[Heading, ...]]]:
    """Each section with the headings that come right above it: its own, and before it those that
    have no section of their own."""
    before: tuple[str, ...] = ()
    for section in sections:
        path = section.path
        common = 0
        while common < min(len(before), len(path) - 1) and before[common] == path[common]:
            common += 1
        last = len(path) - 1
        yield (
            section,
            tuple(
                Heading(
                    path[depth],
                    min(depth + 2, _DEEPEST),
                    section_id(section)
                    if depth == last
                    else f"above-{depth}-{section_id(section)}",
                )
                for depth in range(common, len(path))
            ),
        )
        before = path

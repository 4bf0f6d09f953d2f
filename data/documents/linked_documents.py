"""Resolves links: the document that a path leads to, and the section that an address does.

rooms/setup.md:   ../visit.md, /visit.html, [[Visit]]     ─▶ the document "visit"
                  ../visit.md#by-boat                     ─▶ and its section "By boat"
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import cached_property
from itertools import chain
from typing import NamedTuple, Protocol
from urllib.parse import unquote, urlsplit

from entrywise.data.documents.anchors import slug
from entrywise.data.entries import Entry, Section
from entrywise.data.readers.exported_names import without_ids
from entrywise.data.readers.places import is_opening_id

SUFFIXES = (".md", ".mdx", ".markdown", ".qmd", ".rmd", ".rst", ".html")
"""The suffixes that documents have in links to them."""
_FOLDER_PAGES = ("index", "README", "readme")


class EntriesById(Protocol):
    """A knowledge base, as far as links need it."""

    def __contains__(self, entry_id: object) -> bool: ...

    def __getitem__(self, entry_id: str) -> Entry: ...


class Linked(NamedTuple):
    """What a link leads to: a document, and a section of it where it has its anchor."""

    document: Entry
    section: Section | None


class LinkedDocuments:
    """The documents that one links to."""

    def __init__(self, entry: str, knowledge_base: EntriesById) -> None:
        """The links of the document with this id, which is its path without the suffix."""
        self._entry = entry
        self._knowledge_base = knowledge_base

    def at(self, path: str) -> Entry | None:
        """The document that a path beside this one or from the root means; None where there is
        none."""
        # Where none of the first is there, one that it links to by its name.
        named = (self._related.get(_spelt(name)) for name in (path.rstrip("/").lower(),))
        for candidate in chain(_ids(path, self._entry), named):
            if candidate in self._knowledge_base:
                return self._knowledge_base[str(candidate)]
        return None

    def to(self, address: str) -> Linked | None:
        """What a link leads to; None where it is no document here.

        Args:
            address: the link, as the document has it: a path beside its own, one from the root of
                its site, or an anchor.
        """
        try:
            parts = urlsplit(address)
        except ValueError:
            return None
        if parts.scheme or parts.netloc:
            return None
        found = self.at(unquote(parts.path))
        return Linked(found, _anchored(found, unquote(parts.fragment))) if found else None

    @cached_property
    def _related(self) -> dict[str, str]:
        """The documents that it links to by their last names, wherever they are: `[[Leave]]`, or
        `/docs/leave` where a site has the folder below `/docs`."""
        known = self._entry in self._knowledge_base
        related = self._knowledge_base[self._entry].related if known else ()
        return {_spelt(one.lower()): one for one in reversed(related)}


def _anchored(entry: Entry, anchor: str) -> Section | None:
    # A heading whose anchor stands above it has that of its words, too.
    named = (
        (one, (one.anchor, *one.path[-1:], *map(slug, one.path[-1:])))
        for one in entry.sections
        if anchor
    )
    return next((one for one, names in named if anchor in names), None)


def _ids(path: str, entry: str) -> Iterator[str]:
    """The ids that a path may mean, the likeliest first."""
    if not path:
        yield entry
        return
    beside = posixpath.normpath(posixpath.join("/", posixpath.dirname(entry), path)).lstrip("/")
    stem, suffix = posixpath.splitext(beside)
    if tag := posixpath.splitext(entry)[1]:
        # That in its own language: `setup.de`, `setup.html`, `setup.html.de`.
        yield from (f"{stem}{tag}", f"{beside}{tag}", beside)
    if suffix.lower() in SUFFIXES:
        beside = stem
    yield beside
    # A folder is called without the ids that a tool gave its files.
    yield without_ids(beside)
    folder, _, name = beside.rpartition("/")
    if name in _FOLDER_PAGES:
        yield folder
    yield from (posixpath.join(beside, name) for name in _FOLDER_PAGES)


def _spelt(path: str) -> str:
    """The last name of a path, as the file of a wiki is called: `leave-days`."""
    return _last(path).replace(" ", "-")


def _last(path: str) -> str:
    """The last name of a path, or of the folder that it opens."""
    bare = posixpath.splitext(path)[0] if path.endswith(SUFFIXES) else path
    folder, name = posixpath.split(bare)
    return _last(folder) if folder and is_opening_id(name) else name

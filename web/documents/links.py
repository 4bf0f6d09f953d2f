"""Where the links of a document lead: to pages of the knowledge base's other documents."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import cached_property
from itertools import chain
from typing import Protocol
from urllib.parse import quote, unquote, urlsplit

from entrywise.data.documents.anchors import slug
from entrywise.data.entries import Entry, Section
from entrywise.data.readers.places import is_opening_id
from entrywise.web.served.links import entry_path, section_anchor

_SUFFIXES = (".md", ".mdx", ".markdown", ".rst", ".html")
_FOLDER_PAGES = ("index", "README", "readme")


def section_id(section: Section) -> str:
    """The id of a section's heading on the page of its document."""
    return section_anchor(section.name)


def picture_path(name: str) -> str:
    """The path that shows a picture.

    >>> picture_path("img/a b.png")
    '/picture/img/a%20b.png'
    """
    return f"/picture/{quote(name)}"


class EntriesById(Protocol):
    """A knowledge base, as far as links need it."""

    def __contains__(self, entry_id: object) -> bool: ...

    def __getitem__(self, entry_id: str) -> Entry: ...


class Leads:
    """Where the links of a document lead."""

    def __init__(self, entry: str, knowledge_base: EntriesById) -> None:
        """Of the document of this id, which is its path without the suffix."""
        self._entry = entry
        self._knowledge_base = knowledge_base

    def path(self, address: str) -> str | None:
        """The path of the page that a link leads to; None where there is none.

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
        found = self._document(unquote(parts.path))
        if found is None:
            return None
        return entry_path(found.id) + _fragment(found, unquote(parts.fragment))

    def _document(self, path: str) -> Entry | None:
        # Where none of the first is there, one that it links to by its name.
        named = (self._related.get(_last(name)) for name in (path.rstrip("/").lower(),))
        for candidate in chain(_ids(path, self._entry), named):
            if candidate in self._knowledge_base:
                return self._knowledge_base[str(candidate)]
        return None

    @cached_property
    def _related(self) -> dict[str, str]:
        """The documents that it links to by their last names, wherever they are: `[[Leave]]`, or
        `/docs/leave` where a site has the folder below `/docs`."""
        known = self._entry in self._knowledge_base
        related = self._knowledge_base[self._entry].related if known else ()
        return {_last(one.lower()): one for one in reversed(related)}


def _ids(path: str, entry: str) -> Iterator[str]:
    """The ids that a path may mean, the likeliest first."""
    if not path:
        yield entry
        return
    beside = posixpath.normpath(posixpath.join("/", posixpath.dirname(entry), path)).lstrip("/")
    stem, suffix = posixpath.splitext(beside)
    if suffix.lower() in _SUFFIXES:
        beside = stem
    yield beside
    folder, _, name = beside.rpartition("/")
    if name in _FOLDER_PAGES:
        yield folder
    yield from (posixpath.join(beside, name) for name in _FOLDER_PAGES)


def _last(path: str) -> str:
    """The last name of a path, or of the folder that it opens."""
    bare = posixpath.splitext(path)[0] if path.endswith(_SUFFIXES) else path
    folder, name = posixpath.split(bare)
    return _last(folder) if folder and is_opening_id(name) else name


def _fragment(entry: Entry, anchor: str) -> str:
    # A heading whose anchor stands above it has that of its words, too.
    named = (
        (one, (one.anchor, *one.path[-1:], *map(slug, one.path[-1:])))
        for one in entry.sections
        if anchor
    )
    found = next((one for one, names in named if anchor in names), None)
    return f"#{section_id(found)}" if found else ""

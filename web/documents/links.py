"""Where the links of a document lead: to pages of the knowledge base's other documents."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Protocol
from urllib.parse import quote, unquote, urlsplit

from entrywise.data.documents.anchors import slug
from entrywise.data.entries import Entry, Section
from entrywise.web.served.links import entry_path, section_anchor

_SUFFIXES = (".md", ".mdx", ".markdown", ".rst", ".html")
_FOLDER_PAGES = ("index", "README", "readme")
_OPENINGS = tuple({name.lower() for name in _FOLDER_PAGES})


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


def link_within(address: str, entry: str, knowledge_base: EntriesById) -> str | None:
    """The path of the page that a link of a document leads to; None where there is none.

    Args:
        address: the link, as the document has it: a path beside its own, or an anchor.
        entry: the id of the document, which is its path without the suffix.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme or parts.netloc:
        return None
    path = unquote(parts.path)
    for candidate in (*_ids(path, entry), *_named(path, entry, knowledge_base)):
        if candidate in knowledge_base:
            found = knowledge_base[candidate]
            return entry_path(found.id) + _fragment(found, unquote(parts.fragment))
    return None


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


def _named(path: str, entry: str, knowledge_base: EntriesById) -> Iterator[str]:
    """Of the documents that one links to those of a name, wherever they are: `[[Leave]]`, or
    `/docs/leave` where a site has the folder below `/docs`."""
    name = _last(path.rstrip("/").lower())
    related = knowledge_base[entry].related if name and entry in knowledge_base else ()
    return (one for one in related if _last(one.lower()) == name)


def _last(path: str) -> str:
    """The last name of a path, or of the folder that it opens."""
    bare = posixpath.splitext(path)[0] if path.endswith(_SUFFIXES) else path
    folder, name = posixpath.split(bare)
    return _last(folder) if name in _OPENINGS and folder else name


def _fragment(entry: Entry, anchor: str) -> str:
    # A heading whose anchor stands above it has that of its words, too.
    named = (
        (one, (one.anchor, *one.path[-1:], *map(slug, one.path[-1:])))
        for one in entry.sections
        if anchor
    )
    found = next((one for one, names in named if anchor in names), None)
    return f"#{section_id(found)}" if found else ""

"""Where the links of a document lead: to pages of the knowledge base's other documents."""

from __future__ import annotations

from urllib.parse import quote, unquote, urlsplit

from entrywise.data.documents.anchors import slug
from entrywise.data.documents.linked_documents import EntriesById, LinkedDocuments
from entrywise.data.entries import Entry, Section
from entrywise.web.served.links import entry_path, section_anchor


def section_id(section: Section) -> str:
    """The id of a section's heading on the page of its document."""
    return section_anchor(section.name)


def picture_path(name: str) -> str:
    """The path that shows a picture.

    >>> picture_path("img/a b.png")
    '/picture/img/a%20b.png'
    """
    return f"/picture/{quote(name)}"


class Leads:
    """Where the links of a document lead."""

    def __init__(self, entry: str, knowledge_base: EntriesById) -> None:
        """The links of the document with this id, which is its path without the suffix."""
        self._linked = LinkedDocuments(entry, knowledge_base)

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
        found = self._linked.at(unquote(parts.path))
        if found is None:
            return None
        return entry_path(found.id) + _fragment(found, unquote(parts.fragment))


def _fragment(entry: Entry, anchor: str) -> str:
    # A heading whose anchor stands above it has that of its words, too.
    named = (
        (one, (one.anchor, *one.path[-1:], *map(slug, one.path[-1:])))
        for one in entry.sections
        if anchor
    )
    found = next((one for one, names in named if anchor in names), None)
    return f"#{section_id(found)}" if found else ""

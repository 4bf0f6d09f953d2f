"""Where the links of a document lead: to pages of the knowledge base's other documents."""

from __future__ import annotations

from urllib.parse import quote

from entrywise.data.documents.linked_documents import EntriesById, LinkedDocuments
from entrywise.data.entries import Section
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
        """The path of the page that a link leads to (`LinkedDocuments.to`); None where there is
        none."""
        found = self._linked.to(address)
        if found is None:
            return None
        fragment = f"#{section_id(found.section)}" if found.section else ""
        return entry_path(found.document.id) + fragment

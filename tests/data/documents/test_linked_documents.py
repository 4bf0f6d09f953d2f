from __future__ import annotations

import pytest
from museum import museum_knowledge_base

from entrywise.data.documents.linked_documents import LinkedDocuments
from entrywise.data.entries import Entry, Section


@pytest.mark.parametrize(
    ("path", "entry", "found"),
    [
        ("rooms/", "visit", "rooms/index"),
        ("../visit.md", "rooms/index", "visit"),
        ("/visit.html", "rooms/index", "visit"),
        ("", "visit", "visit"),
        ("missing.md", "visit", None),
        ("../../../visit.md", "rooms/index", "visit"),
    ],
)
def test_a_path_means_a_document_that_is_there(path: str, entry: str, found: str | None) -> None:
    document = LinkedDocuments(entry, museum_knowledge_base()).at(path)
    assert (document and document.id) == found


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ("setup.de", "fees.de"),
        ("setup.html", "fees.html"),
        ("setup.html.fr", "fees.html.fr"),
        ("setup.es", "fees"),
        ("setup", "fees"),
    ],
)
def test_a_path_means_the_document_in_the_language_of_its_own(entry: str, found: str) -> None:
    ids = ("fees", "fees.de", "fees.html", "fees.html.fr", entry)
    documents = {one: Entry(one, one, "c", ()) for one in ids}
    of = LinkedDocuments(entry, documents)
    suffix = ".html" if "html" in entry else ".md"
    document = of.at(f"fees{suffix}")
    assert (document and document.id) == found


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("../visit.md", ("visit", None)),
        ("../visit.md#by-boat", ("visit", "By boat")),
        ("../visit.md#By%20boat", ("visit", "By boat")),
        ("../visit.md#by-train", ("visit", None)),
        ("https://museum.example/visit", None),
        ("//museum.example/visit.md", None),
        ("http://[", None),
        ("missing.md#by-boat", None),
    ],
)
def test_an_address_means_a_document_and_its_section(
    address: str, found: tuple[str, str | None] | None
) -> None:
    sections = (Section("text", "It is open."), Section("boat", "At nine.", path=("By boat",)))
    documents = {
        "visit": Entry("visit", "Visit", "c", sections),
        "rooms/index": Entry("rooms/index", "Rooms", "c", ()),
    }
    linked = LinkedDocuments("rooms/index", documents).to(address)
    heading = linked.section.path[-1] if linked and linked.section else None
    assert (linked and (linked.document.id, heading)) == found

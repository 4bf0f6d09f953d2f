from __future__ import annotations

import pytest
from museum import museum_knowledge_base

from entrywise.data.documents.linked_documents import LinkedDocuments
from entrywise.data.entries import Entry


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

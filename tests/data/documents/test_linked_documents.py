from __future__ import annotations

import pytest
from museum import museum_knowledge_base

from entrywise.data.documents.linked_documents import LinkedDocuments


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

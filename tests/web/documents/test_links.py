from __future__ import annotations

import pytest

from entrywise.data.entries import KnowledgeBase
from entrywise.web.documents.links import link_within


@pytest.mark.parametrize(
    ("address", "entry", "path"),
    [
        ("rooms/index.md", "visit", "/entry/rooms/index"),
        ("rooms/", "visit", "/entry/rooms/index"),
        ("rooms", "visit", "/entry/rooms/index"),
        ("./rooms/index.md#opening-hours", "visit", "/entry/rooms/index#section-opening-hours"),
        ("../visit.md", "rooms/index", "/entry/visit"),
        ("/visit.html", "rooms/index", "/entry/visit"),
        ("../visit.md#unknown", "rooms/index", "/entry/visit"),
        ("#tickets", "visit", "/entry/visit#section-tickets"),
        ("%76isit.md?x=1", "hostile", "/entry/visit"),
        ("../../../visit.md", "rooms/index", "/entry/visit"),
        ("missing.md", "visit", None),
        ("https://visit", "visit", None),
        ("//visit", "visit", None),
        ("javascript:visit", "visit", None),
        ("http://[", "visit", None),
    ],
)
def test_a_link_leads_to_the_page_of_a_document_that_is_there(
    museum: KnowledgeBase, address: str, entry: str, path: str | None
) -> None:
    assert link_within(address, entry, museum) == path

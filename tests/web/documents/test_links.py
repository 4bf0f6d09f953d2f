from __future__ import annotations

from dataclasses import replace

import pytest

from entrywise.data.documents.sections import read_page
from entrywise.data.entries import Entry, KnowledgeBase
from entrywise.web.documents.links import Leads


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
    assert Leads(entry, museum).path(address) == path


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("Sick%20leave", "/entry/People/Sick%20leave"),
        ("people/sick%20leave#When%20to%20call", "/entry/People/Sick%20leave#section-when-to-call"),
        ("Holidays", None),
        ("nowhere", None),
    ],
)
def test_a_link_by_name_leads_to_a_related_document(address: str, path: str | None) -> None:
    page = read_page("# Sick leave\n\n## When to call\n\nAt once.")
    leave = Entry("People/Sick leave", "Sick leave", "c", page.sections)
    start = Entry("Start", "Start", "c", read_page("a").sections, related=(leave.id,))
    found = KnowledgeBase((start, leave, replace(leave, id="Other/Holidays")))
    assert Leads("Start", found).path(address) == path


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/docs/1.x/leave#when-to-call", "/entry/people/leave#section-when-to-call"),
        ("/docs/people/leave.html", "/entry/people/leave"),
        ("/docs/guide/", "/entry/guide/index"),
        ("/docs/other", None),
        ("/", None),
    ],
)
def test_a_link_from_the_root_of_a_site_leads_to_a_related_document(
    address: str, path: str | None
) -> None:
    page = read_page("# A\n\n## When to call\n\nAt once.")
    start = Entry("start", "Start", "c", page.sections, related=("people/leave", "guide/index"))
    others = [Entry(one, one, "c", page.sections) for one in (*start.related, "other")]
    assert Leads("start", KnowledgeBase((start, *others))).path(address) == path


@pytest.mark.parametrize("anchor", ["undo", "rolling-back", "Rolling%20back"])
def test_a_section_is_found_by_its_anchor_its_words_and_what_these_make(anchor: str) -> None:
    page = read_page('# Deploy\n\n<a name="undo"></a>\n## Rolling back\n\nWait.')
    found = KnowledgeBase((Entry("deploy", "Deploy", "c", page.sections),))
    assert Leads("deploy", found).path(f"#{anchor}") == "/entry/deploy#section-rolling-back"

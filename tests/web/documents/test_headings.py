from __future__ import annotations

from entrywise.data.entries import KnowledgeBase, Section
from entrywise.web.documents.headings import Heading, with_headings


def test_headings_without_text_of_their_own_stand_above_those_below_them(
    museum: KnowledgeBase,
) -> None:
    found = {
        section.name: headings for section, headings in with_headings(museum["visit"].sections)
    }
    assert found == {
        "introduction": (),
        "tickets": (Heading("Tickets", 2, "section-tickets"),),
        "booking-a-guided-tour": (
            Heading("Booking a guided tour", 3, "section-booking-a-guided-tour"),
        ),
        "the-café": (
            Heading("Food", 2, "above-0-section-the-café"),
            Heading("The café", 3, "section-the-café"),
        ),
        "the-kiosk": (Heading("The kiosk", 3, "section-the-kiosk"),),
    }


def test_two_headings_of_one_name_are_two_and_none_is_deeper_than_html_goes() -> None:
    path = tuple("abcdefg")
    sections = [Section("g", "", path), Section("g-2", "", path), Section("a", "", ("a",))]
    levels = [[one.level for one in headings] for _, headings in with_headings(sections)]
    assert levels == [[2, 3, 4, 5, 6, 6, 6], [6], [2]]

"""Two entries are compared where they say something of the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from entrywise.data.entries import DETAILS, Block, Category, Entry, KnowledgeBase, Section
from entrywise.data.questions.comparability import are_comparable, fields
from entrywise.index.listing.pairs import pairs

BLOCKS = (Block("paragraph", 0, 5, "Text."),)


def page(entry_id: str, name: str, *headings: str, beside: str = "") -> Entry:
    """A document with a section below each heading, and what is said beside it."""
    sections = [Section("introduction", "Text.", blocks=BLOCKS)]
    sections += [Section(one.lower(), "Text.", (one,), blocks=BLOCKS) for one in headings]
    if beside:
        sections.append(Section(DETAILS, beside, blocks=(Block("paragraph", 0, 5, beside),)))
    return Entry(entry_id, name, "a", tuple(sections))


def term(name: str) -> Entry:
    return Entry(name, name, "a", (Section("text", "Text."),))


@pytest.mark.parametrize(
    ("sections", "others", "are"),
    [
        (["Install", "Use", "Remove"], ["Use", "Remove"], True),
        (["Install", "Next steps"], ["Next steps"], False),
        (["Use", "Remove", "A", "B", "C"], ["Use", "Remove", "D", "E", "F"], False),
        (["Install"], ["Remove"], False),
        ([], [], False),
    ],
)
def test_documents_are_compared_where_they_have_sections_on_the_same(
    sections: list[str], others: list[str], are: bool
) -> None:
    one, other = page("a/1", "Travel", *sections), page("a/2", "Expenses", *others)
    assert are_comparable(one, other) == are
    pair = (replace(one, related=("a/2",)), replace(other, related=("a/1",)))
    known = KnowledgeBase(pair, (Category("a", "A", 0),))
    assert pairs(known) == ([(0, 1)] if are else [])


def test_rows_are_compared_by_what_their_table_says_of_each() -> None:
    kettle = page("1", "Kettle", beside="Price: 20; Colour: red; blue")
    assert fields(kettle) == {"Price": "20", "Colour": "red; blue"}
    assert are_comparable(kettle, page("2", "Pot", beside="Price: 30; Colour: red"))
    assert not are_comparable(kettle, page("3", "Spoon", beside="Material: wood"))


def test_questions_are_not_compared() -> None:
    asked = page("1", "Wo ist der Laden?", beside="Bereich: Laden; Stand: 2025")
    assert not are_comparable(asked, replace(asked, id="2", name="Wer zahlt?"))
    assert not are_comparable(term("What is a pot?"), term("What is a pan?"))


def test_terms_are_compared_and_not_with_pages() -> None:
    assert are_comparable(term("Poaching"), term("Simmering"))
    assert not are_comparable(term("Poaching"), page("a/1", "Eggs", "Poaching", "Boiling"))

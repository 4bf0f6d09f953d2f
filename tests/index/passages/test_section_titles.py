from __future__ import annotations

import pytest

from entrywise.data.entries import Entry, Section
from entrywise.index.passages.section_titles import (
    named_titles,
    page_title,
    repeats_page,
    section_titles,
)


def titles(*headings: str) -> list[str]:
    sections = tuple(
        Section(f"s{place}", "Text.", path=(heading,)) for place, heading in enumerate(headings)
    )
    entry = Entry("a", "A", "c", sections)
    return [section_titles(entry, place)[-1] for place in range(len(sections))]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (("1 Notice", "2 Return"), ["Notice", "Return"]),
        (("1. Notice", "1.1. Form", "2. Return"), ["Notice", "Form", "Return"]),
        (("A. PURPOSE", "B. ROLE"), ["PURPOSE", "ROLE"]),
        (("§ 3 Kündigung", "§ 4 Übergabe"), ["Kündigung", "Übergabe"]),
        (("3.4 Keys", "4 Doors"), ["Keys", "Doors"]),
    ],
)
def test_numbers_that_follow_each_other_are_no_part_of_a_name(
    headings: tuple[str, ...], expected: list[str]
) -> None:
    assert titles(*headings) == expected


@pytest.mark.parametrize(
    "headings",
    [
        ("2 factor authentication", "Passwords"),
        ("3.1 released", "3.0 released"),
        ("2.0 Changes", "2.1.0 Changes"),
        ("10 ways to rest", "7 habits"),
        ("C. elegans", "Mice"),
        ("1.4", "1.5"),
        ("5", "6"),
    ],
)
def test_other_numbers_are(headings: tuple[str, ...]) -> None:
    assert titles(*headings) == [*headings]


def test_each_heading_of_a_path_loses_its_own() -> None:
    sections = (
        Section("a", "Text.", path=("4 Leaving", "4.1 Notice")),
        Section("b", "Text.", path=("4 Leaving", "Keys")),
        Section("c", "Text."),
    )
    entry = Entry("a", "A", "c", sections)
    assert section_titles(entry, 0) == ("Leaving", "Notice")
    assert section_titles(entry, 2) == ()


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (("rowFast Command", "Anchor Command", "add_oar Command"), ("Command", "Anchor")),
        (("Class: Boat", "Class: RowBoat", "Class: SailBoat"), ("Class", "RowBoat")),
        (("close() method", "stop() method", "run() method"), ("method", "stop()")),
        (("Summary", "rowFast Command", "row_slow Command", "<Oar> Command"), ("row_slow",)),
    ],
)
def test_what_names_are_of_is_like_a_heading_above(
    headings: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    sections = tuple(Section(f"s{n}", "Text.", path=("API", one)) for n, one in enumerate(headings))
    entry = Entry("a", "A", "c", sections)
    assert named_titles(entry, len(sections) // 2)[-len(expected) :] == expected
    assert named_titles(entry, len(sections) // 2)[0] == "API"


@pytest.mark.parametrize(
    "headings",
    [
        ("Create projects", "Delete projects", "Move projects"),
        ("rowFast Command", "row_slow Command"),
        ("rowFast Command", "rowFast Command", "rowFast Command"),
        ("the rowFast Command", "the row_slow Command", "the row_on Command"),
        ("rowFast", "row_slow", "row_on"),
        (),
    ],
)
def test_other_headings_are_names_as_they_are(headings: tuple[str, ...]) -> None:
    paths = [(heading,) for heading in headings] or [()]
    sections = tuple(Section(f"s{n}", "Text.", path=path) for n, path in enumerate(paths))
    entry = Entry("a", "A", "c", sections)
    assert [named_titles(entry, n) for n in range(len(sections))] == paths


@pytest.mark.parametrize(
    ("name", "title"),
    [("3.4. Oars", "Oars"), ("12.3 Oars", "Oars"), ("3 Oars", "3 Oars"), ("3.4", "3.4")],
)
def test_a_page_of_a_book_is_called_without_its_number(name: str, title: str) -> None:
    assert page_title(Entry("a", name, "c", ())) == title


@pytest.mark.parametrize(
    ("page", "title", "expected"),
    [
        ("api/BoatYard", "Class BoatYard<K,V>", "BoatYard"),
        ("api/Boat", "Interface Boat<List<K>>", "Boat"),
        ("mod/mod_boat", "Harbour Module mod_boat", "mod_boat"),
        ("boats", "All about boats", "All about boats"),
        ("api/BoatYard", "Uses of BoatYard in ports", "Uses of BoatYard in ports"),
    ],
)
def test_the_page_of_a_name_is_called_by_it(page: str, title: str, expected: str) -> None:
    sections = (Section("a", "Text."), Section("b", "Text.", path=("Details", expected)))
    entry = Entry(page, title, "c", sections)
    assert page_title(entry) == expected
    assert [repeats_page(entry, place) for place in range(2)] == [False, True]

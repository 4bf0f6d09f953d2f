from __future__ import annotations

import pytest

from entrywise.data.entries import Entry, Section
from entrywise.index.passages.section_titles import section_titles


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

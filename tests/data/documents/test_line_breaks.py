from __future__ import annotations

import pytest
from growth import grows_linearly

from entrywise.data.documents.line_breaks import bulleted, in_order, with_lines, without_contents
from entrywise.data.entries import Section
from entrywise.data.readers.documents import paragraphs

FILLED = (
    "Boats are lifted by the crane of the harbour, which\ntwo people serve who have learned it."
)


def lines(text: str, indent: int = 0) -> str:
    return with_lines(Section("a", text, blocks=paragraphs(text)), 52, indent).text


def test_lines_that_end_early_stay_lines() -> None:
    examples = "# on Mondays\n5 0 * * 1 run $(x) $y\nMAILTO=paul"
    assert lines(f"{FILLED}\n\n{examples}") == (
        f"{' '.join(FILLED.split())}\n\n"
        "\\# on Mondays  \n5 0 \\* \\* 1 run \\$(x) \\$y  \nMAILTO=paul"
    )


def test_a_line_above_what_is_indented_below_it_stays_a_line() -> None:
    below = FILLED.replace("\n", "\n       ")
    assert lines(f"-f file\n       {below}", indent=2) == f"\\-f file  \n{' '.join(FILLED.split())}"


def test_lines_with_bullets_are_items() -> None:
    text = "- Notes for 2\n  * One\n    goes on\n  * Two\n\n- Notes for 1\n  + Three"
    section = with_lines(Section("a", text, blocks=paragraphs(text)), 52, 0)
    assert [(one.kind, one.plain, one.lead) for one in section.blocks] == [
        *(("item", "Notes for 2", -1), ("item", "One goes on", 0), ("item", "Two", 0)),
        *(("item", "Notes for 1", -1), ("item", "Three", 3)),
    ]


@pytest.mark.parametrize("text", ["- Only one", "- One\n- two\nno item", "-a file\n-b file"])
def test_lines_with_a_sign_are_no_list_by_themselves(text: str) -> None:
    assert bulleted(text) == ""


def test_paragraphs_that_fill_their_lines_are_as_they_were() -> None:
    assert lines(FILLED) == FILLED
    assert lines("One line.") == "One line."


@pytest.mark.parametrize(
    ("paragraph", "is_left"),
    [
        ("1. Oars ..... 3\n  1.1. Jib ... 4\n2. Sails and masts, which\nwe have", False),
        ("1. Oars are here.\n2. Sails are there.\n3. Masts are elsewhere.", True),
        ("1. Oars\n2. Sails", True),
    ],
)
def test_a_list_of_the_headings_is_left_out(paragraph: str, is_left: bool) -> None:
    headings = ["1. Oars", "1.1. Jib", "Chapter 2. Sails and masts, which we have"]
    text = without_contents(f"Above.\n\n{paragraph}\n\nBelow.", in_order(headings))
    assert (paragraph in text) == is_left
    assert text.startswith("Above.")
    assert text.endswith("Below.")


@pytest.mark.parametrize("unit", ["1. a\n", "\n  ", "a ", "-\n"])
def test_large_texts_are_read_in_linear_time(unit: str) -> None:
    def read(count: int) -> None:
        lines((unit * count).strip() or "a")
        without_contents(unit * count, in_order(["1. a"] * 100))

    assert grows_linearly(read, 8_000)

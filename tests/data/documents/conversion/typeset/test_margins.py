from __future__ import annotations

from collections.abc import Sequence

from entrywise.data.documents.conversion.typeset.lines import Line
from entrywise.data.documents.conversion.typeset.margins import without_contents, without_margins


def line(text: str, at: float = 0.5, size: float = 10) -> Line:
    return Line(text, size, False, 0, at)


def texts(pages: Sequence[Sequence[Line]]) -> list[list[str]]:
    return [[one.text for one in lines] for lines in pages]


def test_feet_whose_numbers_go_up_with_the_pages_are_left_out() -> None:
    names = ("Boats", "Boats", "Cars", "Bikes", "Trains")
    pages = [
        [line("Text of", 0.6), line(f"year {1990 + 7 * n}", 0.3), line(f"{name} {n + 3}", 0.04)]
        for n, name in enumerate(names)
    ]
    assert texts(without_margins(pages)) == [["Text of", f"year {1990 + 7 * n}"] for n in range(5)]


def test_heads_of_pages_with_wide_margins_and_feet_of_chapters_are_left_out() -> None:
    pages = [
        [line("A title" if n % 2 else "Its author", 0.84), line(f"Text {n * n}.", 0.5)]
        for n in range(8)
    ]
    pages += [[line(f"Text {n}."), line("Chapter 3", 0.12)] for n in (70, 90, 99, 104)]
    pages += [[line("Text."), line("Chapter 4", 0.12)]]
    assert [len(lines) for lines in without_margins(pages)] == [1] * 13
    # What is as large as headings is one.
    pages = [[line("Boats", 0.84, 14), line("Text that is long.")] for _ in range(4)]
    assert [len(lines) for lines in without_margins(pages)] == [2] * 4


def test_numbers_that_do_not_go_up_with_the_pages_are_text() -> None:
    endings = ("Built in 1990", "Sold in 1950", "Found in 2001", "Lost in 1970")
    pages = [[line("Text.", 0.6), line(ending, 0.04 + n / 50)] for n, ending in enumerate(endings)]
    assert texts(without_margins(pages)) == [["Text.", ending] for ending in endings]


def test_numbered_headings_at_the_top_of_pages_are_no_heads_of_them() -> None:
    # A section ends on the page below the one that it begins on, and the next follows it.
    pages = [
        [line(f"Section 4.{2 * n + 1:02}", 0.9), line(f"Moor {n} boats.", 0.8)] for n in range(5)
    ]
    assert [len(lines) for lines in without_margins(pages)] == [2] * 5
    # The heads of pages that have it are the same on some, or say their numbers.
    for heads in (
        [f"Section 4.{n // 2}" for n in range(5)],
        [f"Page {n + 3} of 12, 2026" for n in range(5)],
        ["1-1", "1-2", "1-3", "2-1", "2-2"],
    ):
        pages = [
            [line(head, 0.9), line(f"Moor {n} boats.", 0.8 - n / 50)]
            for n, head in enumerate(heads)
        ]
        assert [len(lines) for lines in without_margins(pages)] == [1] * 5


def test_a_table_of_contents_goes_with_its_heading() -> None:
    listed = [line(f"{name} ...... {n}") for n, name in enumerate(("Oars", "Jib", "Keel"))]
    page = [line("Boats", size=20), line("About them."), line("Contents", size=14), *listed]
    page += [line("Oars", size=14), line("There are two of them, and both are needed.")]
    assert texts(without_contents([page])) == [
        ["Boats", "About them.", "Oars", "There are two of them, and both are needed."]
    ]


def test_an_index_goes_with_its_headings() -> None:
    listed = [line(f"{name} . . . . {n}, {n + 2},{n + 9}") for n, name in enumerate("abc")]
    page = [line("Text."), line("Index", size=20), line("A", size=14), *listed]
    assert texts(without_contents([page])) == [["Text."]]


def test_contents_in_two_columns_are_left_out() -> None:
    listed = [line(f"{name} ..... {n} More of it . . . {n + 9}") for n, name in enumerate("abc")]
    wrapped = [line("Oars .... 3 A long title that goes on")]
    assert texts(without_contents([[line("Text."), *listed, *wrapped]])) == [["Text."]]
    assert texts(without_contents([[line("So it was ... 3 of them went.")]])) != [[]]


def test_a_foot_below_a_table_is_no_row_of_it() -> None:
    def row(at: float, *cells: str) -> Line:
        return Line(" ".join(cells), 10, False, 1, at, cells)

    pages = [
        [row(0.12, f"{n}", "Oar"), row(0.06, "Acme", "Manual"), row(0.04, f"No. {7 * n}", "Bo")]
        for n in range(4)
    ]
    assert texts(without_margins(pages)) == [[f"{n} Oar"] for n in range(4)]

from __future__ import annotations

from collections.abc import Sequence

from entrywise.data.documents.conversion.typeset.bookmarks import Bookmark, with_bookmarks
from entrywise.data.documents.conversion.typeset.lines import Line
from entrywise.data.documents.conversion.typeset.pages import as_markdown


def line(text: str, size: float = 10, box: int = 0, cells: tuple[str, ...] = ()) -> Line:
    return Line(text, size, False, box, 0.5, cells)


def headings(page: Sequence[Line], *bookmarks: tuple[str, int]) -> list[str]:
    told = [Bookmark(*one) for one in bookmarks]
    text = as_markdown([page], [told])
    return [one.removesuffix(" {#page=1}") for one in text.split("\n\n") if one[0] == "#"]


def test_what_is_called_as_a_bookmark_is_a_heading_of_its_level() -> None:
    page = [
        line("1 Moorings and", 14),
        line("berths", 14),
        line("Boats are moored here."),
        line("1.1 Floating docks", 14),
        line("They float."),
        line("Rates", 12, 1),
        line("Nobody pays for a boat that is his own."),
    ]
    told = ("1\u2002MOORINGS and berths", 2), ("Floating docks", 5), ("Anchors", 5)
    # What is larger than the text, and has no bookmark, is below them.
    assert headings(page, *told) == [
        "# 1 Moorings and berths",
        "## 1.1 Floating docks",
        "### Rates",
    ]


def test_a_title_above_them_is_larger_and_higher() -> None:
    page = [
        line("Harbours", 20),
        line("About them."),
        line("Docks", box=1),
        line("They float."),
        line("Cranes", box=2),
        line("They lift."),
    ]
    assert headings(page, ("Docks", 1), ("Cranes", 1)) == ["# Harbours", "## Docks", "## Cranes"]


def test_a_row_of_a_table_may_be_a_heading() -> None:
    page = [
        line("1 Docks", cells=("1", "Docks")),
        line("• float", cells=("•", "float")),
        line("2 Cranes", cells=("2", "Cranes")),
        line("• lift", cells=("•", "lift")),
    ]
    text = as_markdown([page], [[Bookmark("1 Docks", 1), Bookmark("2 Cranes", 1)]])
    assert text.startswith("## 1 Docks {#page=1}\n\n|")
    assert "\n\n## 2 Cranes {#page=1}\n\n|" in text


def test_of_lines_that_are_called_the_same_the_largest_is_the_heading() -> None:
    page = [line("Docks"), line("Docks", 12), line("They float."), line("Cranes"), line("Lift.")]
    (marked,) = with_bookmarks([page], [[Bookmark("Docks", 1), Bookmark("Cranes", 1)]])
    assert [one.rank for one in marked] == [0, 1, 0, 1, 0]


def test_bookmarks_of_which_most_lead_to_no_line_tell_nothing() -> None:
    page = [line("Docks"), line("They float."), line("Cranes"), line("They lift.")]
    for told in (["Docks"], ["Docks", "Cranes", "Page 1", "Page 2", "Page 3"]):
        assert with_bookmarks([page], [[Bookmark(one, 1) for one in told]]) == [page]

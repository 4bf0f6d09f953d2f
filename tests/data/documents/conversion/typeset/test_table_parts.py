from __future__ import annotations

from growth import grows_linearly

from entrywise.data.documents.conversion.typeset.lines import Line
from entrywise.data.documents.conversion.typeset.pages import as_markdown
from entrywise.data.documents.conversion.typeset.table_parts import with_whole_tables

EDGES = (72, 150, 300)


def row(*cells: str, edges: tuple[int, ...] = EDGES, box: int = 2) -> Line:
    return Line(" ".join(cells), 10, False, box, 0.5, cells, edges=edges)


HEADER = row("Boat", "Length", "Who lifts it")
BLUE = row("Blue", "9 m", "the crane that is")


def test_a_table_on_several_pages_is_one() -> None:
    text = Line("Boats are lifted.", 10, False, 0, 0.9)
    pages = [[text, HEADER, BLUE], [HEADER, row("Red", "7 m", "Ann")], [row("Pink", "6 m", "Bob")]]
    assert as_markdown([*pages, [text]]).endswith(
        "| Boat | Length | Who lifts it |\n|---|---|---|\n| Blue | 9 m | the crane that is |\n"
        "| Red | 7 m | Ann |\n| Pink | 6 m | Bob |\n\n## Page 4 {#page=4}\n\nBoats are lifted."
    )


def test_a_row_may_go_on_on_the_next_page() -> None:
    pages = with_whole_tables([[HEADER, BLUE], [HEADER, row("", "", "oldest"), HEADER]])
    assert [line.cells for line in pages[0]] == [
        HEADER.cells,
        ("Blue", "9 m", "the crane that is oldest"),
        HEADER.cells,
    ]


def test_tables_whose_columns_stand_elsewhere_are_several() -> None:
    other = row("Red", "7 m", "Ann", edges=(72, 180, 300))
    unruled = row("Red", "7 m", "Ann", edges=())
    for below in (other, unruled):
        assert with_whole_tables([[HEADER, BLUE], [below]]) == [[HEADER, BLUE], [below]]


def test_long_tables_are_put_together_in_linear_time() -> None:
    assert grows_linearly(
        lambda count: with_whole_tables([[HEADER, row("Red", "7 m", "Ann")] for _ in range(count)]),
        2_000,
    )

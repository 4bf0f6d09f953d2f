from __future__ import annotations

from collections.abc import Sequence

from growth import grows_linearly

from entrywise.data.documents.conversion.typeset.cells import Piece, Row
from entrywise.data.documents.conversion.typeset.reading_order import in_order

FULL = "a line of a text that fills its column"


def line(text: str, left: float, top: float, size: float = 10) -> Row:
    return [Piece(text, left, left + len(text) * size / 2, top - size, top, size, False)]


def column(name: str, left: float, count: int = 8, top: float = 700) -> list[Row]:
    return [line(f"{name}{place} {FULL}", left, top - 12 * place) for place in range(count)]


def read(lines: Sequence[Row]) -> list[str]:
    return [one.text.partition(" ")[0] for one in in_order(lines, 800)]


def test_columns_are_read_from_left_to_right() -> None:
    lines = [*column("b", 320), *column("a", 72)]
    assert read(lines) == [f"{name}{place}" for name in "ab" for place in range(8)]


def test_lines_that_fill_their_column_are_told() -> None:
    lines = [*column("a", 72), line("short line it is", 72, 600), line("wide" * 10, 72, 588)]
    assert [one.is_full for one in in_order(lines, 800)] == [True] * 8 + [False] * 2


def test_three_columns_and_what_stands_over_and_below_them() -> None:
    lines = [line("title " + FULL * 2, 100, 760), line("1", 508, 30)]
    for name, left in (("c", 520.0), ("a", 72.0), ("b", 296.0)):
        lines += column(name, left)
    assert read(lines) == [
        "title",
        *(f"{name}{place}" for name in "abc" for place in range(8)),
        "1",
    ]


def test_what_runs_over_columns_parts_them() -> None:
    lines = [*column("a", 72), *column("b", 320), line("over " + FULL * 2, 72, 560)]
    lines += [*column("c", 72, top=530), *column("d", 320, top=530)]
    assert [one[0] for one in read(lines)] == [*"a" * 8, *"b" * 8, "o", *"c" * 8, *"d" * 8]


def test_a_title_and_its_authors_over_two_columns_do_not_hide_these() -> None:
    above = [line(f"x{place} an author of it", 230, 780 - 14 * place, 14) for place in range(5)]
    lines = [*above, *column("b", 320, 30), *column("a", 72, 30)]
    assert read(lines) == [
        *(f"x{place}" for place in range(5)),
        *(f"{name}{place}" for name in "ab" for place in range(30)),
    ]


def test_a_text_in_two_columns_on_a_page_in_one() -> None:
    above = [line(f"x{place} {FULL} {FULL} and on", 72, 780 - 12 * place) for place in range(20)]
    lines = [*above, *column("a", 72, top=500), *column("b", 320, top=500)]
    assert read(lines) == [
        *(f"x{place}" for place in range(20)),
        *(f"{name}{place}" for name in "ab" for place in range(8)),
    ]


def test_a_column_may_be_narrow() -> None:
    narrow = [line(f"a{place} of a few words", 72, 696 - 14 * place) for place in range(8)]
    lines = [*column("c", 390), *column("b", 175), *narrow]
    assert read(lines) == [f"{name}{place}" for name in "abc" for place in range(8)]


def test_cells_that_are_far_from_each_other_are_no_columns() -> None:
    cells = [
        line(f"{name}{place} of it", left, 700 - 14 * place)
        for place in range(8)
        for name, left in (("A", 72), ("B", 400))
    ]
    assert len([one for one in in_order(cells, 800) if one.cells]) == 8


def test_a_table_on_a_page_of_text_has_no_columns() -> None:
    text = [line(f"t{place} {FULL} {FULL}", 72, 700 - 12 * place) for place in range(10)]
    cells = [
        [*line(f"cell{place}", 72, 560 - 18 * place), *line("other", 320, 560 - 18 * place)]
        for place in range(6)
    ]
    found = in_order([*cells, *text], 800)
    assert [one.cells for one in found if one.cells] == [(f"cell{n}", "other") for n in range(6)]
    assert found[0].text.startswith("t0")


def test_paragraphs_are_told_by_gaps_and_by_lines_that_end_early() -> None:
    lines = [
        line(f"One {FULL}", 72, 700),
        line("ends here.", 72, 688),
        line(f"Two {FULL}", 72, 676),
        line("goes on", 72, 664),
        line(f"Three {FULL}", 72, 640),
    ]
    assert [one.box for one in in_order(lines, 800)] == [0, 0, 1, 1, 2]


def test_each_row_of_a_table_tells_how_it_is_set() -> None:
    cells = [
        [*line(f"Cell{place}", 72, 560 - 18 * place), *line("Other", 320, 560 - 18 * place)]
        for place in range(3)
    ]
    bold = [piece._replace(is_bold=True) for piece in cells[0]]
    found = in_order([bold, *cells[1:]], 800)
    assert [(one.text, one.is_bold) for one in found] == [
        ("Cell0 Other", True),
        ("Cell1 Other", False),
        ("Cell2 Other", False),
    ]
    assert found[0].height > found[1].height


def test_an_item_goes_on_where_its_text_begins() -> None:
    lines = [
        line(f"1 {FULL}", 72, 700),
        line("• of their", 90, 688),
        line("boats", 110, 676),
        line("• of ours", 90, 664),
        line("Otherwise", 110, 652),
    ]
    assert [one.box for one in in_order(lines, 800)] == [0, 0, 0, 1, 2]


def test_a_large_page_takes_linear_time() -> None:
    lines = [line(f"x {FULL}", 72 + 250 * (n % 2), 1e6 - 6 * n) for n in range(10_000)]
    assert len(in_order(lines, 1e6)) == 10_000
    assert grows_linearly(lambda count: in_order(lines[:count], 1e6), 10_000)

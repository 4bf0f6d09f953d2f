from __future__ import annotations

from collections.abc import Callable

import pytest
from growth import grows_linearly

from entrywise.data.documents.conversion.aligned_lines import (
    aligned_table,
    drawn,
    own_lines,
    width,
)


@pytest.mark.parametrize(
    ("lines", "table"),
    [
        (
            "Room     Floor   Phone\nOrion    2       4410",
            "| Room | Floor | Phone |\n|---|---|---|\n| Orion | 2 | 4410 |",
        ),
        (
            "Name\t\tPrice\nAnn Lee\t\t3 EUR\nBob\t\t4 EUR",
            "| Name | Price |\n|---|---|\n| Ann Lee | 3 EUR |\n| Bob | 4 EUR |",
        ),
        (
            "Item      Made\n--------  ------\nHammer    here\nsaw_b     there",
            "| Item | Made |\n|---|---|\n| Hammer | here |\n| saw_b | there |",
        ),
        (
            "  --all    show all\n  --help   show help, and\n           more\n  --raw    *raw*",
            "|  |  |\n|---|---|\n| --all | show all |\n| --help | show help, and more |\n"
            "| --raw | \\*raw\\* |",
        ),
        (
            "We are open:\nMon   8-18\nTue   9-17\nWed   closed",
            "We are open:\n\n|  |  |\n|---|---|\n| Mon | 8-18 |\n| Tue | 9-17 |\n| Wed | closed |",
        ),
    ],
)
def test_lines_whose_cells_stand_below_each_other_are_a_table(lines: str, table: str) -> None:
    assert aligned_table(lines) == table


@pytest.mark.parametrize(
    "lines",
    [
        "Prose has two.  Blanks stand\nbehind sentences.  Sometimes.\nBut not here.  Or there.",
        "-  one\n-  two\n-  three",
        "1.  one\n2.  two\n3.  three",
        "(a)  one\n(b)  two\n(c)  three",
        "   Dear Sir,                 Berlin, 3 May",
        "A        B\nc        d",
        "one line",
        "",
    ],
)
def test_other_lines_are_none(lines: str) -> None:
    assert aligned_table(lines) == ""


@pytest.mark.parametrize(
    "lines",
    [
        lambda count: "a  b\n" * count,
        lambda count: "a  " * count,
        lambda count: "a  " * count + "\nb  c" * (count // 2),
        lambda count: " " * 4 * count + "\n" * count,
    ],
    ids=["rows", "one line", "both", "blanks"],
)
def test_large_and_odd_lines_take_linear_time(lines: Callable[[int], str]) -> None:
    assert grows_linearly(lambda count: aligned_table(lines(count)), 20_000)


def test_justified_lines_are_no_table() -> None:
    lines = "zstd   Automatic   decompression  (via    zstd)   of   files\n       over HTTP."
    assert aligned_table(lines) == ""


def test_lines_are_as_wide_as_those_behind_which_a_paragraph_goes_on() -> None:
    filled = "\n".join("x" * 70 for _ in range(9))
    assert width(f"{filled}\n{'x' * 20}\n\n{'x' * 99}\n\n{filled}\nx") == 70
    assert width("One.\n\nTwo.") == 60


def test_lines_that_fill_their_width_are_one_text() -> None:
    assert own_lines("It is a boat that\nlies here.", 18) == ""
    assert own_lines("It is a boat.", 60) == ""
    assert own_lines("It is\na boat.", 60) == "It is  \na boat."


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        (
            "+---+------+\n| A | Fee  |\n+---+------+\n| b | 1    |\n| c |      |\n+---+------+",
            ["| A | Fee |", "|---|---|", "| b | 1 |", "| c |  |"],
        ),
        # A line with an empty cell goes on with the row above it.
        (
            "-+---+--\n| 80 | to |\n-+---+--\n| 8  | it |\n|    | is |\n-+---+--\n| 9  | a* |",
            ["| 80 | to |", "|---|---|", "| 8 | it is |", "| 9 | a\\* |"],
        ),
        (" key | does\n-----+------\n j   | next\n k   | last", ["| key | does |"]),
        ("┌────┬───┐\n│ A  │ B │\n├────┼───┤\n│ 1  │ 2 │\n└────┴───┘", ["| A | B |"]),
    ],
)
def test_a_table_that_is_drawn_is_one(lines: str, rows: list[str]) -> None:
    assert drawn(lines).split("\n")[: len(rows)] == rows


def test_what_else_is_drawn_keeps_its_blanks() -> None:
    bits = "  0   1   2\n  +-+-+-----+\n  |F|R|     |\n  | |1| len |\n  +-+-+-----+"
    assert drawn(bits) == (
        "```\n0   1   2\n+-+-+-----+\n|F|R|     |\n| |1| len |\n+-+-+-----+\n```"
    )


@pytest.mark.parametrize(
    "lines",
    [
        "Oars\n=====",
        "- one\n- two",
        "a | b\nc | d",
        "---+---",
        "We say:\nread | write\nand +--",
        "",
    ],
)
def test_lines_with_few_signs_are_no_drawing(lines: str) -> None:
    assert not drawn(lines)

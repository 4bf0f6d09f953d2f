from __future__ import annotations

import re

import pytest
import wcwidth
from hypothesis import given
from hypothesis import strategies as st
from quoted import FENCE, quoted

from entrywise.rag.render.documents.lines import Form, excerpt_lines, lines_of
from entrywise.rag.render.documents.tree import Code, Listing, parsed
from entrywise.rag.render.style import Style

ANSI = re.compile(r"\x1b\[[\d;]+m")
TABLE = "| Town | Days of rest |\n|---|---|\n| Rome | three |\n| *Kyoto* | five and a half |"


def form(width: int | None = 60, *, color: bool = False) -> Form:
    return Form(width, Style(color), lambda number: f" [{number}]")


def shown(source: str, width: int = 60) -> str:
    return "\n".join(lines_of(parsed(source), form(width)))


def test_items_hang_and_lists_are_nested() -> None:
    source = "- one that is longer than\n  the line\n    1. inner\n    2. inner too\n- two"
    assert shown(source, 20) == (
        "• one that is longer\n  than the line\n  1. inner\n  2. inner too\n• two"
    )


def test_tasks_have_boxes_instead_of_bullets() -> None:
    source = "- [ ] fetch a laptop that is yours\n- [X] sign"
    assert shown(source, 20) == "☐ fetch a laptop\n  that is yours\n☑ sign"
    assert shown("- [ ] sign\n- no task") == "☐ sign\n• no task"


def test_numbers_go_on_from_the_first_and_are_as_wide_as_the_last() -> None:
    items = "\n".join(["9. nine", "10. ten"])
    assert shown(items) == "9.  nine\n10. ten"


def test_items_of_several_blocks_stand_apart() -> None:
    source = f"- a\n\n  {FENCE}\n  x\n  {FENCE}\n- b"
    assert shown(source) == "• a\n\n      x\n\n• b"
    assert shown("- a\n\n- b") == "• a\n\n• b"


def test_code_is_indented_and_never_wrapped() -> None:
    line = "x = " + "1 + " * 30
    lines = lines_of(parsed(f"{FENCE}py\n{line}\n\n\ty\n{FENCE}"), form(20))
    assert lines == [f"    {line}", "    ", "        y"]


def test_a_table_has_columns_where_they_fit() -> None:
    assert shown(TABLE) == (
        "Town   Days of rest\n──────────────────────\nRome   three\nKyoto  five and a half"
    )


def test_a_table_that_is_too_wide_wraps_its_cells() -> None:
    wide = f"| a | b |\n|---|---|\n| one | {'word ' * 8}|"
    assert shown(wide, 28) == (
        "a    b\n────────────────────────────\none  word word word word\n     word word word word"
    )


def test_a_column_is_not_as_wide_as_an_address_above_it() -> None:
    address = "https://example.com/a/long/address"
    assert shown(f"| [Law]({address}) |\n|---|\n| [5]({address}) |", 60) == (
        f"Law\n{'─' * len(f'5 ({address})')}\n5 ({address})"
    )
    assert shown(f"| [Law]({address}) |\n|---|\n| 5 |", 60) == "Law\n───\n5"


def test_a_table_without_room_is_stacked() -> None:
    cells = " | ".join(["a long cell of words"] * 3)
    assert shown(f"| One | Two | |\n|---|---|---|\n| {cells} |\n| x | | |", 30) == (
        "One: a long cell of words\nTwo: a long cell of words\na long cell of words\n\nOne: x"
    )
    assert shown("| " + " | ".join(["a long header cell"] * 3) + " |\n|---|---|---|", 30) == (
        "a long header cell, a long\nheader cell, a long header\ncell"
    )


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("[the guide](https://a.b/c)", "the guide (https://a.b/c)"),
        (f"[the guide](https://a.b/c?{'x' * 200})", "the guide (https://a.b/…)"),
        ("[the guide](../c.md)", "the guide"),
        ("<https://a.b/c>", "https://a.b/c"),
        ("<me@a.b>", "me@a.b"),
        ("[x](javascript:alert(1))", "x"),
        ("![a map](http://evil/x.png)", "a map"),
        ("*so* **much** `code`", "so much code"),
        ("costs $5, is $n^2$ and `$n^2$`", "costs $5, is n² and $n^2$"),
        ("so $\\alpha\\,b_{i}$ is", "so α bᵢ is"),
        ("$$\na\\;(b)\n$$", "a (b)"),
        ("$5 or `$6\\,$` or $HOME\\* or $7", "$5 or $6\\,$ or $HOME* or $7"),
        ("> mind\n>\n> it", "│ mind\n│\n│ it"),
        ("### Title", "Title"),
        ("a  \nb", "a\nb"),
        ("---", ""),
    ],
)
def test_text_has_no_markup(source: str, text: str) -> None:
    assert "\n".join(line.rstrip() for line in shown(source).split("\n")) == text


def test_an_address_is_not_broken() -> None:
    address = "https://example.org/" + "page/" * 6
    assert shown(f"see [it]({address}) now", 20) == f"see it\n({address})\nnow"


def test_each_quote_has_its_mark_behind_its_last_block() -> None:
    cited = [
        quoted("A.", 1),
        quoted("- a\n- b", 2),
        quoted("    x", 3),
        quoted("| a |\n|---|", 4),
        quoted("| 1 |", 5),
    ]
    assert excerpt_lines(cited, form()) == [
        *("A. [1]", "", "• a", "• b [2]", "", "    x", "[3]"),
        *("", "a", "─", "1", "[4] [5]"),
    ]


def test_colours_change_nothing_but_colours() -> None:
    source = f"**a** *b* `c` \n\n### d\n\n{TABLE}\n\n{FENCE}\ne\n{FENCE}\n\n> f"
    colored = lines_of(parsed(source), form(color=True))
    assert len(ANSI.findall("\n".join(colored))) > 10
    assert [ANSI.sub("", line) for line in colored] == lines_of(parsed(source), form())


texts = st.text(st.sampled_from("ab -*_`|#>[](1.\n日é😀$\t"), max_size=120)


@given(st.integers(20, 80), st.booleans(), texts)
def test_no_line_but_those_of_code_is_wider_than_the_terminal(
    width: int, color: bool, source: str
) -> None:
    blocks = [
        block
        for block in parsed(source)
        if not isinstance(block, Code | Listing) and ">" not in source
    ]
    lines = lines_of(blocks, form(width, color=color))
    assert all(wcwidth.wcswidth(ANSI.sub("", line)) <= width for line in lines)

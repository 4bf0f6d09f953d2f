from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from growth import grows_linearly
from hypothesis import given
from hypothesis import strategies as st
from quoted import FENCE, quoted

from entrywise.rag.answer import Part
from entrywise.rag.render.documents.plain_text import (
    blocks_of,
    plain,
    plain_excerpt,
    plain_line,
    plain_of,
    plain_quotes,
)

HEADER = "| Town | Days |\n|---|---|"


def test_code_and_tables_stand_behind_blanks() -> None:
    source = f"Do:\n\n{FENCE}\na\n\nb\n{FENCE}\n\n{HEADER}\n| Rome | 3 |"
    assert plain(source) == "Do:\n\n    a\n    \n    b\n\n    Town  Days\n    Rome  3"


def test_links_have_no_addresses_and_quotations_no_bar() -> None:
    assert plain("see [it](https://a.b)\n\n> mind\n> it") == "see it\n\nmind it"


def test_a_picture_that_nothing_describes_has_no_line() -> None:
    steps = "1. Log in\n\n   ![](a.png)\n\n2. Log out\n\n![](b.png)\n\n![the door](c.png)\n\nGo."
    assert plain(steps) == "1. Log in\n\n2. Log out\n\nthe door\n\nGo."


def test_an_excerpt_is_its_quotes() -> None:
    cited = [quoted("*A*.", 1), quoted("`b`", 2)]
    assert plain_excerpt(cited) == "A.\n\nb"
    assert plain_excerpt(cited, lambda number: f" [{number}]") == "A. [1]\n\nb [2]"


def test_rows_of_a_table_have_its_columns() -> None:
    cited = [quoted(f"See:\n\n{HEADER}", 1), quoted("| Rome | 3 |", 2), quoted("| A | 5 |", 3)]
    assert plain_quotes(cited) == ["See:\n\n    Town  Days", "    Rome  3", "    A     5"]


def test_a_part_with_a_table_has_its_cells() -> None:
    cited = [
        quoted(f"*See*:\n\n{HEADER}", 1),
        quoted("| [Rome](r.md) | **3** |", 2),
        quoted("After\n\nthat.", 3),
    ]
    part = Part("quote", "", citations=(1, 2, 3))
    assert blocks_of(part, cited) == [
        {"text": "See:", "citations": []},
        {"header": ["Town", "Days"], "rows": [["Rome", "3"]], "citations": [1, 2]},
        {"text": "After\n\nthat.", "citations": [3]},
    ]
    assert blocks_of(replace(part, citations=(3,)), cited) == []
    # What says nothing has its mark behind what stands before it, if something does.
    silent = [quoted("[a]: b.md", 4), cited[1], quoted("[c]: d.md", 5)]
    (table,) = blocks_of(replace(part, citations=(4, 2, 5)), [*silent, quoted(HEADER, 2)])[-1:]
    assert table["citations"][-1:] == [5]
    assert blocks_of(replace(part, citations=(4,)), silent) == []
    assert blocks_of(replace(part, kind="notice"), cited) == []
    assert blocks_of(part, [replace(one, is_markdown=False) for one in cited]) == []


def test_what_is_no_markdown_has_no_plain_text() -> None:
    cited = [quoted("*a*", 1), replace(quoted("*b*", 2), is_markdown=False), quoted("*c*", 3)]
    parts = (Part("quote", "", (1, 2)), Part("connective", "", (2,), supported=True))
    assert plain_of(parts, cited) == {1: "a", 3: "c"}


@given(st.one_of(st.text(), st.text(st.sampled_from("a\x1b\x9b&#27;&#x9b;<`\n\t|-[]()\r\x0c"))))
def test_no_text_has_control_characters(source: str) -> None:
    controls = [char for char in plain(source) if unicodedata.category(char) == "Cc"]
    assert set(controls) <= {"\n"}


HOSTILE = {
    "rows": lambda n: "| a | b |\n|---|---|\n" + "| x | y |\n" * n,
    "brackets": lambda n: "[" * n,
    "stars": lambda n: "*a **b " * n,
    "quotes": lambda n: ">" * n,
    "items": lambda n: "- a\n" * n,
    "tags": lambda n: "<a " * n,
    "backticks": lambda n: "`a``" * n,
    "an open fence": lambda n: f"{FENCE}\n" + "x\n" * n,
    "escapes": lambda n: "&#27;[31m" * n,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_time_is_linear(kind: str) -> None:
    assert grows_linearly(lambda count: plain(HOSTILE[kind](count)), 2_500)


def test_in_a_line_the_cells_of_rows_are_parted_by_commas() -> None:
    assert plain_line(quoted("| Ash | **9** EUR | |")) == "Ash, 9 EUR"
    assert plain_line(quoted("| Oar | Price |\n|---|---|\n| Ash | 9 |")) == "Oar, Price; Ash, 9"
    assert plain_line(quoted("Take *one*:\n\n- an oar\n- a | b")) == "Take one: • an oar • a | b"

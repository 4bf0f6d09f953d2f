from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markup import Page

from entrywise.rag.answer import Cell, Row
from entrywise.rag.render.escape import cell, heading, label, one_line, printable

texts = st.text(st.sampled_from("ab \\|#<>[]()*_`$\n\r"), min_size=1, max_size=20)
READER = MarkdownIt().enable("table")


@given(texts)
def test_a_cell_stays_one_cell(text: str) -> None:
    html = READER.render(f"| | a |\n|---|---|\n| b | {cell(text)} |")
    assert Page(html).tags.count("td") == 2


@given(texts)
def test_a_heading_stays_one_heading(text: str) -> None:
    page = Page(READER.render(f"## {heading(text)}"))
    assert page.tags[:1] == ["h2"]
    assert page.tags.count("h2") == 1


@given(texts)
def test_a_label_leads_nowhere_but_where_it_should(text: str) -> None:
    assert Page(READER.render(f"[{label(text)}](http://here)")).addresses == ["http://here"]


@pytest.mark.parametrize("name", ["QuIP#", "C #", "# x", "<b>", "a < b"])
def test_a_reader_of_a_heading_sees_the_name(name: str) -> None:
    assert Page(READER.render(f"# {heading(name)}")).text == name


def test_an_item_of_a_list_is_one_line() -> None:
    assert one_line(" Two\n\tlines. ") == "Two lines."


def test_a_terminal_gets_no_control_characters() -> None:
    row = Row("a\x1b[31m", (Cell("b\x07\nc", (1,)), None))
    assert printable((row, 1)) == (Row("a\ufffd[31m", (Cell("b\ufffd\nc", (1,)), None)), 1)

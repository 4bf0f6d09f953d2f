from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrywise.data.documents.conversion import writing
from entrywise.data.documents.plain_text import one_blank
from entrywise.data.documents.sections import read_page

# No control characters: HTML and docutils take them away, and CommonMark does as it likes.
TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf")), max_size=40)
ODD = st.lists(
    st.sampled_from(
        [
            *'*`_[](){}<>&#|!:=-+~\\".1 aé%^',
            *("](", "&amp;", "<b>", "{#a}", "1. ", "!!! note"),
            *("{{< a >}}", "{% b %}", "{{", "%}", "[[a]]", "[[", "==", "==a==", " ^abc", "%%"),
        ]
    ),
    max_size=15,
).map("".join)


@given(st.one_of(TEXT, ODD))
def test_a_paragraph_says_what_was_given(text: str) -> None:
    given_text = one_blank(text)
    page = read_page(f"Before.\n\n{writing.paragraph(writing.escaped(given_text))}\n\nAfter.")
    (section,) = page.sections
    plain = [block.plain for block in section.blocks]
    assert plain == ["Before.", *([given_text] if given_text else []), "After."]


@given(st.one_of(TEXT, ODD))
def test_a_cell_says_what_was_given(text: str) -> None:
    given_text = one_blank(text)
    table = writing.table(["a", "b"], [["x", writing.escaped(given_text)]])
    *_, row = read_page(table).sections[0].blocks
    assert row.plain == (f"a: x; b: {given_text}" if given_text else "a: x")


@given(st.one_of(TEXT, ODD), st.sampled_from(["", "python"]))
def test_code_says_what_was_given(text: str, language: str) -> None:
    block = writing.code_block(text, language)
    if not text.strip():
        assert block == ""
        return
    (section,) = read_page(block).sections
    assert [one.plain for one in section.blocks] == [text.strip("\n").rstrip()]


@pytest.mark.parametrize(
    ("code", "span"),
    [("a  b", "`a b`"), ("a`b", "``a`b``"), ("`", "`` ` ``"), (" ", " "), ("", "")],
)
def test_code_within_a_line(code: str, span: str) -> None:
    assert writing.code_span(code) == span


@pytest.mark.parametrize(
    ("text", "target", "link"),
    [
        ("a", "b.md#c", "[a](b.md#c)"),
        (" a ", "b c(d).md", " [a](<b c(d).md>) "),
        ("a", "JavaScript:alert(1)", "a"),
        ("a", " data:text/html,x", "a"),
        ("a", "mailto:a@b.c", "[a](mailto:a@b.c)"),
        ("a", "", "a"),
        ("  ", "b", "  "),
    ],
)
def test_links_lead_nowhere_but_to_pages(text: str, target: str, link: str) -> None:
    assert writing.link(text, target) == link


def test_a_picture_is_shown_with_what_stands_for_it() -> None:
    assert writing.image("a [cat]", "c.png") == r"![a \[cat\]](c.png)"
    assert writing.image("a cat", "data:image/png;base64,x") == "a cat"
    assert writing.image("", "c.png") == ""


def test_items_hold_blocks() -> None:
    assert writing.listing([["a", "- b"], ["c"]]) == "- a\n  - b\n- c"
    assert writing.listing([["a", "b"], ["c"], []], 9) == "9. a\n\n   b\n\n10. c"


def test_headings_have_levels_and_addresses() -> None:
    assert writing.heading(9, "a\\\nb", "x y") == "###### a b"
    assert writing.heading(0, "a", "x.y_z") == "# a {#x.y_z}"
    assert writing.heading(1, " ") == ""

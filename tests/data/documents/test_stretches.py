from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrywise.data.documents.sections import read_page
from entrywise.data.documents.stretches import at_margin, commonmark

PAGE = """# Trips

Book early.

!!! note "Abroad"

    Take a *passport*. It must
    be valid.

    - a copy
        - on paper

    ```console
    $ pack --all
    ```

        left = 1

| Town | Days |
|---|---|
| Rome | 3 |
"""


def stretch(begin: str, end: str) -> str:
    (section,) = read_page(PAGE).sections
    start = section.text.index(begin)
    return commonmark(section, start, section.text.index(end, start) + len(end))


@pytest.mark.parametrize(
    ("begin", "end", "shown"),
    [
        ("Book", "early.", "Book early."),
        ("Take", "valid.", "Take a *passport*. It must\nbe valid."),
        ("It must", "valid.", "It must\nbe valid."),
        ("Take", "*passport*.", "Take a *passport*."),
        ("- a copy", "paper", "- a copy\n    - on paper"),
        ("- on", "paper", "- on paper"),
        ("    ```console", "--all\n    ```", "```console\n$ pack --all\n```"),
        ("        left", "= 1", "    left = 1"),
        ("| Town", "3 |", "| Town | Days |\n|---|---|\n| Rome | 3 |"),
        ('!!! note "Abroad"', '"Abroad"', "**Abroad**"),
    ],
)
def test_a_stretch_stands_by_itself(begin: str, end: str, shown: str) -> None:
    assert stretch(begin, end) == shown


@pytest.mark.parametrize(
    ("begin", "end", "shown"),
    [
        ("It costs", "[day][d]", "It costs 12 EUR a [day][d]"),
        ("Ask at", "pier].", "Ask at the office or [the pier]."),
        ("Or call", "call.", "Or call."),
    ],
)
def test_what_stands_beside_a_sentence_in_its_line_is_not_shown(
    begin: str, end: str, shown: str
) -> None:
    text = (
        "Come {ref}`early`. Ask at {ref}`the office` or [the pier]. It costs 12 EUR a [day][d]"
        "<!--\nno --> now. Or call."
    )
    (section,) = read_page(text).sections
    start = section.text.index(begin)
    assert commonmark(section, start, section.text.index(end, start) + len(end)) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("|  |  |\n|---|---|\n| 1 | a \\| b |\n| 2 | c |", "|  |  |\n|---|---|\n| 2 | c |"),
        ("Codes:\n\n|  |\n|---|\n| 1 |\n| 2 |", "|  |\n|---|\n| 2 |"),
        ("| N |\n|---|\n| 1 |\n| 2 |", "| 2 |"),
    ],
)
def test_rows_of_a_table_without_a_header_are_one(text: str, shown: str) -> None:
    (section,) = read_page(text).sections
    assert commonmark(section, section.text.index("| 2"), len(section.text)) == shown


TABLE = (
    "<table>\n<tr><th>Way</th><th>Fee</th></tr>\n<tr><td>Card</td>\n<td>1 %</td></tr>"
    "<tr><td>Cash</td><td>none</td></tr>\n</table>\n<p>So <b>it is</b>. Or not.</p><p>A.</p>"
)


@pytest.mark.parametrize(
    ("begin", "end", "shown"),
    [
        ("<tr><th>", "none</td></tr>", "| Way | Fee |\n|---|---|\n| Card | 1 % |\n| Cash | none |"),
        ("<tr><th>", "Fee</th></tr>", "| Way | Fee |\n|---|---|"),
        ("<tr><td>Cash", "none</td></tr>", "| Cash | none |"),
        ("<p>So", "Or not.</p>", "So **it is**. Or not."),
        ("<p>So", "</b>.", "So **it is**."),
        ("Or", "not.</p>", "Or not."),
    ],
)
def test_a_stretch_of_html_is_what_its_elements_say(begin: str, end: str, shown: str) -> None:
    (section,) = read_page(TABLE).sections
    start = section.text.index(begin)
    assert commonmark(section, start, section.text.index(end, start) + len(end)) == shown


def test_a_link_leads_to_what_its_label_is_elsewhere() -> None:
    text = (
        "Ask [the crew] first,\nor [the\nharbour][1].\n\n## More\n\n[1]: a.md\n[the crew]: b_(c).md"
    )
    (section,) = read_page(text).sections
    assert commonmark(section, 0, 20) == "Ask [the crew](<b_(c).md>) first"
    end = len(section.text)
    assert commonmark(section, section.text.index("or"), end) == "or [the\nharbour](a.md)."


def test_a_stretch_of_mdx_is_read_as_mdx() -> None:
    text = "<A>\n\n    Yes {/* no */}.\n\n</A>\n\nexport const b = 1;"
    (section,) = read_page(text, is_mdx=True).sections
    assert commonmark(section, 0, len(text)) == "Yes."
    (block,) = section.blocks
    assert (block.kind, section.text[block.start : block.end]) == ("paragraph", "Yes {/* no */}.")


def test_it_is_the_same_block_that_the_reader_found() -> None:
    (section,) = read_page(PAGE).sections
    for block in section.blocks:
        (alone,) = read_page(commonmark(section, block.start, block.end)).sections
        assert block.kind in ("row", "header") or block.plain in [b.plain for b in alone.blocks]


def test_a_margin_is_that_of_the_first_line() -> None:
    assert at_margin("  a\n\n b\n   c") == "a\n\nb\n c"
    assert at_margin("\t\tif x:\n\t\t\ty", is_code=True) == "    if x:\n        y"
    assert at_margin("all:\n\tmake") == "all:\n\tmake"
    assert at_margin("") == ""


TAGS = [
    f"<{mark}{name}>" for name in "table tr td ul li p div pre Tab".split() for mark in ("", "/")
]
MARKUP = st.lists(
    st.sampled_from([*TAGS, *"a -|`#>\n", "\n\n", "[^1]", "\n[^1]: ", "    "]), max_size=40
)


@given(
    st.one_of(st.text(st.sampled_from('ab -*`|#>.:!"=[]1\n\t'), max_size=120), MARKUP.map("".join)),
    st.booleans(),
)
def test_every_block_of_whatever_is_read_stands_by_itself(text: str, is_mdx: bool) -> None:
    for section in read_page(text, is_mdx=is_mdx).sections:
        assert all(section.text[block.start : block.end].strip() for block in section.blocks)
        for block in section.blocks:
            shown = commonmark(section, block.start, block.end)
            assert shown == "" or not shown.startswith("\n")

from __future__ import annotations

import pytest

from entrywise.rag.render.documents.spans import Span
from entrywise.rag.render.documents.tree import (
    Code,
    Listing,
    Paragraph,
    Quotation,
    Table,
    marked,
    parsed,
)

SOURCE = """Choose:

3. one
4. two

   ```sh
   ls
   ```

> Mind it.

| a | b |
|---|---|
| 1 | 2 |

    x = 1
"""


def test_a_quote_is_a_few_kinds_of_blocks_with_their_lines() -> None:
    text, listing, quotation, table, code = parsed(SOURCE)
    assert text == Paragraph(0, 1, (Span("Choose:"),))
    assert isinstance(listing, Listing)
    assert (listing.start, listing.is_tight, len(listing.items)) == (3, False, 2)
    assert isinstance(listing.items[1].blocks[1], Code)
    assert listing.items[1].blocks[1].text == "ls"
    assert listing.items[1].blocks[1].language == "sh"
    assert isinstance(quotation, Quotation)
    assert isinstance(table, Table)
    assert [(row.first, row.last) for row in (table.header, *table.rows)] == [(11, 12), (13, 14)]
    assert table.rows[0].cells == ((Span("1"),), (Span("2"),))
    assert code == Code(15, 16, "x = 1")


@pytest.mark.parametrize(
    ("info", "language"),
    [
        ("c++", "c++"),
        ("pwsh-session", "pwsh-session"),
        ('toml title="a b"', "toml"),
        ('hl_lines="4"', ""),
        ("{ .python .annotate }", "python"),
        ("js{1,3-5}", "js"),
        ("js:line-numbers {1}", "js"),
        ("{#listing .py}", ""),
        ("", ""),
    ],
)
def test_code_is_in_the_language_that_its_fence_names(info: str, language: str) -> None:
    code = parsed(f"```{info}\nx\n```")[-1]
    assert isinstance(code, Code)
    assert code.language == language


def test_code_without_a_line_is_not_shown() -> None:
    (row,) = parsed("```py title=a.py\n\n```\n\nRow.")
    assert isinstance(row, Paragraph)


def test_a_table_may_have_no_rows() -> None:
    (table,) = parsed("| a |\n|---|")
    assert isinstance(table, Table)
    assert table.rows == ()


def test_marks_are_behind_the_last_text_and_below_code_and_tables() -> None:
    mark = Span("", mark=7)
    (text,) = marked(parsed("A."), [7])
    assert isinstance(text, Paragraph)
    assert text.spans == (Span("A."), mark)
    (listing,) = marked(parsed("- a\n- b"), [7])
    assert isinstance(listing, Listing)
    (below,) = listing.items[1].blocks
    assert isinstance(below, Paragraph)
    assert below.spans == (Span("b"), mark)
    (quotation,) = marked(parsed("> a"), [7])
    assert isinstance(quotation, Quotation)
    assert quotation.blocks[-1] == Paragraph(0, 1, (Span("a"), mark))
    for source in ("    x", "| a |\n|---|"):
        *_, last = marked(parsed(source), [7])
        assert isinstance(last, Paragraph)
        assert last.spans == (mark,)
    assert marked((), [7]) == (Paragraph(0, 0, (mark,)),)


def test_an_empty_item_has_no_blocks() -> None:
    (listing,) = parsed("-\n- b")
    assert isinstance(listing, Listing)
    assert listing.items[0].blocks == ()
    (again,) = marked(parsed("- a\n-"), [1])
    assert isinstance(again, Listing)
    assert again.items[1].blocks == (Paragraph(0, 0, (Span("", mark=1),)),)

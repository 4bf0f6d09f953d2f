from __future__ import annotations

from dataclasses import replace

from quoted import FENCE, quoted

from entrywise.rag.render.documents.groups import groups, source_of

HEADER, ROW = "| a | b |\n|---|---|", "| 1 | 2 |"


def sources(*quotes: str) -> list[str]:
    return [one.source for one in groups([quoted(q, n) for n, q in enumerate(quotes, 1)])]


def test_the_rows_of_a_table_are_one_piece() -> None:
    assert sources("A.", HEADER, ROW, ROW, "B.") == ["A.", f"{HEADER}\n{ROW}\n{ROW}", "B."]


def test_a_row_with_text_behind_it_is_one_of_the_table_too() -> None:
    assert sources(HEADER, f"{ROW}\n\nNote: c | d") == [f"{HEADER}\n{ROW}\n\nNote: c | d"]
    assert sources(HEADER, "Note.\n\n| 1 | 2 |") == [HEADER, "Note.\n\n| 1 | 2 |"]


def test_two_tables_are_two_pieces() -> None:
    assert sources(HEADER, ROW, HEADER, ROW) == [f"{HEADER}\n{ROW}"] * 2
    one, other = quoted(HEADER, 1, "s"), quoted(ROW, 2, "another section")
    assert len(list(groups([one, other]))) == 2


def test_a_fence_that_is_never_closed_reaches_no_other_quote() -> None:
    assert sources(f"{FENCE}sh\nls", "B.") == [f"{FENCE}sh\nls\n{FENCE}", "B."]
    closed = f"{FENCE}`\n{FENCE}\n{FENCE}`"
    assert sources(closed, "~~~ text ~ here") == [closed, "~~~ text ~ here\n~~~"]


def test_a_quote_without_a_source_is_shown_as_it_stands() -> None:
    alone = replace(quoted('!!! tip "Rest"\n\n    The *dough*.'), source=None)
    assert source_of(alone) == "**Rest**\n\nThe *dough*."


def test_plain_text_is_paragraphs_whose_items_keep_their_lines() -> None:
    text = "One *two*\nthree.\n \n\nIt has\n- a\n  b\n2) c"
    (group,) = groups([replace(quoted(text), is_markdown=False, source=None)])
    shown = ["".join(span.text for span in one.spans) for one in group.blocks]
    assert shown == ["One *two* three.", "It has\n- a b\n2) c"]
    assert group.marked[-1].spans[-1].mark == 1

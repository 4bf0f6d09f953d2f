from __future__ import annotations

from quoted import FENCE, quoted

from entrywise.rag.answer import Citation
from entrywise.rag.render.documents.markdown import markdown_pieces
from entrywise.rag.render.documents.tree import Code, Paragraph, Table, parsed

CODE = f"{FENCE}\nx\n{FENCE}"


def text(*cited: Citation) -> str:
    pieces = markdown_pieces(cited)
    return "".join(one if isinstance(one, str) else f"[{one.number}]" for one in pieces)


def test_the_source_stands_as_it_is_with_marks_behind_it() -> None:
    assert text(quoted("*A*.", 1), quoted("- b", 2)) == "*A*. [1]\n\n- b [2]"


def test_a_mark_is_below_code_and_below_a_table() -> None:
    header, row = quoted("| a |\n|---|", 2), quoted("| 1 |", 3)
    shown = text(quoted(CODE, 1), header, row)
    assert shown == f"{CODE}\n\n[1]\n\n| a |\n|---|\n| 1 |\n\n[2] [3]"
    kinds = [type(block) for block in parsed(shown)]
    assert kinds == [Code, Paragraph, Table, Paragraph]


def test_a_mark_is_below_code_in_an_item_or_a_quotation() -> None:
    item = "- a\n\n  ```\n  x\n  ```"
    assert text(quoted(item)) == f"{item}\n\n[1]"
    assert text(quoted("> ```\n> x\n> ```")).endswith("\n\n[1]")

from __future__ import annotations

from dataclasses import replace

import pytest
from quoted import FENCE, quoted

from entrywise.data.documents.sections import read_page
from entrywise.data.documents.stretches import stretch
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


def test_a_mark_is_below_a_formula_of_its_own() -> None:
    assert text(quoted("It is\n\n$$x$$", 1)) == "It is\n\n$$x$$\n\n[1]"


def test_a_mark_is_below_code_in_an_item_or_a_quotation() -> None:
    item = "- a\n\n  ```\n  x\n  ```"
    assert text(quoted(item)) == f"{item}\n\n[1]"
    assert text(quoted("> ```\n> x\n> ```")).endswith("\n\n[1]")


@pytest.mark.parametrize(
    ("source", "quote", "expected"),
    [
        ("!!! warning\n    Hot.\n\nA.", "Hot.\n\nA.", "> [!WARNING]\n> Hot.\n\nA."),
        ("> [!NOTE]\n> Hot.\n> Wet.", "> Hot.\n> Wet.", "> [!NOTE]\n> Hot.\n> Wet."),
        (
            '1. a\n\n    !!! danger "No"\n        Hot.\n\n2. b',
            None,
            "1. a\n\n    > [!CAUTION]\n    > **No**\n    > Hot.\n\n2. b",
        ),
        ("- a\n\n  > [!TIP]\n  > Hot.\n\n- b", None, "- a\n\n  > [!TIP]\n  > Hot.\n\n- b"),
        ("::: tip A\n- b\n:::\nC.", None, "> [!TIP]\n> **A**\n> - b\n\nC."),
        ('??? question "Why?"\n    So.', None, "**Why?**\nSo."),
        ("!!! note\n    A.\n\n        x", None, "> [!NOTE]\n> A.\n>\n>     x"),
    ],
)
def test_a_remark_is_an_alert(source: str, quote: str | None, expected: str) -> None:
    (section,) = read_page(source).sections
    start = section.text.index(quote or section.text)
    end = start + len(quote or section.text)
    told = stretch(section, start, end)
    cited = replace(
        quoted(section.text[start:end]), source=told.text, remarks=told.remarks, is_markdown=True
    )
    assert text(cited).split(" [1]")[0].removesuffix("\n\n[1]") == expected

from __future__ import annotations

from entrywise.rag.answer import Cell, Citation, Part, Row
from entrywise.rag.render.visitor import plain_text

QUOTE = "It is $8\\times$ smaller."
CITATIONS = [Citation(1, "gqa", "GQA", "oneliner", 0, len(QUOTE), QUOTE)]
CELL = Cell(QUOTE, (1,))


def test_quotes_are_marked_and_the_programs_own_words_are_not() -> None:
    parts = [Part("quote", QUOTE, (1,), heading="GQA"), Part("notice", "Nearest entries: MLA.")]
    assert plain_text(parts, CITATIONS) == f"GQA\n{QUOTE} [1]\n\nNearest entries: MLA."


def test_a_table_is_a_line_for_each_cell() -> None:
    row = Row("What it is", (CELL, None))
    table = Part("table", "", (1,), "GQA vs Foo", columns=("GQA", "Foo"), rows=(row,))
    assert plain_text([table], CITATIONS) == (
        f"GQA vs Foo\nGQA, What it is: {QUOTE} [1]\nFoo, What it is: not in the knowledge base"
    )


def test_a_table_of_one_subject_does_not_repeat_it() -> None:
    table = Part("table", "", (1,), columns=("",), rows=(Row("7B", (CELL,)),))
    assert plain_text([table], CITATIONS) == f"7B: {QUOTE} [1]"


def test_what_an_llm_wrote_is_one_paragraph_in_which_doubts_are_said() -> None:
    parts = [
        Part("connective", "It is small.", (1,), supported=True),
        Part("connective", "It is old.", supported=False),
        Part("notice", "Written by gemma."),
    ]
    assert plain_text(parts, CITATIONS) == (
        "It is small. [1] It is old. (not supported by the quotes)\n\nWritten by gemma."
    )


def test_an_answer_without_parts_is_empty() -> None:
    assert plain_text([], []) == ""

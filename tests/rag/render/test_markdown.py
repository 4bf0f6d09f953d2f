from __future__ import annotations

from dataclasses import replace

import pytest
from markdown_it import MarkdownIt
from quoted import quoted

from entrywise.rag.answer import Cell, Citation, Part, Reference, Row, Subjects
from entrywise.rag.assistant import Assistant
from entrywise.rag.render.answer import Answer
from entrywise.rag.render.markdown import render_markdown

QUOTE = "With $a | b$ it is\nsmall."
ANSWER = Answer(
    question="is <b> #1?",
    read_as="is <b> #1?",
    status="answered",
    confidence=0.9,
    intent="comparison",
    text="",
    parts=(
        Part("quote", QUOTE, (1,), heading="GQA"),
        Part(
            "table",
            "",
            (1,),
            heading="A vs B",
            columns=("A", "B"),
            rows=(Row("What", (Cell(QUOTE, (1,)), None)),),
        ),
        Part("notice", "A remark."),
    ),
    citations=(Citation(1, "gqa", "GQA", "oneliner", 0, 24, QUOTE),),
    retrieved=(),
    subjects=Subjects(),
    suggestions=("Explain MLA",),
    references=(
        Reference("gqa", "paper", "A paper", "https://example.com"),
        Reference("gqa", "source", "A source"),
    ),
)


def test_an_answer_as_markdown() -> None:
    assert render_markdown(ANSWER) == (
        "# is &lt;b> \\#1?\n\n"
        "## GQA\n\nWith $a | b$ it is\nsmall. [1]\n\n"
        "## A vs B\n\n"
        "| | A | B |\n|---|---|---|\n"
        "| What | With $a \\| b$ it is small. [1] | *not in the knowledge base* |\n\n"
        "A remark.\n\n"
        "## Sources\n\n"
        "- [1] GQA: `gqa`, oneliner, characters 0 to 24\n"
        "- paper: A paper: <https://example.com>\n"
        "- source: A source\n\n"
        "## Ask next\n\n- Explain MLA\n"
    )


def test_what_an_llm_wrote_has_its_marks_and_says_what_is_doubtful() -> None:
    """Without them, a sentence that no quote supports looked like one that its quotes do."""
    parts = (
        Part("connective", "It is small.", (1,), supported=True),
        Part("connective", "It is old.", (1,), supported=False),
        Part("connective", "It is new.", supported=False),
    )
    _, *blocks = render_markdown(replace(ANSWER, parts=parts)).split("\n\n")
    assert blocks[:3] == [
        "It is small. [1]",
        "It is old. [1] (not supported by the quotes)",
        "It is new. (not supported by the quotes)",
    ]


def test_a_title_is_one_line_and_no_markup() -> None:
    part = Part("notice", "A remark.", heading="# A <b>\n## B")
    reference = Reference("gqa", "paper", "A\n## paper")
    page = render_markdown(replace(ANSWER, parts=(part,), references=(reference,)))
    assert "\n\n## \\# A &lt;b> \\#\\# B\n\nA remark.\n\n" in page
    assert "\n- paper: A ## paper\n" in page


def test_nothing_to_list_has_no_heading() -> None:
    bare = replace(ANSWER, parts=(), citations=(), suggestions=(), references=())
    assert render_markdown(bare) == "# is &lt;b> \\#1?\n"


@pytest.mark.parametrize("question", ["GQA vs MLA vs Foobarizer", "Mistral-7B-Instruct.gguf"])
def test_a_markdown_reader_sees_the_table(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    tokens = MarkdownIt().enable("table").parse(render_markdown(answer))

    (table,) = [part for part in answer.parts if part.kind == "table"]
    cells = [token for token in tokens if token.type == "td_open"]
    assert len(cells) == len(table.rows) * (len(table.columns) + 1)
    headings = [token.tag for token in tokens if token.type == "heading_open"]
    assert headings[0] == "h1"
    assert set(headings[1:]) == {"h2"}


def test_a_document_is_its_source_below_its_headings() -> None:
    cited = replace(quoted("- *a*\n- b"), url="https://a.b/c#d")
    part = Part("quote", cited.quote, (1,), "Page > H")
    page = render_markdown(replace(ANSWER, parts=(part,), citations=(cited,)))
    assert "\n\n## Page > H\n\n- *a*\n- b [1]\n\n## Sources\n\n" in page
    assert "\n- [1] Page: `a/b`, s, characters 0 to 9: <https://a.b/c#d>\n" in page

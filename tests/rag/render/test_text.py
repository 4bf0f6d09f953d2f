from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
import wcwidth
from hypothesis import given
from hypothesis import strategies as st
from quoted import quoted

from entrywise.rag.answer import Cell, Citation, Hit, Part, Reference, Row, Subjects
from entrywise.rag.assistant import Assistant
from entrywise.rag.render.answer import Answer
from entrywise.rag.render.html import render_html
from entrywise.rag.render.markdown import render_markdown
from entrywise.rag.render.text import Page, render_text

ANSI = re.compile(r"\x1b\[[\d;]+m")
QUOTE = "It needs $m = n \\times b$ bytes."
ANSWER = Answer(
    question="q",
    read_as="q",
    status="answered",
    confidence=0.9,
    intent="definition",
    text="",
    parts=(Part("quote", QUOTE, (1,), heading="GQA"), Part("notice", "A remark.")),
    citations=(Citation(1, "gqa", "GQA", "oneliner", 0, 32, QUOTE),),
    retrieved=(Hit("gqa", 1.0, {}),),
    subjects=Subjects(),
    suggestions=("Explain MLA",),
    references=(
        Reference("gqa", "resource", "A page", "https://example.com"),
        Reference("gqa", "source", "the same paper"),
        Reference("gqa", "paper", "A paper"),
        Reference("mla", "source", "a report"),
    ),
)
TABLE = Part(
    "table",
    "",
    (1,),
    heading="GQA vs Foo",
    columns=("GQA", "Foo"),
    rows=(Row("What it is", (Cell(QUOTE, (1,)), None)),),
)


@pytest.mark.parametrize("shown", [render_text, render_markdown, render_html])
def test_quotes_of_another_section_are_another_paragraph(shown: Callable[[Answer], str]) -> None:
    (one,) = ANSWER.citations
    cited = (one, replace(one, number=2, section="notes", quote="It is old."))
    parts = (replace(ANSWER.parts[0], citations=(1, 2)),)
    text = shown(replace(ANSWER, citations=cited, parts=parts))
    assert re.search(r"\[1\](?:</sup>)?(?:\n\n|</p><p>)It is old\.", text)


def test_an_answer_that_is_not_sure_says_so() -> None:
    doubtful = render_text(replace(ANSWER, confidence=0.694))
    assert "\n\nPerhaps answered (69 % sure)\n\nSources\n" in doubtful
    for sure in (ANSWER, replace(ANSWER, status="abstained", confidence=0.3)):
        assert "Perhaps" not in render_text(sure)


def test_a_page_has_quotes_sources_and_what_to_ask_next() -> None:
    assert render_text(ANSWER) == (
        "GQA\nIt needs m = n × b bytes. [1]\n\n"
        "A remark.\n\n"
        "Sources\n  [1] GQA (gqa)\n  paper: A paper\n  source: a report\n"
        "  resource: A page https://example.com\n\n"
        "Ask next\n  Explain MLA\n"
    )


def test_a_table_stands_side_by_side_where_there_is_room() -> None:
    page = render_text(replace(ANSWER, parts=(TABLE,)), width=80)
    titles, line, row = page.splitlines()[:3]

    assert titles.split() == ["GQA", "Foo"]
    assert set(line) == {"─"}
    assert re.split(r"\s{2,}", row) == [
        "What it is",
        "It needs m = n × b bytes. [1]",
        "not in the knowledge base",
    ]


def test_a_table_is_stacked_where_there_is_none() -> None:
    page = render_text(replace(ANSWER, parts=(TABLE,)), width=40)
    assert page.splitlines()[:3] == [
        "What it is",
        "  GQA: It needs m = n × b bytes. [1]",
        "  Foo: not in the knowledge base",
    ]


@pytest.mark.parametrize(("width", "indent"), [(80, "7B  "), (20, "7B\n  ")])
def test_a_table_of_one_subject_has_no_titles(width: int, indent: str) -> None:
    table = Part("table", "", (1,), columns=("",), rows=(Row("7B", (Cell(QUOTE, (1,)),)),))
    page = render_text(replace(ANSWER, parts=(table,)), width=width)
    assert page.startswith(f"{indent}It needs")


def test_colours_change_nothing_but_colours(assistant: Assistant) -> None:
    withheld = "how do query heads share key heads in FooBarNet?"
    for question in ("GQA vs MLA", "what is LoRA?", "Mistral-7B-Instruct", withheld):
        answer = assistant.ask(question)
        plain, colored = render_text(answer), render_text(answer, color=True)

        assert "\x1b" not in plain
        assert ANSI.search(colored)
        assert ANSI.sub("", colored) == plain


def test_an_abstention_says_what_can_be_answered() -> None:
    withheld = replace(ANSWER, status="abstained", parts=(), citations=(), references=())
    page = render_text(withheld)
    assert page == "The knowledge base can answer\n  Explain MLA\n"
    assert render_text(replace(withheld, suggestions=())) == "\n"


QUESTIONS = ("GQA vs MLA", "GQA vs MLA vs MQA", "what is DeBERTa", "Mistral-7B-Instruct.gguf")


@given(st.integers(20, 200), st.booleans(), st.sampled_from(QUESTIONS))
def test_no_line_is_wider_than_the_terminal(
    assistant: Assistant, width: int, color: bool, question: str
) -> None:
    page = render_text(assistant.ask(question), width=width, color=color)
    assert widest(page) <= min(width, 100)


texts = st.text(st.sampled_from("ab -_/日本語é$[1]\u0301😀"), min_size=20, max_size=80)


@given(st.integers(20, 80), st.lists(texts, min_size=7, max_size=7))
def test_no_text_is_wider_than_the_terminal(width: int, words: list[str]) -> None:
    title, heading, column, aspect, text, suggestion, label = words
    cells = (Cell(text, (1,)), None)
    answer = replace(
        ANSWER,
        parts=(
            Part("quote", text, (1,), heading=heading),
            Part("table", "", (1,), columns=(column, "B"), rows=(Row(aspect, cells),)),
        ),
        citations=(Citation(1, "e", title, "s", 0, 1, text),),
        suggestions=(suggestion,),
        references=(Reference("e", "paper", label, "https://example.com/" + "x" * 90),),
    )
    assert widest(render_text(answer, width=width)) <= min(width, 100)


def widest(page: str) -> int:
    return max(wcwidth.wcswidth(ANSI.sub("", line)) for line in page.splitlines())


def test_items_of_a_list_and_rows_of_a_table_keep_their_lines() -> None:
    quote = "It has\n- one\n- two\nthat go on:\n| a | b |"
    listed = replace(ANSWER, citations=(Citation(1, "x", "X", "text", 0, 40, quote),))
    assert render_text(listed).startswith("GQA\nIt has\n- one\n- two that go on:\n| a | b | [1]\n")


def test_control_characters_of_a_knowledge_base_do_not_reach_a_terminal() -> None:
    steering = "a\x1b[31m"
    answer = replace(
        ANSWER,
        parts=(Part("quote", steering, (1,), heading=steering),),
        citations=(Citation(1, steering, steering, "text", 0, 1, steering),),
        suggestions=(steering,),
    )
    page = render_text(answer)
    assert "\x1b" not in page
    assert page.count("a\ufffd[31m") == 5


PAGE = replace(
    quoted("Do *this*:\n\n    ls \x1b[31m"),
    heading="Set up > Linux",
    url="https://example.org/page#linux",
)
OF_PAGE = replace(
    ANSWER,
    parts=(Part("quote", PAGE.quote, (1,), heading="Page > Set up > Linux"),),
    citations=(PAGE,),
    suggestions=(),
    references=(),
)


def test_a_document_is_shown_rendered_and_its_source_is_a_place_on_the_web() -> None:
    assert render_text(OF_PAGE) == (
        "Page > Set up > Linux\nDo this:\n\n    ls \ufffd[31m\n[1]\n\n"
        "Sources\n  [1] Page > Set up > Linux (a/b) https://example.org/page#linux\n"
    )


def test_a_document_without_headings_and_address_has_its_title() -> None:
    bare = replace(PAGE, heading=None, url=None)
    page = render_text(replace(OF_PAGE, citations=(bare,)))
    assert page.endswith("Sources\n  [1] Page (a/b)\n")


def test_plain_text_has_its_place_too() -> None:
    plain = replace(PAGE, heading="2. Fees", url=None, is_markdown=False)
    page = render_text(replace(OF_PAGE, citations=(plain,)))
    assert page.endswith("Sources\n  [1] Page > 2. Fees (a/b)\n")


def test_suggestions_have_numbers_where_one_can_be_picked() -> None:
    page = Page(width=40, numbered=True)
    answer = replace(ANSWER, suggestions=("Explain MLA", "What is there to say of a long line?"))

    text = page.end(answer).partition("Ask next\n")[2]
    assert text == "  1  Explain MLA\n  2  What is there to say of a long\n     line?\n"

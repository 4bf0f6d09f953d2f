from __future__ import annotations

from dataclasses import replace

from markup import Page
from quoted import quoted

from entrywise.rag.answer import ABSENT, Cell, Citation, Part, Row
from entrywise.rag.assistant import Assistant
from entrywise.rag.render.answer import Answer
from entrywise.rag.render.formulas import readable
from entrywise.rag.render.html import render_html

HOSTILE = '<script>alert(1)</script> & "quoted" <img src=x onerror=alert(2)>'


def test_a_notebook_shows_quotes_marks_sources_and_suggestions(small_assistant: Assistant) -> None:
    answer = small_assistant.ask("what is GQA?")
    text = Page(render_html(answer)).text
    for citation in answer.citations:
        assert readable(citation.quote) in text
        assert f"[{citation.number}]" in text
    assert "Sources" in text
    assert "Ask next" in text


def test_a_comparison_is_a_table(small_assistant: Assistant) -> None:
    html = render_html(small_assistant.ask("difference between GQA and MLA"))
    assert '<th scope="col">GQA</th><th scope="col">MLA</th>' in html
    assert html.count("<table>") == html.count("</table>") == 1


def test_an_abstention_says_so(small_assistant: Assistant) -> None:
    html = render_html(small_assistant.ask("what is FooBarNet?"))
    assert "<p>The knowledge base says nothing about “FooBarNet”.</p>" in html
    assert "<details" not in html


def test_every_text_is_escaped(small_assistant: Assistant) -> None:
    citation = Citation(1, HOSTILE, HOSTILE, HOSTILE, 0, 5, HOSTILE)
    row = Row(HOSTILE, (Cell(HOSTILE, (1,)), None))
    parts = (
        Part("quote", HOSTILE, (1,), HOSTILE),
        Part("table", HOSTILE, (1,), columns=(HOSTILE, "B"), rows=(row,)),
        Part("notice", HOSTILE),
        Part("connective", HOSTILE, (1,), supported=False),
    )
    answer: Answer = replace(
        small_assistant.ask("what is GQA?"),
        question=HOSTILE,
        parts=parts,
        citations=(citation,),
        suggestions=(HOSTILE,),
    )
    html = render_html(answer)
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("&lt;script&gt;") == 11
    assert ABSENT in html
    assert "not supported by the quotes" in html


def test_a_document_is_blocks_and_its_source_a_link(small_assistant: Assistant) -> None:
    cited = replace(
        quoted("- *a*\n- b"), heading="H > I", section="i", url="https://a.b/?x&y#i", title="<T>"
    )
    answer: Answer = replace(
        small_assistant.ask("what is GQA?"),
        parts=(Part("quote", cited.quote, (1,), "<T> > H"),),
        citations=(cited,),
    )
    html = render_html(answer)
    assert "<h4>&lt;T&gt; &gt; H</h4><ul><li><em>a</em></li><li>b <sup>[1]</sup></li></ul>" in html
    link = '<a href="https://a.b/?x&amp;y#i" rel="nofollow noopener">a/b, H &gt; I 0–9</a>'
    assert f"[1] {link}" in html
    plain = replace(cited, is_markdown=False)
    assert "a/b, H &gt; I 0–9" in render_html(replace(answer, citations=(plain,)))
    unsafe = replace(answer, citations=(replace(cited, url="javascript:alert(1)"),))
    assert "javascript:" not in render_html(unsafe)

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt
from quoted import quoted

from entrywise.rag.answer import Cell, Citation, Part, Row
from entrywise.rag.render.marked_text import MarkedText


def cited(title: str, quote: str = "A quote.") -> Citation:
    return Citation(1, "a", title, "oneliner", 0, len(quote), quote)


@pytest.mark.parametrize(
    "title", [r"\](http://evil.example) [x", "a]", "[b", r"ends in \\", "two\nlines", "GQA"]
)
def test_a_title_leads_nowhere_but_to_its_page(title: str) -> None:
    text = MarkedText(lambda citation: "http://here/a")
    text.text = "x"
    text.add_sources_of([cited(title)])
    html = MarkdownIt().render(text.text)
    assert html.count("<a ") == 1
    assert '<a href="http://here/a">' in html


@pytest.mark.parametrize("quote", ["Wide 🧠 and e\u0301 signs.", "A | pipe and a \\ slash."])
def test_marks_are_counted_in_characters(quote: str) -> None:
    text = MarkedText(lambda citation: "http://here/a")
    citation = cited("A", quote)
    text.add(Part("quote", quote, (1,)), [citation])
    row = Row("What it is", (Cell(quote, (1,)), None))
    text.add(Part("table", "", (1,), columns=("A", "B"), rows=(row,)), [citation])
    assert [text.text[mark.start : mark.end] for mark in text.marks] == ["[1]", "[1]"]


def test_a_bar_in_a_cell_does_not_end_it() -> None:
    text = MarkedText(lambda citation: "http://here/a")
    row = Row("a \\| b", (Cell("c | d", (1,)),))
    text.add(Part("table", "", (1,), columns=("A",), rows=(row,)), [cited("A", "c | d")])
    html = MarkdownIt().enable("table").render(text.text)
    assert html.count("<td>") == 2


def test_a_document_is_its_source_with_marks() -> None:
    text = MarkedText(lambda citation: f"http://here/{citation.number}")
    quotes = [quoted("*A* is $n^2$.", 1), quoted("- `b`", 2)]
    text.add(Part("quote", "", (1, 2), "Page > H"), quotes)
    assert text.text == "**Page > H**\n\n*A* is $n^2$. [1]\n\n- `b` [2]"
    assert [text.text[mark.start : mark.end] for mark in text.marks] == ["[1]", "[2]"]


def test_links_of_a_document_lead_where_they_do_on_its_pages() -> None:
    def lead(entry: str, address: str) -> str | None:
        return f"http://here/{entry}/{address}" if address == "b.md" else None

    text = MarkedText(lambda citation: "http://here", lead)
    said = "[a](b.md), [c](d.md), `[a](b.md)`\n\n```\n[a](b.md)\n```"
    text.add(Part("quote", "", (1,)), [quoted(said, 1)])
    led = said.replace("[a](b.md),", "[a](http://here/a/b/b.md),")
    assert text.text == f"{led}\n\n[1]"

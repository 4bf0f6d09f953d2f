"""What one can take along of an answer."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from io import StringIO
from typing import Any

from markdown_it import MarkdownIt
from markup import Page
from quoted import quoted

from entrywise.rag.answer import Cell, Citation, Part, Row, Subjects
from entrywise.rag.render.answer import Answer
from entrywise.web.copies.copies import Copies, copies
from entrywise.web.copies.table import csv_of
from entrywise.web.served.links import Links
from entrywise.web.texts.catalogue import texts_of

# https://github.blog/changelog/2021-09-30-footnotes-now-supported-in-markdown-fields/
FOOTNOTE = re.compile(r"^\[\^([\w-]+)\]: (.*)$", re.MULTILINE)
LINKS = Links("https://kb.example")
HOSTILE = '<img src=x onerror=alert(1)> [x](javascript:alert(2)) "=1+1'


def answer(*quotes: str, title: str = "GQA", **more: object) -> Answer:
    """One of quotes of one section."""
    cited = tuple(
        Citation(number, "gqa", title, "explanation", 0, len(quote), quote)
        for number, quote in enumerate(quotes, start=1)
    )
    part = Part("quote", " ".join(quotes), tuple(range(1, len(quotes) + 1)))
    values: dict[str, Any] = {
        "question": "what is it?",
        "read_as": "what is it?",
        "status": "answered",
        "confidence": 0.9,
        "intent": "definition",
        "text": "",
        "parts": (part,),
        "citations": cited,
        "retrieved": (),
        "subjects": Subjects(),
        "suggestions": ("and what else?",),
    }
    return Answer(**values | more)


def compared(*cells: str) -> Answer:
    """A comparison of two things in one respect."""
    one = answer(*cells)
    row = Row("Cost", tuple(Cell(cell, (n,)) for n, cell in enumerate(cells, start=1)))
    table = Part("table", "", columns=("A", "B"), rows=(row,))
    return replace(one, parts=(table,))


def tables(one: Answer) -> str:
    return csv_of(one.parts, one.citations)


def taken(one: Answer, turn: int = 1) -> Copies:
    return copies(one, turn, LINKS, texts_of("en"))


def test_text_can_be_read_without_typesetting_and_says_where_it_is_from() -> None:
    one = answer(r"It takes $\frac{n^2}{2}$ steps.", "It is old.")
    assert taken(one).text == (
        "It takes n²/2 steps. [1] It is old. [2]\n\n"
        "Sources\n[1][2] GQA: https://kb.example/entry/gqa#section-explanation"
    )


def test_a_term_is_a_source_once_at_its_page_where_its_quotes_are_of_several_sections() -> None:
    one = answer("Heads share.", "They are few.")
    first, second = one.citations
    cited = (replace(first, section="oneliner"), second)
    said = taken(replace(one, citations=cited)).text
    assert said.endswith("\n[1][2] GQA: https://kb.example/entry/gqa")


def test_text_has_a_table_by_its_rows() -> None:
    assert taken(compared("High.", "Low.")).text.startswith(
        "Cost\n  A: High. [1]\n  B: Low. [2]\n\nSources\n"
    )


def test_text_brings_no_control_characters_to_a_terminal() -> None:
    assert "\x1b" not in taken(answer("Red \x1b[31m.")).text


def test_marks_of_html_lead_to_the_quote_where_it_stands() -> None:
    page = Page(taken(answer("Heads share.")).html)
    assert page.addresses == [
        "https://kb.example/entry/gqa?section=explanation&start=0&end=12#quote",
        "https://kb.example/entry/gqa#section-explanation",
    ]
    assert page.text == "Heads share. [1] Sources [1] GQA"


def test_a_document_is_cited_by_section_at_its_own_address_if_it_has_one() -> None:
    here = replace(quoted("Ask *early*.", 1), entry="people/leave", heading="Apply")
    there = replace(here, number=2, url="https://docs.example/leave#apply")
    one = answer(citations=(here, there), parts=(Part("quote", "", (1, 2)),))
    text = taken(one).text
    assert f"[1] {here.title} > Apply: https://kb.example/entry/people/leave#section-" in text
    assert f"[2] {here.title} > Apply: https://docs.example/leave#apply" in text


def test_footnotes_are_read_as_such_and_answers_in_one_file_do_not_share_them() -> None:
    text = "\n".join(taken(answer("Heads share."), turn).markdown for turn in (1, 2))
    notes = dict(FOOTNOTE.findall(text))
    assert set(notes) == {"1", "2-1"}
    assert re.findall(r"share\. \[\^([^]]+)\]", text) == list(notes)
    for note in notes.values():
        page = Page(MarkdownIt().render(note))
        assert page.text == "GQA, Explanation"
        assert page.addresses == [
            "https://kb.example/entry/gqa?section=explanation&start=0&end=12#quote"
        ]


def test_links_of_documents_lead_where_they_lead_on_their_page() -> None:
    source = (
        "See [it](../stay.md#key), [so](<b c>), `[a](b)`, [web](https://x.example) and [no](gone)."
        "\n\n\n\nEnd."
    )
    one = answer(citations=(quoted(source, 1),), parts=(Part("quote", "", (1,)),))

    def path(entry: str, link: str) -> str | None:
        paths = {"../stay.md#key": "/entry/stay#key", "b": "/b", "b c": "/entry/b%20c"}
        return paths.get(link) if entry == "a/b" else None

    said = copies(one, 1, LINKS, texts_of("en"), path=path).markdown
    assert (
        "See [it](https://kb.example/entry/stay#key), [so](<https://kb.example/entry/b%20c>)"
        in said
    )
    assert "`[a](b)`, [web]" in said
    assert "[web](https://x.example) and [no](gone).\n\nEnd. [^1]" in said


def test_technical_notes_are_named_where_other_quotes_come_before_them() -> None:
    one = answer("Heads share.", "W is 4.")
    notes = replace(one.citations[1], section="notes")
    one = replace(one, citations=(one.citations[0], notes))
    said = copies(one, 1, LINKS, texts_of("en"), details=["notes", "explanation"])
    assert said.text.startswith("Heads share. [1]\n\nTechnical details\nW is 4. [2]\n")
    assert "## Technical details\n\nW is 4. [^2]" in said.markdown
    assert "Technical details W is 4. [2]" in Page(said.html).text


def test_parts_of_a_name_have_one_colon() -> None:
    rows = (Row("7B: many", (Cell("It is big.", (1,)),)), Row("it", (Cell("It chats.", (2,)),)))
    one = replace(
        compared("It is big.", "It chats."), parts=(Part("table", "", columns=("",), rows=rows),)
    )
    assert taken(one).text.startswith("7B: many\n  It is big. [1]\nit: It chats. [2]\n")


def test_nothing_is_suggested_in_a_copy() -> None:
    one = taken(answer("Heads share."))
    assert "what else" not in one.text + one.html + one.markdown


def test_a_hostile_text_stays_text_in_every_form() -> None:
    one = taken(answer(HOSTILE, title=HOSTILE))
    assert "img" not in Page(one.html).tags
    for text in (FOOTNOTE.sub("", one.markdown), *dict(FOOTNOTE.findall(one.markdown)).values()):
        rendered = Page(MarkdownIt("commonmark").render(text))
        assert "img" not in rendered.tags
        assert not [address for address in rendered.addresses if "script" in address]


def test_a_table_is_read_by_a_program_and_calculated_by_none() -> None:
    written = tables(compared('=cmd|"/c calc"!A1', "a, $n^2$\nb"))
    rows = list(csv.reader(StringIO(written, newline="")))
    assert rows == [["", "A", "B"], ["Cost", '\'=cmd|"/c calc"!A1', "a, n² b"]]
    assert "<script>" not in taken(compared("<script>", "b")).html


def test_tables_of_documents_are_taken_out_of_lists_too() -> None:
    source = "- Days:\n\n  | Town | Days |\n  |---|---|\n  | **Rome** | `3` |"
    one = answer(citations=(quoted(source, 1),), parts=(Part("quote", "", (1,)),))
    assert tables(one) == "Town,Days\r\nRome,3\r\n"
    assert copies(one, 1, LINKS, texts_of("en"), folded=one.parts).table is None
    assert taken(answer("No table.")).table is None


def test_quotes_of_another_section_are_another_paragraph() -> None:
    one = answer("It shares heads.", "Keys are few.", "$n = 2$")
    first, second, third = one.citations
    cited = (first, second, replace(third, section="fundamentals"))
    copied = taken(replace(one, citations=cited))
    assert copied.text.startswith("It shares heads. [1] Keys are few. [2]\n\nn = 2 [3]\n\nSources")
    assert copied.html.count("<p>") == 3
    assert "few. [^2]\n\n$n = 2$ [^3]" in copied.markdown


def test_formulas_of_signs_alone_are_signs_in_markdown() -> None:
    copied = taken(answer(r"A 4$\times$ smaller cache of $d \times 2$, $\approx 8\times$."))
    assert r"A 4× smaller cache of $d \times 2$, ≈ 8×. [^1]" in copied.markdown


def test_one_quote_of_a_document_keeps_its_lines() -> None:
    cited = quoted("Run:\n\n```sh\na\nb\n```")
    copied = taken(replace(answer("x"), citations=(cited,)))
    assert copied.quotes[0].text == "Run:\n\n    a\n    b"

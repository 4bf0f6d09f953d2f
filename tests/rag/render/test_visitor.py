from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from quoted import quoted

from entrywise.rag.answer import Cell, Citation, Part, Row
from entrywise.rag.render.visitor import Rows, by_section, continues, plain_text, visit

CITATIONS = [Citation(n, "a", "A", "text", 0, 1, quote) for n, quote in ((1, "One."), (2, "Two."))]
WRITTEN = Part("connective", "Words.", (2,), supported=True)
NOTICE = Part("notice", "Words.")


class Outline:
    """A format of nested tuples: what it is told, as it is told."""

    def quotes(self, cited: Sequence[Citation], /) -> Any:
        return ("quotes", *(one.quote for one in cited))

    def excerpt(self, heading: str | None, cited: Sequence[Citation], /) -> Any:
        return (heading, ("excerpt", *(one.quote for one in cited)))

    def words(self, text: str, cited: Sequence[Citation], /, *, doubted: bool) -> Any:
        return ("words", text, *(one.number for one in cited), doubted)

    def absent(self) -> Any:
        return "absent"

    def paragraph(self, heading: str | None, said: Any, /) -> Any:
        return (heading, said)

    def table(self, heading: str | None, columns: Sequence[str], rows: Rows[Any], /) -> Any:
        return (heading, tuple(columns), *rows)


@pytest.mark.parametrize(
    ("part", "outline"),
    [
        (Part("quote", "One. Two.", (1, 2), "A"), ("A", ("quotes", "One.", "Two."))),
        (WRITTEN, (None, ("words", "Words.", 2, False))),
        (Part("connective", "Words.", supported=False), (None, ("words", "Words.", True))),
        (NOTICE, (None, ("words", "Words.", False))),
    ],
)
def test_a_part_is_quotes_or_words_under_its_heading(part: Part, outline: object) -> None:
    assert visit(part, CITATIONS, Outline()) == outline


def test_quotes_of_another_section_are_another_paragraph() -> None:
    of = [replace(CITATIONS[0], number=n, section=name) for n, name in enumerate("aaba", start=1)]
    part = Part("quote", "", (1, 2, 3, 4), "A")
    split = list(by_section([part, NOTICE], of, {"a": "First", "b": "Notes"}))
    assert [(one.heading, one.citations) for one in split] == [
        ("A", (1, 2)),
        ("A: Notes", (3,)),
        ("A: First", (4,)),
        (None, ()),
    ]
    documents = [quoted("One.", 1, "s"), quoted("Two.", 2, "t")]
    assert list(by_section([part], [*documents, *documents])) == [part]


def test_a_table_is_rows_of_quotes_and_absences() -> None:
    rows = (Row("What", (Cell("Two.", (2,)), None)), Row("Cost", (None, Cell("One.", (1,)))))
    table = Part("table", "", (2, 1), "A vs B", columns=("A", "B"), rows=rows)
    assert visit(table, CITATIONS, Outline()) == (
        "A vs B",
        ("A", "B"),
        ("What", [("quotes", "Two."), "absent"]),
        ("Cost", ["absent", ("quotes", "One.")]),
    )


def test_quotes_that_are_markdown_are_an_excerpt() -> None:
    cited = [replace(one, is_markdown=True) for one in CITATIONS]
    part = Part("quote", "One.\n\nTwo.", (1, 2), "A")
    assert visit(part, cited, Outline()) == ("A", ("excerpt", "One.", "Two."))


def test_among_other_quotes_markdown_is_one_line() -> None:
    rows = (Row("What", (Cell("- *a*\n- b", (1,)),)),)
    table = Part("table", "", (1,), columns=("A",), rows=rows)
    assert plain_text([table], [quoted("- *a*\n- b")]) == "A, What: • a • b [1]"


def test_only_sentences_that_an_llm_wrote_go_on_with_a_paragraph() -> None:
    pairs = [(WRITTEN, WRITTEN), (WRITTEN, None), (WRITTEN, NOTICE), (NOTICE, WRITTEN)]
    assert [continues(part, before) for part, before in pairs] == [True, False, False, False]

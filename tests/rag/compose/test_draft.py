from __future__ import annotations

from itertools import pairwise

from stages import evidence

from entrywise.index.index import Index
from entrywise.rag.answer import Row
from entrywise.rag.compose.draft import Draft
from entrywise.rag.judge.evidence import Sentence


def sentences(index: Index, entry: str = "gqa") -> tuple[Sentence, ...]:
    return evidence("x", index).of(index.ordinals[entry]).sentences


def test_a_quote_is_the_text_of_its_citations(small_index: Index) -> None:
    _, first, _, last = sentences(small_index)
    draft = Draft(small_index.entries)
    draft.quote([first, last], heading="GQA")

    (part,) = draft.parts
    assert part.text == f"{first.text} {last.text}"
    assert (part.citations, part.heading, part.subject) == ((1, 2), "GQA", "gqa")
    assert [citation.quote for citation in draft.citations] == [first.text, last.text]


def test_neighbours_become_one_quote_to_the_letter(small_index: Index) -> None:
    tag_line, *explanation = sentences(small_index)
    draft = Draft(small_index.entries)
    draft.quote([tag_line, *explanation])

    text = small_index.entry("gqa").text("explanation")
    assert [citation.section for citation in draft.citations] == ["oneliner", "explanation"]
    assert draft.citations[1].quote == text
    assert (draft.citations[1].start, draft.citations[1].end) == (0, len(text))


def test_no_sentence_comes_twice(small_index: Index) -> None:
    first, second, *_ = sentences(small_index)
    draft = Draft(small_index.entries)
    draft.quote([first, first])
    draft.quote([first])
    cell = draft.cell([first, second])

    assert [part.text for part in draft.parts] == [first.text]
    assert cell is not None
    assert cell.text == second.text
    assert draft.cell([second]) is None
    assert second not in draft.unused(sentences(small_index))
    assert all(left.number + 1 == right.number for left, right in pairwise(draft.citations))


def test_a_table_says_what_is_absent(small_index: Index) -> None:
    first, *_ = sentences(small_index)
    draft = Draft(small_index.entries)
    row = Row("What it is", (draft.cell([first]), None))
    draft.table(["GQA", "Foo"], [row], heading="GQA vs Foo")

    (part,) = draft.parts
    assert (part.kind, part.citations) == ("table", (1,))
    absent = "Foo, What it is: not in the knowledge base"
    assert part.text == f"GQA, What it is: {first.text}\n{absent}"


def test_a_table_without_titles_has_only_its_rows(small_index: Index) -> None:
    draft = Draft(small_index.entries)
    first, *_ = sentences(small_index)
    draft.table([""], [Row("7B", (draft.cell([first]),))], heading=None)

    assert draft.parts[0].text == f"7B: {first.text}"


def test_what_is_absent_makes_a_draft_incomplete(small_index: Index) -> None:
    first, second, *_ = sentences(small_index)
    whole, absent, mentioned, table = (Draft(small_index.entries) for _ in range(4))
    whole.table(
        ["GQA", "MLA"],
        [Row("a", (whole.cell([first]), None)), Row("b", (None, whole.cell([second])))],
        heading=None,
    )
    absent.unknown(["Foo"])
    mentioned.mentioned(["Foo", "Bar"])
    table.table(["GQA", "Foo"], [Row("a", (table.cell([first]), None))], heading=None)

    complete = [draft.complete for draft in (whole, absent, mentioned, table)]
    assert complete == [True, False, False, False]
    assert absent.parts[0].text == "The knowledge base says nothing about “Foo”."
    told = "“Foo” and “Bar” are mentioned, but have no entries of their own."
    assert mentioned.parts[0].text == told
    assert (table.has_column("Foo"), absent.has_column("Foo")) == (True, False)
